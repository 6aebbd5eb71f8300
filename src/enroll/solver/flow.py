"""Minimum-cost flow: what goes into OR-Tools and what may come out.

The solver is trusted with nothing: callers prove every answer again with prices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

if TYPE_CHECKING:
    from enroll.records import Ints

LARGEST_COST = 2**40
"""Unit costs above this are refused: the solver scales costs by the number of nodes and
reports BAD_COST_RANGE near 2**52 for a thousand of them (measured)."""


class SolverError(RuntimeError):
    """The solver ended in a way that a correct model cannot cause: a bug in enroll."""


def min_cost_flow(tail: Ints, head: Ints, capacity: Ints, cost: Ints, supply: Ints) -> Ints:
    """Return the flow on each arc of one cheapest flow that meets every supply.

    Parameters
    ----------
    tail, head
        (a,) node numbers.
    capacity, cost
        (a,) non-negative capacity and cost of one unit.
    supply
        (nodes,) positive at sources, negative at sinks; sums to 0.

    Returns
    -------
    (a,) units on each arc.

    Raises
    ------
    SolverError
        If the solver does not report an optimal flow.
    """
    if len(cost) and int(cost.max()) > LARGEST_COST:
        message = f"a unit cost of {int(cost.max())} is more than the solver can take"
        raise SolverError(message)
    model = SimpleMinCostFlow()
    arcs = model.add_arcs_with_capacity_and_unit_cost(tail, head, capacity, cost)
    model.set_nodes_supplies(np.arange(len(supply)), supply)
    status = model.solve()
    if status != model.OPTIMAL:
        message = f"the flow solver ended with {status.name}"
        raise SolverError(message)
    return np.asarray(model.flows(arcs), dtype=np.int64)
