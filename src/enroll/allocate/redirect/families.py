"""Bundles and younger siblings, placed before the ways are solved (design R8).

Once it is known how many children of each group can be placed, families choose in order of
group and lottery: each takes the nearest school that has room for it at no cost in places.
What is left is then solved as any other round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.allocate.redirect.choice import Seating

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from enroll.allocate.redirect.levels import Solution
    from enroll.records import Flags, Ints

_CELLS = 4_000_000


@dataclass(frozen=True)
class Family:
    """Children of a round who are to sit at one school.

    Parameters
    ----------
    children
        Row numbers of the problem; one for a younger sibling, two or more for a bundle.
    schools
        Schools to try, in order.
    """

    children: tuple[int, ...]
    schools: tuple[int, ...]


class PlacedOptions:
    """Where a child may be without a place being lost in any group, over all ways.

    Parameters
    ----------
    solution
        A round solved up to its last *placed* level.
    """

    def __init__(self, solution: Solution) -> None:
        self._problem = solution.problem
        prices = np.stack([price[:-1] for price in solution.prices], axis=1)
        have = np.stack(solution.have, axis=1)
        # Placed levels cost nothing along a way: a way is tight where the school's prices
        # are just what the child has. One number stands for each tuple of them.
        _, kind = np.unique(np.concatenate([prices, have]), axis=0, return_inverse=True)
        self._price, self._have = kind.ravel()[: len(prices)], kind.ravel()[len(prices) :]
        self._out = solution.tight_out

    def of(self, child: int) -> Ints:
        """Return the nodes of one child, m for staying out."""
        ways = self._problem.ways[child]
        tight = (ways >= 0) & (ways <= self._problem.reach[child])
        tight &= self._price == self._have[child]
        nodes = np.flatnonzero(tight)
        return np.append(nodes, len(tight)) if self._out[child] else nodes

    def allow(self, child: int, school: int) -> bool:
        """Return whether a child may be at a school."""
        way = self._problem.ways[child, school]
        allowed = 0 <= way <= self._problem.reach[child]
        return bool(allowed and self._price[school] == self._have[child])

    def counts(self, place: Ints) -> Ints:
        """Return (m + 1, m + 1) how many children at a node may move to another."""
        nodes = self._problem.schools + 1
        count = np.zeros((nodes, nodes), dtype=np.int64)
        order = np.argsort(place, kind="stable")
        for start in range(0, len(order), max(1, _CELLS // nodes)):
            block = order[start : start + max(1, _CELLS // nodes)]
            at, first = np.unique(place[block], return_index=True)
            count[at] += np.add.reduceat(self._tight(block), first, axis=0, dtype=np.int64)
        return count

    def mover(self, children: Iterable[int], node: int) -> int:
        """Return one of the children that may be at a node."""
        here = np.fromiter(children, dtype=np.int64)
        return int(here[self._tight(here)[:, node].argmax()])

    def _tight(self, children: Ints) -> Flags:
        tight = np.empty((len(children), self._problem.schools + 1), dtype=bool)
        tight[:, :-1] = self._problem.rows(children) < self._problem.never
        tight[:, :-1] &= self._price == self._have[children][:, None]
        tight[:, -1] = self._out[children]
        return tight


def place_families(solution: Solution, families: Sequence[Family]) -> tuple[list[int], Ints]:
    """Seat families one after another.

    A family takes the first of its schools at which it costs nobody a place, given the
    families before it; its children then stay there. A family whose school is -1 in the
    result could not be kept together.

    Parameters
    ----------
    solution
        A round solved up to its last *placed* level.

    Returns
    -------
    The school of each family, and (n,) places that respect them at no cost in places.
    """
    open_school = solution.problem.standard + solution.problem.over > 0
    if not any(open_school[list(family.schools)].any() for family in families):
        return [-1] * len(families), solution.place
    options = PlacedOptions(solution)
    seating = Seating(solution.place, solution.pools, options)
    schools = seat_families(seating, options, families)
    return schools, np.array(seating.place, dtype=np.int64)


def seat_families(
    seating: Seating, options: PlacedOptions, families: Sequence[Family]
) -> list[int]:
    """Seat families one after another and return the school of each, -1 for none."""
    schools: list[int] = []
    seated: set[int] = set()
    for family in families:
        children = [child for child in family.children if child not in seated]
        tried = family.schools if len(children) == len(family.children) else ()
        school = next((each for each in tried if seat_family(seating, options, family, each)), -1)
        schools.append(school)
        if school >= 0:
            seated.update(children)
    return schools


def seat_family(seating: Seating, options: PlacedOptions, family: Family, school: int) -> bool:
    """Seat a family at a school and keep it there, if it costs nobody a place."""
    if not seating.can_hold(school, len(family.children)):
        return False
    if not all(options.allow(child, school) for child in family.children):
        return False
    seated: list[int] = []
    for child in family.children:
        if not seating.seat(child, school):
            # The others are where they may be in an optimum too, so nothing is undone.
            for earlier in seated:
                seating.unpin(earlier)
            return False
        seated.append(child)
    return True
