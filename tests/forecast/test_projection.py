"""The years ahead: projection by hand, openings and closures, homes, and what always holds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import floor
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from enroll.forecast import Method, bounds, divided, moved_in, project, share_out, whole_courses
from enroll.forecast.breaks import find_breaks
from enroll.forecast.reconcile import round_years, whole_parts
from enroll.records import Homes
from tests.forecast.pasts import past, words

STEADY = Method("weighted", years=3, shrink=0)


def test_a_projection_by_hand() -> None:
    pupils = np.array([[[100, 90, 85]], [[110, 95, 81]]])

    told = project(past(pupils, 3), STEADY, words(), samples=1)

    up, second, third = 110 / 100, 95 / 100, 81 / 90
    by_hand = [
        [110 * up, 110 * second, 95 * third],
        [110 * up**2, 110 * up * second, 110 * second * third],
        [110 * up**3, 110 * up**2 * second, 110 * up * second * third],
    ]
    np.testing.assert_allclose(told.expected[:, 0], by_hand, rtol=0, atol=1e-9)
    assert told.years.tolist() == [2021, 2022, 2023]
    assert told.pupils[0, 0].tolist() == [121, 105, 86]


def test_a_new_school_fills_from_below() -> None:
    pupils = np.array(
        [
            [[50, 50, 50], [0, 0, 0]],
            [[40, 50, 50], [10, 0, 0]],
            [[40, 40, 50], [10, 10, 0]],
        ]
    )

    told = project(past(pupils, 2), Method(years=1), words(), samples=1)

    assert (told.pupils[0, 1] > 0).all()


def test_a_village_school_that_ends_with_grade_2_stays_so() -> None:
    pupils = np.array([[[50, 50, 50], [9, 9, 0]]] * 3)

    told = project(past(pupils, 3), STEADY, words(), samples=1)

    assert told.pupils[:, 1].tolist() == [[9, 9, 0]] * 3


def test_a_grade_without_one_below_receives_as_many_as_before() -> None:
    pupils = np.array([[[50, 50, 50], [0, 0, 20]]] * 3)

    told = project(past(pupils, 3), STEADY, words(), samples=1)

    assert told.pupils[:, 1].tolist() == [[0, 0, 20]] * 3


def test_a_school_that_takes_nobody_runs_out() -> None:
    pupils = np.array([[[50, 50, 50], [20, 20, 20]]] * 3)
    closing = past(pupils, 3, takes=np.array([True, False]))

    told = project(closing, STEADY, words(), samples=4)

    assert told.pupils[:, 1].tolist() == [[0, 20, 20], [0, 0, 20], [0, 0, 0]]
    assert not told.samples[:, 2, 1].any()


def test_a_closed_school_has_no_pupils_ahead() -> None:
    pupils = np.array([[[50, 50], [20, 20]], [[70, 70], [0, 0]], [[70, 70], [0, 0]]])

    told = project(past(pupils, 2), STEADY, words(), samples=1)

    assert not told.pupils[:, 1].any()


def _homes(year: int, dwellings: int, per_100: float, *occupancy: int) -> Homes:
    one = np.array([0])
    course = np.array([occupancy], dtype=np.int64).reshape(1, -1)
    nowhere = np.array([np.nan])
    return Homes(
        one, one, nowhere, nowhere, np.array([year]), np.array([dwellings]),
        np.array([per_100]), course,
    )  # fmt: skip


def test_homes_fill_over_the_years() -> None:
    years = np.array([2025, 2026, 2027, 2028, 2029])

    found = moved_in(_homes(2027, 1200, 30), np.ones((1, 1)), years, 6, (50, 100))

    np.testing.assert_allclose(found[:, 0, 0], [0, 30, 60, 60], rtol=0, atol=1e-9)


def test_homes_may_fill_in_their_own_time() -> None:
    years = np.array([2025, 2026, 2027])

    found = moved_in(_homes(2026, 100, 60, 10, -1), np.ones((1, 1)), years, 6, (50, 100))

    np.testing.assert_allclose(found[:, 0, 0], [1, 1], rtol=0, atol=1e-9)


def test_only_who_moves_in_after_the_last_roll_is_added() -> None:
    years = np.array([2025, 2026])

    found = moved_in(_homes(2025, 100, 60), np.ones((1, 1)), years, 6, (40, 100))

    np.testing.assert_allclose(found[0, 0], np.full(6, 6.0), rtol=0, atol=1e-9)


def test_children_of_homes_come_on_top() -> None:
    pupils = np.full((3, 1, 2), 50)
    homes = np.full((2, 1, 2), 7.0)

    told = project(past(pupils, 2, homes=homes), STEADY, words(), samples=1)

    assert told.pupils[:, 0].tolist() == [[57, 57]] * 2


def test_a_year_outside_the_others_is_a_break() -> None:
    ratios = np.array([[1.0], [1.01], [0.99], [0.85], [1.0]])

    assert find_breaks(ratios)[:, 0].tolist() == [False, False, False, True, False]
    assert not find_breaks(ratios[:3]).any()


def test_a_break_may_be_left_out() -> None:
    grade = [100, 100, 100, 80, 100]
    pupils = np.array([[[100, size]] for size in [100, *grade]])
    history = past(pupils, 1)

    kept = project(history, Method("mean", years=5, shrink=0), words(), samples=1)
    left = project(history, Method("mean", years=5, shrink=0, leave_out=True), words(), samples=1)

    assert kept.breaks[3, 1]
    np.testing.assert_allclose(kept.ratios[0, 1], 0.96, rtol=0, atol=1e-9)
    np.testing.assert_allclose(left.ratios[0, 1], 1.0, rtol=0, atol=1e-9)


ROLLS = arrays(np.int64, (4, 5, 3), elements=st.integers(0, 60))


@settings(max_examples=60, deadline=None)
@given(ROLLS)
def test_parts_add_up_and_ranges_are_in_order(pupils: np.ndarray) -> None:
    told = project(past(pupils, 3), Method(), words(), samples=11)

    total = np.floor(told.expected.sum(axis=1) + 0.5 + 1e-9)
    assert (told.pupils.sum(axis=1) == total).all()
    assert (told.pupils >= 0).all()
    assert np.abs(told.pupils - told.expected).max() <= 1 + 1e-6
    low, high = bounds(told.samples, told.pupils)
    assert (low <= told.pupils).all()
    assert (told.pupils <= high).all()


@settings(max_examples=30, deadline=None)
@given(ROLLS, st.permutations(range(5)))
def test_the_order_of_schools_does_not_matter(pupils: np.ndarray, order: list[int]) -> None:
    history = past(pupils, 2)
    other = replace(history, roll=replace(history.roll, pupils=pupils[:, order]))

    one = project(history, Method(), words(), samples=1).expected
    two = project(other, Method(), words(), samples=1).expected

    np.testing.assert_allclose(one[:, order], two, rtol=1e-12, atol=1e-12)


def test_the_same_stream_gives_the_same_samples() -> None:
    pupils = np.arange(60).reshape(4, 5, 3) + 10
    one, two, other = (
        project(past(pupils, 3), Method(), words(seed), samples=20).samples for seed in (1, 1, 2)
    )

    assert (one == two).all()
    assert (one != other).any()


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=20))
def test_whole_parts_add_up_to_their_rounded_sum(parts: list[float]) -> None:
    whole = whole_parts(np.array(parts))

    assert whole.sum() == np.floor(np.array(parts).sum() + 0.5 + 1e-9)
    assert (np.abs(whole - np.array(parts)) <= 1 + 1e-6).all()


def test_pupils_are_divided_without_loss() -> None:
    found = divided(np.array([[10, 7], [0, 3]]), np.array([[0.5, 0.25, 0.25], [0.0, 0.0, 1.0]]))

    assert found.tolist() == [[5, 3, 9], [0, 0, 3]]
    assert round_years(np.zeros((1, 2, 1))).sum() == 0


SHARES = st.lists(st.integers(0, 3), min_size=4, max_size=4).map(
    lambda weights: np.array(weights) / sum(weights) if sum(weights) else np.eye(4)[0]
)
"""Parts of a school's pupils in four zones."""


