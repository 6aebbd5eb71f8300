"""What the engine does is lawful, and any tampering with its proofs is found."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.counties import counties, programmes
from tests.frames import make_county
from tests.verify.cases import evidence, forged, told


@settings(max_examples=400, deadline=None, derandomize=True)
@given(county=counties(most_children=8), rounds=programmes())
def test_lawful_runs_have_no_breach(county, rounds):
    assert told(evidence(county, *rounds)) == []


def levels_of(claim):
    return [level for proof in claim["result"]["proofs"] for level in proof["levels"]]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(county=counties(), rounds=programmes(), data=st.data())
def test_any_other_price_is_a_breach(county, rounds, data):
    """The published prices are the smallest that prove the places, so no other ones will do."""
    claim = forged(evidence(county, *rounds))
    proved = [level for level in levels_of(claim) if level["what"] != "farthest"]
    assume(proved)
    prices = data.draw(st.sampled_from(proved))["prices"]
    at = data.draw(st.integers(0, prices.size - 1))
    prices.flat[at] += data.draw(st.sampled_from([-1000, -50, -1, 1, 50, 1000]))
    assert told(claim)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(county=counties(), rounds=programmes(), data=st.data())
def test_any_other_value_is_a_breach(county, rounds, data):
    claim = forged(evidence(county, *rounds))
    levels = levels_of(claim)
    assume(levels)
    data.draw(st.sampled_from(levels))["value"] += data.draw(st.sampled_from([-50, -1, 1, 50]))
    assert told(claim)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(county=counties(), rounds=programmes(), data=st.data())
def test_any_other_reason_round_or_way_is_a_breach(county, rounds, data):
    claim = forged(evidence(county, *rounds))
    result = claim["result"]
    child = data.draw(st.integers(0, len(result["school"]) - 1))
    match data.draw(st.sampled_from(["reason", "round", "metres", "school"])):
        case "reason":
            result["reason"][child] = "NO_SEAT" if result["reason"][child] != "NO_SEAT" else "ZONE"
        case "round":
            result["round"][child] -= 1 if result["round"][child] >= 0 else -1
        case "metres":
            result["metres"][child] += 50
        case "school":
            result["school"][child] = -1 if result["school"][child] >= 0 else 0
    assert told(claim)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(county=counties(), rounds=programmes(), data=st.data())
def test_any_other_cutoff_is_a_breach(county, rounds, data):
    claim = forged(evidence(county, *rounds))
    cutoffs = claim["result"]["cutoffs"]
    assume(cutoffs)
    cutoff = data.draw(st.sampled_from(cutoffs))
    match data.draw(st.sampled_from(["key", "filled", "offered", "gone", "twice"])):
        case "key":
            cutoff["key"] = (*cutoff["key"][:-1], 99)
        case "gone":
            cutoffs.remove(cutoff)
        case "twice":
            cutoffs.append(cutoff)
        case number:
            cutoff[number] += 1
    assert told(claim)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(county=counties(), rounds=programmes(), data=st.data())
def test_any_other_size_of_a_class_is_a_breach(county, rounds, data):
    claim = forged(evidence(county, *rounds))
    column = claim["plan"][data.draw(st.sampled_from(sorted(claim["plan"])))]
    column[data.draw(st.integers(0, len(column) - 1))] += 1
    assert told(claim)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(county=counties(), rounds=programmes(), data=st.data())
def test_a_witness_that_does_not_hold_is_a_breach(county, rounds, data):
    claim = forged(evidence(county, *rounds))
    proofs = [proof for proof in claim["result"]["proofs"] if proof["overloads"]]
    assume(proofs)
    proof = data.draw(st.sampled_from(proofs))
    number = data.draw(st.sampled_from(["demand", "seats", "gone"]))
    if number == "gone":
        proof["overloads"] = proof["overloads"][1:]
    else:
        proof["overloads"][0][number] += 1
    assert told(claim)


def test_huge_forged_prices_are_no_trouble():
    county = make_county("child S1 S2\nAnn 100 200\nBob 100 300", seats=[1, 1])
    claim = forged(evidence(county, {"id": "near", "rule": "redirect"}))
    level = levels_of(claim)[-1]
    level["prices"] = np.array([2**62, 0])
    assert any("offer" in line or "go with" in line for line in told(claim))
