"""Exact elimination over hidden cells: which other counts agree with everything that is open."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from heapq import heapify, heappop, heappush
from itertools import count
from math import lcm
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set

    from enroll.report.publication.suppression import Cell

    Line = dict[Cell, Fraction]
    Change = dict[Cell, int]

_MOST_TRIED = 40
"""Ways to change a cell that are tried before it counts as exposed."""

_MOST_REPAIRS = 60
"""Changes that are looked at, nearest to zero first, until one leaves no count below zero."""


def alternatives(
    sums: Sequence[Mapping[Cell, int]], counts: Mapping[Cell, int], hidden: Set[Cell]
) -> set[Cell]:
    """Return hidden cells that could have another count, each shown by a table that has it.

    Where a table is hard to find, a cell may be left out that has one.

    Parameters
    ----------
    sums, counts
        As in `Tables`.
    hidden
        Cells whose counts are not known.
    """
    changes = _Changes(sums, counts, hidden)
    found: set[Cell] = set()
    for cell in sorted(hidden):
        if cell not in found:
            found.update(changes.of(cell))
    return found


class _Changes:
    """Everything that can change while all that is open stays: the kernel of the hidden cells."""

    def __init__(
        self, sums: Sequence[Mapping[Cell, int]], counts: Mapping[Cell, int], hidden: Set[Cell]
    ) -> None:
        self._counts = counts
        self._lines = _eliminate([{c: n for c, n in one.items() if c in hidden} for one in sums])
        self._bound: dict[Cell, list[Cell]] = {cell: [] for cell in hidden - self._lines.keys()}
        for pivot, line in self._lines.items():
            for cell in line:
                if cell != pivot:
                    self._bound[cell].append(pivot)

    def of(self, cell: Cell) -> Change:
        """Return a change that a cell takes part in and that leaves no count below zero."""
        starts = [step for one in self._through(cell) for step in (one, _opposite(one))]
        return next((one for one in starts if not self._lacking(one)), None) or self._search(
            cell, starts
        )

    def _through(self, cell: Cell) -> Iterator[Change]:
        """Yield the smallest changes that a cell takes part in, those of few cells first."""
        free = [cell] if cell in self._bound else [c for c in self._lines[cell] if c != cell]
        for one in sorted(free, key=lambda each: (len(self._bound[each]), each))[:_MOST_TRIED]:
            pivots = self._bound[one]
            parts = {one: Fraction(1), **{p: -self._lines[p][one] for p in pivots}}
            scale = lcm(*(part.denominator for part in parts.values()))
            yield {each: int(part * scale) for each, part in parts.items()}

    def _lacking(self, change: Change) -> int:
        """Return how far below zero counts would fall."""
        counts = self._counts
        return sum(max(-counts[cell] - step, 0) for cell, step in change.items() if step < 0)

    def _search(self, cell: Cell, starts: Sequence[Change]) -> Change:
        """Return changes added up until they fit; empty where that is not found."""
        number = count()
        heap = [(self._lacking(one), next(number), one) for one in starts]
        heapify(heap)
        seen: set[frozenset[tuple[Cell, int]]] = set()
        for _ in range(_MOST_REPAIRS):
            if not heap:
                break
            lacking, _, change = heappop(heap)
            if not lacking:
                return change
            worst = min(one for one, step in change.items() if self._counts[one] + step < 0)
            for one in self._through(worst):
                more = _sum(change, one if one[worst] > 0 else _opposite(one))
                known = frozenset(more.items())
                if more.get(cell) and known not in seen:
                    seen.add(known)
                    heappush(heap, (self._lacking(more), next(number), more))
        return {}


def _opposite(change: Change) -> Change:
    return {cell: -step for cell, step in change.items()}


def _sum(first: Change, second: Change) -> Change:
    both = {cell: first.get(cell, 0) + second.get(cell, 0) for cell in first.keys() | second.keys()}
    return {cell: step for cell, step in both.items() if step}


def _eliminate(sums: Sequence[Mapping[Cell, int]]) -> dict[Cell, Line]:
    """Return the reduced lines of a system by pivot, each with 1 at its own pivot."""
    often = Counter(cell for one in sums for cell in one)
    lines: dict[Cell, Line] = {}
    users: dict[Cell, set[Cell]] = {}
    for one in sorted((one for one in sums if one), key=len):
        line = {cell: Fraction(part) for cell, part in one.items()}
        for pivot in [cell for cell in line if cell in lines]:
            _subtract(line, lines[pivot], line[pivot])
        if not line:
            continue
        pivot = _pivot(line, often)
        line = {cell: part / line[pivot] for cell, part in line.items()}
        for user in users.pop(pivot, set()):
            if pivot in lines[user]:  # else it cancelled out meanwhile
                _subtract(lines[user], line, lines[user][pivot])
                for cell in line.keys() & lines[user].keys():
                    users.setdefault(cell, set()).add(user)
        lines[pivot] = line
        for cell in line.keys() - {pivot}:
            users.setdefault(cell, set()).add(pivot)
    return lines


def _pivot(line: Line, often: Mapping[Cell, int]) -> Cell:
    return min(line, key=lambda cell: (abs(line[cell]) != 1, often[cell], cell))


def _subtract(line: Line, other: Mapping[Cell, Fraction], times: Fraction) -> None:
    for cell, part in other.items():
        left = line.get(cell, Fraction(0)) - times * part
        if left:
            line[cell] = left
        else:
            line.pop(cell, None)
