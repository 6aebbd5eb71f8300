"""Zone rounds (R5, R6) and bundles in them (R8)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enroll.records import NONE
from tests.allocate.zone_oracle import best_outcome, likes, units_of
from tests.counties import ORDERS, counties
from tests.frames import make_county

FIXED = {"id": "fixed", "rule": "fixed"}


def zone(**keys):
    return {"id": "zone", "rule": "zone", **keys}


def open_seats(county, level, taken):
    seats = county.seats.at(level).tolist()
    for school in taken.values():
        seats[school] -= 1
    return [max(left, 0) for left in seats]


def fixed_places(county):
    placed = county.inputs.applicants.placed_school
    eligible = county.ranking.ineligible == ""
    return {int(child): int(placed[child]) for child in np.flatnonzero(eligible & (placed != NONE))}


@settings(max_examples=700, deadline=None, derandomize=True)
@given(
    county=counties(most_children=5),
    order=st.sampled_from(ORDERS),
    level=st.sampled_from(["standard", "limit"]),
)
def test_the_round_is_stable_and_best_for_every_child(county, order, level):
    placement = county.run(FIXED, zone(order=order, seats=level))
    taken = fixed_places(county)
    units = units_of(county, taken, order)
    seats, limit = open_seats(county, level, taken), open_seats(county, "limit", taken)
    want = dict(taken)
    for unit, school in zip(units, best_outcome(units, seats, limit), strict=True):
        want.update(dict.fromkeys(unit.children, school))
    got = placement.school.tolist()
    assert got == [want.get(child, NONE) for child in range(len(got))]
    assert cutoffs_of(placement) == cutoffs_by_hand(units, want, seats)


def cutoffs_of(placement):
    return {cut.school: (cut.offered, cut.filled, cut.key[-1:]) for cut in placement.cutoffs}


def cutoffs_by_hand(units, want, seats):
    """Where somebody was refused: seats offered, children admitted, lottery of the last one."""
    lines = {}
    for school in range(len(seats)):
        got = [(unit, want[unit.children[0]]) for unit in units if school in unit.wishes]
        admitted = [unit for unit, mine in got if mine == school]
        if any(likes(unit, school) < likes(unit, mine) for unit, mine in got):
            last = max((unit.keys[school] for unit in admitted), default=())
            filled = sum(len(unit.children) for unit in admitted)
            lines[school] = (seats[school], filled, last[-2:-1])
    return lines


@settings(max_examples=500, deadline=None, derandomize=True)
@given(county=counties(), order=st.sampled_from(ORDERS))
def test_with_skip_nobody_refused_ranks_above_anybody_admitted(county, order):
    """Except bundles that were passed over, and nobody goes past the round's seats."""
    placement = county.run(FIXED, zone(order=order, last_seat="skip"))
    taken = fixed_places(county)
    seats = open_seats(county, "standard", taken)
    units = units_of(county, taken, order)
    passed = {(school, bundle) for _, school, bundle in placement.passed_over}
    for school, left in enumerate(seats):
        got = [(unit, int(placement.school[unit.children[0]])) for unit in units]
        admitted = [unit for unit, mine in got if mine == school]
        worst = max((unit.keys[school] for unit in admitted), default=())
        refused = [
            unit
            for unit, mine in got
            if school in unit.wishes and likes(unit, school) < likes(unit, mine)
        ]
        assert sum(len(unit.children) for unit in admitted) <= left
        for unit in refused:
            bundle = int(county.ranking.bundle[unit.children[0]])
            listed = len(unit.children) > 1 and (school, bundle) in passed
            assert listed or unit.keys[school] > worst


@settings(max_examples=200, deadline=None, derandomize=True)
@given(county=counties(), order=st.sampled_from(ORDERS))
def test_without_bundles_the_rule_of_the_last_seat_changes_nothing(county, order):
    county.ranking.bundle[:] = NONE
    one = county.run(zone(order=order, last_seat="exceed"))
    other = county.run(zone(order=order, last_seat="skip"))
    assert one.school.tolist() == other.school.tolist()
    assert one.cutoffs == other.cutoffs


