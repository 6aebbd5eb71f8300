"""One forged result for each rule."""

from __future__ import annotations

import numpy as np
import pytest

from tests.frames import make_county
from tests.verify.cases import evidence, forged, move, told

FIXED = {"id": "fixed", "rule": "fixed"}
ZONE = {"id": "zone", "rule": "zone"}
NEAR = {"id": "near", "rule": "redirect"}
STRETCH = {"id": "stretch", "rule": "redirect", "seats": "limit"}


def zone_county(**columns):
    return make_county(
        """
        child S1  S2
        Ann   100 900
        Bob   200 300
        Cid   300 200
        """,
        **{"seats": [1, 1], **columns},
    )


@pytest.fixture
def zone_claim():
    """Ann has S1 and Cid S2; Bob is refused at both."""
    claim = evidence(zone_county(), ZONE)
    assert told(claim) == []
    return claim


@pytest.fixture
def redirect_claim():
    """Ann has S1 and Bob S2, 300 m off; Cid has no way."""
    county = make_county(
        """
        child zone S1  S2
        Ann   -    100 900
        Bob   -    100 300
        Cid   -    -   -
        """,
        seats=[1, 1],
        limit=[1, 2],
    )
    claim = evidence(county, NEAR, STRETCH)
    assert told(claim) == []
    return claim


def expect(claim, *words):
    """Some sentence must hold all the words."""
    assert any(all(word in line for word in words) for line in told(claim)), told(claim)


def test_two_children_swapped(zone_claim):
    expect(move(zone_claim, A0=1, A2=0), "R6", "Ann", "S1")


def test_a_child_admitted_below_one_refused(zone_claim):
    expect(move(zone_claim, A2=-1, A1=1), "R6", "refuses Cid at S2", "admits Bob")


def test_a_seat_left_empty(zone_claim):
    expect(move(zone_claim, A2=-1), "R6", "S2", "has a seat")


def test_a_place_too_many(zone_claim):
    claim = move(zone_claim, A1=1)
    expect(claim, "R8", "admits more at S2")
    expect(claim, "R10", "S2", "2 children")
    expect(claim, "R6", "Bob is due no place")


def test_a_stable_result_that_is_not_the_childrens_best():
    """Ann and Bob would swap; the schools rank by points and would rather not."""
    county = make_county(
        """
        child points S1  S2
        Ann   5      100 200
        Bob   9      200 100
        """,
        seats=[1, 1],
    )
    rule = {**ZONE, "order": ("points",)}
    claim = evidence(county, rule)
    assert told(claim) == []
    expect(move(claim, A0=1, A1=0), "R6", "Ann is due a place at S1")


def test_a_school_outside_the_zone():
    county = make_county("child zone S1 S2\nAnn 0 100 200", seats=[1, 1], zones=[(0,), (1,)])
    expect(move(evidence(county, ZONE), A0=1), "R6", "Ann", "could not ask for")


def test_a_family_split():
    county = make_county(
        "child bundle lottery S1 S2\nAnn 0 1 100 200\nBob 0 1 100 200", seats=[2, 1]
    )
    expect(move(evidence(county, ZONE), A1=1), "R8", "splits the family of Ann")


def test_a_bundle_said_to_be_passed_over(zone_claim):
    claim = forged(zone_claim)
    claim["result"]["passed_over"] = (("zone", 0, 0),)
    expect(claim, "R8", "passed over", "S1")
    claim["result"]["passed_over"] = (("nowhere", 0, 0),)
    expect(claim, "R12", "nowhere")


def test_a_fixed_place_not_given():
    county = zone_county(fixed=[1, -1, -1])
    claim = evidence(county, FIXED)
    assert told(claim) == []
    expect(move(claim, A0=-1), "R9", "Ann")
    expect(move(claim, A1=0), "R9", "Bob")


def test_an_ineligible_child_placed():
    claim = evidence(zone_county(ineligible=["TOO_YOUNG", "", ""]), ZONE)
    expect(move(claim, A0=0), "R1", "Ann")


def test_a_place_touched_by_a_later_round():
    claim = evidence(zone_county(), ZONE, NEAR)
    expect(move(claim, A0=1), "R12", "moved Ann")
    expect(move(claim, A0=-1), "R7", "Ann lost its place")


def test_a_longer_way_than_the_round_gives(redirect_claim):
    claim = forged(redirect_claim)
    claim["rules"][0]["max_m"] = claim["rules"][1]["max_m"] = 200
    expect(claim, "R7", "places Bob at S2", "does not allow")


def test_a_private_school_that_the_round_does_not_name(redirect_claim):
    claim = forged(redirect_claim)
    claim["schools"]["sector"][1] = "private"
    expect(claim, "R7", "places Bob at S2", "does not allow")


def test_a_decliner_sent_away(redirect_claim):
    claim = forged(redirect_claim)
    claim["children"]["accepts_redirect"][1] = False
    expect(claim, "R7", "places Bob at S2", "does not allow")


def test_a_worse_assignment(redirect_claim):
    claim = move(redirect_claim, A0=1, A1=0)
    claim["result"]["history"][0][:] = claim["result"]["history"][1]
    claim["result"]["round"][:2] = 0
    expect(claim, "R7", "level ways of round near", "400 and is 1000")
    expect(claim, "R7", "prices", "offer")


