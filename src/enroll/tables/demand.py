"""Blocks of demand: each pupil of a block becomes one child, so that every rule holds exactly."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from enroll.records import MADE, NONE
from enroll.tables.facts import asked_facts
from enroll.tables.geometry_in import MULTIPOLYGON, POINT, POLYGON, kinds_of, only
from enroll.tables.grid import text_array
from enroll.tables.ids import APPLICANT_ID, PLACE_ID
from enroll.tables.made import made_children
from enroll.tables.places import Places, believed, checked, read_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.records import Applicants, Flags, Floats, Ints, Texts, Zones
    from enroll.scenario.schema import Scenario
    from enroll.tables.cells import Cells

ENTRY_GRADE = {"primary": 1, "junior": 7}
"""The grade that an allocation of a stage places."""


class _Key(NamedTuple):
    """What tells one row from another, in the order in which its pupils are counted."""

    block: str
    grade: int
    group: str


def read_demand(
    cells: Cells, settings: Scenario, zones: Zones, known: Mapping[str, int] | None
) -> Applicants:
    """Return the pupils of all blocks as children, ascending by id.

    The pupils of block B are `B#00001`, `B#00002` and so on, first those of the group that
    comes first in the alphabet; a block with fewer pupils has the first of them. A polygon
    stands for its centre of area, or for a point inside it where that centre is outside.
    Where the table knows no place but a zone, the middle of that zone is taken.

    Parameters
    ----------
    cells
        The table with its columns found; it takes the problems.
    settings
        Its stage says which grade is placed, its groups which groups there are.
    zones
        As read.
    known
        Zone ids to indices, or None where there are none or they could not be read.
    """
    grade = _grades(cells, settings)
    keys = _keys(cells, grade, _groups(cells, settings))
    zone = cells.indices("zone_id", PLACE_ID, known, "ZONE_UNKNOWN")
    places = _places(cells, settings, zones, zone)
    nowhere = np.isnan(places.lon) & (zone == NONE) & ~cells.filled("zone_id")
    cells.problem_rows("DEMAND_PLACE", "block_id", nowhere)
    pupils = np.where(grade == ENTRY_GRADE[settings.stage], cells.whole("pupils"), 0)
    if len(cells) and cells.sound("pupils") and not pupils.any():
        cells.report.add("DEMAND_NOBODY", grade=ENTRY_GRADE[settings.stage])
    row, names = _counted(keys, pupils)
    made = made_children(names, asked_facts(settings))
    return replace(
        made,
        row=cells.table.row[row],
        lon=places.lon[row],
        lat=places.lat[row],
        zone=zone[row],
        group=text_array([keys[number].group for number in row.tolist()]),
        crs=places.crs,
    )


def _grades(cells: Cells, settings: Scenario) -> Ints:
    """Return the grade of every row; rows of other grades than the entry are counted."""
    entry = ENTRY_GRADE[settings.stage]
    grade = cells.whole("grade", empty=entry)
    others = int(np.count_nonzero(grade != entry))
    if others:
        cells.report.add("DEMAND_OTHER_GRADES", column="grade", count=others, grade=entry)
    return grade


def _groups(cells: Cells, settings: Scenario) -> Texts:
    ids = tuple(dict.fromkeys(group.id for group in settings.group))
    groups = cells.coded("group")
    if not ids:
        return text_array([""] * len(cells))
    bad = groups.where(lambda text: text not in ("", *ids))
    cells.problem_rows("GROUP_UNKNOWN", "group", bad, known=ids)
    return groups.cells()


def _keys(cells: Cells, grade: Ints, group: Texts) -> list[_Key]:
    """Return what tells the rows apart; two rows that nothing tells apart are a problem."""
    block = cells.ids("block_id", APPLICANT_ID).cells().tolist()
    keys = [_Key(*key) for key in zip(block, grade.tolist(), group.tolist(), strict=True)]
    first: dict[_Key, int] = {}
    for row, key in zip(cells.table.row.tolist(), keys, strict=True):
        if key.block and first.setdefault(key, row) != row:
            cells.report.add("DEMAND_ROW_TWICE", row, "block_id", key.block, first=first[key])
    return keys


def _counted(keys: list[_Key], pupils: Ints) -> tuple[Ints, list[str]]:
    """Return the row and the id of every pupil, ascending by id."""
    order = sorted(range(len(keys)), key=keys.__getitem__)
    so_far: Counter[str] = Counter()
    named: list[tuple[str, int]] = []
    for row in order:
        block, count = keys[row].block, int(pupils[row])
        start = so_far[block] + 1
        named += [(f"{block}{MADE}{number:05}", row) for number in range(start, start + count)]
        so_far[block] += count
    named.sort()
    return np.array([row for _, row in named], dtype=np.int64), [name for name, _ in named]


def _places(cells: Cells, settings: Scenario, zones: Zones, zone: Ints) -> Places:
    """Return where the blocks are; those that name only a zone are in the middle of it."""
    declared, geometry = settings.coordinates.demand, cells.table.geometry
    if geometry is not None:
        crs = declared or cells.table.crs
        if not crs:
            cells.report.add("CRS_UNKNOWN", role="demand")
        places = believed(checked(cells, *_points_in(cells, geometry), crs))
    elif cells.has("lon") or cells.has("lat"):
        if declared is None:
            cells.report.add("COORDINATES_NOT_DECLARED", role="demand")
        places = believed(read_columns(cells, declared or ""))
    else:
        nowhere = np.full(len(cells), np.nan)
        places = Places(nowhere, nowhere.copy(), zones.crs)
    return _with_middles(places, zones, zone)


def _points_in(cells: Cells, geometry: Texts) -> tuple[Floats, Floats]:
    """Return the coordinates of points, and of the middles of polygons."""
    import shapely

    kinds = kinds_of(geometry)
    areas = (kinds == POLYGON) | (kinds == MULTIPOLYGON)
    cells.problem_rows("GEOMETRY_NOT_POINT", "geometry", (kinds >= 0) & ~areas & (kinds != POINT),
                       role="demand")  # fmt: skip
    points = only(geometry, kinds == POINT)
    points[areas] = _middles(geometry[areas])
    return np.asarray(shapely.get_x(points)), np.asarray(shapely.get_y(points))


def _middles(polygons: Texts) -> Texts:
    """Return the centre of area of each polygon, or a point inside where it is outside."""
    import shapely

    valid = shapely.make_valid(polygons, method="structure", keep_collapsed=False)
    centres = shapely.centroid(valid)
    outside: Flags = ~shapely.covers(valid, centres)
    centres[outside] = shapely.point_on_surface(valid[outside])
    return np.asarray(centres, dtype=object)


def _with_middles(places: Places, zones: Zones, zone: Ints) -> Places:
    """Return the places with the middle of the zone where nothing but a zone is known."""
    import shapely

    wanted = np.isnan(places.lon) & (zone != NONE)
    if zones.geometry is None or zones.crs != places.crs or not wanted.any():
        return places
    # A zone with an anchor is measured from there, as for a child without coordinates.
    wanted &= np.isnan(zones.lon)[zone] & ~shapely.is_missing(zones.geometry)[zone]
    middles = _middles(zones.geometry[zone[wanted]])
    lon, lat = places.lon.copy(), places.lat.copy()
    lon[wanted], lat[wanted] = shapely.get_x(middles), shapely.get_y(middles)
    return Places(lon, lat, places.crs)
