"""What the layers of a run's map hold: places and counts, never a home and never a child."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from enroll.notices.kinds import N_
from enroll.report.layers.outlines import inner_points, school_points, together, zone_outlines
from enroll.report.layers.palette import load_of
from enroll.report.wholes import at_own_school, redirected_elsewhere
from enroll.watch.scene import Scene
from enroll.watch.zones import demand_by_zone, find_catchments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.records import Flags, Ints, Texts
    from enroll.report.results import Results

    Columns = Mapping[str, Sequence[object] | Ints | Texts]

ZONE_NOTICES = frozenset({"NO_SEAT", "NO_SCHOOL_IN_REACH", "DECLINED", "FAR"})
"""Notices whose subject is a zone, beside those whose code starts with `ZONE_`."""

SCHOOL_NOTICES = frozenset(
    {
        "OVERLOAD",
        "OVER_LIMIT",
        "OVERSIZED_SCHOOL",
        "SCHOOL_REFILLS",
        "OVERSIZED_CLASS",
        "VERY_OVERSIZED_CLASS",
        "OVER_STANDARD",
        "NEAR_LIMIT",
        "SCHOOL_OUTSIDE_ZONE",
    }
)
"""Notices whose subject is a school or several."""

ALIASES = {
    "zone_id": N_("Zone id"),
    "name": N_("Full name"),
    "area": N_("Area"),
    "schools": N_("Schools of the zone"),
    "applicants": N_("Applicants"),
    "ineligible": N_("Not eligible"),
    "placed_in_zone": N_("Placed in the zone"),
    "redirected": N_("Redirected"),
    "unplaced": N_("Unplaced"),
    "demand": N_("Children, zones that share schools together"),
    "seats": N_("Seats within the standard, these zones together"),
    "percent": N_("Children per 100 seats"),
    "load": N_("Children against seats"),
    "school_id": N_("School id"),
    "sector": N_("Sector"),
    "kind": N_("Kind"),
    "classes": N_("Classes"),
    "largest_class": N_("Largest class"),
    "class_standard": N_("Class standard"),
    "class_limit": N_("Class limit"),
    "seats_standard": N_("Seats within the standard"),
    "seats_limit": N_("Seats within the limit"),
    "zone_demand": N_("Children of its zones"),
    "placed": N_("Placed"),
    "placed_from_zone": N_("Placed from its zones"),
    "redirected_in": N_("Redirected to it"),
    "redirected_away": N_("Redirected from its zones"),
    "spare_standard": N_("Seats left within the standard"),
    "spare_limit": N_("Seats left within the limit"),
    "level": N_("Level"),
    "zone_name": N_("Zone"),
    "school_name": N_("School"),
    "children": N_("Children"),
    "code": N_("Code"),
    "subject": N_("Subject"),
    "message": N_("Message"),
    "value": N_("Value"),
    "bound": N_("Bound"),
}
"""What each column is called where people read it."""

TITLES = {
    "zones": N_("Zones"),
    "schools": N_("Schools"),
    "flows": N_("Redirects"),
    "notices": N_("Notices"),
}


WHOLE_NUMBERS = frozenset(
    {
        "applicants",
        "ineligible",
        "placed_in_zone",
        "redirected",
        "unplaced",
        "demand",
        "seats",
        "percent",
        "classes",
        "largest_class",
        "class_standard",
        "class_limit",
        "seats_standard",
        "seats_limit",
        "zone_demand",
        "placed",
        "placed_from_zone",
        "redirected_in",
        "redirected_away",
        "spare_standard",
        "spare_limit",
        "children",
        "value",
        "bound",
    }
)
"""Columns that hold no text."""


@dataclass(frozen=True)
class Layer:
    """One layer of a map.

    Parameters
    ----------
    name
        Of its table, from `TITLES`.
    kind
        Of its shapes, as GeoPackage calls it.
    columns
        Values by column: whole numbers, text, or None.
    shapes
        One per row, in WGS 84; None where the place is not known.
    """

    name: str
    kind: str
    columns: Mapping[str, list[object]]
    shapes: Texts


def map_layers(results: Results, schools: Columns, notices: Columns) -> tuple[Layer, ...]:
    """Return the layers of a run's map, from the lowest to the highest.

    Parameters
    ----------
    results
        The finished allocation.
    schools, notices
        The columns of `schools.csv` and of `warnings.csv`.
    """
    zones = results.inputs.zones
    outlines = zone_outlines(zones)
    zone_at, school_at = inner_points(outlines), school_points(results.inputs.schools)
    return (
        _zones(results, outlines),
        _flows(results, zone_at, school_at),
        _schools(results, schools, school_at),
        _notices(results, notices, zone_at, school_at),
    )


def _zones(results: Results, outlines: Texts) -> Layer:
    zones, placement = results.inputs.zones, results.placement
    eligible: Flags = results.ranking.ineligible == ""
    ids = results.inputs.schools.school_id
    columns = {
        "zone_id": list(zones.zone_id),
        "name": list(zones.name),
        "area": list(zones.area),
        "schools": [";".join(ids[list(members)]) for members in zones.schools],
        "applicants": _count(results, np.ones_like(eligible)),
        "ineligible": _count(results, ~eligible),
        "placed_in_zone": _count(results, at_own_school(results)),
        "redirected": _count(results, redirected_elsewhere(results)),
        "unplaced": _count(results, eligible & (placement.school < 0)),
        **_loads(results),
    }
    kind = "POINT" if zones.geometry is None else "MULTIPOLYGON"
    return Layer("zones", kind, columns, outlines)


def _count(results: Results, chosen: Flags) -> list[object]:
    zone = results.ground.zone[chosen]
    return list(np.bincount(zone[zone >= 0], minlength=len(results.inputs.zones)).tolist())


def _loads(results: Results) -> dict[str, list[object]]:
    """Return each zone's children against seats, as the notice `ZONE_FULL` counts them."""
    scene = Scene(
        results.inputs,
        results.ground,
        results.ranking,
        results.seats,
        results.placement,
        results.plan,
        results.scenario.settings,
    )
    count = len(results.inputs.zones)
    fixed = results.placement.school[scene.fixed]
    free = results.seats.standard - np.bincount(fixed, minlength=len(scene.schools))
    by_zone = demand_by_zone(scene).sum(axis=1)
    columns: dict[str, list[object]] = {
        "demand": by_zone.tolist(),
        "seats": [0] * count,
        "percent": [None] * count,
        "load": ["no_school"] * count,
    }
    for catchment in find_catchments(results.inputs.zones):
        demand = int(by_zone[list(catchment.zones)].sum())
        seats = int(np.maximum(free, 0)[list(catchment.schools)].sum())
        percent = demand * 100 // seats if seats else None
        for zone in catchment.zones:
            for name, value in zip(
                columns, (demand, seats, percent, load_of(demand, seats)), strict=True
            ):
                columns[name][zone] = value
    return columns


