"""Whole pupils that add up: parts rounded so that they give their sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
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


def divide(pupils: Ints, shares: Floats) -> Ints:
    """Return (..., k) whole pupils of k parts that add up to `pupils` everywhere.

    Parameters
    ----------
    pupils
        (...,) whole pupils.
    shares
        (..., k) or (k,) shares that add up to 1, one part for each.
    """
    flat = pupils.reshape(-1)
    wide = np.broadcast_to(shares, (*pupils.shape, shares.shape[-1])).reshape(len(flat), -1)
    parts = [
        whole_parts(share * number, int(number)) for number, share in zip(flat, wide, strict=True)
    ]
    return np.array(parts, dtype=np.int64).reshape(*pupils.shape, shares.shape[-1])
