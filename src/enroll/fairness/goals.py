"""What another goal of a redirect round would have cost, and what it would have spared."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GoalCost:
    """A round with the goal `total`, solved again with the goal `farthest`.

    Parameters
    ----------
    round_id
        The round.
    more_m
        Metres that all ways together would be longer; None, as the rest, where the round placed
        fewer than five children or is too large to be solved again.
    longest_m
        The longest way in the run.
    spared_m
        Metres that the longest way would be shorter.
    """

    round_id: str
    more_m: int | None = None
    longest_m: int | None = None
    spared_m: int | None = None
