"""Which grades a school will have: openings, closures and schools that grow from below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from enroll.records import Flags, Floats, Ints


@dataclass(frozen=True)
class Structure:
    """What each school's grades do next; m schools, G grades.

    Parameters
    ----------
    runs
        (m, G) grades with pupils in the last year.
    fills
        (m,) schools that open one more grade every year.
    receives
        (m, G) grades that take their pupils from other schools, having no grade below.
    takes
        (m,) schools that still take entrants.
    """

    runs: Flags
    fills: Flags
    receives: Flags
    takes: Flags

    def after(self, runs: Flags) -> Flags:
        """Return (m, G) the grades that may have pupils in the year after one with `runs`."""
        following = self.runs.copy()
        following[:, 1:] |= self.fills[:, None] & runs[:, :-1]
        following[:, 0] &= self.takes
        return following


def structure_of(pupils: Ints, takes: Flags) -> Structure:
    """Return what the roll tells of each school's grades.

    A school fills up when its highest grade rose in the last year, or when it is new and
    begins with the entry grade alone. A grade that had pupils for years without a grade below
    receives them from elsewhere; one whose lower grade has ended is running out.

    Parameters
    ----------
    pupils
        (T, m, G) roll.
    takes
        (m,) whether the school still takes entrants.
    """
    there = pupils > 0
    now = there[-1]
    top = _highest(there)
    new = (top[:-1] < 0).all(axis=0) & now[:, 0]
    alone = new & (top[-1] == 0)
    rose = np.zeros(now.shape[0], dtype=bool)
    if len(there) > 1:
        rose = (top[-2] >= 0) & (top[-1] > top[-2])
    receives = np.zeros_like(now)
    receives[:, 1:] = now[:, 1:] & ~there[:, :, :-1].any(axis=0)
    return Structure(now, rose | alone, receives, takes)


def _highest(there: Flags) -> Ints:
    """Return (T, m) position of the highest grade with pupils, -1 for a school without any."""
    positions = np.where(there, np.arange(there.shape[2]), -1)
    highest: Ints = positions.max(axis=2)
    return highest


def one_year(
    pupils: Floats, entrants: Floats, ratios: Floats, structure: Structure, runs: Flags
) -> Floats:
    """Return (..., m, G) pupils a year later.

    Parameters
    ----------
    pupils
        (..., m, G) pupils of one year, of one course or of many.
    entrants
        (..., m) pupils who enter.
    ratios
        (m, G) ratio from each grade below; the first column is not looked at.
    runs
        (m, G) grades that may have pupils in the later year.
    """
    later = np.empty_like(pupils)
    later[..., 0] = entrants
    below = pupils[..., :-1] * ratios[:, 1:]
    later[..., 1:] = np.where(structure.receives[:, 1:], pupils[..., 1:], below)
    return np.where(runs, later, 0.0)
