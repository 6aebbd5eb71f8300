"""What next year leaves of this year's intake: no intake may break a limit a year later.

This year's entrants are the second grade next year. They need rooms beside next year's
entrants, or sit with them in mixed classes, and both count in the size of the school. The
classes may be merged meanwhile, so that only their number of pupils counts, at the class limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.records import NONE

if TYPE_CHECKING:
    from enroll.records import Ints, Schools


@dataclass(frozen=True)
class NextYear:
    """What is expected at each school next year.

    Parameters
    ----------
    entrants
        (m,) children who enter next year, as far as the school could take them if nobody entered
        this year: a school that will be full without this year's children is not emptied for it.
    most
        (m,) pupils that this year's intake may have, reserved seats included.
    """

    entrants: Ints
    most: Ints


def next_year(schools: Schools, nearest: Ints, percent: int) -> NextYear:
    """Return what next year leaves of this year's intake.

    Parameters
    ----------
    schools
        The schools, with the columns of their outlook.
    nearest
        (m,) this year's children for whom each is the nearest school.
    percent
        Next year's entrants as a share of `nearest`, where `next_entry` is not given.
    """
    rooms = np.maximum(schools.rooms, schools.classes)
    mixed = mixed_pupils(schools) != NONE
    staying = np.where(mixed, _known(schools, "next_mixed", np.zeros_like(rooms)), 0)
    beside = np.where(mixed, rooms, rooms + schools.classes)
    most_classes = _known(schools, "next_rooms", beside)
    room = np.maximum(schools.class_limit * most_classes - staying, 0)
    expected = _known(schools, "next_entry", -(-nearest * percent // 100))
    entrants = np.minimum(expected, np.where(mixed, room, schools.class_limit * rooms))
    of_entrants = -(-entrants // schools.class_limit)
    own_rooms = schools.class_limit * np.maximum(most_classes - of_entrants, 0)
    in_rooms = np.where(mixed, room - entrants, own_rooms)
    in_school = _within_school(schools, entrants)
    return NextYear(entrants, np.maximum(np.minimum(in_rooms, in_school), 0))


def mixed_pupils(schools: Schools) -> Ints:
    """Return (m,) pupils of other grades in the entry classes; -1 where classes are not mixed."""
    return schools.outlook.get("mixed", np.full(len(schools), NONE))


def _within_school(schools: Schools, entrants: Ints) -> Ints:
    """Return (m,) the intake that keeps the whole school within its limit next year.

    A school above its limit may refill what leaves it: its entrants next year are no more than
    its leavers then, whatever this year's intake was.
    """
    leavers = _known(schools, "next_leavers", schools.leavers)
    others = np.maximum(schools.other_grades - leavers, 0)
    room = schools.school_limit - others - entrants
    endless = np.full(len(room), np.iinfo(np.int64).max // 4)
    return np.where(entrants <= leavers, endless, room)


def _known(schools: Schools, column: str, otherwise: Ints) -> Ints:
    """Return a column of the outlook, another value where it is not given."""
    given = schools.outlook.get(column)
    if given is None:
        return otherwise
    return np.where(given == NONE, otherwise, given)
