"""Ways to school in whole rounded metres (design R4).

Both classes fulfil `records.Ways`: `rows` gives one applicant's ways to every school, `pairs`
those of single pairs, and -1 stands for a school that cannot be reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.records import NONE

if TYPE_CHECKING:
    from enroll.geo.points import Points
    from enroll.records import Flags, Floats, Ints, Metres, TravelMatrix

# Cells of a block of rows: its two buffers stay inside a processor's second-level cache.
_BLOCK_CELLS = 1 << 15


@dataclass(frozen=True)
class StraightWays:
    """Straight lines on the plane.

    Parameters
    ----------
    starts
        (n,) where each applicant is measured from.
    schools
        (m,) where the schools are.
    round_m
        Metres to which every way is rounded, halves up.
    """

    starts: Points
    schools: Points
    round_m: int

    def rows(self, applicants: Ints) -> Metres:
        """Return (k, m) metres from k applicants to every school."""
        count = len(self.schools.known)
        metres = np.empty((len(applicants), count), np.int32)
        height = max(1, _BLOCK_CELLS // max(1, count))
        for first in range(0, len(applicants), height):
            block = slice(first, first + height)
            self._fill(metres[block], self.starts.at[applicants[block]])
        metres[~self.starts.known[applicants]] = NONE
        metres[:, ~self.schools.known] = NONE
        return metres

    def pairs(self, applicants: Ints, schools: Ints) -> Metres:
        """Return (k,) metres of k applicant-school pairs."""
        offsets = self.starts.at[applicants] - self.schools.at[schools]
        known = self.starts.known[applicants] & self.schools.known[schools]
        squares = (offsets * offsets).sum(axis=1).astype(np.float64)
        metres = _rounded(squares, self.round_m).astype(np.int32)
        return np.where(known, metres, np.int32(NONE))

    def _fill(self, metres: Metres, starts: Ints) -> None:
        east = np.subtract.outer(starts[:, 0], self.schools.at[:, 0]).astype(np.float64)
        north = np.subtract.outer(starts[:, 1], self.schools.at[:, 1]).astype(np.float64)
        east *= east
        north *= north
        east += north
        metres[:] = _rounded(east, self.round_m)


def _rounded(squares: Floats, round_m: int) -> Floats:
    """Turn squared decimetres into metres rounded to `round_m`, in place, exactly.

    Floats are exact here although they look careless. Let d be a distance below 10**7 dm.
    Its square is a whole number below 2**53, so nothing is lost before the root. Rounding
    changes over where d = b := 5 * round_m * (2 * k + 1), a whole number of decimetres. If
    the square is b * b, root, quotient and sum are exact, and the half goes up. If not, it
    differs from b * b by at least 1, so d differs from b by a share of at least
    1 / (2 * b * b) > 5e-15, and the three roundings of root, quotient and sum together
    move it by a share of at most 4e-16: never across.
    """
    np.sqrt(squares, out=squares)
    squares /= 10.0 * round_m
    squares += 0.5
    np.floor(squares, out=squares)
    squares *= round_m
    return squares


class MatrixWays:
    """Ways that were measured elsewhere; a pair missing from the matrix is not reachable.

    Parameters
    ----------
    matrix
        The sparse table of metres, each below 2**31.
    keys
        (n,) the matrix key of each applicant: its own index or that of its zone; -1 for none.
    schools
        Number of schools.
    round_m
        Metres to which every way is rounded, halves up.
    """

    def __init__(self, matrix: TravelMatrix, keys: Ints, schools: int, round_m: int) -> None:
        pairs = matrix.key * schools + matrix.school
        order = np.argsort(pairs, kind="stable")
        self._pairs = pairs[order]
        self._school = matrix.school[order]
        self._metres = ((2 * matrix.metres[order] + round_m) // (2 * round_m) * round_m).astype(
            np.int32
        )
        self._keys = keys
        self._schools = schools

    def rows(self, applicants: Ints) -> Metres:
        """Return (k, m) metres from k applicants to every school."""
        metres = np.full((len(applicants), self._schools), NONE, np.int32)
        first, last = self._entries(self._keys[applicants])
        counts = last - first
        row = np.repeat(np.arange(len(applicants)), counts)
        # Position inside the matrix: each row's own first entry, then one after another.
        entry = np.arange(len(row)) + np.repeat(first - (np.cumsum(counts) - counts), counts)
        metres[row, self._school[entry]] = self._metres[entry]
        return metres

    def pairs(self, applicants: Ints, schools: Ints) -> Metres:
        """Return (k,) metres of k applicant-school pairs."""
        wanted = self._keys[applicants] * self._schools + schools
        entry = np.searchsorted(self._pairs, wanted)
        found = entry < len(self._pairs)
        found[found] = self._pairs[entry[found]] == wanted[found]
        metres = np.full(len(applicants), NONE, np.int32)
        metres[found] = self._metres[entry[found]]
        return metres

    def known(self) -> Flags:
        """Tell for each applicant whether the matrix holds any way of it."""
        first, last = self._entries(self._keys)
        held: Flags = last > first
        return held

    def _entries(self, keys: Ints) -> tuple[Ints, Ints]:
        """Return the first entry of each key and the one behind its last."""
        first = np.searchsorted(self._pairs, keys * self._schools)
        return first, np.searchsorted(self._pairs, (keys + 1) * self._schools)
