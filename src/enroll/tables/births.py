"""Births: from rows to children by year, month and zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.notices import mask
from enroll.records import NONE, Births
from enroll.tables.forecast_columns import ALL_ZONES
from enroll.tables.ids import PLACE_ID
from enroll.tables.repeats import drop_repeats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.records import Ints
    from enroll.tables.cells import Cells


def read_births(cells: Cells, zones: Mapping[str, int] | None) -> Births:
    """Return the births, ascending by zone, year and month.

    Parameters
    ----------
    cells
        The table with its columns found; it takes the problems.
    zones
        Zone ids to indices, or None where the zones could not be read.
    """
    year, month = cells.whole("year"), cells.whole("month")
    zone = _zones(cells, zones)
    births = cells.whole("births")
    known = (year > 0) & (zone > _UNKNOWN)
    kept = drop_repeats(cells, (zone, year, month), births, "births", known)
    order = np.lexsort((month, year, zone))
    order = order[kept[order]]
    found = Births(year[order], month[order], zone[order], births[order])
    if zones is not None:
        _check(cells, found, zones)
    return found


_UNKNOWN = -2


def _zones(cells: Cells, zones: Mapping[str, int] | None) -> Ints:
    """Return (n,) zone indices; -1 for the whole county, -2 for a zone that is not known."""
    written = cells.ids("zone_id", PLACE_ID)
    everywhere = written.where(lambda text: text.casefold() in ("", ALL_ZONES))
    if zones is None:
        return np.where(everywhere, NONE, _UNKNOWN)
    lost = ~everywhere & written.where(lambda text: text not in zones)
    cells.problem_rows("BIRTHS_ZONE_UNKNOWN", "zone_id", lost)
    return np.where(everywhere, NONE, written.positions(zones, _UNKNOWN))


def _check(cells: Cells, births: Births, zones: Mapping[str, int]) -> None:
    """Report years counted twice, and years that are missing between others."""
    if not len(births.year):
        return
    whole, by_zone = births.zone == NONE, births.zone != NONE
    both = np.intersect1d(births.year[whole], births.year[by_zone]).tolist()
    if both:
        cells.report.add("BIRTHS_COUNTED_TWICE", years=tuple(map(str, both)))
    months = births.month > 0
    mixed = np.intersect1d(births.year[months], births.year[~months]).tolist()
    if mixed:
        cells.report.add("BIRTHS_MONTHS_AND_YEARS", years=tuple(map(str, mixed)))
    names = sorted(zones, key=zones.__getitem__)
    years = np.arange(births.year.min(), births.year.max() + 1)
    for zone in np.unique(births.zone).tolist():
        missing = np.setdiff1d(years, births.year[births.zone == zone]).tolist()
        if missing:
            shown = ALL_ZONES if zone == NONE else mask(names[zone])
            cells.report.add("BIRTHS_YEARS_MISSING", zone=shown, years=tuple(map(str, missing)))
