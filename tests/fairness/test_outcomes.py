"""Outcomes by part, and what must not be worked out from them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enroll.fairness.burden import burdens
from enroll.fairness.outcomes import SMALLEST_SHOWN, fields_of, hide, outcomes_by, shown_p, value_of
from tests.fairness.runs import make_child, make_copy, make_place


def many(count, start, child=None, **place):
    return [
        (make_child(f"C{n:03}", **(child or {})), make_place(f"C{n:03}", n, **place))
        for n in range(start, start + count)
    ]


def two_groups():
    return make_copy(
        *many(10, 0),
        *many(10, 100, {"group": "B"}, school="S2", reason="REDIRECT", metres="1000"),
        *many(6, 200, {"group": "B"}, school="", reason="NO_SEAT"),
        *many(5, 300, {"group": "B"}, school="S2", reason="FIXED"),
    )


def test_everybody_counts_once_in_one_outcome():
    first, second = outcomes_by(two_groups(), "group")
    assert (first.value, first.children, second.children) == ("A", 10, 21)
    assert list(second.counts.values()) == [0, 10, 5, 6]
    assert (first.median_m, first.p95_m, second.p95_m) == (500, 500, 1000)
    assert shown_p(first.p["placed_in_zone"]) == "<0.0001"
    assert first.p_way < 0.01


def test_one_part_alone_has_nobody_to_be_held_against():
    (part,) = outcomes_by(make_copy(*many(10, 0)), "group")
    assert set(part.p.values()) == {None}
    assert part.p_way is None


def test_a_small_part_is_hidden_whole():
    run = make_copy(*many(10, 0), *many(9, 100, {"group": "B"}), *many(2, 200, {"group": "C"}))
    _, second, small = outcomes_by(run, "group")
    assert small.children is None
    assert second.children is None, "else the small one follows from the number of all"
    assert set(second.p.values()) == {None}
    assert small.counts["placed_in_zone"] is None
    assert (small.median_m, small.p_way) == (None, None)


@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=6))
def test_no_hidden_cell_stands_alone(table):
    hidden = hide(table)
    for row, flags in zip(table, hidden, strict=True):
        assert all(flag for cell, flag in zip(row, flags, strict=True) if 0 < cell < SMALLEST_SHOWN)
    assert all(sum(line) != 1 for line in [*hidden, *zip(*hidden, strict=True)])


def test_facts_are_fields_and_truth_is_a_word():
    run = make_copy(*many(2, 0, {"facts": {"sex": "f"}}))
    assert fields_of(run)[-1] == "sex"
    child = run.children["C000"]
    assert [value_of(child, name) for name in ("sex", "accepts_redirect", "other")] == [
        "f",
        "yes",
        "",
    ]


def test_nobody_eligible_makes_no_line():
    run = make_copy(*many(2, 0))
    for place in run.places.values():
        place["status"] = "ineligible"
    assert outcomes_by(run, "group") == []


def test_the_redirected_bear_what_they_go_beyond_their_own_school():
    everybody, second = burdens(two_groups())
    assert (everybody.group, everybody.children, everybody.total_m) == ("", 10, 10_000)
    assert (second.group, second.farthest_m, second.gini) == ("B", 1000, 0)


def test_without_a_known_school_of_the_zone_the_nearest_of_all_counts():
    run = make_copy(
        *many(6, 0, {"zone": ""}, school="S2", reason="REDIRECT", metres="1000"),
        *many(6, 10, {"zone": "", "x_dm": None}, school="S2", reason="REDIRECT", metres=""),
    )
    assert [(one.group, one.total_m) for one in burdens(run)] == [("", 6000), ("A", 6000)]


@pytest.mark.parametrize("count", [3])
def test_few_redirected_are_hidden(count):
    run = make_copy(*many(20, 0), *many(count, 100, school="S2", reason="REDIRECT", metres="1000"))
    assert [one.total_m for one in burdens(run)] == [None, None]
