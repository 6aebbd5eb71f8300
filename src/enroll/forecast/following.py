"""Cohorts that stand at other schools than forecast, because a scenario sends them there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.forecast.reconcile import share_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from enroll.records import Flags, Floats, Ints


def follow(
    pupils: npt.NDArray[np.generic],
    years: Ints,
    since: int,
    sent: Mapping[int, Floats],
    closed: Flags,
    kept: Ints,
) -> Floats:
    """Return (..., Y, k, G) pupils at the schools of a scenario.

    Children who enter from `since` on stand where the scenario sends them, in every later grade;
    those who entered before stay, unless their school is closed: then they go where its
    entrants go. So the scenario moves children and makes none: where the rows of `sent` add up
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
        By year of entrance from `since` on: (m, k) part of each school's entrants that goes to
        each school of the scenario. For a year that is not there, that of `since` holds.
    closed
        (m,) schools that the scenario does not have.
    kept
        (m,) number of each school in the scenario, -1 for closed ones.
    """
    first = sent[since]
    stay = np.zeros_like(first)
    stay[np.flatnonzero(~closed), kept[~closed]] = 1.0
    leave = np.where(closed[:, None], first, stay)
    *front, count, _, grades = pupils.shape
    followed = np.zeros((*front, count, first.shape[1], grades))
    for place, year in enumerate(years.tolist()):
        for grade in range(grades):
            entered = year - grade
            before = leave if year >= since else stay
            way = sent.get(entered, first) if entered >= since else before
            followed[..., place, :, grade] = share_out(pupils[..., place, :, grade], way)
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
