"""When something happens in the years ahead, and in how many courses of a forecast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.records import NONE

if TYPE_CHECKING:
    from enroll.records import Flags, Ints

POSSIBLE = 10
"""Percent of the courses from which a year is named as possible."""


@dataclass(frozen=True)
class Reached:
    """Years in which something happens; Y years, k places.

    Parameters
    ----------
    forecast
        (Y, k) whether it happens in the forecast itself.
    chance
        (Y, k) percent of the courses in which it happens in the year.
    by_then
        (Y, k) percent of the courses in which it has happened by the end of the year.
    """

    forecast: Flags
    chance: Ints
    by_then: Ints

    @property
    def first(self) -> Ints:
        """Return (k,) the position of the first year of the forecast with it, else -1."""
        return first_true(self.forecast)

    @property
    def first_possible(self) -> Ints:
        """Return (k,) the first year with it in the forecast or in 1 of 10 courses, else -1."""
        return first_true(self.forecast | (self.chance >= POSSIBLE))


def reached(forecast: Flags, courses: Flags) -> Reached:
    """Return when something happens.

    Parameters
    ----------
    forecast
        (Y, k) whether it happens in the forecast.
    courses
        (S, Y, k) whether it happens in each course.
    """
    ever = np.logical_or.accumulate(courses, axis=1)
    total = len(courses)
    return Reached(forecast, percent(courses.sum(axis=0), total), percent(ever.sum(axis=0), total))


def percent(count: Ints, total: int) -> Ints:
    """Return whole percent, halves up; 0 and 100 only where it is none and all of them."""
    rounded = (200 * count.astype(np.int64) + total) // (2 * total)
    within = np.clip(rounded, 1, 99)
    whole: Ints = np.where((count > 0) & (count < total), within, rounded).astype(np.int64)
    return whole


def first_true(flags: Flags) -> Ints:
    """Return (k,) the first position along the first axis that holds, -1 where none does."""
    first: Ints = np.where(flags.any(axis=0), flags.argmax(axis=0), NONE).astype(np.int64)
    return first
