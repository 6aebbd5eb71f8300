"""Linear programs with whole-number variables: what goes into OR-Tools and what may come out.

HiGHS solves them through MathOpt, without threads and from a fixed seed. Callers hand in whole
numbers only and check what comes back; values are rounded here, and a result that is not whole
to within the solver's own tolerance is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.solver.flow import SolverError

if TYPE_CHECKING:
    from ortools.math_opt.python import mathopt

    from enroll.records import Flags, Floats, Ints

_HALF = 0.5
_NEARLY = 1e-4
"""How far from a whole number a value may be: a hundred times the solver's tolerance."""


@dataclass(frozen=True)
class WholeProgram:
    """Smallest sum of cost times value, with each row's sum between two numbers.

    Parameters
    ----------
    least, most
        (v,) bounds of the variables.
    whole
        (v,) which variables are whole numbers.
    row, column, factor
        (f,) entries of the matrix, in the order of rows, inside a row of columns.
    row_least, row_most
        (r,) bounds of the rows.
    """

    least: Ints
    most: Ints
    whole: Flags
    row: Ints
    column: Ints
    factor: Ints
    row_least: Floats
    row_most: Floats


@dataclass(frozen=True)
class WholeAnswer:
    """The best values, what they cost, and below what nothing is possible.

    Parameters
    ----------
    values
        (v,) values; those of variables that are not whole are rounded by nobody.
    cost, bound
        Whole cost of the values, and the solver's proof that no others cost less.
    """

    values: Floats
    cost: int
    bound: int


def solve_whole(program: WholeProgram, cost: Ints) -> WholeAnswer | None:
    """Return the best values for whole costs whose sum is whole; None where there are none.

    Raises
    ------
    SolverError
        If the solver ends without a proof.
    """
    result = _solve(program, cost, program.whole)
    if result is None:
        return None
    values = np.array(list(result.variable_values().values()), dtype=float)
    reached = result.objective_value()
    found = round(reached)
    whole = values[program.whole]
    if abs(reached - found) > _HALF / 2 or (np.abs(whole - np.round(whole)) > _NEARLY).any():
        message = f"the solver's values are not whole (cost {reached!r})"
        raise SolverError(message)
    # Costs are whole: a bound above found - 1 is a bound of found.
    bound = min(found, int(np.ceil(result.dual_bound() - _NEARLY)))
    return WholeAnswer(values, found, bound)


def relaxed_prices(program: WholeProgram, cost: Ints) -> Floats:
    """Return (r,) what one more in each row would save if no variable had to be whole."""
    result = _solve(program, cost, np.zeros_like(program.whole))
    if result is None:
        return np.zeros(len(program.row_least))
    return -np.array(list(result.dual_values().values()), dtype=float)


def _solve(program: WholeProgram, cost: Ints, whole: Flags) -> mathopt.SolveResult | None:
    from ortools.math_opt.python import mathopt

    model = mathopt.Model.from_model_proto(_proto(program, cost, whole))
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=_parameters())
    if result.termination.reason == mathopt.TerminationReason.INFEASIBLE:
        return None
    if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
        message = f"the solver ended with {result.termination.reason.name}"
        raise SolverError(message)
    return result


def _parameters() -> mathopt.SolveParameters:
    """Return settings that prove the optimum of whole costs and give it again next time."""
    from ortools.math_opt.python import mathopt
    from ortools.math_opt.solvers.highs_pb2 import HighsOptionsProto

    return mathopt.SolveParameters(
        random_seed=1,
        relative_gap_tolerance=0.0,
        absolute_gap_tolerance=0.9,
        highs=HighsOptionsProto(
            string_options={"parallel": "off"},
            # Measured on the sample county: the cuts at the root find the best by themselves.
            double_options={"mip_heuristic_effort": 0.0},
        ),
    )


def _proto(program: WholeProgram, cost: Ints, whole: Flags) -> object:
    from ortools.math_opt.model_pb2 import ModelProto

    proto = ModelProto()
    variables, rows = proto.variables, proto.linear_constraints
    variables.ids.extend(range(len(program.least)))
    variables.lower_bounds.extend(program.least.astype(float).tolist())
    variables.upper_bounds.extend(program.most.astype(float).tolist())
    variables.integers.extend(whole.tolist())
    rows.ids.extend(range(len(program.row_least)))
    rows.lower_bounds.extend(program.row_least.tolist())
    rows.upper_bounds.extend(program.row_most.tolist())
    used = np.flatnonzero(cost)
    proto.objective.linear_coefficients.ids.extend(used.tolist())
    proto.objective.linear_coefficients.values.extend(cost[used].astype(float).tolist())
    matrix = proto.linear_constraint_matrix
    matrix.row_ids.extend(program.row.tolist())
    matrix.column_ids.extend(program.column.tolist())
    matrix.coefficients.extend(program.factor.astype(float).tolist())
    return proto
