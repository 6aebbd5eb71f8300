"""Cohorts that stand at other schools than forecast, because a scenario sends them there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from enroll.records import Flags, Floats, Ints


def follow(
    pupils: npt.NDArray[np.generic],
    years: Ints,
    since: int,
    sent: Floats,
    closed: Flags,
    kept: Ints,
) -> Floats:
    """Return (..., Y, k, G) pupils at the schools of a scenario.

    Children who enter from `since` on stand where the scenario sends them, in every later grade;
    those who entered before stay, unless their school is closed: then they go where its
    entrants go. So the scenario moves children and makes none: where each row of `sent` adds up
    to 1, every year and grade of the county keeps its sum.

    Parameters
    ----------
    pupils
        (..., Y, m, G) pupils without the scenario; the first grade is that of entrance.
    years
        (Y,).
    since
        First year in which the scenario places entrants.
    sent
        (m, k) part of each school's entrants that goes to each school of the scenario.
    closed
        (m,) schools that the scenario does not have.
    kept
        (m,) number of each school in the scenario, -1 for closed ones.
    """
    stay = np.zeros_like(sent)
    stay[np.flatnonzero(~closed), kept[~closed]] = 1.0
    leave = np.where(closed[:, None], sent, stay)
    *front, count, _, grades = pupils.shape
    followed = np.zeros((*front, count, sent.shape[1], grades))
    for place, year in enumerate(years.tolist()):
        for grade in range(grades):
            way = sent if year - grade >= since else leave if year >= since else stay
            followed[..., place, :, grade] = pupils[..., place, :, grade].astype(np.float64) @ way
    return followed


def shares_sent(before: Ints, after: Ints, schools: int, places: int) -> tuple[Floats, Flags]:
    """Return (m, k) where the children of each school go, in parts that add up to 1.

    Parameters
    ----------
    before, after
        (c,) school of each child without and with the scenario; both have a place.
    schools, places
        m and k.

    Returns
    -------
    shares
        Rows of 0 where nothing is known.
    known
        (m,) whether some child of the school is among them.
    """
    count = np.bincount(before * places + after, minlength=schools * places).reshape(-1, places)
    total = count.sum(axis=1)
    return count / np.maximum(total, 1)[:, None], total > 0
