"""R2: seats within class sizes and the school limit, reserved seats taken off."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from enroll.allocate.seats import count_seats, refilling_schools
from tests.small import make_schools


def seats_of(**columns):
    seats = count_seats(make_schools(1, **columns))
    return int(seats.standard[0]), int(seats.limit[0])


def test_seats_are_classes_times_class_size():
    assert seats_of(classes=[3]) == (135, 165)


def test_each_school_has_its_own_class_sizes():
    assert seats_of(classes=[2], class_standard=[30], class_limit=[40]) == (60, 80)


def test_reserved_seats_are_taken_off_both_levels():
    assert seats_of(classes=[1], reserved=[5]) == (40, 50)


def test_reserved_seats_never_make_seats_negative():
    assert seats_of(classes=[1], reserved=[50]) == (0, 5)


def test_school_limit_bounds_the_seats():
    assert seats_of(classes=[3], other_grades=[1860]) == (135, 140)
    assert seats_of(classes=[3], other_grades=[1860], reserved=[10]) == (125, 130)


def test_school_that_just_reached_its_limit_takes_up_to_it():
    columns = {"classes": [9], "other_grades": [1700], "leavers": [300]}
    assert not refilling_schools(make_schools(1, **columns))[0]
    assert seats_of(**columns) == (300, 300)


def test_school_above_its_limit_refills_what_it_lost():
    columns = {"classes": [9], "other_grades": [2100], "leavers": [320]}
    assert refilling_schools(make_schools(1, **columns))[0]
    assert seats_of(**columns) == (320, 320)


def test_school_above_its_limit_that_lost_nobody_takes_nobody():
    assert seats_of(classes=[2], other_grades=[2100]) == (0, 0)


def test_school_without_a_class_has_no_seat():
    assert seats_of(classes=[0], reserved=[4]) == (0, 0)


def test_other_entry_of_a_nine_year_school_shares_the_headroom():
    schools = make_schools(2, classes=[4, 4], other_grades=[1900, 1900])
    seats = count_seats(schools, np.array([60, 150]))
    assert list(seats.headroom) == [40, 0]
    assert list(seats.limit) == [40, 0]


@given(
    st.integers(0, 6),
    st.integers(0, 60),
    st.integers(0, 300),
    st.integers(0, 300),
    st.integers(1, 400),
)
def test_full_school_is_never_above_limit_and_last_year(classes, reserved, others, leavers, most):
    schools = make_schools(
        1,
        classes=[classes],
        reserved=[reserved],
        other_grades=[others],
        leavers=[leavers],
        school_limit=[most],
    )
    seats = count_seats(schools)
    assert 0 <= seats.standard[0] <= seats.limit[0]
    taken = seats.limit[0] + reserved if seats.limit[0] else 0
    assert taken <= classes * 55
    assert others + taken <= max(most, others + leavers)
