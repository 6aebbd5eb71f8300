"""The least-cost assignment on plain arrays against every assignment."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enroll.mechanisms import assign_min_cost


@st.composite
def tables(draw):
    rows, schools = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    cost = st.sampled_from([-1, 0, 1, 1, 2, 5, 9])
    costs = draw(
        st.lists(st.lists(cost, min_size=schools, max_size=schools), min_size=rows, max_size=rows)
    )
    seats = draw(st.lists(st.integers(0, 2), min_size=schools, max_size=schools))
    return costs, seats, draw(st.lists(st.integers(0, 2), min_size=rows, max_size=rows))


def exhaustive(costs, seats, groups):
    """The best levels, and the canonical assignment that has them."""
    order = sorted(range(len(costs)), key=lambda row: (groups[row], row))
    options = [[s for s, cost in enumerate(row) if cost >= 0] + [-1] for row in costs]
    found = [
        place
        for place in itertools.product(*options)
        if all(place.count(school) <= seats[school] for school in range(len(seats)))
    ]

    def liking(place):
        taken = [(row, place[row]) for row in order]
        return [(s < 0, costs[row][s] if s >= 0 else 0, s) for row, s in taken]

    best = min(found, key=lambda place: (levels(place, costs, groups), liking(place)))
    return levels(best, costs, groups), list(best)


def levels(place, costs, groups):
    """Children left out per group, then costs per group."""
    present = sorted(set(groups))
    members = [[row for row in range(len(place)) if groups[row] == group] for group in present]
    out = [sum(place[row] < 0 for row in rows) for rows in members]
    cost = [sum(costs[row][place[row]] for row in rows if place[row] >= 0) for rows in members]
    return [*out, *cost]


@settings(max_examples=350, deadline=None, derandomize=True)
@given(table=tables())
def test_the_assignment_is_the_canonical_optimum(table):
    costs, seats, groups = table
    found = assign_min_cost(costs, seats, groups)
    value, place = exhaustive(costs, seats, groups)
    assert found.schools.tolist() == place
    assert found.total == sum(value[len(value) // 2 :])


@settings(max_examples=350, deadline=None, derandomize=True)
@given(table=tables())
def test_primal_equals_dual_level_by_level(table):
    costs, seats, groups = table
    found = assign_min_cost(costs, seats, groups)
    present = sorted(set(groups))
    prices = [tuple(price) for price in found.prices.T.tolist()]
    bound = -(found.prices @ np.array(seats))
    for row, group in zip(costs, groups, strict=True):
        out = [int(group == each) for each in present] + [0] * len(present)
        offers = [tuple(out)]
        for school, cost in enumerate(row):
            own = [0] * len(present) + [cost * (group == each) for each in present]
            if cost >= 0:
                offers.append(tuple(a + b for a, b in zip(own, prices[school], strict=True)))
        bound = bound + np.array(min(offers))
    assert min(prices) >= (0,) * (2 * len(present))
    assert bound.tolist() == levels(found.schools.tolist(), costs, groups)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(table=tables(), school=st.integers(0, 2))
def test_a_price_is_what_one_more_seat_saves(table, school):
    costs, seats, groups = table
    school %= len(seats)
    more = [count + (number == school) for number, count in enumerate(seats)]
    before, after = (exhaustive(costs, each, groups)[0] for each in (seats, more))
    saved = [old - new for old, new in zip(before, after, strict=True)]
    assert assign_min_cost(costs, seats, groups).prices[:, school].tolist() == saved


def test_rows_stand_for_the_lottery():
    """Both rows like school 0 alike; the first of them has it, ties go to the smaller number."""
    assert assign_min_cost([[1, 1], [1, 1]], [1, 1]).schools.tolist() == [0, 1]
    assert assign_min_cost([[1, 2], [1, 2]], [1, 1]).schools.tolist() == [0, 1]


def test_groups_come_before_rows():
    found = assign_min_cost([[1, 9], [1, 9]], [1, 0], groups=[1, 0])
    assert found.schools.tolist() == [-1, 0]
    assert found.prices[:, 0].tolist() == [0, 1, 0, -1]


def test_places_come_before_costs():
    assert assign_min_cost([[0, 100], [0, -1]], [1, 1]).schools.tolist() == [1, 0]


def test_seats_without_end_cost_nothing():
    found = assign_min_cost([[3, 4], [5, 6]], [2**62, 2**62])
    assert (found.schools.tolist(), found.total, found.prices.any()) == ([0, 0], 8, False)


def test_no_rows_and_no_schools():
    assert assign_min_cost(np.zeros((0, 2), int), [1, 1]).schools.tolist() == []
    assert assign_min_cost(np.zeros((2, 0), int), np.zeros(0, int)).schools.tolist() == [-1, -1]


@pytest.mark.parametrize(
    ("costs", "seats", "groups", "words"),
    [
        ([1, 2], [1], None, "must be"),
        ([[1]], [1, 1], None, "must be"),
        ([[1]], [1], [0, 0], "must be"),
        ([[1.5]], [1], None, "costs must be whole"),
        ([[1]], [1.5], None, "seats must be whole"),
        ([[1]], [1], [0.5], "groups must be whole"),
        ([[-2]], [1], None, "-1 or whole"),
        ([[2**40]], [1], None, "up to"),
        ([[1]], [-1], None, "negative"),
        ([[1]], [1], [-1], "negative"),
    ],
)
def test_what_cannot_be_assigned_is_refused(costs, seats, groups, words):
    with pytest.raises(ValueError, match=words):
        assign_min_cost(costs, seats, groups)
