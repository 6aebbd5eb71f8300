"""New homes: dwellings, the pupils expected in them, and how they fill."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.records import NONE, Homes
from enroll.tables.headers import MOST_CHOICES
from enroll.tables.ids import PLACE_ID
from enroll.tables.places import read_places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.records import Floats, Ints
    from enroll.tables.cells import Cells


def read_homes(
    cells: Cells, zones: Mapping[str, int] | None, stage: str, declared: str | None
) -> Homes:
    """Return the new homes, ascending by year, zone and place.

    Parameters
    ----------
    cells
        The table with its columns found; it takes the problems.
    zones
        Zone ids to indices, or None where the zones could not be read.
    stage
        `primary` or `junior`: which pupils count.
    declared
        `[coordinates] homes`.
    """
    zone = cells.indices("zone_id", PLACE_ID, zones, "HOMES_ZONE_UNKNOWN")
    places = read_places(cells, "homes", declared)
    nowhere = ~cells.filled("zone_id") & np.isnan(places.lon)
    cells.problem_rows("HOMES_NOWHERE", "zone_id", nowhere)
    year, dwellings = cells.whole("year"), cells.whole("dwellings")
    per_100 = _pupils(cells, f"{stage}_per_100")
    occupancy = _occupancy(cells)
    order = np.lexsort((per_100, dwellings, places.lat, places.lon, zone, year))
    return Homes(
        row=cells.table.row[order],
        zone=zone[order],
        lon=places.lon[order],
        lat=places.lat[order],
        year=year[order],
        dwellings=dwellings[order],
        per_100=per_100[order],
        occupancy=occupancy[order],
        crs=places.crs,
    )


def _pupils(cells: Cells, name: str) -> Floats:
    """Return (n,) pupils in 100 homes, within the bounds of the column."""
    if not cells.has(name):
        cells.report.add("COLUMN_MISSING", column=name, name=name, table="homes")
        return np.zeros(len(cells))
    found = cells.decimals(name)
    cells.problem_rows("CELL_MISSING", name, ~cells.filled(name))
    column = cells.column(name)
    beyond = (found < column.least) | (found > column.most)
    cells.problem_rows("OUT_OF_RANGE", name, beyond, least=column.least, most=column.most)
    return np.nan_to_num(found)


def _occupancy(cells: Cells) -> Ints:
    """Return (n, k) percents of the years since delivery, -1 where the row says nothing."""
    names = [f"occupancy_{number}" for number in range(1, MOST_CHOICES + 1)]
    last = max((place for place, name in enumerate(names, 1) if cells.has(name)), default=0)
    courses = [cells.whole(name, empty=NONE) for name in names[:last]]
    return np.stack(courses, axis=1) if courses else np.zeros((len(cells), 0), dtype=np.int64)
