"""One redirect round from its problem to its places and what proves them (design R7, R8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.allocate.redirect.choice import choose
from enroll.allocate.redirect.families import place_families
from enroll.allocate.redirect.levels import Solution
from enroll.allocate.redirect.optimum import COUNTED, solve_levels
from enroll.allocate.redirect.problem import goals_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.allocate.redirect.families import Family
    from enroll.allocate.redirect.problem import Problem
    from enroll.records import Goal, Ints, Level


@dataclass(frozen=True)
class Solved:
    """A redirect round solved exactly.

    Parameters
    ----------
    place
        (n,) school of each child of the problem, m where it stays out.
    levels
        What was reached and the prices that prove it, for the children that are left when
        families have taken their places.
    family_schools
        School of each family in turn, -1 where it was not kept together.
    family_cost
        Metres per group by which the ways are longer than without the families' places.
    counted
        Where families took places: the levels that count places, of the whole problem.
    """

    place: Ints
    levels: tuple[Level, ...]
    family_schools: tuple[int, ...]
    family_cost: dict[int, int]
    counted: tuple[Level, ...] = ()


def solve_round(
    problem: Problem, families: Sequence[Family], *, goal: Goal, far_m: int, limit: bool
) -> Solved:
    """Solve a redirect round.

    Parameters
    ----------
    problem
        Children in order of choice: by group, inside a group by lottery.
    families
        Bundles, then younger siblings, in the order in which they choose.
    goal, far_m, limit
        See `goals_of`.
    """
    goals = goals_of(problem, goal, far_m, limit=limit)
    counted = [each for each in goals if each.what in COUNTED]
    solution, first = solve_levels(Solution.start(problem), counted)
    schools, place = place_families(solution, families)
    seated = _seated(families, schools)
    if not seated:
        solution, levels = solve_levels(solution, goals[len(counted) :])
        return Solved(choose(solution), tuple(levels), tuple(schools), {})
    left = np.ones(problem.children, dtype=bool)
    left[list(seated)] = False
    rest = problem.without(np.array(list(seated)), np.array(list(seated.values())))
    start = solution.passed_on(rest, np.flatnonzero(left), place[left])
    best, levels = solve_levels(start, goals_of(rest, goal, far_m, limit=limit))
    place[left] = choose(best)
    free, _ = solve_levels(solution, goals[len(counted) :])
    cost = _cost(problem, place, free.place)
    return Solved(place, tuple(levels), tuple(schools), cost, tuple(first))


def _seated(families: Sequence[Family], schools: Sequence[int]) -> dict[int, int]:
    return {
        child: school
        for family, school in zip(families, schools, strict=True)
        if school >= 0
        for child in family.children
    }


def _cost(problem: Problem, place: Ints, free: Ints) -> dict[int, int]:
    """Return, per group, metres of one assignment less metres of another."""
    return {
        int(group): _metres(problem, place, group) - _metres(problem, free, group)
        for group in np.unique(problem.group)
    }


def _metres(problem: Problem, place: Ints, group: int) -> int:
    members = np.flatnonzero((problem.group == group) & (place < problem.schools))
    return int(problem.ways[members, place[members]].sum(dtype=np.int64))
