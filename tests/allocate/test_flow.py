"""The gate to the solver lets out optimal flows and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from enroll.solver.flow import LARGEST_COST, SolverError, min_cost_flow


def test_the_cheaper_arc_carries_the_unit():
    flow = min_cost_flow(*map(np.array, ([0, 0], [1, 1], [1, 1], [5, 3], [1, -1])))
    assert flow.tolist() == [0, 1]


def test_a_flow_that_cannot_be_is_an_error():
    with pytest.raises(SolverError, match="INFEASIBLE"):
        min_cost_flow(*map(np.array, ([0], [1], [1], [0], [2, -2])))


def test_a_cost_that_the_solver_cannot_take_is_refused_before():
    with pytest.raises(SolverError, match="more than the solver can take"):
        min_cost_flow(*map(np.array, ([0], [1], [1], [LARGEST_COST + 1], [1, -1])))