def test_a_child_left_out(redirect_claim):
    claim = move(redirect_claim, A1=-1)
    claim["result"]["history"][0][1] = -1
    expect(claim, "R7", "leaves out Bob")
    expect(claim, "R7", "level placed", "said to be 2 and is 1")


def test_a_child_said_to_have_no_school_within_reach(redirect_claim):
    claim = forged(redirect_claim)
    claim["result"]["reason"][2] = "NO_SEAT"
    expect(claim, "R12", "Cid", "must be NO_SCHOOL_IN_REACH")


def test_a_missing_or_second_certificate(redirect_claim):
    claim = forged(redirect_claim)
    proofs = claim["result"]["proofs"]
    claim["result"]["proofs"] = [proofs[0], proofs[0]]
    expect(claim, "R7", "near has 2 certificates")
    expect(claim, "R7", "stretch has 0 certificates")
    claim["result"]["proofs"] = [*proofs, {**proofs[0], "round_id": "zone"}]
    expect(claim, "R12", "certificate", "zone")


def test_levels_of_another_goal(redirect_claim):
    claim = forged(redirect_claim)
    claim["rules"][0]["goal"] = "fewest_far"
    expect(claim, "R7", "levels of round near are not those of its goal")


def test_prices_that_are_no_table(redirect_claim):
    claim = forged(redirect_claim)
    claim["result"]["proofs"][0]["levels"][0]["prices"] = np.zeros(3, dtype=np.int64)
    expect(claim, "R7", "not one for each school")


def test_a_longest_way_without_a_proof():
    county = make_county("child S1 S2\nAnn 100 500\nBob 100 300", seats=[1, 1])
    claim = evidence(county, {**NEAR, "goal": "farthest"})
    assert told(claim) == []
    level = next(
        level for level in claim["result"]["proofs"][0]["levels"] if level["what"] == "farthest"
    )
    table = level["prices"]
    level["prices"] = np.zeros_like(table)
    expect(claim, "R7", "does not prove that group 0 needs a way of 300 m")
    level["prices"] = table[:0]
    expect(claim, "R7", "does not prove its longest way")
    level["prices"] = np.zeros(2, dtype=np.int64)
    expect(claim, "R7", "not one for each school")


def family_claim():
    county = make_county(
        """
        child bundle sibling lottery S1  S2
        Ann   0      -       1       100 200
        Bob   0      -       1       100 200
        Cid   -      S2      2       100 300
        """,
        seats=[2, 1],
        limit=[2, 1],
    )
    claim = evidence(county, NEAR)
    assert told(claim) == []
    return claim


def test_families_that_are_none():
    claim = family_claim()
    families = claim["result"]["proofs"][0]["families"]
    for forgery in (
        families[1:],
        [*families, families[0]],
        [{**families[0], "school": 1}, *families[1:]],
        [families[0], {**families[1], "school": 0}],
        [families[0], {**families[1], "applicants": (0,)}],
    ):
        copy = forged(claim)
        copy["result"]["proofs"][0]["families"] = forgery
        expect(copy, "R8")


def test_families_that_cost_somebody_a_place():
    claim = family_claim()
    copy = forged(claim)
    copy["result"]["proofs"][0]["counted"] = []
    expect(copy, "R8", "cost nobody a place")
    copy = forged(claim)
    copy["result"]["proofs"][0]["counted"][0]["value"] = 2
    expect(copy, "R8", "counts other places")


def test_seats_that_do_not_follow_from_the_classes(zone_claim):
    for level in ("standard", "limit"):
        claim = forged(zone_claim)
        claim["schools"][level][0] += 1
        expect(claim, "R2", f"class {level}", "S1")


def test_a_headroom_above_the_school_limit(zone_claim):
    claim = forged(zone_claim)
    claim["schools"]["school_limit"][0] = 1500
    expect(claim, "R10", "headroom", "S1")


def test_a_class_above_its_limit(zone_claim):
    claim = forged(zone_claim)
    claim["schools"]["class_limit"][0] = 1
    expect(claim, "R10", "above its limit", "S1")


def test_a_result_that_cannot_be_read(zone_claim):
    def claim(**parts):
        return {**zone_claim, "result": {**zone_claim["result"], **parts}}

    expect(claim(school=np.zeros(2, dtype=int)), "R12", "2 entries of school for 3")
    expect(claim(history=()), "R12", "0 of 1 rounds")
    expect(claim(history=(np.zeros(2, dtype=int),)), "R12", "2 places for 3")
    expect(claim(history=(np.array([0, 7, 1]),)), "R12", "school that does not exist")
    expect(claim(round=np.array([0, 7, -1])), "R12", "round that does not exist")


def test_many_breaches_of_one_kind_are_counted():
    table = "child S1\n" + "\n".join(f"K{number:02} 100" for number in range(20))
    claim = evidence(make_county(table, seats=[20]), ZONE)
    claim["result"]["metres"][:] = 7
    (*named, counted) = told(claim)
    assert (len(named), counted.endswith("And 15 more like this.")) == (5, True)


def test_no_children_and_no_rounds():
    county = make_county("child S1\nAnn 100", seats=[1], ineligible=["TOO_YOUNG"])
    assert told(evidence(county, FIXED, ZONE, NEAR)) == []
    assert told(evidence(county)) == []
