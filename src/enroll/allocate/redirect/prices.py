"""The smallest prices that prove a level, found on the graph of schools.

Moving a child from school j, where it is, to school k costs c_ik - c_ij; so a seat at k is
worth at least what it is worth at j plus what such a move saves. The smallest prices are
the fixed point of this over all children (Bellman 1958, Ford 1956, on schools only). If
there is none, the places are not optimal at this level.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from enroll.allocate.redirect.problem import Goal, Problem
    from enroll.records import Ints

NO_FLOOR = -(2**60)

EMPTY, FREE, FULL = -1, 0, 1
"""What the earlier levels say of a school's seats of one kind: none may be used, any
number, or every one must be."""


@dataclass
class Pools:
    """Each school's seats within standard and above it, as the earlier levels left them.

    Parameters
    ----------
    standard, over
        (m,) number of seats.
    standard_state, over_state
        (m,) `EMPTY`, `FREE` or `FULL`.
    """

    standard: Ints
    over: Ints
    standard_state: Ints
    over_state: Ints

    @classmethod
    def of(cls, problem: Problem) -> Pools:
        """Return the pools before any level is solved: every seat is free."""
        free = np.zeros(problem.schools, dtype=np.int64)
        return cls(problem.standard, problem.over, free, free.copy())

    @property
    def least(self) -> Ints:
        """(m,) seats that must be used."""
        from_standard: Ints = self.standard * (self.standard_state == FULL)
        from_over: Ints = self.over * (self.over_state == FULL)
        return from_standard + from_over

    @property
    def most(self) -> Ints:
        """(m,) seats that may be used."""
        most: Ints = self.standard + self.over * (self.over_state != EMPTY)
        return most

    def settle(self, price: Ints, over_cost: int) -> None:
        """Narrow the pools to what a solved level's (m,) prices allow."""
        standard_free = self.standard_state == FREE
        over_free = self.over_state == FREE
        self.standard_state = np.where(standard_free & (price > 0), FULL, self.standard_state)
        self.over_state = np.where(over_free, np.sign(price - over_cost), self.over_state).astype(
            np.int64
        )

    def bounds(self, used: Ints, over_cost: int) -> tuple[Ints, Ints]:
        """Return the least and the greatest price each school may have at a level.

        A free seat that is used costs its school at least the seat's own cost; one that is
        not used at most that.
        """
        floor = np.full(len(used), NO_FLOOR)
        ceiling = np.full(len(used), -NO_FLOOR)
        standard_free = self.standard_state == FREE
        over_free = self.over_state == FREE
        floor[over_free & (used > self.standard)] = over_cost
        floor[standard_free] = np.maximum(floor[standard_free], 0)
        ceiling[over_free & (used < self.standard + self.over)] = over_cost
        ceiling[standard_free & (used < self.standard)] = 0
        return floor, ceiling


@dataclass(frozen=True)
class Moves:
    """Tight ways of the children, as candidates for moves between schools.

    Parameters
    ----------
    child, node
        (a,) child and the school it may move to, m for staying out.
    cost
        (a,) what that place costs at the level.
    """

    child: Ints
    node: Ints
    cost: Ints


def smallest_prices(moves: Moves, place: Ints, cost: Ints, pools: Pools, goal: Goal) -> Ints | None:
    """Return the (m + 1,) smallest prices of one level; the last is staying out's, 0.

    Parameters
    ----------
    moves
        Ways that are tight after the earlier levels.
    place, cost
        (n,) node each child is at, and what that costs at this level.

    Returns
    -------
    The prices, or None if the places are not optimal at this level.
    """
    nodes = len(pools.standard) + 1
    used = np.bincount(place, minlength=nodes)[:-1]
    floor, ceiling = (np.append(bound, 0) for bound in pools.bounds(used, goal.over_cost))
    tail, head, gain = _school_graph(moves, place, cost, nodes)
    return _fixed_point(floor, ceiling, tail, head, gain)


def _school_graph(moves: Moves, place: Ints, cost: Ints, nodes: int) -> tuple[Ints, Ints, Ints]:
    """Return the best move between each pair of nodes: from, to, what it saves."""
    tail = place[moves.child]
    saved = cost[moves.child] - moves.cost
    away = tail != moves.node
    best = np.full(nodes * nodes, NO_FLOOR)
    np.maximum.at(best, tail[away] * nodes + moves.node[away], saved[away])
    edges = np.flatnonzero(best > NO_FLOOR)
    return edges // nodes, edges % nodes, best[edges]


def _fixed_point(floor: Ints, ceiling: Ints, tail: Ints, head: Ints, gain: Ints) -> Ints | None:
    price = floor.copy()
    for _ in range(len(floor) + 1):
        known = price[tail] > NO_FLOOR
        raised = price.copy()
        np.maximum.at(raised, head[known], price[tail[known]] + gain[known])
        if (raised > ceiling).any():
            return None
        if (raised == price).all():
            return price
        price = raised
    return None
