"""Redirect rounds against every possible assignment (design R7, R8)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enroll.allocate.redirect import candidates
from enroll.allocate.redirect.choice import choose
from enroll.allocate.redirect.families import Family
from enroll.allocate.redirect.levels import Solution
from enroll.allocate.redirect.optimum import solve_levels
from enroll.allocate.redirect.overload import overloads
from enroll.allocate.redirect.problem import Problem, goals_of
from enroll.allocate.redirect.round import solve_round
from tests.allocate.redirect_oracle import (
    best,
    best_with_families,
    largest_overload,
    make_problem,
    value,
)

FAR_M = 120


@pytest.fixture(params=[1, 8], autouse=True, scope="module")
def nearest(request):
    """Children start with one school or with all of them: left-out ways must be found."""
    few, candidates.NEAREST = candidates.NEAREST, request.param
    yield
    candidates.NEAREST = few


@st.composite
def problems(draw) -> Problem:
    """Tiny rounds: zero-seat schools, unreachable children, ties, reopened places."""
    children, schools = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    way = st.sampled_from([-1, 0, 50, 50, 100, 150, 200])
    ways = draw(
        st.lists(
            st.lists(way, min_size=schools, max_size=schools), min_size=children, max_size=children
        )
    )
    seats = st.lists(st.integers(0, 2), min_size=schools, max_size=schools)
    problem = make_problem(
        ways,
        group=sorted(draw(st.lists(st.integers(0, 2), min_size=children, max_size=children))),
        standard=draw(seats),
        over=draw(seats) if draw(st.booleans()) else None,
    )
    return _reopened(problem, draw(st.lists(st.booleans(), min_size=children, max_size=children)))


def _reopened(problem: Problem, wanted: list[bool]) -> Problem:
    """Let some children hold a standard place that they may not lose."""
    left, kept, reach = problem.standard.copy(), problem.kept.copy(), problem.reach.copy()
    for child in np.flatnonzero(wanted):
        for school in np.flatnonzero((problem.ways[child] >= 0) & (left > 0))[:1]:
            left[school] -= 1
            kept[child], reach[child] = True, problem.ways[child, school]
    return replace(problem, kept=kept, reach=reach)


def goals_for(problem: Problem, goal: str):
    return goals_of(problem, goal, FAR_M, limit=bool(problem.over.any()))


@pytest.mark.parametrize("goal", ["total", "farthest", "fewest_far"])
@settings(max_examples=400, deadline=None)
@given(problem=problems())
def test_every_level_and_the_choice_equal_the_exhaustive_optimum(goal, problem):
    goals = goals_for(problem, goal)
    solution, levels = solve_levels(Solution.start(problem), goals)
    assert (tuple(level.value for level in levels), tuple(choose(solution))) == best(problem, goals)


@settings(max_examples=350, deadline=None)
@given(problem=problems(), goal=st.sampled_from(["total", "fewest_far"]), school=st.integers(0, 2))
def test_a_price_is_what_one_more_seat_saves(problem, goal, school):
    school %= problem.schools
    goals = goals_for(problem, goal)
    _, levels = solve_levels(Solution.start(problem), goals)
    more = replace(problem, standard=problem.standard + (np.arange(problem.schools) == school))
    values, _ = best(more, goals)
    saved = [
        after - level.value if level.what in {"kept", "placed"} else level.value - after
        for level, after in zip(levels, values, strict=True)
    ]
    assert [int(level.prices[school]) for level in levels] == saved


@settings(max_examples=400, deadline=None)
@given(problem=problems(), goal=st.sampled_from(["total", "fewest_far"]))
def test_the_prices_prove_the_optimum(problem, goal):
    """Weak duality, in tuples: cheapest options less what the seats are worth."""
    goals = goals_for(problem, goal)
    solution, levels = solve_levels(Solution.start(problem), goals)
    prices = list(zip(*(level.prices.tolist() for level in levels), strict=True))
    over = [tuple(int(goal.what == "over") for goal in goals)] * problem.schools
    bound = np.zeros(len(goals), dtype=np.int64)
    for child in range(problem.children):
        bound += min(_offers(problem, goals, prices, child))
    for school, price in enumerate(prices):
        above = np.subtract(price, over[school])
        bound -= np.multiply(price, problem.standard[school])
        bound -= above * problem.over[school] * (tuple(above) > (0,) * len(goals))
    reached = [
        int(goal.out_cost(problem).sum()) - level.value
        if goal.what in {"kept", "placed"}
        else level.value
        for goal, level in zip(goals, levels, strict=True)
    ]
    assert bound.tolist() == reached
    assert solution.values == [level.value for level in levels]


def _offers(problem, goals, prices, child):
    group = problem.group[child]
    yield tuple(int(goal.out_cost(problem)[child]) for goal in goals)
    for school, way in enumerate(problem.ways[child].tolist()):
        if 0 <= way <= problem.reach[child]:
            costs = (int(goal.way_cost(group, np.array(way))) for goal in goals)
            yield tuple(c + p for c, p in zip(costs, prices[school], strict=True))


@settings(max_examples=350, deadline=None)
@given(problem=problems(), data=st.data())
def test_families_choose_first_and_the_rest_is_optimal(problem, data):
    goals = goals_for(problem, "total")
    families = data.draw(st.lists(_families(problem), max_size=3))
    solved = solve_round(
        problem, families, goal="total", far_m=FAR_M, limit=bool(problem.over.any())
    )
    schools, place = best_with_families(problem, goals, families)
    assert (list(solved.family_schools), tuple(solved.place)) == (schools, tuple(place))
    alone, _ = best(problem, goals)
    for goal, before in zip(goals, alone, strict=True):
        if goal.what == "ways" and solved.family_cost:
            after = value(problem, goal, tuple(solved.place))
            assert solved.family_cost[goal.group] == after - before


@st.composite
def _families(draw, problem: Problem) -> Family:
    children = sorted(draw(st.sets(st.integers(0, problem.children - 1), min_size=1, max_size=2)))
    ways = problem.rows(np.array(children))
    together = np.flatnonzero((ways <= problem.reach[children][:, None]).all(axis=0))
    nearest = sorted(together.tolist(), key=lambda school: (ways[:, school].sum(), school))
    return Family(tuple(children), tuple(nearest))


@settings(max_examples=350, deadline=None)
@given(problem=problems())
def test_overload_is_the_exact_shortage_and_its_smallest_set(problem):
    problem = replace(problem, kept=np.zeros_like(problem.kept))
    solution, _ = solve_levels(Solution.start(problem), goals_for(problem, "total"))
    seeking = np.ones(problem.children, dtype=bool)
    witnesses = overloads(problem, solution.place, seeking)
    schools, excess = largest_overload(problem)
    assert tuple(sorted(s for witness in witnesses for s in witness.schools)) == schools
    assert sum(witness.demand - witness.seats for witness in witnesses) == excess


def test_overload_names_each_connected_part():
    problem = make_problem(
        [[0, -1, -1], [0, -1, -1], [-1, 0, 50], [-1, 50, 0], [-1, 50, 0]],
        standard=[1, 1, 1],
    )
    solution, _ = solve_levels(Solution.start(problem), goals_for(problem, "total"))
    parts = overloads(problem, solution.place, np.ones(5, dtype=bool))
    assert [(part.schools, part.demand, part.seats) for part in parts] == [
        ((0,), 2, 1),
        ((1, 2), 3, 2),
    ]


def test_many_children_need_ways_beyond_the_nearest_few():
    """Schools near everybody are full, so the far ones must be priced in."""
    generator = np.random.default_rng(5)
    ways = np.sort(generator.integers(0, 1000, (60, 40)), axis=1) * 10
    seats = [1] * 20 + [2] * 20
    problem = make_problem(
        ways, standard=seats, group=sorted(generator.integers(0, 3, 60).tolist())
    )
    _, levels = solve_levels(Solution.start(problem), goals_for(problem, "total"))
    everything = make_problem(ways, standard=seats, group=problem.group)
    assert [level.value for level in levels] == _values_over_all_ways(everything)


def _values_over_all_ways(problem: Problem) -> list[int]:
    """The same levels with every way a candidate from the start."""
    few, candidates.NEAREST = candidates.NEAREST, problem.schools
    try:
        _, levels = solve_levels(Solution.start(problem), goals_for(problem, "total"))
    finally:
        candidates.NEAREST = few
    return [level.value for level in levels]
