"""Seats of every school within the class standard and within the class limit (design R2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.records import Seats

if TYPE_CHECKING:
    from enroll.records import Flags, Ints, Schools


def count_seats(schools: Schools, other_entry: Ints | None = None) -> Seats:
    """Return the seats each school may fill.

    Seats are classes times class size, never more than the pupils the school may still take
    under its school limit, and reserved seats are taken off.

    Parameters
    ----------
    schools
        The schools of this stage.
    other_entry
        (m,) pupils that a nine-year school's other entry takes this autumn, which share its
        headroom; nobody where not given.
    """
    headroom = _headroom(schools)
    if other_entry is not None:
        headroom = np.maximum(headroom - other_entry, 0)
    return Seats(
        standard=_seats(schools, schools.class_standard, headroom),
        limit=_seats(schools, schools.class_limit, headroom),
        headroom=headroom,
        other_entry=other_entry,
    )


def refilling_schools(schools: Schools) -> Flags:
    """Return (m,) whether a school was above its school limit last year.

    Last year's pupils are those of today's other grades and those who have left. Such a
    school may take as many as left, so that it never grows.
    """
    refilling: Flags = schools.other_grades + schools.leavers > schools.school_limit
    return refilling


def _headroom(schools: Schools) -> Ints:
    room = schools.school_limit - schools.other_grades
    headroom: Ints = np.where(refilling_schools(schools), schools.leavers, np.maximum(room, 0))
    return headroom


def _seats(schools: Schools, class_size: Ints, headroom: Ints) -> Ints:
    taken = np.minimum(schools.classes * class_size, headroom)
    seats: Ints = np.maximum(taken - schools.reserved, 0)
    return seats
