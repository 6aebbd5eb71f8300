"""`index.html` of an announcement: a plan on one page, for families, before registration."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from enroll.notices import Phrase, translate
from enroll.notices import about_plans as say
from enroll.notices.formats import spoken_day
from enroll.report.announcement.rules import (
    after_groups,
    age_words,
    group_words,
    joined,
    other_words,
    round_words,
)
from enroll.report.pages.plan_map import draw_plan
from enroll.report.pages.rendering import isolate, render
from enroll.report.warnings_terminal import KIND_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from enroll.notices import Language
    from enroll.report.announcement.plan import Plan

_TIME = "%Y-%m-%dT%H:%M:%SZ"
_BEIJING = timedelta(hours=8)


def plan_page(plan: Plan, files: Sequence[str], language: Language) -> bytes:
    """Return `index.html`.

    Parameters
    ----------
    plan
        Without any child.
    files
        Names of the files beside the page, which it links to.
    language
        Of every sentence; names are as the office has them.
    """
    shown = {
        **_tables(plan),
        **_rules(plan),
        **_map(plan, language),
        "told": plan.told,
        "timetable": [
            {
                "what": event.what,
                "first": event.start,
                "start": _day(event.start, language),
                "last": event.until or event.start,
                "until": _day(event.until, language),
            }
            for event in plan.told.timetable
        ],
        "draw": _draw(plan, language),
        **_ahead(plan),
        "kind_words": KIND_WORDS,
        "changes": len(plan.settings.change),
        "files": files,
        "say": partial(_said, language),
    }
    return render("plan.html.j2", language, title=plan.settings.title, **shown)


def _said(language: Language, phrase: Phrase) -> str:
    return translate(phrase.text, language, phrase.params)


def _day(day: date | None, language: Language) -> str:
    return "" if day is None else _said(language, spoken_day(day))


def _tables(plan: Plan) -> dict[str, object]:
    """Return the lines of the tables of schools and zones."""
    schools, zones, seats = plan.inputs.schools, plan.inputs.zones, plan.seats
    ids = schools.school_id.tolist()
    numbers = {
        "classes": schools.classes,
        "standard": schools.class_standard,
        "limit": schools.class_limit,
        "seats_standard": seats.standard,
        "seats_limit": seats.limit,
        "reserved": schools.reserved,
    }
    rows = [
        {
            "id": ids[at],
            "reserved_for": schools.reserved_for[at],
            "zones": plan.zones_of_schools[at],
            **{name: int(column[at]) for name, column in numbers.items()},
        }
        for at in range(len(schools))
        if schools.classes[at]
    ]
    return {
        "totals": plan.totals,
        "schools": rows,
        "without_classes": len(schools) - len(rows),
        "school_names": dict(zip(ids, schools.name.tolist(), strict=True)),
        "zone_names": dict(zip(zones.zone_id.tolist(), zones.name.tolist(), strict=True)),
        "zones": [
            {
                "id": zones.zone_id[at],
                "name": zones.name[at],
                "schools": [ids[school] for school in served],
                "classes": sum(int(schools.classes[school]) for school in served),
                "seats": sum(int(seats.standard[school]) for school in served),
            }
            for at, served in enumerate(zones.schools)
        ],
    }


def _rules(plan: Plan) -> dict[str, object]:
    settings, schools = plan.settings, plan.inputs.schools
    groups = group_words(settings)
    return {
        "age": age_words(settings),
        "groups": groups,
        "group_names": {group.id: group.name for group in groups},
        "after_groups": after_groups(settings),
        "rounds": round_words(settings, schools),
        "others": other_words(settings, schools),
    }


def _ahead(plan: Plan) -> dict[str, object]:
    """Return the warnings in the forecast, and those only possible besides."""
    warnings = plan.ahead.warnings if plan.ahead else ()
    return {
        "ahead": plan.ahead,
        "sure": [one for one in warnings if one.first],
        "possible": [one for one in warnings if not one.first],
    }


def _draw(plan: Plan, language: Language) -> dict[str, object]:
    """Return what the page says of the draw; a committed one names its sources itself."""
    own = [
        {
            "name": each.name,
            "where": each.where or "",
            "day": each.when or "",
            "when": _day(each.when, language),
        }
        for each in plan.told.sources
    ]
    if plan.draw is None:
        return {"commit": "", "rehearsal": False, "sources": own}
    known = {str(each["name"]): each for each in own}
    said = plan.draw.said
    return {
        "id": said.draw,
        "rehearsal": plan.draw.rehearsal,
        "commit": plan.draw.digest,
        "published": _moment(said.published, language),
        "draw_after": _moment(said.draw_after, language),
        "sources": [
            known.get(name, {"name": name, "where": "", "day": "", "when": ""})
            for name in said.sources
        ],
    }


def _moment(text: str, language: Language) -> str:
    """Return a moment in Beijing's time and in UTC."""
    utc = datetime.strptime(text, _TIME).replace(tzinfo=UTC)
    beijing = utc + _BEIJING
    params = {
        "day": spoken_day(beijing.date()),
        "time": f"{beijing:%H:%M:%S}",
        "utc": text,
    }
    return translate(say.MOMENT, language, params)


def _map(plan: Plan, language: Language) -> dict[str, object]:
    """Return the drawing, and what it says of zones and schools."""
    return {
        "map": draw_plan(plan),
        "zone_labels": _zone_labels(plan, language),
        "school_labels": _school_labels(plan, language),
    }


def _zone_labels(plan: Plan, language: Language) -> dict[str, str]:
    schools, zones = plan.inputs.schools, plan.inputs.zones
    names = [
        Phrase(say.SCHOOL_IN_ZONE, {"name": isolate(name), "school": school, "classes": classes})
        for name, school, classes in zip(
            schools.name.tolist(), schools.school_id.tolist(), schools.classes.tolist(), strict=True
        )
    ]
    labels = {}
    for zone, name, served in zip(zones.zone_id, zones.name, zones.schools, strict=True):
        params: dict[str, object] = {"name": isolate(name), "zone": zone}
        if served:
            params["schools"] = joined(say.AND, [names[school] for school in served])
        sentence = say.ZONE_SAYS if served else say.ZONE_NOBODY
        labels[zone] = translate(sentence, language, params)
    return labels


def _school_labels(plan: Plan, language: Language) -> dict[str, str]:
    schools, seats = plan.inputs.schools, plan.seats
    names = dict(zip(plan.inputs.zones.zone_id, plan.inputs.zones.name, strict=True))
    labels = {}
    for at, school in enumerate(schools.school_id.tolist()):
        zones = [isolate(names[zone]) for zone in plan.zones_of_schools[at]]
        params = {
            "name": isolate(schools.name[at]),
            "school": school,
            "classes": int(schools.classes[at]),
            "standard": int(seats.standard[at]),
            "limit": int(seats.limit[at]),
            "zones": joined(say.LISTED, zones) if zones else Phrase(say.NO_ZONES),
        }
        labels[school] = translate(say.SCHOOL_SAYS, language, params)
    return labels
