"""Tests of chance: exact where it can be counted, else by shuffling, for very many by their law.

A p value is a `Fraction`, so that it has the same digits on every machine. Shuffles come from
SHAKE-256 of the run's own hash: nobody can choose them, and everybody gets the same. Of more
than `MOST_EXACT` children a sum over a shuffled row is as good as normal, with the variance
that shuffling gives it (Hoeffding 1951); 999 shuffles could not show a p below a thousandth.
"""

from __future__ import annotations

from fractions import Fraction
from hashlib import shake_256
from itertools import pairwise
from math import comb, erfc, sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enroll.records import Ints

MOST_EXACT = 10_000
"""Children up to which a table is counted exactly; more would take numbers of a million digits."""

SHUFFLES = 999

DIGITS = 10**9
"""A p value that is not exact is rounded to one part in so many: machines differ by far less."""

HUGE = 1e280
"""A weight so much larger than the one that was seen leaves nothing of its p value."""


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
    if of_inside + of_outside > MOST_EXACT:
        return _fisher_of_many(inside, of_inside, hits, of_outside)
    weight = comb(of_inside, low) * comb(of_outside, hits - low)
    weights = [weight]
    for k in range(low, high):
        weight = weight * (of_inside - k) * (hits - k) // ((k + 1) * (of_outside - hits + k + 1))
        weights.append(weight)
    seen = weights[inside - low]
    return Fraction(sum(each for each in weights if each <= seen), sum(weights))


def _fisher_of_many(inside: int, of_inside: int, hits: int, of_outside: int) -> Fraction:
    """Return the same from weights relative to the one seen; sums and products alone."""
    low, high = max(0, hits - of_outside), min(hits, of_inside)
    total = as_far = 1.0
    for step in (1, -1):
        weight, k = 1.0, inside
        while low <= k + step <= high and 1 / HUGE < weight < HUGE:
            upper = k + 1 if step > 0 else k
            more = (of_inside - upper + 1) * (hits - upper + 1)
            less = upper * (of_outside - hits + upper)
            weight *= more / less if step > 0 else less / more
            k += step
            total += weight
            as_far += weight if weight <= 1 + 1e-9 else 0.0
    return Fraction(round(as_far / total * DIGITS), DIGITS)


def by_law(square: Fraction) -> Fraction:
    """Return how often a normal figure is as far from its mean, `square` in variances, as this."""
    return Fraction(round(erfc(sqrt(square / 2)) * DIGITS), DIGITS)


def shuffles(seed: bytes, count: int) -> Iterator[Ints]:
    """Yield orders of `count` things, each equally likely and fixed by the seed."""
    for number in range(SHUFFLES):
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

    seen, as_far = distance(None), np.zeros(parts, dtype=np.int64)
    if len(values) > MOST_EXACT:
        count = len(values)
        spread = count * int((values * values).sum()) - total * total
        return [
            by_law(_share((count - 1) * int(far) ** 2, int(size) * (count - int(size)) * spread))
            for far, size in zip(seen, sizes, strict=True)
        ]
    for order in shuffles(seed, len(values)):
        as_far += distance(order) >= seen
    return [Fraction(1 + int(count), 1 + SHUFFLES) for count in as_far]


def _share(part: int, whole: int) -> Fraction:
    """Return a quotient, 0 where nothing can vary."""
    return Fraction(part, whole) if whole else Fraction(0)


def shuffled_slope(values: Ints, order: Ints, seed: bytes) -> tuple[Fraction, Fraction]:
    """Return Spearman's rank correlation, and how often chance makes one as far from zero.

    The correlation is rounded to thousandths; without two different values it is 0 with p 1.
    """
    first, second = centred_ranks(values), centred_ranks(order)
    spread = int((first * first).sum()) * int((second * second).sum())
    if not spread:
        return Fraction(0), Fraction(1)
    seen, as_far = int((first * second).sum()), 0
    square = round(Fraction(seen * seen * 10**12, spread))
    size = Fraction(round(square**0.5 / 10**3), 1000)
    figure = size if seen > 0 else -size
    if len(values) > MOST_EXACT:
        return figure, by_law(Fraction((len(values) - 1) * seen * seen, spread))
    for shuffle in shuffles(seed, len(values)):
        as_far += abs(int((first * second[shuffle]).sum())) >= abs(seen)
    return figure, Fraction(1 + as_far, 1 + SHUFFLES)


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

    seen, as_far = runs(signs), 0
    if count > MOST_EXACT:
        varies = (due - count) * (due - 2 * count)
        return seen, by_law(_share((count * seen - due) ** 2 * (count - 1), varies))
    for order in shuffles(seed, count):
        as_far += abs(count * runs(signs[order]) - due) >= abs(count * seen - due)
    return seen, Fraction(1 + as_far, 1 + SHUFFLES)


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
