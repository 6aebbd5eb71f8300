"""Findings about children: without a seat, far away, apart from their family."""

from enroll.notices import message_of, remedy_of
from enroll.records import Certificate, Overload
from enroll.watch import watch
from tests.small import (
    make_applicants,
    make_inputs,
    make_placement,
    make_run,
    make_schools,
    make_zones,
)

NAMES = {"name": ["East", "West", ""]}


def county(count, zone=0, **columns):
    """Three schools; zone Z1 is served by East and West, Z2 by the third."""
    applicants = make_applicants(count, zone=zone, **columns)
    return make_inputs(applicants, make_schools(3, **NAMES), make_zones((0, 1), (2,)))


def test_children_without_a_seat_are_counted_by_zone(said):
    inputs = county(4, zone=[0, 0, 1, -1])
    assert said(inputs, make_placement([-1] * 4))["NO_SEAT"] == [
        ("red", "Children without a seat, homes in no zone: 1.",
         "1 more seat near these homes, or at another school within reach of their homes."),
        ("red", "Children without a seat, zone Z1: 2.",
         "2 more seats at East (S1) and West (S2), or at another school within reach of their "
         "homes."),
        ("red", "Children without a seat, zone Z2: 1.",
         "1 more seat at S3, or at another school within reach of their homes."),
    ]  # fmt: skip


def test_children_whom_no_school_may_take_are_counted_apart(said):
    found = said(county(2), make_placement([-1, 0], ["NO_SCHOOL_IN_REACH", "ZONE"]))
    ((level, message, remedy),) = found["NO_SCHOOL_IN_REACH"]
    assert level == "red"
    assert message == "Children whom no school within reach may take, zone Z1: 1."
    assert remedy.startswith("1 more seat at a school nearer to their homes")
    assert "NO_SEAT" not in found


def test_declined_is_orange_and_no_shortage(said):
    found = said(county(1), make_placement([-1], ["DECLINED"]))
    assert found["DECLINED"] == [
        ("orange", "Children without a seat whose families accept no redirect, zone Z1: 1.",
         "1 more seat at East (S1) and West (S2), or ask the families again.")
    ]  # fmt: skip


def test_long_ways_are_counted_by_zone_with_the_farthest(said):
    reasons = ["REDIRECT", "REDIRECT", "REDIRECT", "ZONE"]
    placement = make_placement([0, 2, 2, 0], reasons, [3050, 7000, 3000, 3050])
    assert said(county(4, zone=[0, 0, 0, 1]), placement)["FAR"] == [
        ("yellow", "Children with a way to school of more than 3,000 m, zone Z1: 2, the farthest "
         "7,000 m; redirected out of their zone: 1.",
         "For those redirected 1 more seat at East (S1) and West (S2); for the others (1) a nearer "
         "school, a school bus or boarding."),
        ("yellow", "Children with a way to school of more than 3,000 m, zone Z2: 1, the farthest "
         "3,050 m; redirected out of their zone: 0.",
         "For those redirected 0 more seats at S3; for the others (1) a nearer school, a school "
         "bus or boarding."),
    ]  # fmt: skip


def test_the_way_to_a_boarding_school_is_never_far(said):
    schools = make_schools(1, kind=["boarding"])
    inputs = make_inputs(make_applicants(1), schools, make_zones((0,)))
    assert "FAR" not in said(inputs, make_placement([0], metres=[9000]))


def overloaded(round_id, schools, demand, seats):
    certificate = Certificate(round_id, (), overloads=(Overload(schools, demand, seats),))
    return make_placement([-1], certificates=(certificate,))


def test_overload_names_the_set_of_schools(said):
    assert said(county(1), overloaded("redirect", (0, 1, 2), 480, 420))["OVERLOAD"] == [
        ("red", "Round redirect: 480 children still without a place have no other school within "
         "5,000 m than East (S1), West (S2) and S3, which have 420 seats.",
         "60 more seats there, or at another school that the children reach.")
    ]  # fmt: skip


def test_overload_of_a_round_without_a_longest_way(said):
    ((_, message, _),) = said(county(1), overloaded("stretch", (1,), 1, 0))["OVERLOAD"]
    assert message == (
        "Round stretch: 1 child still without a place has no other school than West (S2), which "
        "has 0 seats."
    )


def test_overload_is_about_every_school_of_the_set():
    notices = watch(*make_run(county(1), overloaded("redirect", (0, 2), 3, 1)))
    (found,) = [notice for notice in notices if notice.code == "OVERLOAD"]
    assert (found.subject, found.value, found.bound) == ("S1;S3", 3, 1)


def test_family_at_two_schools_is_named_by_its_smallest_id():
    inputs = county(5, family=[1, 2, 1, 2, 2])
    notices = watch(*make_run(inputs, make_placement([0, 1, 0, 1, -1])))
    (found,) = [notice for notice in notices if notice.code == "FAMILY_SPLIT"]
    assert (found.subject, found.value) == ("A0002", 3)
    assert message_of(found, "en").startswith("3 children of one family are not all at one school")
    assert remedy_of(found, "en").startswith("3 seats at one school within reach")


def test_family_without_any_place_is_not_split(said):
    found = said(county(2, family=[1, 1]), make_placement([-1, -1]))
    assert "FAMILY_SPLIT" not in found


def test_bundle_passed_over_at_the_last_seat(said):
    inputs = county(47, family=[-1] * 45 + [1, 1])
    placement = make_placement([0] * 44 + [1, 1, 1], passed_over=(("zone", 0, 0),))
    assert said(inputs, placement)["BUNDLE_PASSED_OVER"] == [
        ("orange", "Round zone: 2 children of one family were passed over at East (S1), whose last "
         "seats were fewer.",
         '1 more seat at East (S1), or last_seat = "exceed" in this round.')
    ]  # fmt: skip


def test_those_who_could_not_take_part_are_counted(said):
    inputs = county(
        4,
        birth_date=["2020-09-01", "2020-01-01", "2020-01-01", "2020-01-01"],
        review=["passed", "pending", "rejected", "passed"],
    )
    reasons = ["TOO_YOUNG", "REVIEW_PENDING", "REVIEW_REJECTED", "ZONE"]
    found = said(inputs, make_placement([-1, -1, -1, 0], reasons))
    assert found["TOO_YOUNG"][0][:2] == (
        "info", "Applicants born after 2020-08-31, who are too young this year: 1."
    )  # fmt: skip
    assert found["REVIEW_PENDING"][0][0] == "orange"
    assert found["REVIEW_REJECTED"][0][0] == "info"
