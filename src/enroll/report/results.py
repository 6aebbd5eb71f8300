"""Everything one allocation found out, as the files of a run are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.notices import Notice
    from enroll.records import ClassPlan, Ground, Inputs, Placement, Ranking, Seats
    from enroll.scenario import LoadedScenario
    from enroll.watch import Indicator


@dataclass(frozen=True)
class Results:
    """A finished allocation, checked and ready to be written.

    Parameters
    ----------
    scenario
        The settings, with what they extend and change.
    inputs, ground, ranking, seats
        What was read, where everybody is, who comes before whom, how many seats there are.
    placement, plan
        Who goes where, and in how many classes.
    notices
        The findings, in any order.
    indicators
        The lines of `indicators.csv`, in their order.
    """

    scenario: LoadedScenario
    inputs: Inputs
    ground: Ground
    ranking: Ranking
    seats: Seats
    placement: Placement
    plan: ClassPlan
    notices: Sequence[Notice]
    indicators: Sequence[Indicator]
