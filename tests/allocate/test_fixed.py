"""Placements by decision come first and stand, past every limit too (design R9)."""

from dataclasses import replace

from enroll.allocate import count_seats, run_rounds
from enroll.priority import rank
from tests.frames import TableWays
from tests.small import (
    make_applicants,
    make_ground,
    make_inputs,
    make_schools,
    make_settings,
    make_zones,
)

ROUNDS = [{"id": "fixed", "rule": "fixed"}, {"id": "zone", "rule": "zone"}]


def placed(**columns):
    """Return what becomes of four children of a zone whose school S1 has two seats at most."""
    schools = make_schools(2, class_standard=2, class_limit=2)
    applicants = make_applicants(4, placed_reason="override", **columns)
    inputs = make_inputs(applicants, schools, make_zones((0,)))
    settings = make_settings(round=ROUNDS)
    ground = replace(make_ground(inputs, zone=0), ways=TableWays([[100, 900]] * 4))
    ranking = rank(inputs, ground, settings)
    placement = run_rounds(inputs, ground, ranking, count_seats(schools), settings)
    return [
        (int(school), str(why))
        for school, why in zip(placement.school, placement.reason, strict=True)
    ]


def test_overrides_take_their_seats_before_the_rounds():
    found = placed(placed_school=[-1, -1, -1, 0])
    assert found[3] == (0, "FIXED")
    assert sorted(found[:3]) == [(-1, "NO_SEAT"), (-1, "NO_SEAT"), (0, "ZONE")]


def test_overrides_stand_past_the_limit_and_leave_no_seat():
    found = placed(placed_school=[0, 0, 0, -1])
    assert found == [(0, "FIXED")] * 3 + [(-1, "NO_SEAT")]


def test_an_override_lets_nobody_in_who_is_not_eligible():
    found = placed(placed_school=[0, -1, -1, -1], review=["rejected", *["passed"] * 3])
    assert found[0] == (-1, "REVIEW_REJECTED")
    assert sorted(found[1:]) == [(-1, "NO_SEAT"), (0, "ZONE"), (0, "ZONE")]
