"""Deferred acceptance and least-cost assignment on plain arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from enroll.allocate.acceptance import Capacity, Proposals, accept
from enroll.allocate.redirect.choice import choose
from enroll.allocate.redirect.levels import Solution
from enroll.allocate.redirect.optimum import solve_levels
from enroll.allocate.redirect.problem import Problem, goals_of
from enroll.records import NONE
from enroll.solver.flow import LARGEST_COST

if TYPE_CHECKING:
    import numpy.typing as npt

    from enroll.records import Ints


_SMALL = np.iinfo(np.int32).max
"""Costs below this are held in four bytes."""


@dataclass(frozen=True)
class Assignment:
    """The least-cost assignment and what proves it.

    Parameters
    ----------
    schools
        (n,) school of each row, -1 where it stays out.
    prices
        (levels, m) the smallest prices: what one more seat would save, level by level. The
        levels are, group by group from the best, how many are placed, then again group by
        group the sum of costs.
    total
        Sum of the costs of all places.
    """

    schools: Ints
    prices: Ints
    total: int


def deferred_acceptance(choices: npt.ArrayLike, ranks: npt.ArrayLike, seats: npt.ArrayLike) -> Ints:
    """Match applicants to schools by applicant-proposing deferred acceptance.

    Parameters
    ----------
    choices
        (n, k) school numbers from 0, best first, padded with -1.
    ranks
        (n, m) each school's ranking of the applicants in its column: 0 is best, -1 is not
        acceptable, no ties within a column. Only the chosen pairs are looked at.
    seats
        (m,) seats of each school.

    Returns
    -------
    (n,) school number, -1 for none: the stable matching that every applicant prefers.

    Raises
    ------
    ValueError
        If the shapes do not fit, a school number does not exist, seats are negative, or two
        applicants who choose a school have the same rank there.

    References
    ----------
    D. Gale and L. S. Shapley (1962), "College admissions and the stability of marriage",
    American Mathematical Monthly 69(1), 9-15.
    """
    choice, rank, seat = (np.asarray(given) for given in (choices, ranks, seats))
    _check_choices(choice, rank, seat)
    applicant, column = np.nonzero(choice >= 0)
    school = choice[applicant, column].astype(np.int64)
    standing = rank[applicant, school].astype(np.int64)
    acceptable = standing >= 0
    applicant, school, standing = (part[acceptable] for part in (applicant, school, standing))
    _check_no_ties(applicant, school, standing)
    start = np.searchsorted(applicant, np.arange(len(choice) + 1))
    proposals = Proposals(start, school, standing, np.ones(len(choice), dtype=np.int64))
    capacity = seat.astype(np.int64)
    held, _ = accept(proposals, Capacity(capacity, capacity))
    matched = np.full(len(choice), NONE, dtype=np.int64)
    matched[held >= 0] = school[held[held >= 0]]
    return matched


def _check_choices(
    choice: npt.NDArray[Any], rank: npt.NDArray[Any], seat: npt.NDArray[Any]
) -> None:
    if choice.ndim != 2 or rank.ndim != 2 or seat.ndim != 1:
        message = "choices and ranks must have two dimensions and seats one"
        raise ValueError(message)
    if rank.shape != (len(choice), len(seat)):
        message = f"ranks must be {(len(choice), len(seat))}, not {rank.shape}"
        raise ValueError(message)
    _check_whole(choices=choice, ranks=rank, seats=seat)
    if choice.size and (choice.max() >= len(seat) or choice.min() < NONE):
        message = f"choices must be school numbers from -1 to {len(seat) - 1}"
        raise ValueError(message)
    if seat.size and seat.min() < 0:
        message = "seats must not be negative"
        raise ValueError(message)


def _check_whole(**arrays: npt.NDArray[Any]) -> None:
    for name, array in arrays.items():
        if array.size and not np.issubdtype(array.dtype, np.integer):
            message = f"{name} must be whole numbers"
            raise ValueError(message)


def _check_no_ties(applicant: Ints, school: Ints, standing: Ints) -> None:
    order = np.lexsort((applicant, standing, school))
    same = (
        (np.diff(school[order]) == 0)
        & (np.diff(standing[order]) == 0)
        & (np.diff(applicant[order]) != 0)
    )
    if same.any():
        tied = int(school[order][:-1][same][0])
        message = f"two applicants have the same rank at school {tied}"
        raise ValueError(message)


def assign_min_cost(
    costs: npt.ArrayLike, seats: npt.ArrayLike, groups: npt.ArrayLike | None = None
) -> Assignment:
    """Assign rows to schools: as many as possible, then as cheaply as possible.

    The optimum is lexicographic: most rows of the best group placed, then of the next, and
    so on; then the smallest sum of costs of the best group, then of the next. Among equal
    optima each row in turn (by group, then by position, which stands for lottery order)
    takes its cheapest school that keeps all of these; ties go to the smaller number.

    Parameters
    ----------
    costs
        (n, m) whole non-negative costs below 2**40, -1 = not allowed.
    seats
        (m,) seats of each school.
    groups
        (n,) group of each row, 0 is best; default: one group.

    Raises
    ------
    ValueError
        If the shapes do not fit or a number is out of range.

    References
    ----------
    R. K. Ahuja, T. L. Magnanti and J. B. Orlin (1993), "Network Flows", chapters 9 to 11.
    """
    cost, seat = np.asarray(costs), np.asarray(seats)
    group = np.zeros(len(cost), dtype=np.int64) if groups is None else np.asarray(groups)
    _check_costs(cost, seat, group)
    order = np.lexsort((np.arange(len(cost)), group))
    problem = Problem(
        ways=cost[order].astype(np.int32 if cost.size and cost.max() < _SMALL else np.int64),
        reach=np.full(len(cost), LARGEST_COST),
        group=group[order].astype(np.int64),
        kept=np.zeros(len(cost), dtype=bool),
        standard=seat.astype(np.int64),
        over=np.zeros(len(seat), dtype=np.int64),
    )
    solution, levels = solve_levels(
        Solution.start(problem), goals_of(problem, "total", 0, limit=False)
    )
    place = choose(solution)
    placed = place < len(seat)
    schools = np.empty(len(cost), dtype=np.int64)
    schools[order] = np.where(placed, place, NONE)
    prices = np.array([level.prices for level in levels], dtype=np.int64)
    total = int(problem.ways[np.flatnonzero(placed), place[placed]].sum(dtype=np.int64))
    return Assignment(schools, prices.reshape(len(levels), len(seat)), total)


def _check_costs(cost: npt.NDArray[Any], seat: npt.NDArray[Any], group: npt.NDArray[Any]) -> None:
    if cost.ndim != 2 or seat.shape != cost.shape[1:] or group.shape != cost.shape[:1]:
        message = "costs must be (rows, schools), seats (schools,) and groups (rows,)"
        raise ValueError(message)
    _check_whole(costs=cost, seats=seat, groups=group)
    if cost.size and (cost.min() < NONE or cost.max() >= LARGEST_COST):
        message = "costs must be -1 or whole numbers from 0 up to 2**40"
        raise ValueError(message)
    if (seat.size and seat.min() < 0) or (group.size and group.min() < 0):
        message = "seats and groups must not be negative"
        raise ValueError(message)
