"""All rounds together: everyone exactly once, no limit ever passed (R9, R10, R12)."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from enroll.allocate import run_rounds
from enroll.records import NONE
from tests.counties import counties, county_number, programmes
from tests.frames import make_county

FIXED = {"id": "fixed", "rule": "fixed"}
ZONE = {"id": "zone", "rule": "zone"}
WORDS = {
    "fixed": "FIXED",
    "zone": "ZONE",
    "near": "REDIRECT",
    "wide": "REDIRECT",
    "rest": "REDIRECT",
}


@settings(max_examples=250, deadline=None, derandomize=True)
@given(county=counties(), rounds=programmes())
def test_everyone_exactly_once_with_a_reason_that_fits(county, rounds):
    placement = county.run(*rounds, far_m=120)
    accepts = county.inputs.applicants.accepts_redirect
    for child, reason in enumerate(placement.reason):
        placed = placement.school[child] != NONE
        if county.ranking.ineligible[child]:
            assert (reason, placed) == (county.ranking.ineligible[child], False)
        elif placed:
            assert reason == WORDS[placement.round_ids[placement.round[child]]]
        else:
            assert reason in ({"NO_SEAT", "NO_SCHOOL_IN_REACH"} if accepts[child] else {"DECLINED"})
        assert placed == (placement.round[child] != NONE)
    assert (placement.history[-1] == placement.school).all()


@settings(max_examples=150, deadline=None, derandomize=True)
@given(county=counties(), rounds=programmes())
def test_a_way_is_the_way_to_the_school_of_the_child(county, rounds):
    placement = county.run(*rounds, far_m=120)
    for child, school in enumerate(placement.school.tolist()):
        way = county.ground.ways.rows([child])[0][school] if school != NONE else -1
        assert placement.metres[child] == way


def test_no_limit_is_passed_in_ten_thousand_zone_rounds():
    zones = [
        {**ZONE, "seats": "limit"},
        {**ZONE, "order": ("points", "since")},
        {**ZONE, "last_seat": "skip"},
        {**ZONE, "seats": "limit", "last_seat": "skip", "order": ()},
    ]
    policies = [county_number(0).settings(FIXED, zone) for zone in zones]
    for number in range(2_500):
        county = county_number(number)
        known = (county.inputs, county.ground, county.ranking, county.seats)
        for policy in policies:
            assert_within_limits(county, run_rounds(*known, policy))


@settings(max_examples=250, deadline=None, derandomize=True)
@given(county=counties(most_children=8), rounds=programmes())
def test_no_limit_is_passed_by_any_rounds(county, rounds):
    assert_within_limits(county, county.run(*rounds, far_m=120))


def assert_within_limits(county, placement):
    count = np.bincount(
        placement.school[placement.school != NONE], minlength=len(county.seats.limit)
    )
    fixed = placement.school[placement.reason == "FIXED"]
    fixed_count = np.bincount(fixed, minlength=len(count))
    assert (count <= np.maximum(county.seats.limit, fixed_count)).all()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(county=counties(), rounds=programmes())
def test_a_run_is_a_function_of_its_inputs(county, rounds):
    one, other = county.run(*rounds, far_m=120), county.run(*rounds, far_m=120)
    assert one.school.tolist() == other.school.tolist()
    assert [c.levels[0].prices.tolist() for c in one.certificates if c.levels] == [
        c.levels[0].prices.tolist() for c in other.certificates if c.levels
    ]


def test_ineligible_children_get_nothing_not_even_a_fixed_place():
    county = make_county(
        """
        child fixed status         S1
        Ann   S1    TOO_YOUNG      100
        Bob   -     REVIEW_PENDING 100
        Cid   -     -              100
        """,
        seats=[3],
    )
    placement = county.run(FIXED, ZONE)
    assert placement.reason.tolist() == ["TOO_YOUNG", "REVIEW_PENDING", "ZONE"]
    assert county.places(placement) == {"Ann": "-", "Bob": "-", "Cid": "S1"}


def test_a_supplementary_zone_round_fills_to_the_limit():
    county = make_county("child S1\nAnn 100\nBob 200", seats=[1], limit=[2])
    later = {"id": "later", "rule": "zone", "seats": "limit"}
    placement = county.run(ZONE, later)
    assert placement.round.tolist() == [0, 1]
    assert [cutoff.round_id for cutoff in placement.cutoffs] == ["zone"]


def test_without_a_redirect_round_nobody_is_out_of_reach():
    county = make_county("child zone S1\nAnn - 100", seats=[1])
    assert county.run(ZONE).reason.tolist() == ["NO_SEAT"]


def test_each_round_is_told_before_it_begins():
    county = make_county("child S1\nAnn 100", seats=[1])
    told = []
    run_rounds(
        county.inputs, county.ground, county.ranking, county.seats,
        county.settings(FIXED, ZONE), told.append,
    )  # fmt: skip
    assert told == ["fixed", "zone"]
