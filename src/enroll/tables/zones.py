"""The zones: polygons, or a table with anchor points."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from enroll.notices import mask
from enroll.records import Zones
from enroll.tables.geometry_in import MULTIPOLYGON, POLYGON, kinds_of, only
from enroll.tables.grid import text_array
from enroll.tables.ids import PLACE_ID
from enroll.tables.places import Places, believed, points_of, read_columns
from enroll.tables.schools import ascending

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.records import Texts
    from enroll.tables.cells import Cells

_SEPARATORS = re.compile(r"[;,，；、|]")


def read_zones(cells: Cells, declared: str | None, schools: Mapping[str, int] | None) -> Zones:
    """Return the zones, ascending by id.

    Parameters
    ----------
    cells
        The table with its columns found; it takes the problems.
    declared
        `[coordinates] zones`; it counts before the system that the file names.
    schools
        School ids to indices, or None where the schools could not be read.
    """
    ids = cells.unique_ids("zone_id", PLACE_ID)
    order = ascending(ids)
    geometry, anchors = _ground(cells, declared)
    names = [name or zone for name, zone in zip(cells.texts("name"), ids, strict=True)]
    served = _schools_of(cells, ids, schools)
    return Zones(
        zone_id=text_array(ids)[order],
        name=text_array(names)[order],
        area=cells.texts("area")[order],
        row=cells.table.row[order],
        schools=tuple(served[row] for row in order.tolist()),
        geometry=None if geometry is None else geometry[order],
        crs=anchors.crs,
        lon=anchors.lon[order],
        lat=anchors.lat[order],
    )


def no_zones() -> Zones:
    """Return the zones of a scenario that has none."""
    nothing = text_array([])
    nowhere = np.zeros(0)
    rows = np.zeros(0, dtype=np.int64)
    return Zones(nothing, nothing, nothing, rows, (), None, "wgs84", nowhere, nowhere)


def _ground(cells: Cells, declared: str | None) -> tuple[Texts | None, Places]:
    """Return the polygons, where there are any, and the anchor points with the system of both."""
    geometry = cells.table.geometry
    crs = declared or cells.table.crs
    if geometry is None:
        if (cells.has("lon") or cells.has("lat")) and not crs:
            cells.report.add("COORDINATES_NOT_DECLARED", role="zones")
        return None, believed(read_columns(cells, crs))
    if not crs:
        cells.report.add("CRS_UNKNOWN", role="zones")
    kinds = kinds_of(geometry)
    polygons = (kinds == POLYGON) | (kinds == MULTIPOLYGON)
    if not polygons.any() and (kinds >= 0).any():
        return None, believed(Places(*points_of(cells, geometry, "zones"), crs))
    cells.problem_rows("GEOMETRY_NOT_POLYGON", "geometry", (kinds >= 0) & ~polygons)
    broken = np.isin(cells.table.row, cells.report.rows_with("GEOMETRY_BROKEN"))
    cells.problem_rows("GEOMETRY_MISSING", "geometry", (kinds < 0) & ~broken)
    anchors = believed(read_columns(cells, crs))
    return only(geometry, polygons) if crs else None, anchors


def _schools_of(
    cells: Cells, ids: list[str], schools: Mapping[str, int] | None
) -> list[tuple[int, ...]]:
    """Return the school indices of every zone; ids that no school has are named."""
    served: list[tuple[int, ...]] = []
    rows, written = cells.table.row.tolist(), cells.texts("schools")
    for row, zone, cell in zip(rows, ids, written.tolist(), strict=True):
        named = [part.strip() for part in _SEPARATORS.split(cell) if part.strip()]
        if schools is None:
            named = []
        found: set[int] = set()
        for school in dict.fromkeys(named):
            if schools is not None and school in schools:
                found.add(schools[school])
            else:
                cells.report.add(
                    "ZONE_SCHOOL_UNKNOWN", row, "schools", mask(school), zone=mask(zone)
                )
        served.append(tuple(sorted(found)))
    return served
