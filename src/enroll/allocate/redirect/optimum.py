"""All levels of a redirect round in order, the smallest longest way among them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from enroll.allocate.redirect.levels import Solution
from enroll.allocate.redirect.problem import Goal
from enroll.records import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.records import Ints

COUNTED = frozenset({"kept", "placed"})
"""Levels whose value is to be large; all others are to be small."""


def solve_levels(solution: Solution, goals: Sequence[Goal]) -> tuple[Solution, list[Level]]:
    """Solve further levels of a redirect round in order.

    Parameters
    ----------
    solution
        A round solved up to some level; it is used up.

    Returns
    -------
    The solution, whose places are one of the optima, and the record of each level, those
    solved before included.
    """
    levels = [solution.level(number) for number in range(len(solution.goals))]
    restated = False
    for goal in goals:
        if goal.what == "farthest":
            solution, level = _solve_farthest(solution, goal.group)
            restated = True
        else:
            solution.solve(goal)
            level = solution.level(-1)
            if restated:
                level = replace(level, prices=solution.prices_so_far())
        levels.append(level)
    return solution, levels


def _solve_farthest(solution: Solution, group: int) -> tuple[Solution, Level]:
    """Find the smallest longest way of a group and prove that none is smaller.

    Whether a length is enough is itself a level: can the number of longer ways be 0? Once
    the value is known, longer ways drop out of the problem, and the earlier levels' prices
    are found again without them.
    """
    lengths = _lengths(solution, group)
    if not len(lengths):
        return solution, Level("farthest", group, 0, _no_prices(solution))
    low, high = 0, len(lengths) - 1
    while low < high:
        middle = (low + high) // 2
        goal = Goal("far", group, int(lengths[middle]))
        trial = solution.fork()
        trial.optimise(goal)
        if trial.value(goal) == 0:
            solution, high = trial, middle
        else:
            low = middle + 1
    value = int(lengths[high])
    level = Level("farthest", group, value, _no_shorter(solution, group, value))
    return _without_longer(solution, group, value), level


def _without_longer(solution: Solution, group: int, longest: int) -> Solution:
    """Return the same levels, held by the same places, with a group's longer ways left out."""
    narrower = solution.problem.within(group, longest)
    everybody = np.arange(narrower.children)
    again = solution.passed_on(narrower, everybody, solution.place)
    for goal in solution.goals:
        again.solve(goal)
    return again


def _lengths(solution: Solution, group: int) -> Ints:
    """Return the distinct ways of a group that are no longer than its longest now."""
    problem = solution.problem
    members = np.flatnonzero((problem.group == group) & (solution.place < problem.schools))
    if not len(members):
        return np.zeros(0, dtype=np.int64)
    longest = problem.ways[members, solution.place[members]].max()
    own = problem.rows(np.flatnonzero(problem.group == group))
    return np.unique(own[own <= longest]).astype(np.int64)


def _no_shorter(solution: Solution, group: int, value: int) -> Ints:
    """Return the prices that prove that a group needs a way of `value`.

    With its ways of `value` and more left out, some earlier level gets worse; the prices of
    the levels up to that one show by how much at least. Shape (levels, m).
    """
    trial = Solution.start(solution.problem.within(group, value - 1))
    for goal, reached in zip(solution.goals, solution.values, strict=True):
        bound = trial.solve(goal)
        if bound != reached:
            break
    return trial.prices_so_far()


def _no_prices(solution: Solution) -> Ints:
    return np.zeros((0, solution.problem.schools), dtype=np.int64)
