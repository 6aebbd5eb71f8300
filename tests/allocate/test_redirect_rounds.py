"""Redirect rounds as an allocation runs them: who takes part, which ways, who is reopened."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from enroll.records import NONE, FamilyPlace
from tests.counties import counties
from tests.frames import make_county

NEAR = {"id": "near", "rule": "redirect"}
STRETCH = {"id": "stretch", "rule": "redirect", "seats": "limit"}


def redirect(**keys):
    return {**NEAR, **keys}


def test_everybody_without_a_zone_goes_to_the_nearest_school_with_a_seat():
    county = make_county(
        """
        child zone S1  S2
        Ann   -    100 200
        Bob   -    150 900
        """,
        seats=[1, 1],
    )
    placement = county.run(redirect())
    assert county.places(placement) == {"Ann": "S2", "Bob": "S1"}
    assert placement.reason.tolist() == ["REDIRECT", "REDIRECT"]
    assert placement.metres.tolist() == [200, 150]


def test_a_longer_way_than_the_round_gives_is_not_given():
    county = make_county("child S1\nAnn 1001\nBob 1000", seats=[2])
    placement = county.run(redirect(max_m=1000))
    assert county.places(placement) == {"Ann": "-", "Bob": "S1"}
    assert placement.reason.tolist() == ["NO_SCHOOL_IN_REACH", "REDIRECT"]


@pytest.mark.parametrize(
    ("keys", "school"),
    [
        ({}, "S3"),
        ({"sectors": ["public", "private"]}, "S1"),
        ({"kinds": ["full", "boarding"]}, "S2"),
        ({"sectors": ["private"]}, "S1"),
    ],
)
def test_private_and_boarding_schools_only_where_they_are_named(keys, school):
    county = make_county(
        "child S1 S2 S3\nAnn 100 200 300",
        seats=[1, 1, 1],
        sector=["private", "public", "public"],
        kind=["full", "boarding", "village"],
    )
    assert county.places(county.run(redirect(**keys))) == {"Ann": school}


def test_who_declines_gets_only_the_schools_of_its_zone():
    county = make_county(
        """
        child zone accepts S1  S2
        Ann   0    0       900 100
        Bob   -    0       100 100
        Cid   1    0       100 100
        """,
        seats=[1, 2],
        zones=[(0,), (0,)],
    )
    placement = county.run(redirect())
    assert county.places(placement) == {"Ann": "-", "Bob": "-", "Cid": "S1"}
    assert placement.reason.tolist() == ["DECLINED", "DECLINED", "REDIRECT"]
    assert placement.certificates[0].overloads == ()


def test_a_way_missing_from_a_matrix_is_not_allowed():
    placement = make_county("child S1 S2\nAnn - -", seats=[1, 1]).run(redirect())
    assert placement.reason.tolist() == ["NO_SCHOOL_IN_REACH"]


def test_a_full_school_within_reach_is_a_shortage_of_seats():
    county = make_county("child S1\nAnn 100\nBob 200", seats=[1])
    placement = county.run(redirect())
    assert placement.reason.tolist() == ["REDIRECT", "NO_SEAT"]
    (overload,) = placement.certificates[0].overloads
    assert (overload.schools, overload.demand, overload.seats) == ((0,), 2, 1)


def test_a_round_to_the_limit_opens_earlier_redirects_again():
    """Ann was first at the far school; when the near one may grow, she comes before Bob."""
    county = make_county(
        """
        child lottery S1  S2
        Ann   1       100 500
        Bob   2       100 -
        Cid   3       200 -
        """,
        seats=[1, 1],
        limit=[2, 1],
    )
    first = county.run(redirect())
    assert county.places(first) == {"Ann": "S2", "Bob": "S1", "Cid": "-"}
    second = county.run(redirect(), STRETCH)
    assert county.places(second) == {"Ann": "S2", "Bob": "S1", "Cid": "S1"}
    larger = make_county("child S1 S2\nAnn 100 500\nBob 100 -", seats=[1, 1], limit=[2, 1])
    second = larger.run(redirect(), STRETCH)
    assert larger.places(second) == {"Ann": "S2", "Bob": "S1"}, "no seat above standard is needed"


def test_places_of_zone_rounds_stay_closed():
    county = make_county(
        """
        child zone S1  S2
        Ann   0    300 100
        Bob   -    100 -
        """,
        seats=[1, 0],
        limit=[1, 1],
        zones=[(0,)],
    )
    placement = county.run({"id": "zone", "rule": "zone"}, STRETCH)
    assert county.places(placement) == {"Ann": "S1", "Bob": "-"}


def test_who_moves_is_listed_under_the_later_round():
    """One seat more at S1 lets Bob stay in the county only if Ann moves to S2's nearer seat."""
    county = make_county(
        """
        child lottery S1  S2
        Ann   1       500 200
        Bob   2       900 -
        """,
        seats=[1, 0],
        limit=[1, 1],
    )
    placement = county.run(redirect(), STRETCH)
    assert county.places(placement) == {"Ann": "S2", "Bob": "S1"}
    assert placement.round.tolist() == [1, 1]
    assert [places.tolist() for places in placement.history] == [[0, NONE], [1, 0]]


