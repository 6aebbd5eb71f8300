"""All rounds of an allocation, one after another (design R6 to R9, R12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.allocate.ledger import Ledger
from enroll.allocate.redirect_round import run_redirect_round
from enroll.allocate.zone_round import run_zone_round
from enroll.records import NONE, Placement

if TYPE_CHECKING:
    from collections.abc import Callable

    from enroll.records import Ground, Inputs, Ints, Ranking, Seats, Texts
    from enroll.scenario.policy import Round
    from enroll.scenario.schema import Scenario


def run_rounds(
    inputs: Inputs,
    ground: Ground,
    ranking: Ranking,
    seats: Seats,
    settings: Scenario,
    tell: Callable[[str], None] = lambda _: None,
) -> Placement:
    """Place every eligible applicant by the rounds of a scenario.

    Parameters
    ----------
    inputs, ground, ranking, seats
        What was read, located and ranked.
    settings
        The resolved scenario; its `round` entries are run in order.
    tell
        Called with each round's id before it begins, for a progress display.
    """
    ledger = Ledger.open(inputs, ground, ranking, seats)
    history = []
    for number, rule in enumerate(settings.round):
        tell(rule.id)
        if rule.rule == "fixed":
            _place_fixed(ledger, number)
        elif rule.rule == "zone":
            run_zone_round(ledger, rule, number)
        else:
            run_redirect_round(ledger, rule, number, settings.limits.far_m)
        history.append(ledger.school.copy())
    return Placement(
        school=ledger.school,
        round=ledger.round,
        reason=_reasons(ledger, settings.round),
        metres=_metres(ledger),
        round_ids=tuple(rule.id for rule in settings.round),
        cutoffs=tuple(ledger.cutoffs),
        certificates=tuple(ledger.certificates),
        passed_over=tuple(ledger.passed_over),
        history=tuple(history),
    )


def _place_fixed(ledger: Ledger, number: int) -> None:
    placed_school = ledger.inputs.applicants.placed_school
    children = np.flatnonzero(ledger.waiting & (placed_school != NONE))
    ledger.place(children, placed_school[children], number, redirected=False)


def _reasons(ledger: Ledger, rules: tuple[Round, ...]) -> Texts:
    words = np.array([*(rule.rule.upper() for rule in rules), ""], dtype=object)
    reason = words[ledger.round]
    waiting = ledger.waiting
    reason[waiting] = "NO_SEAT"
    reason[waiting & ~ledger.in_reach & _some_redirect(rules)] = "NO_SCHOOL_IN_REACH"
    reason[waiting & ~ledger.inputs.applicants.accepts_redirect] = "DECLINED"
    ineligible = ledger.ranking.ineligible != ""
    reason[ineligible] = ledger.ranking.ineligible[ineligible]
    return reason


def _some_redirect(rules: tuple[Round, ...]) -> bool:
    return any(rule.rule == "redirect" for rule in rules)


def _metres(ledger: Ledger) -> Ints:
    metres = np.full(len(ledger.school), -1, dtype=np.int64)
    placed = np.flatnonzero(ledger.school != NONE)
    metres[placed] = ledger.ground.ways.pairs(placed, ledger.school[placed])
    return metres