@given(st.lists(st.tuples(SHARES, st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=6))
def test_schools_are_divided_one_by_one(schools: list[tuple[Any, int, int]]) -> None:
    shares = np.array([share for share, *_ in schools])
    years = np.array([pupils for _, *pupils in schools]).T

    assert divided(years, shares).tolist() == [
        sum(whole_parts(share * n, n) for share, n in zip(shares, year, strict=True)).tolist()
        for year in years.tolist()
    ]


@given(st.lists(st.tuples(SHARES, st.integers(0, 99)), min_size=1, max_size=6))
def test_courses_are_shared_out_and_rounded_once(schools: list[tuple[Any, int]]) -> None:
    shares = np.array([share for share, _ in schools])
    pupils = [n for _, n in schools]
    exact = [
        sum(Fraction(part).limit_denominator(99) * n for part, n in zip(zone, pupils, strict=True))
        for zone in shares.T.tolist()
    ]
    half = Fraction(1, 2)

    found = share_out(np.array([[pupils]]), shares)
    assert found[0, 0] == pytest.approx([float(part) for part in exact])
    found = whole_courses(np.array([[pupils]]), shares)
    assert found[0, 0].tolist() == [floor(part + half) for part in exact]


@pytest.mark.parametrize("years", [2, 3, 6])
def test_ranges_exist_from_two_years_on(years: int) -> None:
    pupils = np.random.default_rng(1).integers(20, 60, (years, 8, 3))

    low, high = bounds(project(past(pupils, 2), Method(), words(), samples=99).samples)

    assert (high > low).any()
