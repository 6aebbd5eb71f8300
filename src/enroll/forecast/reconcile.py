"""Whole pupils that add up: parts rounded so that they give their sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from enroll.records import Floats, Ints


def whole_parts(parts: Floats, total: int | None = None) -> Ints:
    """Return whole numbers nearest to some parts that add up to their rounded sum.

    Each part is rounded down, and what is left goes to the parts with the largest remainders,
    ties to the first.

    Parameters
    ----------
    parts
        (k,) not negative.
    total
        What they shall add up to; default: their sum, halves rounded up.
    """
    floors = np.floor(parts + _SLACK)
    wanted = int(np.floor(parts.sum() + 0.5 + _SLACK)) if total is None else total
    missing = wanted - int(floors.sum())
    remainder = np.where(parts > 0, np.round(parts - floors, 9), -1.0)
    order = np.argsort(-remainder, kind="stable")
    whole = floors.astype(np.int64)
    whole[order[: max(missing, 0)]] += 1
    return whole


_SLACK = 1e-9
"""So that 2.9999999999 is 3 on every machine."""


def round_years(expected: Floats) -> Ints:
    """Return (Y, m, G) whole pupils; in each year and grade they add up to the county's."""
    years, _, grades = expected.shape
    whole = np.zeros(expected.shape, dtype=np.int64)
    for year in range(years):
        for grade in range(grades):
            whole[year, :, grade] = whole_parts(expected[year, :, grade])
    return whole


def divided(pupils: Ints, shares: Floats) -> Ints:
    """Return (..., k) whole pupils in k parts; those of each school are whole in its parts.

    Parameters
    ----------
    pupils
        (..., m) whole pupils of m schools.
    shares
        (m, k) part of each school's pupils that belongs to each; each row adds up to 1.
    """
    flat = pupils.reshape(-1, pupils.shape[-1])
    total = np.zeros((len(flat), shares.shape[1]), dtype=np.int64)
    for school, held in enumerate(_held(shares)):
        total[:, held] += _whole_rows(flat[:, school], shares[school, held])
    return total.reshape(*pupils.shape[:-1], shares.shape[1])


def share_out(pupils: npt.NDArray[np.generic], shares: Floats) -> Floats:
    """Return (..., k) pupils of m schools, or of other wholes, in k parts.

    One whole is added after the other, not all by a matrix product, whose order of adding, and
    with it the last digit, depends on the processor.

    Parameters
    ----------
    pupils
        (..., m).
    shares
        (m, k) part of each whole that belongs to each.
    """
    flat = pupils.reshape(-1, pupils.shape[-1]).T.astype(np.float64)
    total = np.zeros((shares.shape[1], flat.shape[1]))
    for school, held in enumerate(_held(shares)):
        total[held] += shares[school, held, None] * flat[school]
    return total.T.reshape(*pupils.shape[:-1], shares.shape[1])


def whole_courses(courses: npt.NDArray[np.generic], shares: Floats) -> Ints:
    """Return (..., k) whole pupils of courses in k parts, each rounded by itself, halves up.

    Parameters
    ----------
    courses, shares
        As for `share_out`.
    """
    whole: Ints = np.floor(share_out(courses, shares) + (0.5 + _SLACK)).astype(np.int64)
    return whole


def _held(shares: Floats) -> list[Ints]:
    """Return for each school the parts that it has pupils in."""
    return [np.flatnonzero(row) for row in shares]


def _whole_rows(pupils: Ints, share: Floats) -> Ints:
    """Return (n, k) whole pupils of k parts; each row adds up to its pupils, as `whole_parts`."""
    parts = pupils[:, None] * share
    floors = np.floor(parts + _SLACK)
    missing = pupils - floors.sum(axis=1).astype(np.int64)
    order = np.argsort(-np.round(parts - floors, 9), axis=1, kind="stable")
    rank = np.argsort(order, axis=1, kind="stable")
    whole: Ints = floors.astype(np.int64) + (rank < missing[:, None])
    return whole
