"""The redirect rounds of a run solved again with another goal, from the run's own files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.fairness.goals import GoalCost
from enroll.fairness.outcomes import SMALLEST_SHOWN
from enroll.records import NONE

if TYPE_CHECKING:
    from enroll.office.rebuilding import Rebuilt
    from enroll.records import Flags, Ints

MOST_WAYS = 20_000_000
"""Children times schools of a round that is solved again; more would take minutes."""


def goal_costs(rebuilt: Rebuilt) -> list[GoalCost]:
    """Return what the goal `farthest` would have cost each round with the goal `total`.

    Each round starts from the places that the run had given before it.

    Parameters
    ----------
    rebuilt
        A run whose files lead to its places.
    """
    return [
        _cost(rebuilt, number)
        for number, rule in enumerate(rebuilt.rounds)
        if rule.rule == "redirect" and rule.goal == "total" and took_part(rebuilt, number).any()
    ]


def took_part(rebuilt: Rebuilt, number: int) -> Flags:
    """Return (n,) who had no place before a redirect round, or a place that it reopened."""
    eligible = ~np.isin(rebuilt.placement.reason, _KEPT_OUT)
    waiting, redirected = eligible, np.zeros(len(eligible), dtype=bool)
    for rule, school in zip(rebuilt.rounds[:number], rebuilt.placement.history, strict=False):
        if rule.rule == "redirect":
            redirected |= waiting & (school != NONE)
        waiting = eligible & (school == NONE)
    return waiting | (redirected & (rebuilt.rounds[number].seats == "limit"))


_KEPT_OUT = ("TOO_YOUNG", "TOO_OLD", "REVIEW_PENDING", "REVIEW_REJECTED")


def _cost(rebuilt: Rebuilt, number: int) -> GoalCost:
    name, who = rebuilt.rounds[number].id, np.flatnonzero(took_part(rebuilt, number))
    now = _ways(rebuilt, who, rebuilt.placement.history[number])
    schools = len(rebuilt.seats.limit)
    if len(now) < SMALLEST_SHOWN or len(who) * schools > MOST_WAYS:
        return GoalCost(name)
    then = _ways(rebuilt, who, rebuilt.up_to(number, "farthest").school)
    longest = int(now.max())
    return GoalCost(name, int(then.sum() - now.sum()), longest, longest - int(then.max()))


def _ways(rebuilt: Rebuilt, who: Ints, school: Ints) -> Ints:
    """Return the ways of those who have a place."""
    placed = who[school[who] != NONE]
    return rebuilt.metres(placed, school[placed])
