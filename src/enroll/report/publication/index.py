"""The first page of the public edition: what was decided, and how anybody can check it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from enroll.notices import Phrase, translate
from enroll.notices import about_publication as say
from enroll.notices.formats import with_id
from enroll.notices.kinds import N_
from enroll.report.pages.counting import Flow
from enroll.report.pages.labels import demand_labels
from enroll.report.pages.rendering import isolate, render
from enroll.report.pages.run_map import DEMAND_STEPS, Figures, RunMap, draw_map, step_of
from enroll.report.pages.run_page import KEY_WORDS, VALUE_WORDS
from enroll.report.publication.cells import ALL, WAYS
from enroll.report.publication.contents import HOWS, PLACED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from enroll.notices import Language
    from enroll.records import JsonValue
    from enroll.report.pages.counting import Demand
    from enroll.report.publication.contents import Contents
    from enroll.report.publication.cutoffs import CutoffRow
    from enroll.report.publication.demand import Told
    from enroll.report.publication.files import Shown
    from enroll.report.publication.notices import Finding
    from enroll.report.publication.suppression import Cell

PAGE = "index.html"

FLOW_BANDS = (5, 10, 20, 50, 100)
"""Children from which a redirect is drawn, and drawn wider; fewer are not drawn."""


class Band(NamedTuple):
    """A band of children per 100 seats: in words, and where it begins."""

    words: str
    least: int


_ZONE = N_("{zone}: {demand}")
_DEMAND = N_("{children} children for {seats} seats within the class standard.")
_BAND = N_("{band} children per 100 seats within the class standard.")
_HIDDEN = N_("no school, or its figure is not told, as some children are too few.")
_SCHOOL = N_("{name} ({school}): {placed} placed for {seats} seats within the class standard.")


def index_page(
    contents: Contents,
    shown: Shown,
    hidden: frozenset[Cell],
    told: Told,
    cutoffs: Sequence[CutoffRow],
    certificate: Mapping[str, JsonValue],
    notices: Sequence[Finding],
    names: Sequence[str],
    language: Language,
) -> bytes:
    """Return `index.html`.

    Parameters
    ----------
    shown, hidden
        What is shown of each cell, and what is hidden.
    told
        What may be told of how full zones are.
    cutoffs, certificate, notices
        The public ones.
    names
        Of the other files of the edition.
    """
    schools = {row["school_id"]: row["name"] for row in contents.schools}
    groups = contents.data.own_groups(language)
    return render(
        "publication.html.j2",
        language,
        title=contents.title,
        contents=contents,
        draw=contents.data.manifest["draw"],
        shown=shown,
        hows=HOWS,
        placed_hows=PLACED,
        how_words=say.HOW_WORDS,
        ways=WAYS,
        way_words=say.WAY_WORDS,
        ALL=ALL,
        placed=sum(bool(child.school) for child in contents.children),
        school_names=schools,
        **_of_map(contents, hidden, told, certificate, language),
        cutoffs=[(*row[:4], cutoff_words(row[4], language, groups)) for row in cutoffs],
        own_groups=groups,
        own_rounds=contents.data.own_rounds(language),
        certificate=certificate,
        notices=notices,
        names=names,
    )


def _of_map(
    contents: Contents,
    hidden: frozenset[Cell],
    told: Told,
    certificate: Mapping[str, JsonValue],
    language: Language,
) -> dict[str, object]:
    """Return what the map shows and says."""
    return {
        "map": _map(contents, hidden, certificate, told.banded),
        "zone_label": _zone_label(contents, told, language),
        "school_labels": _school_labels(contents, language),
        "flow_words": flow_words,
        "demand_labels": demand_labels(),
        "demands": told.exact,
        "bands": {zone: colour_band(demand) for zone, demand in told.banded.items()},
    }


def cutoff_words(text: str, language: Language, groups: Mapping[str, str]) -> str:
    """Return a public cutoff in words; "" where nobody was admitted.

    `groups` is what enroll's own groups are called.
    """
    parts = []
    for part in text.split(" ") if text else ():
        name, _, value = part.partition("=")
        known = VALUE_WORDS.get(value) if name in ("sibling", "since") else None
        called = groups.get(value, value) if name == "group" else value
        shown = called if known is None else translate(known, language)
        parts.append(translate(KEY_WORDS[name], language, {"value": shown}))
    return " · ".join(parts)


def public_flows(contents: Contents, hidden: frozenset[Cell]) -> list[Flow]:
    """Return redirects out of a zone of five children and more, each counted as its band begins.

    One is left out where it is hidden how many children its zone or its school has by redirect.
    """
    counted = Counter(
        (child.zone, child.school)
        for child in contents.children
        if child.how == "REDIRECT"
        and child.zone
        and child.school not in contents.served.get(child.zone, ())
    )
    closed = {cell[:2] for cell in hidden if cell[2:] == ("REDIRECT",)}
    flows = [
        Flow(zone, school, max(bound for bound in FLOW_BANDS if bound <= count))
        for (zone, school), count in counted.items()
        if count >= FLOW_BANDS[0] and not {("zone", zone), ("school", school)} & closed
    ]
    return sorted(flows, key=lambda flow: (-flow.children, flow.zone_id, flow.school_id))


def flow_words(least: int) -> str:
    """Return the band of a flow that begins at so many children."""
    above = [bound for bound in FLOW_BANDS if bound > least]
    return f"{least}–{above[0] - 1}" if above else f"≥ {least}"


def _map(
    contents: Contents,
    hidden: frozenset[Cell],
    certificate: Mapping[str, JsonValue],
    demands: Mapping[str, Demand],
) -> RunMap | None:
    if contents.outlines is None:
        return None
    rounds: list[dict[str, list[dict[str, JsonValue]]]] = certificate["rounds"]
    told = {
        "rounds": [
            {**one, "overloads": [each for each in one["overloads"] if each["seats"] is not None]}
            for one in rounds
        ]
    }
    data = replace(contents.without_children(), certificate=told)
    return draw_map({}, data, contents.outlines, Figures(demands, public_flows(contents, hidden)))


def _zone_label(contents: Contents, told: Told, language: Language) -> Callable[[str], str]:
    def said(zone: str) -> str:
        named = with_id(isolate(contents.zone_names[zone]), zone)
        demand = Phrase(_HIDDEN)
        if zone in told.exact:
            demand = Phrase(_DEMAND, told.exact[zone]._asdict())
        elif zone in told.banded:
            demand = Phrase(_BAND, {"band": colour_band(told.banded[zone]).words})
        return translate(_ZONE, language, {"zone": named, "demand": demand})

    return said


def colour_band(demand: Demand) -> Band:
    """Return the band of a zone's colour, of a zone that has seats or children."""
    step = step_of(demand)
    return Band(demand_labels()[step], (0, *DEMAND_STEPS)[step])


def _school_labels(contents: Contents, language: Language) -> dict[str, str]:
    return {
        row["school_id"]: translate(
            _SCHOOL,
            language,
            {
                "name": isolate(row["name"]),
                "school": row["school_id"],
                "placed": row["placed"],
                "seats": row["seats_standard"],
            },
        )
        for row in contents.schools
    }
