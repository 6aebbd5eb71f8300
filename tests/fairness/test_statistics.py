"""Exact tests against counting every case, shuffles against their promises."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enroll.fairness import statistics
from enroll.fairness.statistics import (
    decimals,
    fisher,
    gini,
    runs_test,
    shuffled_runs,
    shuffled_slope,
    shuffled_sums,
    shuffles,
)


@pytest.mark.parametrize(
    ("table", "p"), [((3, 4, 1, 4), Fraction(34, 70)), ((0, 3, 0, 5), 1), ((8, 10, 1, 6), "0.0350")]
)
def test_fisher_is_as_in_the_books(table, p):
    found = fisher(*table)
    assert found == p or decimals(found, 4) == p


@given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
def test_fisher_counts_every_table(inside, rest, outside, others):
    size, whole = inside + rest, inside + rest + outside + others
    drawn = [
        sum(each < size for each in pick) for pick in combinations(range(whole), inside + outside)
    ]
    times = {k: drawn.count(k) for k in drawn}
    due = Fraction(sum(n for n in times.values() if n <= times[inside]), len(drawn))
    assert fisher(inside, size, outside, outside + others) == due


@given(st.lists(st.booleans(), max_size=6))
def test_runs_are_counted_over_every_row(signs):
    def runs(row):
        return sum(place == 0 or row[place] != row[place - 1] for place in range(len(row)))

    rows = set(permutations(signs))
    less = sum(runs(row) <= runs(signs) for row in rows)
    more = sum(runs(row) >= runs(signs) for row in rows)
    seen, p = runs_test(signs)
    assert seen == runs(signs)
    assert p == min(Fraction(1), Fraction(2 * min(less, more), len(rows)))


def test_many_runs_and_few_are_both_unlikely():
    alternating = np.arange(200) % 2
    assert shuffled_runs(alternating, b"seed") == (200, Fraction(1, 1000))
    assert shuffled_runs(np.sort(alternating), b"seed") == (2, Fraction(1, 1000))


def test_an_order_that_follows_another_is_seen_and_one_of_chance_is_not():
    straight = np.arange(100)
    assert shuffled_slope(straight, straight, b"seed") == (1, Fraction(1, 1000))
    assert shuffled_slope(straight, straight[::-1], b"seed") == (-1, Fraction(1, 1000))
    chance = next(shuffles(b"other", 100))
    assert shuffled_slope(straight, chance, b"seed")[1] > Fraction(1, 100)
    assert shuffled_slope(straight, np.zeros(100, dtype=np.int64), b"seed") == (0, 1)


def test_a_part_that_goes_farther_is_seen():
    values, part = np.arange(60), np.repeat([0, 1, 2], 20)
    p = shuffled_sums(values, part, 3, b"seed")
    assert p[0] == p[2] == Fraction(1, 1000)
    assert p[1] > Fraction(9, 10)


def test_shuffles_are_fixed_by_the_seed():
    assert next(shuffles(b"a", 9)).tolist() == next(shuffles(b"a", 9)).tolist()
    assert sorted(next(shuffles(b"a", 9)).tolist()) == list(range(9))
    assert next(shuffles(b"a", 9)).tolist() != next(shuffles(b"b", 9)).tolist()


def test_of_very_many_the_law_says_what_shuffles_say(monkeypatch):
    order, part = next(shuffles(b"other", 900)), np.arange(900) % 3
    values = order + 12 * part
    signs = (next(shuffles(b"signs", 900)) + np.arange(900) // 3 > 600).astype(np.int64)
    tests = (
        lambda: shuffled_sums(values, part, 3, b"seed"),
        lambda: [shuffled_slope(np.arange(900), order + np.arange(900) // 25, b"seed")[1]],
        lambda: [shuffled_runs(signs, b"seed")[1]],
    )
    by_shuffling = [each() for each in tests]
    monkeypatch.setattr(statistics, "MOST_EXACT", 5)
    for shuffled, told in zip(by_shuffling, [each() for each in tests], strict=True):
        assert [float(p) for p in told] == pytest.approx([float(p) for p in shuffled], abs=0.05)


@pytest.mark.parametrize("table", [(3, 9, 20, 40), (0, 5, 0, 9), (7, 7, 0, 50), (2, 30, 30, 33)])
def test_of_very_many_fishers_test_is_the_same(monkeypatch, table):
    exact = fisher(*table)
    monkeypatch.setattr(statistics, "MOST_EXACT", 5)
    assert float(fisher(*table)) == pytest.approx(float(exact), abs=2e-9)


def test_what_is_far_from_chance_among_very_many_has_no_p_left():
    assert fisher(90_000, 100_000, 10_000, 200_000) == 0
    assert fisher(33_333, 100_000, 66_667, 200_000) > Fraction(9, 10)


@pytest.mark.parametrize(
    ("values", "due"), [([5, 5, 5], 0), ([0, 0, 0, 12], Fraction(3, 4)), ([0, 0], None), ([], None)]
)
def test_gini(values, due):
    assert gini(values) == due


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(2, 3), "0.667"),
        (Fraction(-1, 2000), "-0.001"),
        (Fraction(-1, 9999), "0.000"),
        (None, ""),
    ],
)
def test_decimals_are_rounded_halves_up(value, text):
    assert decimals(value) == text
