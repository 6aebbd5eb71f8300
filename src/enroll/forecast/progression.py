"""Ratios from one grade and year to the next, and their average.

A ratio is never clipped: above 1 it means that families moved in. Where a school has no pupils
on one side, because a grade or a school begins or ends there, it has no ratio at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from enroll.forecast.method import Method
    from enroll.records import Flags, Floats, Ints


@dataclass(frozen=True)
class Steps:
    """What went into a year and what came out of it; k past steps, m schools, G grades.

    Parameters
    ----------
    before, after
        (k, m, G) children born or pupils of the grade below a year before, and the pupils they
        became; both 0 where there is no ratio.
    by_birth
        Whether entrants come from births; without, they are as many as the year before.
    """

    before: Floats
    after: Floats
    by_birth: bool


def steps_of(pupils: Ints, births: Floats | None) -> Steps:
    """Return what the ratios are made of.

    Parameters
    ----------
    pupils
        (T, m, G) roll.
    births
        (T, m) children born for each year's entrance, NaN where unknown; without them
        entrants are held against those of the year before.
    """
    after = pupils[1:].astype(np.float64)
    before = np.zeros_like(after)
    before[:, :, 1:] = pupils[:-1, :, :-1]
    before[:, :, 0] = pupils[:-1, :, 0] if births is None else np.nan_to_num(births[1:])
    runs = (before > 0) & (after > 0)
    used = births is not None
    return Steps(np.where(runs, before, 0.0), np.where(runs, after, 0.0), used)


def pooled_ratios(steps: Steps) -> Floats:
    """Return (k, G) ratios of all schools together; NaN where no school has one."""
    return _ratio(steps.after.sum(axis=1), steps.before.sum(axis=1))


def fitted_ratios(steps: Steps, counts: Flags, method: Method) -> tuple[Floats, Floats]:
    """Return the average ratios of all schools together and of each school.

    Parameters
    ----------
    counts
        (k, G) the past steps that are not left out.

    Returns
    -------
    pooled
        (G,) NaN where no step has a ratio.
    own
        (m, G) a school's own average, drawn to the pooled one by `method.shrink` pupils.
        Entry ratios are each school's own, its share of the children born; where births are
        not known, every school's entrants go the way of all.
    """
    recent = _last(counts & (steps.before.sum(axis=1) > 0), method)
    before, after = (part.sum(axis=1, keepdims=True) for part in (steps.before, steps.after))
    totals = Steps(before, after, steps.by_birth)
    pooled = _average(totals, recent, method)[0]
    own = _average(steps, recent, method)
    weight = np.where(recent[:, None, :], steps.before, 0.0).sum(axis=0)
    drawn = (weight * np.nan_to_num(own) + method.shrink * pooled) / _above_0(
        weight + method.shrink
    )
    drawn = np.where(weight > 0, drawn, pooled)
    drawn[:, 0] = own[:, 0] if steps.by_birth else pooled[0]
    return pooled, drawn


def _last(counts: Flags, method: Method) -> Flags:
    """Return (k, G) which steps are the last of those that count, grade by grade."""
    most = 1 if method.average == "last" else method.years
    later = np.cumsum(counts[::-1], axis=0)[::-1]
    return counts & (later <= most)


def _average(steps: Steps, recent: Flags, method: Method) -> Floats:
    """Return (m, G) averages over the steps that count; NaN where there is none."""
    used = recent[:, None, :] & (steps.before > 0)
    before, after = np.where(used, steps.before, 0.0), np.where(used, steps.after, 0.0)
    if method.average in ("weighted", "last"):
        return _ratio(after.sum(axis=0), before.sum(axis=0))
    ratios = _ratio(after, before)
    if method.average == "mean":
        return _ratio(np.nan_to_num(ratios).sum(axis=0), used.sum(axis=0).astype(np.float64))
    return _median(ratios)


def _median(ratios: Floats) -> Floats:
    """Return the medians over the first axis of what is not NaN; NaN where all of it is."""
    ordered = np.sort(ratios, axis=0)  # NaN comes last
    count = np.isfinite(ratios).sum(axis=0)[None]
    low, high = np.maximum((count - 1) // 2, 0), count // 2
    high = np.minimum(high, len(ratios) - 1)
    middle = np.take_along_axis(ordered, low, 0) + np.take_along_axis(ordered, high, 0)
    found: Floats = middle[0] / 2
    return found


def _ratio(after: Floats, before: Floats) -> Floats:
    return np.where(before > 0, after / _above_0(before), np.nan)


def _above_0(numbers: Floats) -> Floats:
    return np.where(numbers > 0, numbers, 1.0)
