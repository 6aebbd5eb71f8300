"""What a scenario tries, one sentence for each change."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from enroll import report
from enroll.report.summary import summarise
from enroll.report.terminal import summary_view
from enroll.report.tried import changes_tried
from enroll.scenario.changes import KINDS
from enroll.scenario.schema import Scenario

from .makers import make_results

HOMES = {
    "do": "add_homes",
    "id": "E",
    "point": [112.4, 29.3],
    "dwellings": 1200,
    "pupils_per_100": {"1": 6.5, "7": 4},
    "delivered": 2026,
}
TRIED = [
    (
        {"do": "add_school", "school_id": "S9", "name": "South", "lon": 1, "lat": 2, "classes": 4},
        "Tried: a new school S9 (South) with 4 entry classes.",
    ),
    ({"do": "close_school", "school_id": "S2"}, "Tried: school S2 is closed."),
    (
        {"do": "set_school", "school_id": "S2", "classes": 6, "sector": "private"},
        "Tried: school S2 has classes = 6 and sector = private.",
    ),
    (
        {"do": "set_zone", "zone_id": "Z1", "schools": ["S1", "S2", "S3"]},
        "Tried: zone Z1 is served by S1, S2 and S3.",
    ),
    ({"do": "set_zone", "zone_id": "Z1", "schools": []}, "Tried: zone Z1 has no school."),
    (
        {"do": "move_boundary", "file": "../maps/new.geojson"},
        "Tried: the zones have the boundaries of new.geojson.",
    ),
    (HOMES, "Tried: an estate E of 1,200 dwellings, with 78 entrants in 2026."),
    (
        HOMES | {"name": "Lakeside", "delivered": 2027},
        "Tried: an estate Lakeside of 1,200 dwellings, with 0 entrants in 2026.",
    ),
    ({"do": "scale_demand", "factor": 1.5}, "Tried: 1.5 times the children everywhere."),
    (
        {"do": "scale_demand", "zones": ["Z1", "Z2"], "factor": 2},
        "Tried: 2 times the children in the zones Z1 and Z2.",
    ),
    (
        {"do": "set_limits", "class_standard": 40, "far_m": 2500},
        "Tried: the limits have class_standard = 40 and far_m = 2500.",
    ),
    (
        {"do": "set_round", "id": "zone", "order": ["group", "distance"]},
        "Tried: round zone has order = [group, distance].",
    ),
]


def settings_of(*changes: dict) -> Scenario:
    stated = {"title": "T", "year": 2026, "stage": "primary", "change": list(changes)}
    return Scenario.model_validate(stated)


@pytest.mark.parametrize(("change", "sentence"), TRIED)
def test_a_change_is_told_in_one_sentence(change: dict, sentence: str) -> None:
    assert changes_tried(settings_of(change), "en") == [sentence]


def test_every_kind_of_change_has_a_sentence() -> None:
    assert {change["do"] for change, _ in TRIED} == set(KINDS)


def test_changes_stand_under_the_title_of_a_run() -> None:
    results = make_results()
    tried = settings_of({"do": "close_school", "school_id": "S2"}, HOMES).change
    settings = results.scenario.settings.model_copy(update={"change": tried})
    results = replace(results, scenario=SimpleNamespace(settings=settings))
    shown = report.as_text(summary_view(summarise(results), results, "en"))
    assert shown.splitlines()[2:5] == [
        "Tried: school S2 is closed.",
        "Tried: an estate E of 1,200 dwellings, with 78 entrants in 2026.",
        "",
    ]
