"""Small histories for the tests of the forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.records import History, Roll

if TYPE_CHECKING:
    from enroll.forecast.chance import Words


def words(seed: int = 1) -> Words:
    """Return a stream of chance."""
    return np.random.PCG64(np.random.SeedSequence(seed)).random_raw


def past(
    pupils: np.ndarray,
    ahead: int = 3,
    births: np.ndarray | None = None,
    homes: np.ndarray | None = None,
    takes: np.ndarray | None = None,
) -> History:
    """Return the history of a roll that begins in 2019."""
    years, schools, grades = pupils.shape
    roll = Roll(2019 + np.arange(years), 1 + np.arange(grades), pupils)
    born = np.full(years + ahead, births is not None)
    if homes is None:
        homes = np.zeros((ahead, schools, grades))
    if takes is None:
        takes = np.ones(schools, dtype=bool)
    return History(roll, births, born, homes, takes)
