"""A finding is dropped exactly where something it rests on did not come in."""

from __future__ import annotations

import pytest

from enroll.checks import holding
from enroll.checks.following import NEEDS
from enroll.notices import KINDS, Problem
from enroll.tables import Reading
from tests.small import make_applicants, make_inputs, make_schools

ROLES = ("applicants", "schools", "zones", "travel")


def reading(nowhere=(), **blocked):
    inputs = make_inputs(make_applicants(1), make_schools(1))
    rows = {role: frozenset(blocked.get(role, ())) for role in ROLES}
    return Reading(inputs, [], rows, frozenset(nowhere))


def name_of(role):
    return next(one.name for one in reading().inputs.sources if one.role == role)


def test_every_code_is_known():
    assert set(NEEDS) <= set(KINDS)
    assert {role for needs in NEEDS.values() for part in needs for role in part} <= set(ROLES)


@pytest.mark.parametrize("code", sorted(NEEDS))
def test_what_did_not_come_in_takes_what_rests_on_it_along(code):
    found = [Problem(code, "other.csv", 9)]
    needs = NEEDS[code]
    for role in ROLES:
        row = role in needs.whole
        file = row or role in needs.read
        located = role in needs.located
        assert holding(found, reading(**{role: [5]})) == ([] if row else found)
        assert holding(found, reading(**{role: [0]})) == ([] if file else found)
        assert holding(found, reading(nowhere=[role])) == ([] if located else found)
    assert holding(found, reading()) == found


def test_a_row_in_doubt_is_not_looked_at_twice():
    here, there = (Problem("RESERVED_ABOVE_SEATS", name_of("schools"), row) for row in (5, 6))
    assert holding([here, there], reading(schools=[5])) == [there]
    assert holding([here, there], reading(schools=[0])) == []
    assert holding([here, there], reading(applicants=[5], zones=[0])) == [here, there]


def test_a_count_stands_and_falls_with_what_it_counts():
    more = Problem("MORE_LIKE_THIS", name_of("applicants"), params={"count": 3, "like": "NO_WAY"})
    assert holding([more], reading()) == [more]
    assert holding([more], reading(zones=[4])) == []
