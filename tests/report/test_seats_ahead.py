"""Warnings years ahead and gaps, from small forecasts with known courses."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from enroll.report.gaps import gaps_csv, gaps_of
from enroll.report.outlook import Outlook, Register
from enroll.report.warnings_ahead import cumulative, groups_csv, warnings_ahead, warnings_csv
from enroll.report.warnings_terminal import FEW, first_few
from tests.small import make_applicants, make_inputs, make_schools, make_zones


def look(courses, pupils, *, zones=True, areas=("South", "North"), register=None, ten=None):
    """Return an outlook on two schools of 2 classes of 45 to 55; (S, Y, 2, G), (Y, 2, G)."""
    schools = replace(
        make_schools(2),
        classes=np.array([2, 2]),
        area=np.array(["East", "West"], dtype=object),
    )
    own = make_zones((0,), (1,)) if zones else make_zones()
    if zones:
        own = replace(own, area=np.array(areas, dtype=object))
    pupils, courses = np.array(pupils), np.array(courses, dtype=np.int32)
    told = SimpleNamespace(
        samples=courses, pupils=pupils, years=2027 + np.arange(len(pupils)),
        grades=1 + np.arange(pupils.shape[2]),
    )  # fmt: skip
    settings = SimpleNamespace(
        stage="primary",
        limits=SimpleNamespace(class_standard=45),
        forecast=SimpleNamespace(build_years=3),
    )
    return Outlook(
        SimpleNamespace(settings=settings),
        make_inputs(make_applicants(1), schools, own),
        SimpleNamespace(roll=SimpleNamespace(pupils=pupils)),
        None,
        told,
        np.eye(2) if zones else np.ones((2, 1)),
        (),
        register=register,
        ten_years=ten if ten is None else np.array(ten),
    )


def of(outlook, place, kind):
    return {
        one.id: one for one in warnings_ahead(outlook) if (one.place, one.kind) == (place, kind)
    }


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode())))


FILLING = look(
    [[[[80], [30]], [[95], [30]]], [[[92], [30]], [[120], [30]]],
     [[[70], [30]], [[60], [30]]], [[[81], [30]], [[89], [30]]]],
    [[[81], [30]], [[90], [30]]],
)  # fmt: skip


def test_a_school_is_yellow_before_it_is_red() -> None:
    yellow, red = (of(FILLING, "school", kind) for kind in ("yellow", "red"))
    (one,), (other,) = yellow.values(), red.values()

    assert (one.first, one.value, one.bound, one.chance, one.years) == (2027, 81, 90, 50, 2)
    assert (other.first, other.value, other.chance, other.by_then) == (2028, 90, 50, 50)
    assert other.possible == 2027


def test_what_only_some_courses_come_to_has_no_first_year() -> None:
    (one,) = of(FILLING, "school", "oversized_class").values()

    assert (one.first, one.possible, one.chance, one.years) == (0, 2028, 25, 0)
    assert "" in {row["first_year"] for row in rows(warnings_csv(warnings_ahead(FILLING)))}


def test_a_small_school_is_named() -> None:
    assert {one.value for one in of(FILLING, "school", "small_school").values()} == {81, 30}


def test_a_zone_counts_the_seats_of_its_schools() -> None:
    (one,) = of(FILLING, "zone", "red").values()

    assert (one.first, one.value, one.bound, one.group) == (2028, 90, 90, "")


def test_the_first_group_that_does_not_fit_is_named() -> None:
    register = Register(("A", "B", "C"), np.array([[6, 3, 1], [0, 0, 0]]))
    outlook = look([[[[100], [30]]]], [[[100], [30]]], register=register)

    (one,) = of(outlook, "zone", "red").values()
    table = [row for row in rows(groups_csv(outlook)) if row["pupils"]]
    first = [row for row in table if row["zone_ids"] == one.id]

    assert one.group == "C"
    assert [(row["group"], row["pupils"], row["upto"], row["chance"]) for row in first] == [
        ("A", "60", "60", "0"), ("B", "30", "90", "0"), ("C", "10", "100", "100"),
    ]  # fmt: skip
    assert sum(int(row["pupils"]) for row in table) == 130


@given(st.integers(0, 500), st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_groups_come_to_all_children_and_never_fall(demand: int, counts: list[int]) -> None:
    upto = cumulative(demand, np.array(counts))

    assert (np.diff(upto) >= 0).all()
    assert upto[-1] == (demand if sum(counts) else 0)


def test_gaps_by_hand() -> None:
    found = rows(gaps_csv(look([[[[100], [30]]]] * 4, [[[100], [30]]], ten=[[45], [9]])))
    south, county = (
        next(row for row in found if row["area"] == area and row["grade"] == "1")
        for area in ("South", "all")
    )

    assert [int(south[name]) for name in ("demand", "seats_standard", "seats_limit")] == [
        100,
        90,
        110,
    ]
    assert [south[name] for name in ("gap_standard", "gap_limit", "probability")] == [
        "10",
        "-10",
        "100",
    ]
    assert [south[name] for name in ("classes_short", "peak_year", "use_in_ten_years")] == [
        "1",
        "2027",
        "50",
    ]
    assert (south["decide_by"], county["decide_by"]) == ("2024", "")
    assert (county["gap_standard"], county["classes_short"], county["probability"]) == (
        "-50",
        "1",
        "0",
    )


PUPILS = st.lists(st.integers(0, 200), min_size=8, max_size=8)


@given(PUPILS, st.lists(st.floats(0, 1), min_size=2, max_size=2))
def test_areas_add_up_to_the_county(pupils: list[int], parts: list[float]) -> None:
    table = np.array(pupils).reshape(2, 2, 2)
    outlook = look([table], table)
    shares = np.array([[part, 1 - part] for part in parts])

    for gaps in gaps_of(replace(outlook, shares=shares)):
        for part in (gaps.demand, gaps.standard, gaps.limit, gaps.short):
            assert (part[..., :-1].sum(axis=-1) == part[..., -1]).all()
        assert (gaps.low <= gaps.demand).all()
        assert (gaps.demand <= gaps.high).all()


@given(PUPILS, st.integers(0, 50))
def test_more_children_make_a_gap_no_less_likely(pupils: list[int], more: int) -> None:
    table = np.array(pupils).reshape(2, 2, 2)
    fewer, many = (gaps_of(look([part, part // 2], part))[0] for part in (table, table + more))

    assert (fewer.chance <= many.chance).all()


def test_without_zones_areas_are_those_of_the_schools() -> None:
    outlook = look([[[[100], [30]]]], [[[100], [30]]], zones=False)

    assert gaps_of(outlook)[0].areas == ("East", "West", "all")
    assert not of(outlook, "zone", "red")


def test_the_screen_shows_a_few_of_each_kind() -> None:
    shown = first_few([*warnings_ahead(FILLING)] * 5)

    assert max(sum(one.kind == kind for one in shown) for kind in ("red", "yellow")) == FEW
    assert next(one.kind for one in shown) == "red"
    assert all(one.first for one in shown)
