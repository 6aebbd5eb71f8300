"""Everyone exactly once, with the right reason (rules R1, R9 and R12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.verify.case import NONE
from enroll.verify.steps import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.verify.case import Case, Flags, Ints, Texts
    from enroll.verify.steps import Step

UNPLACED = ("NO_SEAT", "NO_SCHOOL_IN_REACH", "DECLINED")


def shape_breaches(case: Case) -> Iterator[str]:
    """Yield why the result cannot be read at all."""
    children, schools = len(case.children.group), len(case.schools.classes)
    result = case.result
    columns = {
        "school": result.school, "round": result.round, "reason": result.reason,
        "way": result.metres,
    }  # fmt: skip
    for name, column in columns.items():
        if column.shape != (children,):
            yield f"R12: the result has {len(column)} entries of {name} for {children} children."
    if len(result.history) != len(case.rules):
        yield f"R12: places are kept for {len(result.history)} of {len(case.rules)} rounds."
    for places in (result.school, *result.history):
        if places.shape != (children,):
            yield f"R12: a round lists {len(places)} places for {children} children."
        elif places.size and not NONE <= places.min() <= places.max() < schools:
            yield "R12: a place names a school that does not exist."
    if result.round.size and not NONE <= result.round.min() <= result.round.max() < len(case.rules):
        yield "R12: a place names a round that does not exist."


def everyone_breaches(case: Case) -> Iterator[str]:
    """Yield where a child's entry does not follow from the rounds."""
    name, result = case.children.name, case.result
    last = result.history[-1] if result.history else np.full_like(result.school, NONE)
    yield from tell(
        np.flatnonzero(result.school != last),
        lambda child: f"R12: {name(child)} does not have the school of its last round.",
    )
    yield from tell(
        np.flatnonzero(result.round != _rounds(case)),
        lambda child: f"R12: {name(child)} is listed under another round than placed it.",
    )
    ineligible = case.children.ineligible != ""
    yield from tell(
        np.flatnonzero(ineligible & (result.school != NONE)),
        lambda child: f"R1: {name(child)} may not take part but has a place.",
    )
    yield from tell(
        np.flatnonzero(result.metres != _metres(case)),
        lambda child: f"R4: the way of {name(child)} is not the way to its school.",
    )


def reason_breaches(case: Case, in_reach: Flags) -> Iterator[str]:
    """Yield where a reason is not the one that the rounds give.

    Parameters
    ----------
    in_reach
        (n,) whether some redirect round had a school that the child could have gone to.
    """
    right, name = _reasons(case, in_reach), case.children.name
    yield from tell(
        np.flatnonzero(case.result.reason != right),
        lambda child: (
            f"R12: the reason of {name(child)} is {case.result.reason[child] or 'missing'}"
            f" and must be {right[child]}."
        ),
    )


def moved_breaches(case: Case, step: Step) -> Iterator[str]:
    """Yield who was moved or placed by a round that may not do so."""
    name, rule = case.children.name, step.rule.id
    moved = step.after != step.before
    yield from tell(
        np.flatnonzero(moved & ~step.waiting & ~step.reopened),
        lambda child: f"R12: round {rule} moved {name(child)}, whose place it may not touch.",
    )
    yield from tell(
        np.flatnonzero((step.before != NONE) & (step.after == NONE)),
        lambda child: f"R7: {name(child)} lost its place in round {rule}.",
    )
    if step.rule.rule == "fixed":
        wanted = np.where(step.waiting, case.children.placed_school, step.before)
        yield from tell(
            np.flatnonzero(step.after != wanted),
            lambda child: f"R9: the fixed place of {name(child)} was not given.",
        )


def _rounds(case: Case) -> Ints:
    """Return (n,) the round in which each child last got another school."""
    found = np.full(len(case.result.school), NONE, dtype=np.int64)
    before = found.copy()
    for number, after in enumerate(case.result.history):
        found[after != before] = number
        before = after
    return np.where(before == NONE, NONE, found)


def _metres(case: Case) -> Ints:
    metres = np.full(len(case.result.school), NONE, dtype=np.int64)
    placed = np.flatnonzero(case.result.school != NONE)
    metres[placed] = case.way_pairs(placed, case.result.school[placed])
    return metres


def _reasons(case: Case, in_reach: Flags) -> Texts:
    rules = [rule.rule for rule in case.rules]
    words = np.array([*(rule.upper() for rule in rules), ""], dtype=object)
    no_seat, no_school, declined = UNPLACED
    reason = words[case.result.round]
    waiting = case.result.school == NONE
    reason[waiting] = no_seat
    if "redirect" in rules:
        reason[waiting & ~in_reach] = no_school
    reason[waiting & ~case.children.accepts_redirect] = declined
    ineligible = case.children.ineligible != ""
    reason[ineligible] = case.children.ineligible[ineligible]
    return reason