def _schools(results: Results, found: Columns, points: Texts) -> Layer:
    schools = results.inputs.schools
    known: Columns = {
        "school_id": schools.school_id,
        "name": schools.name,
        "area": schools.area,
        "sector": schools.sector,
        "kind": schools.kind,
        "class_standard": schools.class_standard,
        "class_limit": schools.class_limit,
    }
    columns = {name: _plain(values) for name, values in {**known, **found}.items()}
    return Layer("schools", "POINT", columns, points)


def _flows(results: Results, zone_at: Texts, school_at: Texts) -> Layer:
    """Return who was redirected from where to where; homes outside every zone have no line."""
    zones, schools = results.inputs.zones, results.inputs.schools
    chosen = redirected_elsewhere(results) & (results.ground.zone >= 0)
    pairs = results.ground.zone[chosen] * len(schools) + results.placement.school[chosen]
    pair, children = np.unique(pairs, return_counts=True)
    zone, school = pair // max(len(schools), 1), pair % max(len(schools), 1)
    columns = {
        "zone_id": list(zones.zone_id[zone]),
        "zone_name": list(zones.name[zone]),
        "school_id": list(schools.school_id[school]),
        "school_name": list(schools.name[school]),
        "children": children.tolist(),
    }
    ends = zip(zone_at[zone], school_at[school], strict=True)
    shapes = np.full(len(pair), None, dtype=object)
    for at, (start, end) in enumerate(ends):
        if start is not None and end is not None:
            shapes[at] = shapely.linestrings([(start.x, start.y), (end.x, end.y)])
    return Layer("flows", "LINESTRING", columns, shapes)


def _notices(results: Results, found: Columns, zone_at: Texts, school_at: Texts) -> Layer:
    """Return the notices about zones and schools; those about children stay in the table."""
    zones = dict(zip(results.inputs.zones.zone_id, zone_at, strict=True))
    schools = dict(zip(results.inputs.schools.school_id, school_at, strict=True))
    rows, shapes = [], []
    for row, (code, subject) in enumerate(zip(found["code"], found["subject"], strict=True)):
        about_zone = str(code) in ZONE_NOTICES or str(code).startswith("ZONE_")
        places = zones if about_zone else schools if code in SCHOOL_NOTICES else {}
        names = str(subject).split(";")
        if all(name in places for name in names):
            rows.append(row)
            shapes.append(together(places[name] for name in names))
    columns = {name: [_or_none(values[row]) for row in rows] for name, values in found.items()}
    points = np.full(len(rows), None, dtype=object)
    points[:] = shapes
    return Layer("notices", "MULTIPOINT", columns, points)


def _plain(values: Sequence[object] | Ints | Texts) -> list[object]:
    return [each.item() if isinstance(each, np.generic) else each for each in values]


def _or_none(value: object) -> object:
    return None if value == "" else value
