"""Findings about schools: classes and schools that are too large or nearly full."""

import pytest

from tests.small import make_applicants, make_inputs, make_placement, make_schools, make_zones


@pytest.fixture
def at_school(said):
    """Return a function: so many children at one school, and what is said of it."""

    def place(pupils, reason="ZONE", stage="primary", **columns):
        inputs = make_inputs(make_applicants(pupils), make_schools(1, **columns), make_zones((0,)))
        return said(inputs, make_placement([0] * pupils, [reason] * pupils), stage=stage)

    return place


ABOUT_SIZE = {"OVER_LIMIT", "OVERSIZED_SCHOOL", "OVERSIZED_CLASS", "OVER_STANDARD", "NEAR_LIMIT",
              "VERY_OVERSIZED_CLASS", "SCHOOL_REFILLS"}  # fmt: skip


def test_class_at_its_standard_is_not_mentioned(at_school):
    assert not ABOUT_SIZE & set(at_school(45))


def test_class_above_its_limit_by_fixed_places_stands_with_a_red_notice(at_school):
    assert at_school(57, "FIXED")["OVER_LIMIT"] == [
        ("red", "S1 has a class of 57, above its limit of 55: fixed placements stand, past a limit "
         "too.", "1 more class there, or 2 of its children at other schools.")
    ]  # fmt: skip


def test_school_grown_by_fixed_places_is_over_its_limit_and_oversized(at_school):
    found = at_school(40, "FIXED", other_grades=[1970], leavers=[20])
    assert found["OVER_LIMIT"] == [
        ("red", "S1 has 2,010 pupils in all grades, above the 2,000 it may have: fixed placements "
         "stand, past a limit too.", "10 of its new pupils at other schools.")
    ]  # fmt: skip
    assert found["OVERSIZED_SCHOOL"] == [
        ("red", "S1 has 2,010 pupils in all grades, above the school limit of 2,000.",
         "Seats for its entrants at other schools: 10.")
    ]  # fmt: skip


def test_school_that_refills_is_oversized_and_not_over_its_limit(at_school):
    found = at_school(45, other_grades=[2000], leavers=[60])
    assert "OVER_LIMIT" not in found
    assert found["OVERSIZED_SCHOOL"][0][2] == "Seats for its entrants at other schools: 45."
    assert found["SCHOOL_REFILLS"] == [
        ("yellow", "S1 was above its limit of 2,000 with 2,060 pupils, so it takes no more than "
         "the 60 who left; with 45 entering it has 2,045. At this intake it comes under its limit "
         "in about 1 year.",
         "Entrants to place at other schools for it to come under now: 45.")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("pupils", "columns", "outlook"),
    [
        (45, {"other_grades": [1950], "leavers": [60]}, "It comes under its limit this autumn."),
        (45, {"school_limit": [200], "other_grades": [225], "leavers": [45]},
         "At this intake it never comes under its limit."),
        (30, {"school_limit": [200], "other_grades": [240], "leavers": [45]},
         "At this intake it comes under its limit in about 4 years."),
        (20, {"school_limit": [200], "other_grades": [240], "leavers": [45], "kind": ["nine-year"]},
         "At this intake it comes under its limit in about 6 years."),
    ],
)  # fmt: skip
def test_refilling_school_is_told_when_it_comes_under(at_school, pupils, columns, outlook):
    assert outlook in at_school(pupils, **columns)["SCHOOL_REFILLS"][0][1]


def test_junior_schools_have_three_grades(at_school):
    columns = {"school_limit": [100], "other_grades": [90], "leavers": [45]}
    message = at_school(30, stage="junior", **columns)["SCHOOL_REFILLS"][0][1]
    assert message.endswith("in about 2 years.")


@pytest.mark.parametrize(
    ("pupils", "code", "message"),
    [
        (56, "OVERSIZED_CLASS", "S1 has classes of 56 pupils or more: 1, the largest 56."),
        (66, "VERY_OVERSIZED_CLASS", "S1 has classes of 66 pupils or more: 1, the largest 66."),
    ],
)
def test_oversized_classes_are_red(at_school, pupils, code, message):
    found = at_school(pupils, class_limit=[70])
    assert len({"OVERSIZED_CLASS", "VERY_OVERSIZED_CLASS"} & set(found)) == 1
    assert found[code] == [
        ("red", message, "1 more class there, or 1 of its children at other schools.")
    ]


def test_class_above_standard_names_the_classes_that_would_end_it(at_school):
    assert at_school(50, rooms=[2])["OVER_STANDARD"] == [
        ("orange", "S1 has a class of 50, above its class standard of 45.",
         "More classes that its 2 rooms allow: 1; seats wanted at other schools besides: 0.")
    ]  # fmt: skip


def test_class_above_standard_without_a_room_names_the_seats(at_school):
    assert at_school(50)["OVER_STANDARD"][0][2] == (
        "More classes that its 1 rooms allow: 0; seats wanted at other schools besides: 5."
    )


@pytest.mark.parametrize(("pupils", "near"), [(49, False), (50, True), (55, True), (56, False)])
def test_near_limit_from_nine_tenths_of_the_seats(at_school, pupils, near):
    assert ("NEAR_LIMIT" in at_school(pupils)) is near


def test_near_limit_names_the_seats_that_would_end_it(at_school):
    assert at_school(50)["NEAR_LIMIT"] == [
        ("yellow", "S1 has filled 50 of the 55 seats that its limits allow.",
         "1 more seat at a school near it, or there where rooms and the school limit allow.")
    ]  # fmt: skip
