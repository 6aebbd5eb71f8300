"""Tests of chance in whole numbers: exact where it can be counted, else by shuffling.

A p value is a `Fraction`, so that it has the same digits on every machine. Shuffles come from
SHAKE-256 of the run's own hash: nobody can choose them, and everybody gets the same.
"""

from __future__ import annotations

from fractions import Fraction
from hashlib import shake_256
from itertools import pairwise
from math import comb
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enroll.records import Ints

MOST_EXACT = 10_000
"""Children up to which a table is counted exactly; more would take numbers of a million digits."""

FEW_SHUFFLES, MANY_SHUFFLES = 199, 999


def fisher(inside: int, of_inside: int, outside: int, of_outside: int) -> Fraction:
    """Return Fisher's two-sided p value of a table of two by two.

    Parameters
    ----------
    inside, of_inside
        Children of a part with some outcome, and all children of the part.
    outside, of_outside
        The same of everybody else.
    """
    hits = inside + outside
    low, high = max(0, hits - of_outside), min(hits, of_inside)
    weight = comb(of_inside, low) * comb(of_outside, hits - low)
    weights = [weight]
    for k in range(low, high):
        weight = weight * (of_inside - k) * (hits - k) // ((k + 1) * (of_outside - hits + k + 1))
        weights.append(weight)
    seen = weights[inside - low]
    return Fraction(sum(each for each in weights if each <= seen), sum(weights))


def shuffles(seed: bytes, count: int) -> Iterator[Ints]:
    """Yield orders of `count` things, each equally likely and fixed by the seed."""
    rounds = MANY_SHUFFLES if count <= MOST_EXACT else FEW_SHUFFLES
    for number in range(rounds):
        stream = shake_256(seed + number.to_bytes(4, "big")).digest(8 * count)
        yield np.argsort(np.frombuffer(stream, dtype="<u8"), kind="stable").astype(np.int64)


def shuffled_sums(values: Ints, part: Ints, parts: int, seed: bytes) -> list[Fraction]:
    """Return for each part how often chance makes its mean as far from the others' as it is.

    Parameters
    ----------
    values
        (n,) whole numbers, such as metres; their sum is below 2**53.
    part
        (n,) number of each value's part.
    """
    sizes, total = np.bincount(part, minlength=parts), int(values.sum())

    def distance(order: Ints | None) -> Ints:
        shown = values if order is None else values[order]
        sums = np.bincount(part, weights=shown, minlength=parts).astype(np.int64)
        far: Ints = np.abs(sums * len(values) - sizes * total)
        return far

    seen, rounds, as_far = distance(None), 0, np.zeros(parts, dtype=np.int64)
    for order in shuffles(seed, len(values)):
        as_far += distance(order) >= seen
        rounds += 1
    return [Fraction(1 + int(count), 1 + rounds) for count in as_far]


def shuffled_slope(values: Ints, order: Ints, seed: bytes) -> tuple[Fraction, Fraction]:
    """Return Spearman's rank correlation, and how often chance makes one as far from zero.

    The correlation is rounded to thousandths; without two different values it is 0 with p 1.
    """
    first, second = centred_ranks(values), centred_ranks(order)
    spread = int((first * first).sum()) * int((second * second).sum())
    if not spread:
        return Fraction(0), Fraction(1)
    seen, as_far, rounds = int((first * second).sum()), 0, 0
    for shuffle in shuffles(seed, len(values)):
        as_far += abs(int((first * second[shuffle]).sum())) >= abs(seen)
        rounds += 1
    square = round(Fraction(seen * seen * 10**12, spread))
    size = Fraction(round(square**0.5 / 10**3), 1000)
    return (size if seen > 0 else -size), Fraction(1 + as_far, 1 + rounds)


def centred_ranks(values: Ints) -> Ints:
    """Return twice each value's rank less the middle one; equal values share their mean."""
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    upto = np.cumsum(counts)
    doubled: Ints = (2 * upto - counts + 1)[which] - (len(values) + 1)
    return doubled.astype(np.int64)


def runs_test(signs: Sequence[bool]) -> tuple[int, Fraction]:
    """Return how many unbroken runs a row of signs has, and its exact two-sided p value."""
    ups, downs = sum(signs), len(signs) - sum(signs)
    if not ups or not downs:
        return int(bool(signs)), Fraction(1)
    seen = 1 + sum(a != b for a, b in pairwise(signs))
    weights = dict(_run_weights(ups, downs))
    total = comb(ups + downs, ups)
    tail = min(
        sum(w for runs, w in weights.items() if runs <= seen),
        sum(w for runs, w in weights.items() if runs >= seen),
    )
    return seen, min(Fraction(1), Fraction(2 * tail, total))


def shuffled_runs(signs: Ints, seed: bytes) -> tuple[int, Fraction]:
    """Return how many unbroken runs a row of 0 and 1 has, and its p value by shuffling."""
    count, ups = len(signs), int(signs.sum())
    due = count + 2 * ups * (count - ups)

    def runs(row: Ints) -> int:
        return 1 + int((row[1:] != row[:-1]).sum())

    seen, as_far, rounds = runs(signs), 0, 0
    for order in shuffles(seed, count):
        as_far += abs(count * runs(signs[order]) - due) >= abs(count * seen - due)
        rounds += 1
    return seen, Fraction(1 + as_far, 1 + rounds)


def _run_weights(ups: int, downs: int) -> Iterator[tuple[int, int]]:
    """Yield (runs, how many rows of signs have so many)."""
    first, second = _binomials(ups - 1), _binomials(downs - 1)
    shorter = min(ups, downs)
    for k in range(1, shorter + 1):
        yield 2 * k, 2 * first[k - 1] * second[k - 1]
        odd = 0
        if k < ups:
            odd += first[k] * second[k - 1]
        if k < downs:
            odd += first[k - 1] * second[k]
        yield 2 * k + 1, odd


def _binomials(n: int) -> list[int]:
    row = [1]
    for k in range(n):
        row.append(row[-1] * (n - k) // (k + 1))
    return row


def gini(values: Sequence[int]) -> Fraction | None:
    """Return the Gini coefficient of whole numbers, None where they add up to nothing."""
    ascending, total = sorted(values), sum(values)
    if not total:
        return None
    n = len(ascending)
    weighted = sum((2 * place - n - 1) * value for place, value in enumerate(ascending, 1))
    return Fraction(weighted, n * total)


def decimals(value: Fraction | None, digits: int = 3) -> str:
    """Return a fraction in decimal digits, halves up; "" for None."""
    if value is None:
        return ""
    scaled = (2 * abs(value.numerator) * 10**digits + value.denominator) // (2 * value.denominator)
    whole, part = divmod(scaled, 10**digits)
    return f"{'-' if value < 0 and scaled else ''}{whole}.{part:0{digits}}"
