"""What next year leaves of this year's intake: rooms, school size, mixed classes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from enroll.classes.next_year import next_year
from enroll.tables.schools import OUTLOOK
from tests.small import make_schools

ENDLESS = 10**9


def left(nearest, percent=100, **columns):
    """Return the entrants next year and the most that may enter this year, for one school."""
    outlook = {name: np.array([columns.pop(name, -1)]) for name in OUTLOOK}
    frame = make_schools(1, **{name: [value] for name, value in columns.items()})
    found = next_year(replace(frame, outlook=outlook), np.array([nearest]), percent)
    return int(found.entrants[0]), int(found.most[0])


def test_two_entries_share_the_rooms():
    assert left(40, classes=1, rooms=2, next_rooms=2) == (40, 55)
    assert left(60, classes=1, rooms=2, next_rooms=2) == (60, 0)
    assert left(60, classes=1, rooms=2, next_rooms=3) == (60, 55)


def test_without_a_word_the_spare_room_is_used_once():
    # One class is planned and two fit: a second class this year takes next year's second.
    assert left(55, classes=1, rooms=2) == (55, 110)
    assert left(56, classes=1, rooms=2) == (56, 55)


def test_next_year_takes_no_more_than_the_school_could_hold():
    assert left(400, classes=1, rooms=2) == (110, 55)


def test_entrants_of_next_year_are_given_or_a_share_of_this_year():
    assert left(33, percent=50)[0] == 17
    assert left(33, percent=50, next_entry=20)[0] == 20


def test_the_whole_school_keeps_its_limit():
    # 100 others, of whom 20 leave, and 30 enter next year: 40 of this year make 150.
    given = {"other_grades": 100, "leavers": 20, "school_limit": 150}
    assert left(30, **given) == (30, 40)
    assert left(30, next_leavers=25, **given) == (30, 45)


def test_a_school_that_does_not_grow_may_refill():
    assert left(20, other_grades=300, leavers=20, school_limit=150) == (20, 55)


@pytest.mark.parametrize(
    ("given", "most"),
    [
        ({"mixed": 0}, 45),
        ({"mixed": 6, "next_mixed": 6}, 39),
        ({"mixed": 0, "next_rooms": 2}, 100),
        ({"mixed": 0, "next_mixed": 60}, 0),
    ],
    ids=str,
)
def test_mixed_classes_hold_both_entries(given, most):
    assert left(10, kind="village", **given)[1] == most


def test_a_table_without_the_columns_has_the_same_defaults():
    frame = make_schools(1, classes=[1], rooms=[2])
    assert next_year(frame, np.array([56]), 100).most.tolist() == [55]
