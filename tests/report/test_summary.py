"""Counts and ways: everybody once, whichever way the children are parted."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from statistics import mean, median

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from enroll.notices import Notice
from enroll.records import NONE
from enroll.report.json_out import json_bytes
from enroll.report.summary import WaysToSchool, cost_of, measure_ways, summarise, summary_json
from enroll.report.wholes import count_wholes
from tests.small import make_schools

from .makers import ints, make_results, make_zones, texts


def test_everybody_is_counted_once_by_status() -> None:
    block = summarise(make_results()).everybody
    assert asdict(block) == {
        "applicants": 4,
        "placed": 2,
        "placed_in_zone": 1,
        "redirected": 1,
        "unplaced": 1,
        "ineligible": 1,
        "reasons": {"NO_SEAT": 1, "REDIRECT": 1, "TOO_YOUNG": 1, "ZONE": 1},
        "distance_m": {"children": 2, "mean": 2150, "median": 2150, "p95": 4000, "farthest": 4000},
    }


def test_parts_follow_group_zone_and_area() -> None:
    summary = summarise(make_results())
    assert [block.applicants for block in summary.groups] == [2, 2]
    assert [block.applicants for block in summary.zones] == [3, 0]
    assert summary.zones[1].distance_m is None
    assert (summary.area_names, summary.areas[0].applicants) == (("north",), 3)


def test_a_zone_without_area_is_in_no_area() -> None:
    results = make_results()
    zones = replace(results.inputs.zones, area=texts("", "south"))
    summary = summarise(replace(results, inputs=replace(results.inputs, zones=zones)))
    assert (summary.area_names, summary.areas[0].applicants) == (("south",), 0)


def test_classes_and_long_ways_are_counted() -> None:
    summary = summarise(make_results())
    assert asdict(summary.classes) == {
        "opened": 3,
        "above_standard": 1,
        "oversized": 0,
        "very_oversized": 0,
    }
    assert summary.farther_than_far == 1


def test_notices_are_counted_by_level() -> None:
    notices = [Notice("NO_SEAT"), Notice("FAR"), Notice("FAR"), Notice("FAR", level="red")]
    assert summarise(make_results(notices=notices)).notices == {"red": 2, "yellow": 2}


def test_the_file_names_every_part() -> None:
    results = make_results()
    value = json.loads(json_bytes(summary_json(summarise(results), results)))
    assert value["all"]["placed"] == 2
    assert [(part["group"], part["name"]) for part in value["groups"]] == [
        ("A", "residents"),
        ("B", "others"),
    ]
    assert [part["zone_id"] for part in value["zones"]] == ["Z1", "Z2"]
    assert [part["area"] for part in value["areas"]] == ["north"]


def test_no_way_known_is_no_figure() -> None:
    assert measure_ways(ints()) is None


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60))
def test_ways_are_exact_whatever_their_order(ways: list[int]) -> None:
    measured = measure_ways(np.array(ways, dtype=np.int64))
    at_most = [way for way in sorted(ways) if 100 * sum(w <= way for w in ways) >= 95 * len(ways)]
    assert measured == WaysToSchool(
        children=len(ways),
        mean=int(np.floor(mean(ways) + 0.5)),
        median=int(np.floor(median(ways) + 0.5)),
        p95=at_most[0],
        farthest=max(ways),
    )


def test_wholes_tell_own_children_from_redirected_ones() -> None:
    wholes = count_wholes(make_results())
    assert {name: column.tolist() for name, column in asdict(wholes).items()} == {
        "zone_demand": [2, 0],
        "placed": [1, 1],
        "placed_from_zone": [1, 0],
        "redirected_in": [0, 1],
        "redirected_away": [1, 0],
    }


def test_a_redirect_to_a_school_of_the_own_zone_is_no_redirect_from_elsewhere() -> None:
    """Two schools serve the zone, so both count its children."""
    results = make_results()
    inputs = replace(results.inputs, zones=make_zones((0, 1), ()))
    wholes = count_wholes(replace(results, inputs=inputs))
    assert wholes.zone_demand.tolist() == [2, 2]
    assert wholes.placed_from_zone.tolist() == [1, 1]
    assert wholes.redirected_in.tolist() == [0, 0]
    assert wholes.redirected_away.tolist() == [0, 0]


def test_cost_is_that_of_planned_classes_and_of_the_schools_that_plan_some() -> None:
    schools = make_schools(3, classes=[2, 0, 1])
    assert cost_of(schools) is None
    nothing = np.array([NONE, NONE, NONE])
    assert cost_of(replace(schools, outlook={"class_cost": nothing, "cost": nothing})) is None
    given = {"class_cost": np.array([10, 10, NONE]), "cost": np.array([NONE, 500, 7])}
    assert cost_of(replace(schools, outlook=given)) == 2 * 10 + 7
