"""Everything one forecast found out, as its files and its screen are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.forecast import Score
    from enroll.notices import Notice
    from enroll.records import Floats, Forecast, History, Inputs, Ints, Past
    from enroll.scenario import LoadedScenario


TEN_YEARS = 10


@dataclass(frozen=True)
class Register:
    """Groups of this year's applicants, best first.

    Parameters
    ----------
    ids
        One id for each group.
    counts
        (z, g) eligible children of each zone.
    """

    ids: tuple[str, ...]
    counts: Ints


@dataclass(frozen=True)
class Outlook:
    """A finished forecast.

    Parameters
    ----------
    scenario
        The settings.
    inputs
        Schools and zones.
    past, history
        The tables, and what `forecast.project` started from.
    told
        Pupils of the years ahead, with their samples.
    shares
        (m, z) part of each school's pupils that lives in each zone; each row adds up to 1. One
        column where the scenario has no zones.
    notices
        Breaks in the past, years that are assumed.
    scores
        The back-test; empty where none was asked for.
    register
        Groups of this year's applicants; None without applicants or groups.
    ten_years
        (m, G) whole pupils of the tenth year, where the forecast itself ends before it.
    """

    scenario: LoadedScenario
    inputs: Inputs
    past: Past
    history: History
    told: Forecast
    shares: Floats
    notices: Sequence[Notice]
    scores: Sequence[Score] = ()
    register: Register | None = None
    ten_years: Ints | None = None

    @property
    def in_ten_years(self) -> Ints:
        """Return (m, G) pupils of the tenth year ahead, or of the last one that is known."""
        if self.ten_years is not None:
            return self.ten_years
        last: Ints = self.told.pupils[min(len(self.told.years), TEN_YEARS) - 1]
        return last
