"""From births to the children who enter: the lag, the cut-off day, and who is born already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.records import Births, Flags, Floats, Ints

MONTHS = 12


def cohorts(
    births: Births, years: Ints, zones: int, *, age: int, cutoff: int, change: int = 0
) -> tuple[Floats, Flags]:
    """Return the children born in time to enter in each year, zone by zone.

    A child enters in the autumn of year Y that is `age` years old by the end of month
    `cutoff`. Births by month are added up exactly; births of a whole year are spread evenly, so
    with the cut-off of 31 August 8/12 of year Y - `age` and 4/12 of the year before enter. A
    month that is given by itself counts before the whole year of the same zone.

    Parameters
    ----------
    births
        As registered.
    years
        (Y,) years of entrance.
    zones
        Number of zones.
    age
        Age in years on the last day of the cut-off month.
    cutoff
        Month from 1 to 12.
    change
        Percent by which births change in each year after the last that is known.

    Returns
    -------
    children
        (Y, zones + 1); the last column is the whole county where rows say so. NaN where
        months before the first known one would be needed.
    born
        (Y,) whether every month of the year's cohort is counted, wherever births are.
    """
    first = min(int(years.min()) - age - 1, int(births.year.max()))
    months = (int(years.max()) - age - first + 1) * MONTHS
    counted = _by_month(births, first, months, zones)
    known = np.isfinite(counted)
    last = _last_month(known)
    begin = (years - age - 1 - first) * MONTHS + cutoff
    filled = _carried_on(counted, last, change)
    children = np.stack([filled[one : one + MONTHS].sum(axis=0) for one in begin.tolist()])
    born = begin + MONTHS - 1 <= last
    return children, born


def _by_month(births: Births, first: int, months: int, zones: int) -> Floats:
    """Return (months, zones + 1) births, NaN where nothing is said of a month."""
    zone = np.where(births.zone < 0, zones, births.zone)
    counted = np.full((months, zones + 1), np.nan)
    start = (births.year - first) * MONTHS
    whole = np.flatnonzero(births.month == 0)
    for shift in range(MONTHS):
        _put(counted, start[whole] + shift, zone[whole], births.births[whole] / MONTHS)
    single = np.flatnonzero(births.month > 0)
    at = start[single] + births.month[single] - 1
    _put(counted, at, zone[single], births.births[single].astype(np.float64))
    used = np.zeros(zones + 1, dtype=bool)
    used[zone] = True
    counted[:, ~used] = 0.0
    return counted


def _put(counted: Floats, at: Ints, zone: Ints, values: Floats) -> None:
    inside = (at >= 0) & (at < len(counted))
    counted[at[inside], zone[inside]] = values[inside]


def _last_month(known: Flags) -> int:
    """Return the last month that every zone with births knows."""
    complete = np.flatnonzero(known.all(axis=1))
    return int(complete[-1]) if len(complete) else -1


def _carried_on(counted: Floats, last: int, change: int) -> Floats:
    """Return births with those after the last known month as in the year before it, changed."""
    filled = counted.copy()
    for month in range(last + 1, len(filled)):
        if last >= MONTHS - 1:
            filled[month] = filled[month - MONTHS] * (100 + change) / 100
    return filled


def fed_by(children: Floats, zones_of: Sequence[Sequence[int]]) -> Floats:
    """Return (Y, m) the children born where each school takes its entrants from.

    Schools that share a zone are given equal parts of its children; how many of them enter each
    school is for its ratio to tell.

    Parameters
    ----------
    children
        (Y, z + 1) as `cohorts` returns them.
    zones_of
        For each school the zones that it serves; a school without a zone of its own, or whose
        zones have no births of their own, is held against an equal part of the whole county.
    """
    serving = np.zeros(children.shape[1])
    for served in zones_of:
        serving[list(served)] += 1
    county = children.sum(axis=1) / max(len(zones_of), 1)
    fed = np.empty((len(children), len(zones_of)))
    for school, served in enumerate(zones_of):
        own = (children[:, list(served)] / serving[list(served)]).sum(axis=1)
        known = np.isfinite(own)
        fed[:, school] = own if (own[known] > 0).any() else county
    return fed
