"""One measurement of the engine room: prints seconds, peak megabytes and a note as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time

import numpy as np


def acceptance() -> tuple[float, str]:
    """300,000 applicants, 1,500 schools, 10 choices each, popular schools over-asked.

    A full table of ranks of that size is 1.8 GB by itself, so the schools share one lottery,
    seen as a table by broadcasting.
    """
    from enroll.mechanisms import deferred_acceptance

    generator = np.random.Generator(np.random.PCG64(1))
    children, schools, choices = 300_000, 1_500, 10
    lottery = generator.permutation(children).astype(np.int32)
    wanted = (generator.zipf(1.3, (children, choices)) % schools).astype(np.int16)
    ranks = np.broadcast_to(lottery[:, None], (children, schools))
    seats = np.full(schools, 180)
    start = time.perf_counter()
    matched = deferred_acceptance(wanted, ranks, seats)
    return time.perf_counter() - start, f"{int((matched >= 0).sum()):,} placed"


def _assignment() -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.Generator(np.random.PCG64(1))
    homes = generator.uniform(0, 30_000, (4_994, 2))
    schools = generator.uniform(0, 30_000, (430, 2))
    costs = np.hypot(*(homes[:, None] - schools[None]).transpose(2, 0, 1)).astype(np.int64)
    return costs, np.full(430, 12)


def assignment() -> tuple[float, str]:
    """4,994 children and 430 schools, every pair allowed."""
    from enroll.mechanisms import assign_min_cost

    costs, seats = _assignment()
    start = time.perf_counter()
    found = assign_min_cost(costs, seats)
    return time.perf_counter() - start, f"total {found.total:,}"


def solver() -> tuple[float, str]:
    """The same total from OR-Tools alone, with every pair an arc."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    costs, seats = _assignment()
    children, schools = costs.shape
    start = time.perf_counter()
    model = SimpleMinCostFlow()
    tail = np.repeat(np.arange(children), schools)
    head = children + np.tile(np.arange(schools), children)
    model.add_arcs_with_capacity_and_unit_cost(tail, head, np.ones(len(tail), int), costs.ravel())
    sink = children + schools
    model.add_arcs_with_capacity_and_unit_cost(
        children + np.arange(schools), np.full(schools, sink), seats, np.zeros(schools, int)
    )
    supply = np.concatenate([np.ones(children, int), np.zeros(schools, int), [-children]])
    model.set_nodes_supplies(np.arange(len(supply)), supply)
    model.solve()
    return time.perf_counter() - start, f"total {model.optimal_cost():,}"


if __name__ == "__main__":
    seconds, note = {"acceptance": acceptance, "assignment": assignment, "solver": solver}[
        sys.argv[1]
    ]()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": peak, "note": note}))
