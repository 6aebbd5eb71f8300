"""Findings that hold before anybody is placed."""

import pytest

from tests.small import make_applicants, make_inputs, make_placement, make_schools, make_zones


@pytest.fixture
def of_two(said):
    """Return a function: two placed children of zone Z1, and what is said of a code."""

    def say(code, schools=None, mapped=True, **keys):
        columns = {name: keys.pop(name) for name in ("birth_date", "review") if name in keys}
        applicants = make_applicants(2, **columns)
        zones = make_zones((0,), mapped=mapped)
        inputs = make_inputs(applicants, schools or make_schools(1), zones)
        keys.setdefault("zone", 0)
        found = said(inputs, make_placement([0, 0]), **keys).get(code, [])
        return [(level, message) for level, message, _ in found]

    return say


def test_zones_given_by_hand_where_there_is_a_map(of_two):
    assert of_two("ZONE_BY_HAND", how=["given", "map"]) == [
        ("yellow", "Children whose zone is given by hand, which the map does not check: 1.")
    ]


def test_zones_given_where_there_is_no_map_are_no_finding(of_two):
    assert of_two("ZONE_BY_HAND", mapped=False, how="given") == []


def test_homes_on_a_border_are_counted_by_zone(of_two):
    assert of_two("BORDER_HOME", how="border") == [
        ("yellow", "Homes on a border of zones, which the zone with the smallest id took, zone Z1: "
         "2.")
    ]  # fmt: skip


def test_children_in_no_zone_are_counted(of_two):
    assert of_two("NO_ZONE", zone=[-1, 0]) == [
        ("yellow", "Children whose home lies in no zone, who skipped the zone rounds: 1.")
    ]


def test_those_who_cannot_take_part_need_no_zone(of_two):
    assert of_two("NO_ZONE", zone=[-1, 0], review=["rejected", "passed"]) == []


def test_without_zones_nobody_lacks_one(said):
    inputs = make_inputs(make_applicants(1), make_schools(1))
    assert "NO_ZONE" not in said(inputs, make_placement([0]))


def test_children_of_no_group_are_counted(of_two):
    policy = [{"id": "A", "when": {"zone": "Z2"}}]
    assert of_two("GROUP_OTHER", group=policy) == [
        ("yellow", "Children whom no group of the policy takes, who therefore come last: 2.")
    ]


def test_without_a_policy_nobody_is_other(of_two):
    assert of_two("GROUP_OTHER") == []


def test_missing_birth_dates_are_counted_where_age_is_tested(of_two):
    missing = {"birth_date": ["", "2020-01-01"]}
    assert of_two("NO_BIRTH_DATE", **missing) == [
        ("yellow", "Applicants without a birth date, whose age was not tested: 1.")
    ]
    assert of_two("NO_BIRTH_DATE", stage="junior", **missing) == []


def test_straight_ways_ignore_water(of_two):
    assert len(of_two("STRAIGHT_IGNORES_WATER")) == 1
    matrix = {"mode": "matrix", "matrix": "ways.csv"}
    assert of_two("STRAIGHT_IGNORES_WATER", travel=matrix) == []


def test_nine_year_schools_without_the_other_stage(of_two):
    schools = make_schools(3, kind=["nine-year", "full", "nine-year"], classes=[1, 1, 0])
    assert of_two("OTHER_STAGE_UNKNOWN", schools) == [
        ("yellow", "Nine-year schools share their school limit with the other stage's entrants, "
         "who are not counted: S1.")
    ]  # fmt: skip
    assert of_two("OTHER_STAGE_UNKNOWN", schools, files={"other_stage": "runs/junior"}) == []


def test_plain_seed_is_a_rehearsal(of_two):
    ((level, message),) = of_two("REHEARSAL_DRAW")
    assert level == "info"
    assert message.startswith("The lottery test-2026-primary is a rehearsal")


DECIDED = {
    "placed_school": [0, -1],
    "placed_reason": ["override", ""],
    "placed_authority": "No. 7",
    "placed_date": "2026-07-20",
}


@pytest.fixture
def of_override(said):
    """Return a function from columns of two children to what is said of the overrides."""

    def say(**columns):
        applicants = make_applicants(2, **{**DECIDED, **columns})
        inputs = make_inputs(applicants, make_schools(1))
        found = said(inputs, make_placement([0, 0], ["FIXED", "ZONE"]))
        return {code: lines for code, lines in found.items() if code.startswith("OVERRIDE")}

    return say


def test_every_override_is_named_with_reason_and_authority(of_override):
    long = "mother teaches at the school, and the way to any other one is longer"
    found = of_override(override_reasons={"A0001": long})
    ((level, message, _),) = found.pop("OVERRIDE")
    assert (level, found) == ("info", {})
    assert message == f"Override: A0001 to S1; {long} (No. 7, 2026-07-20)."


def test_an_override_among_the_applicants_is_named_too(of_override):
    ((_, message, _),) = of_override()["OVERRIDE"]
    assert "; no reason given (No. 7" in message


def test_other_placements_by_decision_are_no_overrides(of_override):
    assert of_override(placed_reason=["court", ""]) == {}


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"birth_date": ["2020-09-01", ""]}, "the child is too young"),
        ({"review": ["pending", "passed"]}, "its review is not decided"),
        ({"review": ["rejected", "passed"]}, "its review was rejected"),
    ],
)
def test_an_override_of_a_child_who_may_not_enter_is_void(of_override, columns, why):
    ((level, message, _),) = of_override(**columns)["OVERRIDE_WITHOUT_EFFECT"]
    assert level == "orange"
    assert message == f"The override that sends A0001 to S1 has no effect: {why}."
