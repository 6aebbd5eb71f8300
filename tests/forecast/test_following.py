"""Cohorts that a scenario sends elsewhere: tables worked out by hand."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from enroll.forecast.following import follow, shares_sent

YEARS = np.arange(2026, 2029)
HALF = np.array([[0.5, 0.5], [0.0, 1.0]])
NOBODY = np.zeros(2, dtype=bool)
BOTH = np.arange(2)


def test_entrants_follow_and_take_their_grade_with_them() -> None:
    pupils = np.zeros((3, 2, 3))
    pupils[:, 0] = 8.0
    followed = follow(pupils, YEARS, 2026, {2026: HALF}, NOBODY, BOTH)
    assert followed[:, 0].tolist() == [[4, 8, 8], [4, 4, 8], [4, 4, 4]]
    assert followed[:, 1].tolist() == [[4, 0, 0], [4, 4, 0], [4, 4, 4]]


def test_years_before_the_scenario_stay_as_they_are() -> None:
    pupils = np.full((3, 2, 3), 8.0)
    followed = follow(pupils, YEARS, 2028, {2028: HALF}, np.array([True, False]), np.array([-1, 1]))
    assert (followed[:2, 1] == 8).all()
    assert followed[2, 0].tolist() == [4, 4, 4]


def test_each_year_of_entrance_has_its_own_parts() -> None:
    pupils = np.full((2, 2, 2), 8.0)
    sent = {2026: HALF, 2027: np.eye(2)}
    followed = follow(pupils, YEARS[:2], 2026, sent, NOBODY, BOTH)
    assert followed[:, 0].tolist() == [[4, 8], [8, 4]]


def test_a_closed_school_hands_over_all_its_grades() -> None:
    pupils = np.full((1, 2, 3), 8.0)
    sent = np.array([[1.0], [1.0]])
    closed, kept = np.array([False, True]), np.array([0, -1])
    followed = follow(pupils, YEARS[:1], 2026, {2026: sent}, closed, kept)
    assert followed.tolist() == [[[16, 16, 16]]]


@given(arrays(np.int64, (2, 3, 2, 3), elements=st.integers(0, 99)), st.integers(2024, 2030))
def test_the_county_keeps_its_sums(pupils, since) -> None:
    followed = follow(pupils, YEARS, since, {since: HALF}, NOBODY, BOTH)
    assert np.allclose(followed.sum(axis=2), pupils.sum(axis=2), rtol=0, atol=1e-9)


def test_shares_are_those_of_the_children() -> None:
    shares, known = shares_sent(np.array([0, 0, 0, 0]), np.array([1, 1, 1, 0]), 2, 2)
    assert shares.tolist() == [[0.25, 0.75], [0, 0]]
    assert known.tolist() == [True, False]
