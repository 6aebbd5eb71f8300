"""A column of text in which every distinct text is kept, and looked at, once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from enroll.tables.grid import text_array

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from enroll.records import Flags, Ints, Texts


@dataclass(frozen=True)
class Coded:
    """The cells of one column.

    Parameters
    ----------
    texts
        Every text that occurs, in the order of first occurrence; after tidying, two of
        them may have become equal.
    code
        (n,) position of each cell's text.
    """

    texts: tuple[str, ...]
    code: Ints

    def cells(self) -> Texts:
        """Return (n,) the cells."""
        return text_array(self.texts)[self.code]

    def where(self, holds: Callable[[str], bool]) -> Flags:
        """Return (n,) whether something holds for each cell."""
        return np.fromiter(map(holds, self.texts), dtype=bool, count=len(self.texts))[self.code]

    def mapped(self, meanings: Iterable[str]) -> Coded:
        """Return the column with other texts in place of these, one for each."""
        return Coded(tuple(meanings), self.code)

    def positions(self, known: Mapping[str, int], missing: int) -> Ints:
        """Return (n,) what `known` says of each cell, `missing` where it does not know it."""
        found = [known.get(text, missing) for text in self.texts]
        return np.array(found, dtype=np.int64)[self.code]


def coded(cells: Iterable[str]) -> Coded:
    """Return cells as a coded column."""
    seen: dict[str, int] = {}
    first = np.fromiter(map(seen.setdefault, cells, count()), dtype=np.int64)
    rank = np.zeros(len(first), dtype=np.int64)
    rank[np.fromiter(seen.values(), dtype=np.int64, count=len(seen))] = np.arange(len(seen))
    return Coded(tuple(seen), rank[first])


def constant(text: str, count: int) -> Coded:
    """Return a column in which every cell is the same."""
    return Coded((text,), np.zeros(count, dtype=np.int64))
