"""All checks of one allocation, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.verify.everyone import (
    everyone_breaches,
    moved_breaches,
    reason_breaches,
    shape_breaches,
)
from enroll.verify.redirect_rounds import redirect_breaches
from enroll.verify.seats import class_breaches, limit_breaches, seat_breaches, step_breaches
from enroll.verify.steps import steps
from enroll.verify.zone_rounds import zone_breaches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.verify.case import Case


def breaches(case: Case) -> list[str]:
    """Return every breach of the rules that is found, each a sentence; none if all is lawful.

    Parameters
    ----------
    case
        What was decided, on what, and what is put forward as proof.
    """
    found = list(shape_breaches(case))
    if found:
        return found
    in_reach = np.zeros(len(case.result.school), dtype=bool)
    found += [*seat_breaches(case), *everyone_breaches(case), *limit_breaches(case)]
    for step in steps(case):
        found += [*moved_breaches(case, step), *step_breaches(case, step)]
        if step.rule.rule == "zone":
            found += zone_breaches(case, step)
        elif step.rule.rule == "redirect":
            found += redirect_breaches(case, step, in_reach)
    found += [*reason_breaches(case, in_reach), *class_breaches(case), *_strays(case)]
    return found


def _strays(case: Case) -> Iterator[str]:
    """Yield what is put forward for a round that is none, or is of another rule."""
    result, rules = case.result, {rule.id: rule.rule for rule in case.rules}
    claims = [
        *((cutoff.round_id, "zone", "A cutoff") for cutoff in result.cutoffs),
        *((proof.round_id, "redirect", "A certificate") for proof in result.proofs),
        *((round_id, "zone", "A passing over") for round_id, _, _ in result.passed_over),
    ]
    for round_id, rule, what in claims:
        if rules.get(round_id) != rule:
            yield f"R12: {what} names round {round_id}, which is no {rule} round."
