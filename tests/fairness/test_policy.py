"""A child's group is the one that the rules give for its facts."""

from __future__ import annotations

import pytest

from enroll.fairness import read_copy
from enroll.fairness.policy import groups_against_policy
from enroll.notices import message_of
from tests.fairness.runs import make_child, make_copy, make_place
from tests.report.publication.runs import county_run, drawn_run, files_of, office_run

POLICY = [
    {"id": "A", "when": {"home": {"values": ["own"]}}},
    {"id": "A", "when": {"insurance_months": {"min": 36}}},
    {"id": "B", "when": {"zone": {"values": ["Z1"]}}},
]


def found(facts, group, zone="Z1", policy=POLICY):
    child = make_child("C1", facts=facts, group=group, zone=zone)
    run = make_copy((child, make_place("C1", 1)), policy=policy)
    return [message_of(one.notice, "en") for one in groups_against_policy(run)]


@pytest.mark.parametrize(
    ("facts", "zone", "due"),
    [
        ({"home": "own", "insurance_months": "1"}, "Z2", "A"),
        ({"home": "rent", "insurance_months": "40"}, "Z2", "A"),
        ({"home": "rent", "insurance_months": "1"}, "Z1", "B"),
    ],
    ids=["the first entry", "or the second", "the last"],
)
def test_the_first_entry_whose_conditions_hold_gives_the_group(facts, zone, due):
    assert found(facts, due, zone) == []
    other = "B" if due == "A" else "A"
    assert found(facts, other, zone) == [
        f"C1 was ranked in group {other}; the facts and the policy give {due}."
    ]


def test_a_group_that_the_office_entered_stands():
    assert found({}, "B", policy=[{"id": "A"}, {"id": "B"}]) == []


def test_whom_no_entry_takes_is_in_no_group_of_the_policy():
    facts = {"home": "rent", "insurance_months": "1"}
    assert found(facts, "B", "Z2") == ["C1 was ranked in group B; the facts and the policy give ?."]


def test_what_the_records_do_not_tell_is_not_judged():
    assert found({"insurance_months": "1"}, "B") == []


def against_policy(run):
    return list(groups_against_policy(read_copy(files_of(run), b"")))


@pytest.mark.parametrize("number", range(12))
def test_honest_runs_hold(number):
    assert against_policy(office_run(number)) == []


@pytest.mark.parametrize("run", [county_run, drawn_run], ids=["a county", "a draw"])
def test_honest_counties_hold(run):
    assert against_policy(run()) == []
