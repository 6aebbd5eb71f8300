"""The redirect rule of design R7 and R8 by trying every assignment; slow, plain, trusted."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np

from enroll.allocate.redirect.problem import Problem


def make_problem(ways, *, group=None, standard=None, over=None, kept=None, reach=None) -> Problem:
    ways = np.array(ways, dtype=np.int32)
    children, schools = ways.shape

    def whole(given, length, default):
        return np.array([default] * length if given is None else given, dtype=np.int64)

    return Problem(
        ways=ways,
        reach=whole(reach, children, 10**9),
        group=whole(group, children, 0),
        kept=whole(kept, children, 0).astype(bool),
        standard=whole(standard, schools, 1),
        over=whole(over, schools, 0),
    )


def all_places(problem: Problem) -> list[tuple[int, ...]]:
    """Every assignment that respects the ways and the seats; m stands for staying out."""
    schools = problem.schools
    options = [
        [k for k in range(schools) if 0 <= row[k] <= reach] + [schools]
        for row, reach in zip(problem.ways.tolist(), problem.reach.tolist(), strict=True)
    ]
    seats = problem.standard + problem.over
    return [
        place
        for place in itertools.product(*options)
        if (np.bincount(place, minlength=schools + 1)[:-1] <= seats).all()
    ]


def value(problem: Problem, goal, place: tuple[int, ...]) -> int:
    """What an assignment is worth at one level, as a run states it."""
    schools = problem.schools
    members = [i for i, k in enumerate(place) if k < schools]
    if goal.what == "kept":
        return sum(bool(problem.kept[i]) for i in members)
    if goal.what == "over":
        used = np.bincount(place, minlength=schools + 1)[:-1]
        return int(np.maximum(used - problem.standard, 0).sum())
    ways = [int(problem.ways[i, place[i]]) for i in members if problem.group[i] == goal.group]
    return {
        "placed": len(ways),
        "farthest": max(ways, default=0),
        "far": sum(way > goal.longest for way in ways),
        "ways": sum(ways),
    }[goal.what]


def cost(problem: Problem, goals, place: tuple[int, ...]) -> tuple[int, ...]:
    """The values of all levels, smaller is better."""
    return tuple(
        -value(problem, goal, place)
        if goal.what in {"kept", "placed"}
        else value(problem, goal, place)
        for goal in goals
    )


def preference(problem: Problem, place: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """How the children see an assignment, in their order of choice; smaller is better."""
    return tuple(
        (0, int(problem.ways[i, k]), k) if k < problem.schools else (1, 0, 0)
        for i, k in enumerate(place)
    )


def best(problem: Problem, goals) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The values of every level and the canonical assignment."""
    place = min(
        all_places(problem), key=lambda p: (cost(problem, goals, p), preference(problem, p))
    )
    return tuple(value(problem, goal, place) for goal in goals), place


def best_with_families(problem: Problem, goals, families):
    """The schools of the families and the canonical assignment given these."""
    places = all_places(problem)
    counted = [goal for goal in goals if goal.what in {"kept", "placed"}]
    least = min(cost(problem, counted, place) for place in places)
    places = [place for place in places if cost(problem, counted, place) == least]
    taken, seated = [], set()
    for family in families:
        school = -1
        for option in family.schools if not seated & set(family.children) else ():
            held = [p for p in places if all(p[child] == option for child in family.children)]
            if held:
                school, places = option, held
                seated |= set(family.children)
                break
        taken.append(school)
    rest = [i for i in range(problem.children) if i not in seated]

    def order(place):
        alone = replace(
            problem, group=np.where(np.isin(np.arange(problem.children), rest), problem.group, -9)
        )
        return cost(alone, goals, place), [preference(problem, place)[i] for i in rest]

    return taken, min(places, key=order)


def largest_overload(problem: Problem):
    """The smallest set of schools whose children exceed its seats by the most, and by how much."""
    allowed = (problem.ways >= 0) & (problem.ways <= problem.reach[:, None])
    seats = problem.standard + problem.over
    sets = [()]
    for size in range(1, problem.schools + 1):
        sets += itertools.combinations(range(problem.schools), size)

    def excess(schools):
        outside = np.setdiff1d(np.arange(problem.schools), schools)
        inside = allowed.any(axis=1) & ~allowed[:, outside].any(axis=1)
        return int(inside.sum() - seats[list(schools)].sum())

    worst = max(sets, key=lambda s: (excess(s), -len(s)))
    return worst, excess(worst)
