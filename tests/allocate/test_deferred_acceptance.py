"""Deferred acceptance on plain arrays against every stable matching."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enroll.mechanisms import deferred_acceptance
from tests.allocate.matching_oracle import best_stable, one_by_one, stable_matchings


@st.composite
def markets(draw, applicants=5, schools=3):
    n, m = draw(st.integers(1, applicants)), draw(st.integers(1, schools))
    k = draw(st.integers(0, 4))
    choices = draw(
        st.lists(st.lists(st.integers(-1, m - 1), min_size=k, max_size=k), min_size=n, max_size=n)
    )
    columns = [draw(st.permutations(range(n))) for _ in range(m)]
    ranks = [list(row) for row in zip(*columns, strict=True)]
    for i, j in draw(st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, m - 1)), max_size=3)):
        ranks[i][j] = -1
    seats = draw(st.lists(st.integers(0, 2), min_size=m, max_size=m))
    return np.array(choices, dtype=np.int64).reshape(n, k).tolist(), ranks, seats


def match(choices, ranks, seats):
    shaped = np.array(choices, dtype=np.int64).reshape(len(ranks), -1)
    return deferred_acceptance(shaped, ranks, seats).tolist()


@settings(max_examples=800, deadline=None, derandomize=True)
@given(market=markets())
def test_the_matching_is_stable_and_best_for_every_applicant(market):
    found = match(*market)
    assert tuple(found) in set(stable_matchings(*market))
    assert found == best_stable(*market)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(market=markets(applicants=40, schools=8))
def test_proposals_all_at_once_end_where_one_at_a_time_ends(market):
    assert match(*market) == one_by_one(*market)


def test_the_textbook_case():
    """Gale and Shapley's point: applicants get their way where schools would differ."""
    ranks = [[1, 0], [0, 1]]
    assert match([[0, 1], [1, 0]], ranks, [1, 1]) == [0, 1]


def test_nobody_and_nothing():
    assert deferred_acceptance(np.zeros((0, 2), int), np.zeros((0, 1), int), [1]).tolist() == []
    assert match([[-1], [-1]], [[0], [1]], [1]) == [-1, -1]
    assert deferred_acceptance(np.zeros((2, 0), int), np.zeros((2, 0), int), []).tolist() == [
        -1,
        -1,
    ]


def test_a_school_named_twice_is_asked_once():
    assert match([[0, 0], [0, 0]], [[0], [1]], [1]) == [0, -1]


@pytest.mark.parametrize(
    ("choices", "ranks", "seats", "words"),
    [
        ([0], [[0]], [1], "two dimensions"),
        ([[0]], [[0, 1]], [1], r"ranks must be \(1, 1\)"),
        ([[0.5]], [[0]], [1], "choices must be whole"),
        ([[0]], [[0.5]], [1], "ranks must be whole"),
        ([[0]], [[0]], [1.5], "seats must be whole"),
        ([[1]], [[0]], [1], "school numbers from -1 to 0"),
        ([[-2]], [[0]], [1], "school numbers"),
        ([[0]], [[0]], [-1], "negative"),
        ([[0], [0]], [[3], [3]], [1], "same rank at school 0"),
    ],
)
def test_what_cannot_be_matched_is_refused(choices, ranks, seats, words):
    with pytest.raises(ValueError, match=words):
        deferred_acceptance(choices, ranks, seats)


def test_ties_matter_only_where_somebody_chooses():
    assert match([[0], [1]], [[0, 0], [0, 0]], [1, 1]) == [0, 1]
