"""The few ways of each child that matter, and the test that no other way does.

Every child starts with the schools in a disc around its home. Given the prices found with
these, a way that was left out can only matter if its cost and price together do not exceed
what the child has now; such ways are added and the level is solved again. The result is
exact over all allowed ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.allocate.redirect.problem import FAR_AWAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enroll.allocate.redirect.problem import Goal, Problem
    from enroll.records import Flags, Ints

NEAREST = 8
"""Schools with seats in a child's first disc; also the most ways added to it in one step."""

_CELLS = 4_000_000
"""Cells of one dense block: bounds the memory of a pass over all ways."""


@dataclass(frozen=True)
class Arcs:
    """Candidate ways as a sparse list, ascending by child, then school.

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


class Discs:
    """Which ways are candidates: all allowed ways up to a radius around each child.

    Parameters
    ----------
    problem
        The round's problem.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.radius: Ints = np.full(problem.children, -1, dtype=np.int64)
        self.beyond: Ints = np.full(problem.children, FAR_AWAY, dtype=np.int64)
        """(n,) the shortest allowed way that is no candidate yet."""
        self.arcs = Arcs(*(np.zeros(0, dtype=np.int64) for _ in range(3)))
        self._open_first_discs()

    def _open_first_discs(self) -> None:
        seats = np.flatnonzero(self.problem.standard + self.problem.over > 0)
        parts = []
        for children in self._blocks(np.arange(self.problem.children)):
            ways = self.problem.rows(children)
            if len(seats) > NEAREST:
                nearest = np.partition(ways[:, seats], NEAREST - 1, axis=1)
                radius = np.minimum(nearest[:, NEAREST - 1], FAR_AWAY - 1)
            else:
                radius = np.full(len(children), FAR_AWAY - 1)
            parts.append(self._opened(children, ways, radius))
        self._add(parts)

    def grow(self, children: Ints, radius: Ints) -> Flags:
        """Open the discs of some children further; return which arcs are new, (a,)."""
        parts = []
        start = 0
        for block in self._blocks(children):
            ways = self.problem.rows(block)
            parts.append(self._opened(block, ways, radius[start : start + len(block)]))
            start += len(block)
        return self._add(parts)

    def _opened(self, children: Ints, ways: Ints, radius: Ints) -> Arcs:
        old = self.radius[children][:, None]
        new = (ways > old) & (ways <= radius[:, None])
        row, school = np.nonzero(new)
        self.radius[children] = radius
        self.beyond[children] = np.where(ways > radius[:, None], ways, FAR_AWAY).min(
            axis=1, initial=FAR_AWAY
        )
        return Arcs(children[row], school, ways[row, school])

    def _add(self, parts: Sequence[Arcs]) -> Flags:
        old = self.arcs
        child, school, way = (
            np.concatenate([getattr(old, name), *(getattr(part, name) for part in parts)])
            for name in ("child", "school", "way")
        )
        order = np.lexsort((school, child))
        self.arcs = Arcs(child[order], school[order], way[order])
        return np.asarray(order >= len(old))

    def _blocks(self, children: Ints) -> Iterator[Ints]:
        size = max(1, _CELLS // max(1, self.problem.schools))
        for start in range(0, len(children), size):
            yield children[start : start + size]

    def missing(
        self, goals: Sequence[Goal], prices: Sequence[Ints], have: Sequence[Ints], *, ties: bool
    ) -> tuple[Ints, Ints]:
        """Find children with a way left out that beats (or equals) what they have.

        Parameters
        ----------
        goals, prices
            The levels solved so far and each one's (m + 1,) prices.
        have
            Per level the (n,) cost plus price of each child's present place.
        ties
            Whether ways that only equal it are wanted too.

        Returns
        -------
        The children, and the radius to which each one's disc must grow.
        """
        suspects = np.flatnonzero(self._may_miss(goals, prices, have, ties=ties))
        found_children, found_radius = [], []
        for children in self._blocks(suspects):
            ways = self.problem.rows(children)
            ways[ways <= self.radius[children][:, None]] = FAR_AWAY
            better = self._beats(children, ways, goals, prices, have, ties=ties)
            hit = np.flatnonzero(better.any(axis=1))
            wanted = np.where(better[hit], ways[hit], FAR_AWAY)
            found_children.append(children[hit])
            found_radius.append(_nearest_of(wanted, everything=ties))
        if not found_children:
            return suspects, suspects
        return np.concatenate(found_children), np.concatenate(found_radius)

    def _may_miss(
        self, goals: Sequence[Goal], prices: Sequence[Ints], have: Sequence[Ints], *, ties: bool
    ) -> Flags:
        # No left-out way can be cheaper than the shortest of them at the smallest price.
        smallest = _smallest_price([price[:-1] for price in prices])
        equal = self.beyond < FAR_AWAY
        less = np.zeros(len(equal), dtype=bool)
        for goal, price, mine in zip(goals, smallest, have, strict=True):
            bound = goal.way_cost(self.problem.group, self.beyond) + price
            less |= equal & (bound < mine)
            equal &= bound == mine
        return less | equal if ties else less

    def _beats(
        self,
        children: Ints,
        ways: Ints,
        goals: Sequence[Goal],
        prices: Sequence[Ints],
        have: Sequence[Ints],
        *,
        ties: bool,
    ) -> Flags:
        group = self.problem.group[children][:, None]
        equal = ways < FAR_AWAY
        less = np.zeros(ways.shape, dtype=bool)
        for goal, price, mine in zip(goals, prices, have, strict=True):
            cost = goal.way_cost(group, ways) + price[:-1]
            less |= equal & (cost < mine[children][:, None])
            equal &= cost == mine[children][:, None]
        return less | equal if ties else less


def _nearest_of(wanted: Ints, *, everything: bool) -> Ints:
    """Return the radius that takes in the nearest few wanted ways, or all of them."""
    if everything or wanted.shape[1] <= NEAREST:
        return np.where(wanted < FAR_AWAY, wanted, -1).max(axis=1, initial=-1)
    few = np.partition(wanted, NEAREST - 1, axis=1)[:, :NEAREST]
    return np.where(few < FAR_AWAY, few, -1).max(axis=1, initial=-1)


def _smallest_price(prices: Sequence[Ints]) -> list[int]:
    """Return the lexicographically smallest price tuple over the schools."""
    left = np.arange(len(prices[0])) if prices else np.zeros(0, dtype=np.int64)
    smallest = []
    for price in prices:
        lowest = int(price[left].min()) if len(left) else 0
        left = left[price[left] == lowest]
        smallest.append(lowest)
    return smallest