def test_a_siblings_school_comes_first_then_the_nearest():
    county = make_county(
        """
        child sibling S1  S2
        Ann   S2      100 300
        Bob   -       100 300
        Cid   -       300 300
        """,
        seats=[2, 2],
    )
    placement = county.run(zone())
    assert county.places(placement) == {"Ann": "S2", "Bob": "S1", "Cid": "S1"}
    assert placement.cutoffs == ()


@pytest.mark.parametrize(
    ("order", "admitted"),
    [
        (("group",), "Ann"),
        (("sibling",), "Bob"),
        (("distance",), "Cid"),
        (("points",), "Dan"),
        (("since",), "Eve"),
        (("lottery",), "Fay"),
        ((), "Fay"),
        (("group", "lottery"), "Ann"),
        (("since", "points"), "Eve"),
    ],
)
def test_each_key_of_the_order_admits_its_own_child(order, admitted):
    county = make_county(
        """
        child group sibling points since      lottery S1
        Ann   0     -       0      2022-01-01 6       500
        Bob   1     S1      0      -          5       500
        Cid   1     -       0      2022-01-01 4       100
        Dan   1     -       9      2022-01-01 3       500
        Eve   1     -       0      2021-12-31 2       500
        Fay   1     -       0      -          1       500
        """,
        seats=[1],
    )
    places = county.places(county.run(zone(order=order)))
    assert [child for child, school in places.items() if school == "S1"] == [admitted]


def test_a_cutoff_names_the_worst_key_admitted():
    county = make_county(
        """
        child group S1  S2
        Ann   0     400 900
        Bob   1     100 900
        Cid   1     200 950
        """,
        seats=[2, 3],
    )
    placement = county.run(zone())
    assert county.places(placement) == {"Ann": "S1", "Bob": "S1", "Cid": "S2"}
    (cutoff,) = placement.cutoffs
    assert (cutoff.school, cutoff.offered, cutoff.filled) == (0, 2, 2)
    assert cutoff.key == (1, 1, 100, 2)


def test_a_school_without_seats_has_a_cutoff_without_a_key():
    county = make_county("child S1\nAnn 100", seats=[0])
    (cutoff,) = county.run(zone()).cutoffs
    assert (cutoff.offered, cutoff.filled, cutoff.key) == (0, 0, ())


def test_fixed_children_stay_out_of_the_cutoff_but_take_seats():
    county = make_county(
        """
        child fixed S1
        Ann   S1    900
        Bob   -     100
        Cid   -     200
        """,
        seats=[2],
    )
    placement = county.run(FIXED, zone())
    assert county.places(placement) == {"Ann": "S1", "Bob": "S1", "Cid": "-"}
    assert placement.reason.tolist() == ["FIXED", "ZONE", "NO_SEAT"]
    assert placement.round.tolist() == [0, 1, NONE]
    assert placement.cutoffs[0].key == (0, 1, 100, 2)


def test_fixed_places_stand_past_a_limit():
    county = make_county(
        """
        child fixed S1
        Ann   S1    100
        Bob   S1    100
        Cid   -     0
        """,
        seats=[1],
    )
    assert county.places(county.run(FIXED, zone())) == {"Ann": "S1", "Bob": "S1", "Cid": "-"}


def test_who_has_no_zone_or_no_way_does_not_ask():
    county = make_county(
        """
        child zone S1  S2
        Ann   -    100 100
        Bob   0    -   100
        Cid   0    -   -
        """,
        seats=[1, 1],
        zones=[(0,), (1,)],
    )
    assert county.run(zone()).school.tolist() == [NONE] * 3


def test_who_cannot_be_measured_may_still_have_the_school_of_its_zone():
    county = make_county("child S1\nAnn 100", seats=[1], unmeasured=[True])
    placement = county.run(zone())
    assert (placement.school.tolist(), placement.metres.tolist()) == ([0], [-1])


