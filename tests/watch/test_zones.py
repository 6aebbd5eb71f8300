"""ZONE_FULL: demand against seats, zones that share schools counted together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enroll.watch.schools import seats_below_nine_tenths
from enroll.watch.zones import Catchment, find_catchments
from tests.small import make_applicants, make_inputs, make_placement, make_schools, make_zones

POLICY = [{"id": "A", "name": "residents"}, {"id": "B"}]


def test_zones_that_share_schools_are_counted_together():
    zones = make_zones((0, 1), (2,), (1, 3), (), (3,))
    assert find_catchments(zones) == [
        Catchment(zones=(0, 2, 4), schools=(0, 1, 3)),
        Catchment(zones=(1,), schools=(2,)),
    ]


def test_later_zone_joins_two_earlier_ones():
    zones = make_zones((0,), (1,), (0, 1))
    assert find_catchments(zones) == [Catchment(zones=(0, 1, 2), schools=(0, 1))]


@given(st.lists(st.sets(st.integers(0, 5), max_size=3), max_size=7))
def test_catchments_are_the_connected_parts(members):
    """Grow each part step by step until nothing is added."""
    expected = set()
    for zone, own in enumerate(members):
        if not own:
            continue
        part, schools = {zone}, set(own)
        for _ in members:
            part = {other for other, theirs in enumerate(members) if theirs & schools}
            schools = set().union(*(members[other] for other in part))
        expected.add((tuple(sorted(part)), tuple(sorted(schools))))
    zones = make_zones(*(tuple(sorted(own)) for own in members))
    found = find_catchments(zones)
    assert {(part.zones, part.schools) for part in found} == expected
    assert len(found) == len(expected)


@pytest.fixture
def full(said):
    """Return a function: children of each group in one zone of one school of 20 seats."""

    def say(first, second, placement=None, **columns):
        group = ["A"] * first + ["B"] * second
        applicants = make_applicants(first + second, zone=0, group=group, **columns)
        inputs = make_inputs(applicants, make_schools(1, class_standard=[20]), make_zones((0,)))
        placed = placement or make_placement([-1] * (first + second))
        return said(inputs, placed, group=POLICY).get("ZONE_FULL")

    return say


def test_below_nine_tenths_nothing_is_said(full):
    assert full(17, 0) is None


def test_from_nine_tenths_it_is_yellow(full):
    assert full(10, 8) == [
        ("yellow", "Zone Z1: 18 children for 20 seats within the class standard. Every group fits.",
         "0 more seats at S1, or at schools near by, for every child to have one; 1 more seat for "
         "demand below 90 %.")
    ]  # fmt: skip


def test_at_ten_tenths_it_is_red(full):
    assert full(20, 0)[0][:2] == (
        "red", "Zone Z1: 20 children for 20 seats within the class standard. Every group fits."
    )  # fmt: skip


def test_first_group_that_does_not_fit_is_named(full):
    assert full(15, 6)[0][1].endswith("The first group that does not fit is B.")
    assert full(21, 6) == [
        ("red", "Zone Z1: 27 children for 20 seats within the class standard. The first group that "
         "does not fit is residents (A).",
         "7 more seats at S1, or at schools near by, for every child to have one; 11 more seats "
         "for demand below 90 %.")
    ]  # fmt: skip


def test_children_who_cannot_take_part_are_no_demand(full):
    assert full(20, 0, review=["pending"] * 3 + ["passed"] * 17) is None


def test_fixed_children_take_seats_and_are_no_demand(full):
    placement = make_placement([0] * 4 + [-1] * 15, ["FIXED"] * 4 + ["NO_SEAT"] * 15)
    (_, message, _) = full(19, 0, placement)[0]
    assert message.startswith("Zone Z1: 15 children for 16 seats")


def test_zones_counted_together_are_named_together(said):
    inputs = make_inputs(
        make_applicants(2, zone=[0, 1]),
        make_schools(2, class_standard=[1, 1]),
        make_zones((0, 1), (1,), names=["North", "South"]),
    )
    ((_, message, remedy),) = said(inputs, make_placement([0, 1]))["ZONE_FULL"]
    assert message.startswith("Zones Z1 and Z2, which share schools: 2 children for 2 seats")
    assert remedy.startswith("0 more seats at S1 and S2, or at schools near by, for every child")


def test_zone_of_its_own_is_named_with_its_id(said):
    inputs = make_inputs(
        make_applicants(1, zone=0),
        make_schools(1, class_standard=[1]),
        make_zones((0,), names=["North"]),
    )
    message = said(inputs, make_placement([0]))["ZONE_FULL"][0][1]
    assert message.startswith("Zone North (Z1): 1 child")


@given(st.integers(0, 500))
def test_fewest_seats_that_keep_demand_below_nine_tenths(children):
    seats = seats_below_nine_tenths(children)
    assert children * 10 < seats * 9
    assert not children * 10 < (seats - 1) * 9
