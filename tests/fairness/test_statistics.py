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


def test_shuffles_are_fixed_by_the_seed_and_fewer_for_many(monkeypatch):
    assert next(shuffles(b"a", 9)).tolist() == next(shuffles(b"a", 9)).tolist()
    assert sorted(next(shuffles(b"a", 9)).tolist()) == list(range(9))
    assert next(shuffles(b"a", 9)).tolist() != next(shuffles(b"b", 9)).tolist()
    monkeypatch.setattr(statistics, "MOST_EXACT", 5)
    assert sum(1 for _ in shuffles(b"a", 9)) == statistics.FEW_SHUFFLES


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