TWINS = """
    child bundle lottery S1
    Ann   -      1       {first}
    Bob   0      2       200
    Cid   0      2       900
    Dan   -      3       {last}
    """


@pytest.mark.parametrize(
    ("last_seat", "limit", "admitted"),
    [
        ("exceed", 3, "Ann Bob Cid"),
        ("exceed", 2, "Ann"),
        ("skip", 3, "Ann Dan"),
        ("skip", 2, "Ann Dan"),
    ],
)
def test_twins_at_the_last_seat(last_seat, limit, admitted):
    """Within the limit they go past the standard; else the school closes, or skips them."""
    county = make_county(TWINS.format(first=100, last=300), seats=[2], limit=[limit])
    placement = county.run(zone(last_seat=last_seat))
    places = county.places(placement)
    assert [child for child, school in places.items() if school == "S1"] == admitted.split()
    assert placement.passed_over == ((("zone", 0, 0),) if last_seat == "skip" else ())


def test_twins_have_the_better_ones_key_and_rank_as_one():
    county = make_county(TWINS.format(first=300, last=250), seats=[2], limit=[2])
    assert county.places(county.run(zone())) == {"Ann": "-", "Bob": "S1", "Cid": "S1", "Dan": "-"}


def test_twins_refused_at_a_full_school_are_not_passed_over():
    county = make_county(TWINS.format(first=100, last=150), seats=[2], limit=[2])
    placement = county.run(zone(last_seat="skip"))
    assert county.places(placement) == {"Ann": "S1", "Bob": "-", "Cid": "-", "Dan": "S1"}
    assert placement.passed_over == ()
    assert len(placement.cutoffs) == 1


def test_twins_without_a_school_in_common_ask_singly():
    county = make_county(
        """
        child zone bundle S1  S2
        Ann   0    0      100 100
        Bob   1    0      100 100
        Cid   1    -      200 200
        """,
        seats=[1, 1],
        zones=[(0,), (1,)],
    )
    assert county.places(county.run(zone())) == {"Ann": "S1", "Bob": "S2", "Cid": "-"}


def test_twins_go_where_their_ways_together_are_shortest():
    county = make_county(
        """
        child bundle S1  S2
        Ann   0      100 200
        Bob   0      400 250
        """,
        seats=[2, 2],
    )
    assert county.places(county.run(zone())) == {"Ann": "S2", "Bob": "S2"}


def test_a_seat_given_back_does_not_go_past_those_refused_before():
    """The twins displace Ann, Bob displaces the twins; Dan ranks below Ann and stays out."""
    county = make_county(
        """
        child group bundle lottery S1
        Ann   1     -      1       100
        Bob   0     -      3       300
        Cid   0     0      2       400
        Dan   1     -      4       200
        Eve   0     0      2       500
        """,
        seats=[2],
    )
    placement = county.run(zone(last_seat="skip", order=("group", "distance")))
    assert county.places(placement) == {"Ann": "-", "Bob": "S1", "Cid": "-", "Dan": "-", "Eve": "-"}
    assert placement.passed_over == (("zone", 0, 0),)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(county=counties(), data=st.data())
def test_ids_do_not_matter_where_the_lottery_decides(county, data):
    """The same children in another order of ids get the same places."""
    county.ranking.bundle[:] = NONE
    rank = county.ranking.draw.rank
    rank[:] = np.argsort(np.argsort(rank, kind="stable")) + 1  # twins had shared theirs
    order = data.draw(st.permutations(range(len(county.inputs.applicants))))
    rounds = [zone(), {"id": "redirect", "rule": "redirect", "seats": "limit"}]
    got = county.run(*rounds).school.tolist()
    again = county.reordered(order).run(*rounds).school.tolist()
    assert [again[at] for at in range(len(order))] == [got[child] for child in order]
