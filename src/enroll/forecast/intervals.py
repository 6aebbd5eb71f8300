"""How far a forecast may err: past errors drawn again, for all schools and for each.

Every past year is forecast from the years before it. What all schools together were off by is
the county's error of that year; what is left to a school, over the root of the pupils expected,
is its own. A course draws a run of years for the county, the same for every school, up or down, and
for each school another school of its size, whose errors of these years it takes for all its grades.
All errors are widened a little, because few years of them are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.forecast.chance import numbers_below
from enroll.forecast.progression import Steps, fitted_ratios

if TYPE_CHECKING:
    import numpy.typing as npt

    from enroll.forecast.chance import Words
    from enroll.forecast.method import Method
    from enroll.records import Flags, Floats, Ints

LOW, HIGH = 10, 90
"""Percent of the courses below the lower and the upper bound."""

NEIGHBOURS = 40
"""How many schools of about its size a school may take its errors from."""


@dataclass(frozen=True)
class Errors:
    """One-year errors of the past; e years, m schools, G grades.

    Parameters
    ----------
    shared
        (e, G) what came over what was expected, of all schools together; 1 where unknown.
    own
        (e, m, G) what a school was off by beside that, over the root of what was expected.
    """

    shared: Floats
    own: Floats


def past_errors(steps: Steps, counts: Flags, method: Method) -> Errors:
    """Return the errors of forecasting each past step from those before it.

    The first step has none before it; where it is the only one, nothing is known and pupils
    are taken to come and go one by one.
    """
    found = [_errors_of(steps, counts, method, step) for step in range(1, len(steps.before))]
    if not found:
        schools, grades = steps.before.shape[1:]
        return Errors(np.ones((1, grades)), np.full((1, schools, grades), np.nan))
    return Errors(np.stack([one for one, _ in found]), np.stack([one for _, one in found]))


def _errors_of(steps: Steps, counts: Flags, method: Method, step: int) -> tuple[Floats, Floats]:
    earlier = Steps(steps.before[:step], steps.after[:step], steps.by_birth)
    _, own = fitted_ratios(earlier, counts[:step], method)
    expected = steps.before[step] * np.nan_to_num(own)
    there = expected > 0
    came = np.where(there, steps.after[step], 0.0)
    total = expected.sum(axis=0)
    shared = np.where(total > 0, came.sum(axis=0) / np.where(total > 0, total, 1.0), 1.0)
    expected = expected * shared
    root = np.sqrt(np.where(there, np.maximum(expected, 1.0), 1.0))
    return shared, np.where(there, (came - expected) / root, np.nan)


def draw_errors(
    errors: Errors, size: Floats, samples: int, years: int, words: Words
) -> tuple[Floats, npt.NDArray[np.float64]]:
    """Return the errors of many courses.

    Parameters
    ----------
    size
        (m,) pupils of each school.
    samples, years
        S courses of Y years.

    Returns
    -------
    shared
        (S, Y, G).
    own
        (S, Y, m, G).
    """
    past, schools, grades = errors.own.shape
    begin = numbers_below(words, past, (samples,))
    year = (begin[:, None] + np.arange(years)) % past
    wider = np.sqrt((past + 1) / past)
    filled = _filled(errors.own, words)
    donors = _donors(size, samples, words)
    own = filled[year[:, :, None], donors[:, None, :]]
    either_way = 2.0 * numbers_below(words, 2, (samples, 1, 1)) - 1.0
    shared = np.maximum(1.0 + either_way * wider * (errors.shared[year] - 1.0), 0.0)
    return shared, wider * own.reshape(samples, years, schools, grades)


def _filled(own: Floats, words: Words) -> Floats:
    """Return errors with those unknown drawn from the known ones of the same grade."""
    filled = own.copy()
    for grade in range(own.shape[2]):
        column = filled[:, :, grade]
        known = column[np.isfinite(column)]
        empty = ~np.isfinite(column)
        if not len(known):
            known = np.array([-1.0, 1.0])
        drawn = numbers_below(words, len(known), (int(empty.sum()),))
        column[empty] = known[drawn]
    return filled


def _donors(size: Floats, samples: int, words: Words) -> Ints:
    """Return (S, m) a school of about the same size for every school and course."""
    schools = len(size)
    near = min(NEIGHBOURS, schools)
    order = np.argsort(size, kind="stable")
    place = np.empty(schools, dtype=np.int64)
    place[order] = np.arange(schools)
    lowest = np.clip(place - near // 2, 0, schools - near)
    donors: Ints = order[lowest + numbers_below(words, near, (samples, schools))]
    return donors


def bounds(samples: npt.NDArray[np.generic], expected: Ints | None = None) -> tuple[Ints, Ints]:
    """Return the low and the high bound over the first axis: 8 of 10 courses lie within.

    Parameters
    ----------
    samples
        (S, ...) whole pupils.
    expected
        (...) the forecast itself, which always lies within.
    """
    ordered = np.sort(samples, axis=0)
    last = len(ordered) - 1
    low = ordered[last * LOW // 100].astype(np.int64)
    high = ordered[-(-last * HIGH // 100)].astype(np.int64)
    if expected is None:
        return low, high
    return np.minimum(low, expected), np.maximum(high, expected)
