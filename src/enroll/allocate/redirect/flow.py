"""One level of a redirect round as a minimum-cost flow for the solver.

Children with a single tight way are settled beforehand. Seats that an earlier level says
must be used are a school's own demand, so no large weight is needed to fill them; all
other seats lead to a common sink.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.allocate.redirect.prices import FREE
from enroll.solver.flow import min_cost_flow

if TYPE_CHECKING:
    from enroll.allocate.redirect.prices import Moves, Pools
    from enroll.allocate.redirect.problem import Goal
    from enroll.records import Flags, Ints


def cheapest_places(moves: Moves, place: Ints, pools: Pools, goal: Goal) -> Ints:
    """Return (n,) places that a solver finds cheapest at one level.

    Parameters
    ----------
    moves
        Tight ways, with their cost at the level.
    place
        (n,) present places, which show that the flow exists.
    pools
        What each school's seats may do.
    """
    free_child = np.bincount(moves.child, minlength=len(place)) > 1
    nodes = len(pools.standard) + 1
    settled = np.bincount(place[~free_child], minlength=nodes)[:-1]
    number = np.cumsum(free_child) - 1
    children = int(free_child.sum())
    room = _room(pools, settled)
    usable = _usable(moves, free_child, pools)
    tail = number[moves.child[usable]]
    head = children + moves.node[usable]
    seats = _seat_arcs(room, children, goal.over_cost)
    supply = np.concatenate(
        [np.ones(children, dtype=np.int64), -room[0], [0, room[0].sum() - children]]
    )
    flow = min_cost_flow(
        np.concatenate([tail, seats[0]]),
        np.concatenate([head, seats[1]]),
        np.concatenate([np.ones(len(tail), dtype=np.int64), seats[2]]),
        np.concatenate([moves.cost[usable], seats[3]]),
        supply,
    )
    chosen = usable[flow[: len(usable)] > 0]
    found = place.copy()
    found[moves.child[chosen]] = moves.node[chosen]
    return found


def _usable(moves: Moves, free_child: Flags, pools: Pools) -> Ints:
    open_node = np.append(pools.most > 0, True)
    return np.flatnonzero(free_child[moves.child] & open_node[moves.node])


def _room(pools: Pools, settled: Ints) -> tuple[Ints, Ints, Ints]:
    """Return seats that must be used, free standard seats and free seats above standard.

    All are less what settled children take, in this order.
    """
    least = pools.least
    standard = pools.standard * (pools.standard_state == FREE)
    over = pools.over * (pools.over_state == FREE)
    must = np.maximum(least - settled, 0)
    rest = np.maximum(settled - least, 0)
    from_standard = np.minimum(rest, standard)
    return must, standard - from_standard, over - (rest - from_standard)


def _seat_arcs(
    room: tuple[Ints, Ints, Ints], children: int, over_cost: int
) -> tuple[Ints, Ints, Ints, Ints]:
    """Return tail, head, capacity and cost of the arcs into the common sink."""
    _, standard, over = room
    schools = len(standard)
    first = children + np.flatnonzero(standard)
    second = children + np.flatnonzero(over)
    out, sink = children + schools, children + schools + 1
    tail = np.concatenate([first, second, [out]])
    capacity = np.concatenate([standard[standard > 0], over[over > 0], [children]])
    cost = np.concatenate(
        [np.zeros(len(first), dtype=np.int64), np.full(len(second), over_cost), [0]]
    )
    return tail, np.full(len(tail), sink), capacity, cost
