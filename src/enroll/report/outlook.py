"""Everything one forecast found out, as its files and its screen are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.forecast import Score
    from enroll.notices import Notice
    from enroll.records import Floats, Forecast, History, Inputs, Past
    from enroll.scenario import LoadedScenario


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
    """

    scenario: LoadedScenario
    inputs: Inputs
    past: Past
    history: History
    told: Forecast
    shares: Floats
    notices: Sequence[Notice]
    scores: Sequence[Score] = ()
