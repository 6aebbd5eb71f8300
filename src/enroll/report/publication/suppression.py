"""Small cells of linked tables are hidden, and others with them, so that none can be solved.

A cell of one to four children is hidden. That alone protects nothing where a total is known, so
other cells are hidden with it until no hidden cell follows from what stays open: for each of them
another table is found that agrees with everything open and has another count there.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from enroll.report.publication.elimination import alternatives
from enroll.report.publication.solving import pinned, solved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

SMALL = 5
"""Cells of fewer children, but more than none, are hidden."""

Cell = tuple[str, ...]
"""A cell by the names of its table, line and column."""


@dataclass(frozen=True)
class Tables:
    """Tables that are published together.

    Parameters
    ----------
    counts
        Children of every cell, totals among them; none below zero.
    sums
        What holds between cells whoever was counted: the coefficients of a sum that is 0.
    given
        Cells that are public whatever they count, such as the children of a school.
    last
        Cells that people miss most, hidden only where no other does.
    withheld
        Cells that are hidden whatever they count.
    """

    counts: Mapping[Cell, int]
    sums: Sequence[Mapping[Cell, int]]
    given: frozenset[Cell] = frozenset()
    last: frozenset[Cell] = frozenset()
    withheld: frozenset[Cell] = frozenset()

    @cached_property
    def sums_of(self) -> Mapping[Cell, Sequence[int]]:
        """Return the numbers of the sums in which each cell occurs."""
        found: dict[Cell, list[int]] = {cell: [] for cell in self.counts}
        for number, one in enumerate(self.sums):
            for cell in one:
                found[cell].append(number)
        return found

    @property
    def small(self) -> frozenset[Cell]:
        """Return the cells that may not be shown."""
        counts = self.counts.items()
        few = frozenset(cell for cell, count in counts if 0 < count < SMALL)
        return (few | self.withheld) - self.given


def hide(tables: Tables) -> frozenset[Cell]:
    """Return the cells to hide.

    A cell that nothing could protect, because it follows from what is public in any case (the
    only kind of place that a school can give), is no secret and stays open.
    """
    everything = frozenset(tables.counts) - tables.given
    in_any_case = known(tables, everything)
    hiding = _Hiding(tables, in_any_case)
    while True:
        hiding.fill_up()
        exposed = hiding.exposed()
        if not exposed:
            break
        hiding.cover(exposed)
    idle = known(tables, hiding.hidden)
    if idle & tables.small:  # what else is open gives it away
        return everything - in_any_case
    return frozenset(hiding.hidden - idle)


def known(tables: Tables, hidden: Set[Cell]) -> set[Cell]:
    """Return the hidden cells that follow from what is open, so that hiding them is idle."""
    return solved(tables, hidden) | pinned(tables, hidden)


class _Hiding:
    """What is hidden so far.

    What follows in any case is public like what is given: to hide it would protect nothing.
    """

    def __init__(self, tables: Tables, in_any_case: Set[Cell]) -> None:
        self.tables = tables
        self.public = set(tables.given | in_any_case)
        self.hidden = set(tables.small - in_any_case)
        self.settled: set[Cell] = set()

    def fill_up(self) -> None:
        """Hide more in every sum whose hidden cells are one, or together fewer than `SMALL`."""
        waiting = deque(sorted({at for cell in self.hidden for at in self.tables.sums_of[cell]}))
        while waiting:
            number = waiting.popleft()
            if not self._is_thin(number):
                continue
            cell = self._next([number])
            if cell is not None:
                self.hidden.add(cell)
                waiting.extend(self.tables.sums_of[cell])

    def _is_thin(self, number: int) -> bool:
        one = self.tables.sums[number]
        hidden = [cell for cell in one if cell in self.hidden]
        if len(hidden) < 2:
            return bool(hidden)
        alike = len({one[cell] > 0 for cell in hidden}) == 1
        return alike and sum(self.tables.counts[cell] for cell in hidden) < SMALL

    def _next(self, numbers: Iterable[int]) -> Cell | None:
        """Return the open cell of some sums to hide next: a small one that has enough children."""
        counts = self.tables.counts
        cells = {cell for number in numbers for cell in self.tables.sums[number]}
        open_cells = cells - self.hidden - self.public

        def rank(cell: Cell) -> tuple[bool, bool, bool, int, Cell]:
            count = counts[cell]
            return not count, cell in self.tables.last, count < SMALL, count, cell

        return min(open_cells, key=rank, default=None)

    def exposed(self) -> list[Cell]:
        """Return the hidden cells that have no second count that agrees with all that is open."""
        found = alternatives(self.tables.sums, self.tables.counts, self.hidden)
        return sorted(self.hidden - found - self.settled)

    def cover(self, exposed: Sequence[Cell]) -> None:
        """Hide one more cell near each, as long as there is one.

        That nobody is in a cell was hidden for others' sake alone: where it shows, it may.
        """
        touched: set[int] = set()
        for cell in exposed:
            near = self.tables.sums_of[cell]
            if not self.tables.counts[cell]:
                self.public.add(cell)
                self.hidden.discard(cell)
                continue
            if not touched.isdisjoint(near):
                continue
            more = self._next(near)
            if more is None:
                more = next(filter(None, (self._next([at]) for at in self._around(cell))), None)
            if more is None:
                self.settled.add(cell)
            else:
                self.hidden.add(more)
                touched.update(self.tables.sums_of[more])

    def _around(self, start: Cell) -> Iterator[int]:
        """Yield the sums that hang together with a cell by hidden cells, the nearest first."""
        waiting, seen = deque(self.tables.sums_of[start]), set(self.tables.sums_of[start])
        while waiting:
            number = waiting.popleft()
            yield number
            for cell in sorted(self.hidden.intersection(self.tables.sums[number])):
                fresh = [at for at in self.tables.sums_of[cell] if at not in seen]
                seen.update(fresh)
                waiting.extend(fresh)
