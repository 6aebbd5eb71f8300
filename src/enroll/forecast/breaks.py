"""Breaks: a year whose ratio falls outside those of the other years."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from enroll.records import Flags, Floats

LEAST_YEARS = 4
"""Ratios that a grade must have before one of them can be called a break."""

SPREADS = 3.0
"""How many spreads of the others a break lies away from their median."""

LEAST_SPREAD = 0.005
"""A spread below half a percent says nothing: so much is chance in any county."""

_TO_DEVIATION = 1.4826
"""Median absolute deviation to standard deviation, for a bell curve."""


def find_breaks(pooled: Floats) -> Flags:
    """Return (k, G) which ratios lie far from those of the other years.

    Parameters
    ----------
    pooled
        (k, G) ratios of all schools together, NaN where there is none.
    """
    found = np.zeros(pooled.shape, dtype=bool)
    for grade in range(pooled.shape[1]):
        years = np.flatnonzero(np.isfinite(pooled[:, grade]))
        if len(years) >= LEAST_YEARS:
            ratios = pooled[years, grade]
            found[years, grade] = [_outside(ratios, place) for place in range(len(years))]
    return found


def _outside(ratios: Floats, place: int) -> bool:
    others = np.delete(ratios, place)
    middle = np.median(others)
    spread = max(float(np.median(np.abs(others - middle))) * _TO_DEVIATION, LEAST_SPREAD)
    return bool(abs(ratios[place] - middle) > SPREADS * spread)