@settings(max_examples=250, deadline=None, derandomize=True)
@given(county=counties())
def test_a_later_round_takes_no_place_and_lengthens_no_way(county):
    rounds = [redirect(max_m=200), {**STRETCH, "max_m": 200}, {**STRETCH, "id": "rest"}]
    before, *later = county.run(*rounds).history
    for after in later:
        held = np.flatnonzero(before != NONE)
        assert (after[held] != NONE).all()
        ways = county.ground.ways
        assert (ways.pairs(held, after[held]) <= ways.pairs(held, before[held])).all()
        before = after


@settings(max_examples=120, deadline=None, derandomize=True)
@given(county=counties())
def test_decliners_are_never_redirected_out_of_their_zone(county):
    placement = county.run(redirect(), STRETCH)
    for child in np.flatnonzero(~county.inputs.applicants.accepts_redirect):
        school, zone = placement.school[child], county.ground.zone[child]
        assert school == NONE or school in county.inputs.zones.schools[zone]


def test_twins_take_whole_the_nearest_school_that_costs_nobody_a_place():
    county = make_county(
        """
        child bundle lottery S1  S2  S3
        Ann   0      1       100 200 300
        Bob   0      1       100 200 300
        Cid   -      2       100 -   -
        """,
        seats=[2, 2, 2],
    )
    placement = county.run(redirect())
    assert county.places(placement) == {"Ann": "S2", "Bob": "S2", "Cid": "S1"}
    certificate = placement.certificates[0]
    assert certificate.families == (FamilyPlace("bundle", (0, 1), 1),)
    assert certificate.family_cost == {0: 100}


def test_twins_go_singly_where_no_school_takes_them_whole():
    county = make_county(
        """
        child bundle lottery S1  S2
        Ann   0      1       100 200
        Bob   0      1       100 200
        """,
        seats=[1, 1],
    )
    placement = county.run(redirect())
    assert county.places(placement) == {"Ann": "S1", "Bob": "S2"}
    assert placement.certificates[0].families == (FamilyPlace("bundle", (0, 1), NONE),)


def test_a_younger_sibling_joins_the_older_one_at_no_cost_in_places():
    county = make_county(
        """
        child sibling S1  S2
        Ann   S2      100 300
        Bob   S1      900 100
        Cid   -       100 -
        """,
        seats=[1, 2],
    )
    placement = county.run(redirect())
    assert county.places(placement) == {"Ann": "S2", "Bob": "S2", "Cid": "S1"}
    assert placement.certificates[0].families == (FamilyPlace("sibling", (0,), 1),)


def test_a_round_without_children_leaves_no_certificate():
    county = make_county("child fixed S1\nAnn S1 100", seats=[1])
    placement = county.run({"id": "fixed", "rule": "fixed"}, redirect())
    assert placement.certificates == ()
    assert len(placement.history) == 2


def test_each_goal_places_as_many_but_in_its_own_way():
    county = make_county(
        """
        child S1   S2
        Ann   0    1000
        Bob   1000 2300
        Cid   2400 900
        """,
        seats=[2, 1],
    )
    far = {goal: county.run(redirect(goal=goal), far_m=2000) for goal in GOALS}
    assert {goal: sorted(run.metres.tolist()) for goal, run in far.items()} == {
        "total": [0, 900, 1000],
        "farthest": [0, 900, 1000],
        "fewest_far": [0, 900, 1000],
    }
    tight = make_county("child S1 S2\nAnn 0 100\nBob 950 1000\nCid 1000 2000", seats=[1, 2])
    runs = {goal: tight.run(redirect(goal=goal), far_m=999) for goal in GOALS}
    assert {goal: sorted(run.metres.tolist()) for goal, run in runs.items()} == {
        "total": [100, 1000, 1000],
        "farthest": [100, 1000, 1000],
        "fewest_far": [100, 950, 2000],
    }


GOALS = ("total", "farthest", "fewest_far")
