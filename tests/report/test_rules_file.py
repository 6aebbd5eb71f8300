"""`rules.json` and `ways.csv`: all that decided, in a form that can be hashed."""

import json
import struct
from dataclasses import replace
from hashlib import sha256

import numpy as np
import shapely

from enroll.records import TravelMatrix
from enroll.report.rules_file import rules_json, ways_csv
from enroll.scenario.schema import Scenario
from enroll.tables.zones import no_zones
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
    assert (rules["log_head"], rules["ways"], rules["ways_by"]) == ("",) * 3


def zones_hash(*shapes, **changes):
    """Return the hash of two zones of these outlines."""
    results = make_results()
    zones = replace(results.inputs.zones, geometry=shapely.from_wkt(shapes), **changes)
    return rules_of(replace(results, inputs=replace(results.inputs, zones=zones)))["zones_hash"]


SQUARE, OTHER = "POLYGON((0 0,0 2,2 2,2 0,0 0))", "POLYGON((5 5,5 6,6 6,5 5))"


def test_zones_are_known_by_what_they_cover_and_not_by_their_file():
    known = zones_hash(SQUARE, OTHER)
    assert known == zones_hash("POLYGON Z((2 0 7,0 0 7,0 2 7,2 2 7,2 0 7))", OTHER)
    others = [
        zones_hash("POLYGON((0 0,0 2,2 2,2 1,0 0))", OTHER),
        zones_hash(OTHER, SQUARE),
        zones_hash(SQUARE, None),
        zones_hash(SQUARE, OTHER, crs="gcj02"),
        zones_hash(SQUARE, OTHER, lon=np.array([1.0, 2.0]), lat=np.array([0.0, 0.0])),
        zones_hash(SQUARE, OTHER, lon=np.array([1.0, 3.0]), lat=np.array([0.0, 0.0])),
    ]
    assert len({known, *others}) == 7


def test_the_hash_of_the_zones_can_be_made_by_hand():
    shape = sha256(shapely.to_wkb(shapely.from_wkt(SQUARE), byte_order=1, flavor="iso")).hexdigest()
    point = struct.pack("<2d", 113.5, 27.25).hex()
    nowhere = float("nan")
    found = zones_hash(
        SQUARE, None, crs="gcj02", lon=np.array([nowhere, 113.5]), lat=np.array([nowhere, 27.25])
    )
    assert found == sha256(f"gcj02\nZ1,,{shape}\nZ2,{point},\n".encode()).hexdigest()


def test_no_zones_have_no_hash():
    results = make_results()
    inputs = replace(results.inputs, zones=no_zones())
    assert rules_of(replace(results, inputs=inputs))["zones_hash"] == ""


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
