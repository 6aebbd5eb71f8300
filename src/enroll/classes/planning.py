"""Classes for the children each school takes (design R11): few, and of equal size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.records import NONE, ClassPlan

if TYPE_CHECKING:
    from enroll.records import Ints, Schools


def plan_classes(school: Ints, schools: Schools) -> ClassPlan:
    """Return the classes every school opens for its placed children and its reserved seats.

    A school opens the fewest classes that keep within its class standard, but no more than
    it planned; when those are too few it keeps to them and the plan proposes the number that
    would do, as far as its rooms go. Sizes differ by at most 1.

    Parameters
    ----------
    school
        (n,) school index of each child, -1 for a child without a place.
    schools
        The m schools.
    """
    placed = np.bincount(school[school != NONE], minlength=len(schools))
    pupils = placed + schools.reserved
    needed = -(-pupils // schools.class_standard)
    opened = np.minimum(needed, schools.classes)
    rooms = np.maximum(schools.rooms, schools.classes)
    at_least_one = np.maximum(opened, 1)
    return ClassPlan(
        pupils=pupils,
        classes=opened,
        smallest=np.where(opened > 0, pupils // at_least_one, 0),
        largest=np.where(opened > 0, -(-pupils // at_least_one), 0),
        proposed=np.minimum(needed, rooms),
    )


def list_classes(plan: ClassPlan) -> tuple[Ints, Ints, Ints]:
    """Return every class that opens, school by school, the larger ones first.

    Returns
    -------
    tuple of Ints
        School index, class number from 1 within the school, and size; one entry per class.
    """
    school = np.repeat(np.arange(len(plan.classes)), plan.classes)
    first = np.cumsum(plan.classes) - plan.classes
    number = np.arange(len(school)) - first[school] + 1
    size = plan.smallest[school] + (number <= _larger_classes(plan)[school])
    return school, number, size


def count_oversized(plan: ClassPlan, pupils: int) -> Ints:
    """Return (m,) how many classes of each school have at least so many pupils."""
    larger = _larger_classes(plan)
    return np.where(plan.largest >= pupils, larger, 0) + np.where(
        plan.smallest >= pupils, plan.classes - larger, 0
    )


def _larger_classes(plan: ClassPlan) -> Ints:
    """Return (m,) how many classes have one pupil more than the smallest."""
    return np.where(plan.classes > 0, plan.pupils - plan.smallest * plan.classes, 0)
