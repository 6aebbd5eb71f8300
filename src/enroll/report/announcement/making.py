"""The files of an announcement: tables, outlines, and what a program reads of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import shapely

from enroll.notices import about_plans as say
from enroll.notices import translate
from enroll.report.announcement.rules import group_words, joined, round_words
from enroll.report.json_out import json_bytes
from enroll.report.layers import zone_shapes
from enroll.report.manifest import SUMS, seal
from enroll.tables import csv_bytes
from enroll.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from enroll.notices import Language
    from enroll.records import JsonValue, Texts
    from enroll.report.announcement.plan import Plan

PUBLICATION_FORMAT = 1
"""Number of the layout; a reader refuses one that it does not know."""

PAGE, SCHOOLS, ZONES, OUTLINES = "index.html", "schools.csv", "zones.csv", "zones.geojson"
GROUPS, ROUNDS, COMMIT = "groups.csv", "rounds.csv", "commit.txt"
PUBLICATION = "publication.json"


def announcement_files(plan: Plan, language: Language) -> dict[str, bytes]:
    """Return every file by name, `SHA256SUMS` last.

    Parameters
    ----------
    plan
        Without any child.
    language
        Of the page and of the rules in words; names are as the office has them.
    """
    from enroll.report.pages.plan_page import plan_page

    files = {
        SCHOOLS: _schools(plan),
        GROUPS: _groups(plan, language),
        ROUNDS: _rounds(plan, language),
        PUBLICATION: _publication(plan, language),
    }
    if len(plan.inputs.zones):
        files[ZONES] = _zones(plan)
        shapes = zone_shapes(plan.inputs.zones)
        if not np.all(shapely.is_missing(shapes)):
            files[OUTLINES] = _outlines(plan, shapes)
    if plan.draw is not None:
        files[COMMIT] = plan.draw.content
    files[PAGE] = plan_page(plan, sorted([*files, SUMS]), language)
    return {**{name: files[name] for name in sorted(files)}, SUMS: seal(files)}


def _schools(plan: Plan) -> bytes:
    schools, seats = plan.inputs.schools, plan.seats
    header = (
        *("school_id", "name", "classes", "seats_standard", "seats_limit"),
        *("reserved", "reserved_for", "zones"),
    )
    columns = (
        *(schools.school_id, schools.name, schools.classes, seats.standard, seats.limit),
        *(schools.reserved, schools.reserved_for),
        [";".join(zones) for zones in plan.zones_of_schools],
    )
    return csv_bytes(header, columns)


def _zones(plan: Plan) -> bytes:
    zones = plan.inputs.zones
    columns = (zones.zone_id, zones.name, zones.area, _schools_of_zones(plan))
    return csv_bytes(("zone_id", "name", "area", "schools"), columns)


def _schools_of_zones(plan: Plan) -> list[str]:
    ids = plan.inputs.schools.school_id
    return [";".join(ids[list(schools)]) for schools in plan.inputs.zones.schools]


def _groups(plan: Plan, language: Language) -> bytes:
    """Return a line for each group; its entries are joined by an `or`."""
    rows = []
    for group in group_words(plan.settings):
        asked = _spoken(joined(say.ALTERNATIVELY, group.entries), language)
        rows.append((str(group.place), group.id, group.name, asked))
    return _csv(("place", "group", "name", "condition"), rows)


def _rounds(plan: Plan, language: Language) -> bytes:
    rows = []
    for words in round_words(plan.settings, plan.inputs.schools):
        step = words.step
        keys = dict.fromkeys((*step.order, "lottery")) if step.rule == "zone" else {}
        said = (" " if language == "en" else "").join(
            _spoken(sentence, language) for sentence in words.sentences
        )
        seats = "" if step.rule == "fixed" else step.seats
        goal = step.goal if step.rule == "redirect" else ""
        most = "" if step.max_m is None else str(step.max_m)
        rows.append((step.id, step.rule, seats, ";".join(keys), most, goal, said))
    return _csv(("round", "rule", "seats", "order", "max_m", "goal", "words"), rows)


def _csv(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    columns = list(zip(*rows, strict=True)) or [()] * len(header)
    return csv_bytes(header, columns)


def _spoken(phrase: object, language: Language) -> str:
    return translate("{phrase}", language, {"phrase": phrase})


def _outlines(plan: Plan, shapes: Texts) -> bytes:
    """Return the zones as GeoJSON (RFC 7946): as given, in WGS 84 with seven decimals."""
    zones = plan.inputs.zones
    rows = zip(zones.zone_id, zones.name, _schools_of_zones(plan), shapes, strict=True)
    features = [
        {
            "type": "Feature",
            "properties": {"zone_id": zone_id, "name": name, "schools": schools},
            "geometry": None if shape is None else json.loads(shapely.to_geojson(shape)),
        }
        for zone_id, name, schools, shape in rows
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'.encode(
        "utf-8", "replace"
    )


def _publication(plan: Plan, language: Language) -> bytes:
    """Return `publication.json`: what was published, and what it was made from."""
    settings, told = plan.settings, plan.told
    sources = (*plan.scenario.sources, *plan.inputs.sources)
    whole: dict[str, JsonValue] = {
        "format": PUBLICATION_FORMAT,
        "what": "plan",
        "program": {"name": "enroll", "version": __version__},
        "title": settings.title,
        "year": settings.year,
        "stage": settings.stage,
        "language": language,
        "totals": dict(plan.totals),
        "inputs": [{"role": one.role, "name": one.name, "sha256": one.sha256} for one in sources],
        "changes": len(settings.change),
        "told": told.model_dump(mode="json", by_alias=True),
        "draw": _draw(plan),
        "forecast": _forecast(plan),
    }
    return json_bytes(whole, indent=2)


def _draw(plan: Plan) -> Mapping[str, JsonValue] | None:
    draw = plan.draw
    if draw is None:
        return None
    return {
        "draw_id": draw.said.draw,
        "rehearsal": draw.rehearsal,
        "commit": draw.digest,
        "sources": list(draw.said.sources),
        "published": draw.said.published,
        "draw_after": draw.said.draw_after,
    }


def _forecast(plan: Plan) -> Mapping[str, JsonValue] | None:
    ahead = plan.ahead
    if ahead is None:
        return None
    warnings: list[JsonValue] = [
        {**one._asdict(), "ids": list(one.ids), "first": one.first or None}
        for one in ahead.warnings
    ]
    groups: list[JsonValue] = [{**one._asdict(), "zones": list(one.zones)} for one in ahead.groups]
    return {
        "seal": ahead.digest,
        "first": ahead.first,
        "last": ahead.last,
        "warnings": warnings,
        "groups": groups,
    }
