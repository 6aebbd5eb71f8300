"""Pupils of new homes: so many in 100 homes, as the homes fill year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.forecast.reconcile import share_out

if TYPE_CHECKING:
    from enroll.records import Floats, Homes, Ints


def moved_in(
    homes: Homes, shares: Floats, years: Ints, grades: int, usual: tuple[int, ...]
) -> Floats:
    """Return (Y, m, G) pupils of new homes above those who live there in the last year.

    Homes hold `per_100` pupils of the stage in 100 homes that are lived in, evenly over its
    grades. They stay: the children who leave the stage are followed by younger ones.

    Parameters
    ----------
    homes
        h rows.
    shares
        (h, m) part of each row's pupils that goes to each school.
    years
        (1 + Y,) the last year of the roll, whose pupils are counted in it already, and the
        years ahead.
    grades
        Number of grades G of the stage.
    usual
        Percent of homes lived in, from the year of delivery on, for rows that say nothing; the
        last figure holds from then on.
    """
    lived_in = np.stack([_occupied(homes, year, usual) for year in years.tolist()])
    pupils = homes.dwellings * homes.per_100 / 100 * (lived_in - lived_in[0]) / 100
    by_school = share_out(pupils[1:], shares)
    return np.repeat(by_school[:, :, None] / grades, grades, axis=2)


def _occupied(homes: Homes, year: int, usual: tuple[int, ...]) -> Floats:
    """Return (h,) percent of the homes that are lived in."""
    course = np.array(usual, dtype=np.float64)
    since = year - homes.year
    standing = course[np.clip(since, 0, len(course) - 1)]
    if homes.occupancy.shape[1]:
        own = _course_of(homes.occupancy)
        mine = np.take_along_axis(own, np.clip(since, 0, own.shape[1] - 1)[:, None], 1)[:, 0]
        standing = np.where((homes.occupancy >= 0).any(axis=1), mine, standing)
    return np.where(since >= 0, standing, 0.0)


def _course_of(occupancy: Ints) -> Floats:
    """Return each row's percents; a cell left empty repeats the one before it."""
    course = np.maximum(occupancy, 0).astype(np.float64)
    for year in range(1, course.shape[1]):
        empty = occupancy[:, year] < 0
        course[empty, year] = course[empty, year - 1]
    return course
