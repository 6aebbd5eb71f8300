"""The few ways of each child that matter, and the test that no other way does.

Every child starts with the nearest schools. Given the prices found with these, a way that
was left out can only matter if its cost and price together do not exceed what the child has
now; such ways are added and the level is solved again. The result is exact over all allowed
ways.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.allocate.redirect.problem import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from enroll.allocate.redirect.problem import Goal, Problem
    from enroll.records import Flags, Ints

NEAREST = 32
"""Schools with seats that a child starts with, and how many better ones are added at a time:
few enough for the solver, and enough that most rounds need no second look (measured)."""

_CELLS = 4_000_000
"""Cells of one dense block: bounds the memory of a pass over all ways."""


@dataclass(frozen=True)
class Arcs:
    """Candidate ways as a sparse list, in no particular order.

    Parameters
    ----------
    child, school, way
        (a,) child and school numbers and the cost of the way.
    """

    child: Ints
    school: Ints
    way: Ints

    def __len__(self) -> int:
        """Return the number of candidate ways."""
        return len(self.child)


class Candidates:
    """Which ways are looked at: the nearest schools, and whatever the prices ask for.

    Parameters
    ----------
    problem
        The round's problem.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.listed: Flags = np.zeros(problem.ways.shape, dtype=bool)
        """(n, m) whether a way is a candidate."""
        self.beyond: Ints = np.full(problem.children, -1, dtype=np.int64)
        """(n,) no way that is left out is shorter than this, `NEVER` where none is left out."""
        self.arcs = Arcs(*(np.zeros(0, dtype=np.int64) for _ in range(3)))

    @classmethod
    def nearest(cls, problem: Problem) -> Candidates:
        """Return the nearest few schools with seats of every child, and all that are nearer."""
        candidates = cls(problem)
        seats = np.flatnonzero(problem.standard + problem.over > 0)
        parts = []
        for children in candidates._blocks(np.arange(problem.children)):
            ways = problem.rows(children)
            radius = np.full((len(children), 1), problem.never - 1, dtype=ways.dtype)
            if len(seats) > NEAREST:
                nearest = np.partition(ways[:, seats], NEAREST - 1, axis=1)
                radius = np.minimum(nearest[:, NEAREST - 1 : NEAREST], radius)
            near = ways <= radius
            candidates._note_beyond(children, np.where(near, problem.never, ways))
            parts.append(_arcs_of(children, ways, near))
        candidates.add(parts)
        return candidates

    def copy(self) -> Candidates:
        """Return a copy that can grow on its own."""
        twin = copy(self)
        twin.listed = self.listed.copy()
        twin.beyond = self.beyond.copy()
        return twin

    def passed_on(self, problem: Problem, children: Ints) -> Candidates:
        """Return the candidates of a narrower problem.

        Parameters
        ----------
        problem
            With fewer children or shorter reaches.
        children
            (problem.children,) row numbers here of the children there, ascending.
        """
        narrower = Candidates(problem)
        row = np.full(self.problem.children, -1)
        row[children] = np.arange(len(children))
        reach = np.full(self.problem.children, -1)
        reach[children] = problem.reach
        kept = self.arcs.way <= reach[self.arcs.child]
        narrower.beyond = self.beyond[children]
        child, school, way = self.arcs.child[kept], self.arcs.school[kept], self.arcs.way[kept]
        narrower.add([Arcs(row[child], school, way)])
        return narrower

    def _note_beyond(self, children: Ints, left_out: npt.NDArray[np.signedinteger]) -> None:
        shortest = left_out.min(axis=1, initial=self.problem.never).astype(np.int64)
        self.beyond[children] = np.where(shortest < self.problem.never, shortest, NEVER)

    def add(self, parts: Sequence[Arcs]) -> None:
        """Make candidates of more ways."""
        child, school, way = (
            np.concatenate([getattr(arcs, name) for arcs in (self.arcs, *parts)])
            for name in ("child", "school", "way")
        )
        self.arcs = Arcs(child, school, way)
        for part in parts:
            self.listed[part.child, part.school] = True

    def unlisted(self, place: Ints) -> Arcs:
        """Return the ways to where children are that are no candidates, (n,) places given."""
        placed = np.flatnonzero(place < self.problem.schools)
        placed = placed[~self.listed[placed, place[placed]]]
        ways = self.problem.ways[placed, place[placed]].astype(np.int64)
        return Arcs(placed, place[placed], ways)

    def _blocks(self, children: Ints) -> Iterator[Ints]:
        size = max(1, _CELLS // max(1, self.problem.schools))
        for start in range(0, len(children), size):
            yield children[start : start + size]

    def missing(
        self, goals: Sequence[Goal], prices: Sequence[Ints], have: Sequence[Ints], *, ties: bool
    ) -> list[Arcs]:
        """Find ways left out that beat (or equal) what their child has.

        Parameters
        ----------
        goals, prices
            The levels solved so far and each one's (m + 1,) prices.
        have
            Per level the (n,) cost plus price of each child's present place.
        ties
            Whether all ways that equal it are wanted too; otherwise the nearest few of
            those that beat it are enough to go on.
        """
        suspects = np.flatnonzero(self._may_miss(goals, prices, have, ties=ties))
        found = []
        for children in self._blocks(suspects):
            ways = self.problem.rows(children)
            ways[self.listed[children]] = self.problem.never
            self._note_beyond(children, ways)
            better = self._beats(children, ways, goals, prices, have, ties=ties)
            if not ties:
                better &= ways <= _nearest_few(ways, better, self.problem.never)
            if better.any():
                found.append(_arcs_of(children, ways, better))
        return found

    def _may_miss(
        self, goals: Sequence[Goal], prices: Sequence[Ints], have: Sequence[Ints], *, ties: bool
    ) -> Flags:
        # No left-out way can be cheaper than the shortest of them at the smallest price.
        smallest = _smallest_price([price[:-1] for price in prices])
        equal = self.beyond < NEVER
        less = np.zeros(len(equal), dtype=bool)
        for goal, price, mine in zip(goals, smallest, have, strict=True):
            bound = goal.way_cost(self.problem.group, self.beyond) + price
            less |= equal & (bound < mine)
            equal &= bound == mine
        return less | equal if ties else less

    def _beats(
        self,
        children: Ints,
        ways: npt.NDArray[np.signedinteger],
        goals: Sequence[Goal],
        prices: Sequence[Ints],
        have: Sequence[Ints],
        *,
        ties: bool,
    ) -> Flags:
        group = self.problem.group[children][:, None]
        equal = ways < self.problem.never
        less = np.zeros(ways.shape, dtype=bool)
        for goal, price, mine in zip(goals, prices, have, strict=True):
            cost = goal.way_cost(group, ways) + price[:-1]
            less |= equal & (cost < mine[children][:, None])
            equal &= cost == mine[children][:, None]
        return less | equal if ties else less


def _arcs_of(children: Ints, ways: npt.NDArray[np.signedinteger], chosen: Flags) -> Arcs:
    row, school = np.nonzero(chosen)
    return Arcs(children[row], school, ways[row, school].astype(np.int64))


def _nearest_few(
    ways: npt.NDArray[np.signedinteger], wanted: Flags, never: int
) -> npt.NDArray[np.signedinteger]:
    """Return (k, 1) the radius around each child that takes in its nearest wanted ways."""
    if ways.shape[1] <= NEAREST:
        return np.full((len(ways), 1), never, dtype=ways.dtype)
    near = np.where(wanted, ways, never)
    return np.partition(near, NEAREST - 1, axis=1)[:, NEAREST - 1 : NEAREST]


def _smallest_price(prices: Sequence[Ints]) -> list[int]:
    """Return the lexicographically smallest price tuple over the schools."""
    left = np.arange(len(prices[0])) if prices else np.zeros(0, dtype=np.int64)
    smallest = []
    for price in prices:
        lowest = int(price[left].min()) if len(left) else 0
        left = left[price[left] == lowest]
        smallest.append(lowest)
    return smallest
