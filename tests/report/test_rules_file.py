"""`rules.json` and `ways.csv`: all that decided, in a form that can be hashed."""

import json
from dataclasses import replace
from hashlib import sha256

import numpy as np

from enroll.records import TravelMatrix
from enroll.report.rules_file import rules_json, ways_csv
from enroll.scenario.schema import Scenario
from tests.frames import TableWays
from tests.report.makers import ints, make_results


def rules_of(results, **options):
    ground = replace(results.ground, ways=TableWays([[100, -1]] * 4))
    content = rules_json(
        results.inputs,
        ground,
        results.ranking.groups,
        results.seats,
        results.scenario.settings,
        **options,
    )
    assert content.endswith(b"\n")
    return json.loads(content)


def test_rules_hold_age_rounds_groups_schools_and_zones():
    rules = rules_of(make_results())
    assert rules["age"] == {"earliest_birth": "", "latest_birth": "2020-08-31", "waive": []}
    assert [one["id"] for one in rules["groups"]] == ["A", "B"]
    assert rules["rounds"][0]["order"] == ["group", "sibling", "distance"]
    assert [one["max_m"] for one in rules["rounds"]] == [None, None]
    assert rules["zones"] == [{"id": "Z1", "schools": ["S1"]}, {"id": "Z2", "schools": ["S2"]}]
    assert (rules["year"], rules["stage"], rules["mode"]) == (2026, "primary", "straight")
    assert (rules["log_head"], rules["ways"], rules["ways_by"], rules["zones_file"]) == ("",) * 4


def test_a_school_has_its_seats_and_its_place():
    first, second = rules_of(make_results())["schools"]
    assert (first["seats_standard"], first["seats_limit"], first["other_entry"]) == (1, 2, 0)
    assert (first["x_dm"], first["y_dm"]) == (0, 0)
    assert (second["x_dm"], second["y_dm"]) == (None, None), "no way leads there"


def test_without_any_straight_way_no_school_has_a_place():
    results = make_results()
    nobody = np.full(4, "", dtype=object)
    results = replace(results, ground=replace(results.ground, distance_from=nobody))
    assert {school["x_dm"] for school in rules_of(results)["schools"]} == {None}


def test_the_other_stage_s_entrants_are_told():
    results = make_results()
    seats = replace(results.seats, other_entry=ints(0, 7))
    rules = rules_of(replace(results, seats=seats))
    assert [school["other_entry"] for school in rules["schools"]] == [0, 7]


def test_the_order_of_a_set_in_the_scenario_is_no_rule():
    def with_kinds(*kinds):
        rounds = [{"id": "r", "rule": "redirect", "kinds": list(kinds)}]
        settings = {"title": "t", "year": 2026, "stage": "junior", "round": rounds}
        results = make_results()
        results.scenario.settings = Scenario.model_validate(settings)
        return rules_of(results)

    assert with_kinds("full", "village") == with_kinds("village", "full")
    assert with_kinds("full")["age"]["latest_birth"] == ""


def in_matrix_mode(keyed_by):
    results = make_results()
    matrix = TravelMatrix(keyed_by, ints(1, 0, 0), ints(0, 1, 0), ints(149, 150, 151))
    settings = {
        "title": "t",
        "year": 2026,
        "stage": "primary",
        "travel": {"mode": "matrix", "matrix": "ways.csv", "round_m": 100},
    }
    results.scenario.settings = Scenario.model_validate(settings)
    return replace(results, inputs=replace(results.inputs, travel=matrix))


def test_measured_ways_are_rounded_and_sorted():
    results = in_matrix_mode("zone")
    content = ways_csv(results.inputs, results.scenario.settings)
    assert content == b"key,school_id,metres\nZ1,S1,200\nZ1,S2,200\nZ2,S1,100\n"


def test_rules_bind_the_measured_ways():
    results = in_matrix_mode("applicant")
    content = ways_csv(results.inputs, results.scenario.settings)
    rules = rules_of(results)
    assert content.startswith(b"key,school_id,metres\nA1,S1,200\n")
    assert (rules["ways"], rules["ways_by"]) == (sha256(content).hexdigest(), "applicant")


def test_straight_lines_need_no_file():
    results = make_results()
    assert ways_csv(results.inputs, results.scenario.settings) is None
