"""Seats, limits and classes (rules R2, R9, R10 and R11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.verify.case import NONE
from enroll.verify.steps import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.verify.case import Case, Flags, Ints
    from enroll.verify.steps import Step


def seat_breaches(case: Case) -> Iterator[str]:
    """Yield where seats do not follow from classes, sizes, headroom and reserved seats."""
    schools = case.schools
    for level, size in (("standard", schools.class_standard), ("limit", schools.class_limit)):
        right = np.minimum(schools.classes * size, schools.headroom) - schools.reserved
        wrong = schools.seats(level) != np.maximum(right, 0)
        yield from _about(case, f"R2: the seats at class {level} do not follow at", wrong)
    pupils = schools.other_grades + schools.headroom
    last_year = schools.other_grades + schools.leavers
    past = (schools.headroom > 0) & (pupils > np.maximum(schools.school_limit, last_year))
    yield from _about(case, "R10: the headroom reaches above the school limit at", past)


def limit_breaches(case: Case) -> Iterator[str]:
    """Yield where a school is past a limit by more than its fixed places."""
    count, fixed = _count(case, case.result.school), _fixed(case)
    schools, name = case.schools, case.schools.name
    yield from tell(
        np.flatnonzero(count > np.maximum(schools.limit, fixed)),
        lambda school: (
            f"R10: {name(school)} takes {count[school]} children and has"
            f" {schools.limit[school]} seats within the class limit."
        ),
    )


def step_breaches(case: Case, step: Step) -> Iterator[str]:
    """Yield where a round filled a school past what it may fill to.

    A zone round may go past its seats by its last bundle alone; that is checked with the
    bundles themselves.
    """
    level = "limit" if step.rule.rule == "zone" else step.rule.seats
    before, after = _count(case, step.before), _count(case, step.after)
    seats, name = case.schools.seats(level), case.schools.name
    past = (after > np.maximum(before, seats)) & (step.rule.rule != "fixed")
    yield from tell(
        np.flatnonzero(past),
        lambda school: (
            f"R10: round {step.rule.id} fills {name(school)} to {after[school]} children"
            f" with {seats[school]} seats."
        ),
    )


def class_breaches(case: Case) -> Iterator[str]:
    """Yield where the classes are too many, too large, uneven or not those of the children."""
    plan, schools = case.plan, case.schools
    placed, fixed = _count(case, case.result.school), _fixed(case)
    pupils = placed + schools.reserved
    fewest = np.minimum(-(-pupils // schools.class_standard), schools.classes)
    some = np.maximum(fewest, 1)
    smallest = np.where(fewest, pupils // some, 0)
    largest = np.where(fewest, -(-pupils // some), 0)
    too_large = (plan.largest > schools.class_limit) & (placed > fixed)
    yield from _about(
        case, "R11: pupils are not the placed and the reserved at", plan.pupils != pupils
    )
    yield from _about(case, "R11: classes are not the fewest at", plan.classes != fewest)
    yield from _about(case, "R11: the smallest class is another at", plan.smallest != smallest)
    yield from _about(case, "R11: the largest class is another at", plan.largest != largest)
    yield from _about(case, "R10: a class is above its limit without a fixed place at", too_large)


def _about(case: Case, what: str, where: Flags) -> Iterator[str]:
    name = case.schools.name
    yield from tell(np.flatnonzero(where), lambda school: f"{what} {name(school)}.")


def _count(case: Case, places: Ints) -> Ints:
    return np.bincount(places[places != NONE], minlength=len(case.schools.classes))


def _fixed(case: Case) -> Ints:
    """Return (m,) children who have their school by a fixed place."""
    school = case.children.placed_school
    by_decision = (school != NONE) & (school == case.result.school)
    if not any(rule.rule == "fixed" for rule in case.rules):
        by_decision[:] = False
    return _count(case, school[by_decision])
