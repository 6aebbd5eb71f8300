"""R11: the fewest classes within the standard, at most those planned, of equal size."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enroll.classes import count_oversized, list_classes, plan_classes
from tests.small import make_schools


def plan_one(pupils, **columns):
    """Plan one school that takes so many children."""
    return plan_classes(np.zeros(pupils, dtype=np.int64), make_schools(1, **columns))


def sizes(plan):
    return list_classes(plan)[2].tolist()


@pytest.mark.parametrize(
    ("pupils", "expected"),
    [(0, []), (1, [1]), (45, [45]), (46, [23, 23]), (91, [31, 30, 30]), (136, [46, 45, 45])],
)
def test_fewest_classes_within_the_standard(pupils, expected):
    assert sizes(plan_one(pupils, classes=[3])) == expected


def test_reserved_seats_are_counted_as_pupils():
    plan = plan_one(40, classes=[2], reserved=[10])
    assert int(plan.pupils[0]) == 50
    assert sizes(plan) == [25, 25]


def test_children_without_a_place_are_in_no_class():
    plan = plan_classes(np.array([-1, 0, -1, 1]), make_schools(2))
    assert list(plan.pupils) == [1, 1]


def test_more_classes_are_proposed_and_not_done():
    plan = plan_one(100, classes=[2], rooms=[4])
    assert (int(plan.classes[0]), int(plan.proposed[0])) == (2, 3)
    assert sizes(plan) == [50, 50]


def test_no_more_classes_are_proposed_than_there_are_rooms():
    assert int(plan_one(300, classes=[2], rooms=[4]).proposed[0]) == 4


def test_fewer_rooms_than_classes_count_as_so_many_rooms():
    assert int(plan_one(90, classes=[2], rooms=[1]).proposed[0]) == 2


def test_school_without_classes_opens_none():
    plan = plan_one(3, classes=[0])
    assert sizes(plan) == []
    assert (int(plan.smallest[0]), int(plan.largest[0])) == (0, 0)


def test_classes_are_listed_school_by_school_the_larger_ones_first():
    school = np.repeat([0, 2], [46, 91])
    listed = list_classes(plan_classes(school, make_schools(3, classes=[2, 5, 3])))
    assert [tuple(row) for row in np.transpose(listed).tolist()] == [
        (0, 1, 23), (0, 2, 23), (2, 1, 31), (2, 2, 30), (2, 3, 30)
    ]  # fmt: skip


def test_oversized_classes_are_counted_class_by_class():
    plan = plan_one(113, classes=[2])
    assert sizes(plan) == [57, 56]
    assert [int(count_oversized(plan, size)[0]) for size in (56, 57, 58)] == [2, 1, 0]


def fewest_within(pupils, standard, classes):
    """Try every number of classes: the first whose largest class keeps within the standard."""
    for number in range(classes + 1):
        if number * standard >= pupils:
            return number
    return classes


@given(st.integers(0, 200), st.integers(1, 60), st.integers(0, 8), st.integers(0, 3))
def test_plan_equals_trying_every_number_of_classes(pupils, standard, classes, spare):
    plan = plan_one(pupils, class_standard=[standard], classes=[classes], rooms=[classes + spare])
    found = sizes(plan)
    assert len(found) == fewest_within(pupils, standard, classes)
    assert int(plan.proposed[0]) == fewest_within(pupils, standard, classes + spare)
    if found:
        assert sum(found) == pupils
        assert max(found) - min(found) <= 1
        assert (max(found), min(found)) == (int(plan.largest[0]), int(plan.smallest[0]))
    for size in (1, standard, 56):
        assert int(count_oversized(plan, size)[0]) == sum(one >= size for one in found)
