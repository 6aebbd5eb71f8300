"""Classes to open: as good as the best of all plans, and bounded without the solver."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from enroll.classes.opening import blocks_of, parts
from enroll.classes.opening_bounds import children_bound, faults, is_shortest
from enroll.classes.opening_plan import frontier, open_best
from enroll.classes.opening_tight import tightened, without_spare_rooms
from tests.classes.openings import best_pairs, best_plan, every_plan, opening, random_opening

ORDERS = [("classes", "metres"), ("metres", "classes")]
FAR_APART = [[0, 300, -1, -1], [300, 0, -1, -1], [-1, -1, 0, 300], [-1, -1, 300, 0]]


@pytest.mark.parametrize("goals", ORDERS, ids=",".join)
@pytest.mark.parametrize("number", range(60))
def test_no_plan_is_better(number, goals):
    problem = random_opening(number)
    classes, (left_out, count, metres) = best_plan(problem, goals)
    found = open_best(problem, goals)
    values = [found.value(what) for what in ("left_out", "classes", "metres")]
    assert (tuple(found.classes.tolist()), values) == (classes, [left_out, count, metres])


@pytest.mark.parametrize("number", range(60))
def test_no_pair_is_missing_from_the_frontier(number):
    problem = random_opening(number)
    assert frontier(problem) == best_pairs(problem)


@pytest.mark.parametrize("goals", ORDERS, ids=",".join)
@pytest.mark.parametrize("number", range(60, 90))
def test_bounds_are_never_above_the_best(number, goals):
    for each in open_best(random_opening(number), goals).reached:
        assert each.checked <= each.bound == each.value
        assert each.gap == 0


@pytest.mark.parametrize("number", range(90, 120))
def test_whoever_has_nowhere_else_than_a_crowd_is_left_out(number):
    problem = replace(random_opening(number), teachers=None, budget=None)
    best = min(left_out for left_out, _ in every_plan(problem).values())
    crowd = tuple(range(problem.schools))
    assert children_bound(problem, [crowd]) <= best


def test_parts_share_no_child():
    problem = opening(FAR_APART, rooms=[1, 1, 1, 1])
    assert [schools.tolist() for schools, _ in parts(problem)] == [[0, 1], [2, 3]]


def test_one_class_for_two_is_nearer_the_first_goal():
    problem = opening([[0, 300], [300, 0]], rooms=[1, 1])
    fewest = open_best(problem, ("classes", "metres"))
    nearest = open_best(problem, ("metres", "classes"))
    assert fewest.classes.tolist() == [0, 1]
    assert nearest.classes.tolist() == [1, 1]
    assert (fewest.value("metres"), nearest.value("metres")) == (300, 0)


def test_teachers_bind_parts_that_share_no_child():
    problem = opening(FAR_APART, rooms=[1, 1, 1, 1], teachers=3)
    found = open_best(problem, ("metres", "classes"))
    assert (found.value("classes"), found.value("metres")) == (3, 300)
    assert frontier(problem) == [(2, 600), (3, 300)]


def test_too_few_teachers_leave_out_as_few_as_possible():
    problem = opening(FAR_APART, [1, 1, 1, 3], rooms=[1, 1, 1, 2], teachers=1)
    found = open_best(problem, ("classes", "metres"))
    assert (found.value("left_out"), found.classes.tolist()) == (4, [0, 0, 0, 1])


def test_a_budget_pays_for_classes_beyond_the_planned():
    ways = [[0, 50], [0, 50]]
    dear = opening(ways, [2, 2], rooms=[2, 2], planned=[1, 0], cost=[9, 1], budget=8)
    assert open_best(dear, ("metres", "classes")).classes.tolist() == [1, 1]
    rich = replace(dear, budget=9)
    assert open_best(rich, ("metres", "classes")).classes.tolist() == [2, 0]


def test_a_full_school_opens_no_class_for_nobody():
    problem = opening([[0, 100]], [5], rooms=[3, 3], most=[2, 9])
    assert open_best(problem, ("metres", "classes")).classes.tolist() == [1, 2]


def test_equal_plans_open_the_later_school():
    problem = opening([[50, 50, 50]], rooms=[1, 1, 1])
    assert open_best(problem, ("classes", "metres")).classes.tolist() == [0, 0, 1]


def test_many_schools_are_put_in_order_too():
    count = 18
    ways = np.full((1, count), 50)
    problem = opening(ways, [6], rooms=[2] * count)
    found = open_best(problem, ("classes", "metres")).classes.tolist()
    assert found == [0] * (count - 2) + [1, 2]


def test_nobody_needs_no_class():
    problem = opening(np.zeros((0, 2)), [], rooms=[1, 1])
    assert open_best(problem, ("classes", "metres")).classes.tolist() == [0, 0]


def test_children_with_the_same_ways_are_one_block():
    ways, count = blocks_of(np.array([[50, 100], [0, 50], [50, 100]]))
    assert (ways.tolist(), count.tolist()) == ([[0, 50], [50, 100]], [1, 2])


@pytest.mark.parametrize(
    ("classes", "pupils"),
    [([3, 0], [2, 0]), ([0, 0], [0, 0]), ([1, 0], [2, 0]), ([1, 0], [-1, 0]), ([2, 2], [0, 0])],
    ids=["rooms", "those there", "seats", "negative", "teachers"],
)
def test_a_broken_plan_is_found(classes, pupils):
    problem = opening([[0, 0]], rooms=[2, 2], taken=[1, 0], teachers=3)
    assert faults(problem, np.array([1, 1]), np.array([1, 2])) == []
    assert faults(problem, np.array(classes), np.array(pupils))


def test_prices_prove_the_ways():
    problem = opening([[0, 300], [0, 300], [0, 300]], rooms=[1, 1])
    classes = np.array([1, 1])
    proof = np.array([0, 0]), np.array([300, 0])
    assert is_shortest(problem, classes, proof, 0, 300)
    assert not is_shortest(problem, classes, proof, 0, 600)
    assert not is_shortest(problem, classes, (proof[0], np.array([-1, 0])), 0, 300)


def test_rooms_for_nobody_are_not_looked_at():
    problem = opening([[0, 0]], rooms=[5, 2], most=[3, 0], taken=[0, 1])
    assert without_spare_rooms(problem).rooms.tolist() == [2, 1]


def test_a_crowd_opens_every_room_and_nobody_else_comes():
    problem = opening([[0, -1], [0, 300]], [5, 1], rooms=[2, 1])
    tight = tightened(problem, np.array([1, 0]), 1, 1, flat=True)
    assert tight.fewest.tolist() == [2, 0]
    assert sorted(tight.ways.tolist()) == [[-1, 300], [0, -1]]


def test_slack_keeps_what_it_can_pay_for():
    problem = opening([[0, 300, 600]], rooms=[1, 1, 1])
    nothing = np.zeros(3, dtype=np.int64)
    for cost, ways in ((0, [0, -1, -1]), (300, [0, 300, -1]), (600, [0, 300, 600])):
        assert tightened(problem, nothing, 1000, cost).ways.tolist() == [ways]
