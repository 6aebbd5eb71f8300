"""Blocks of demand through the whole engine, small ones and those of a real study."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from ortools.graph.python import min_cost_flow

from tests.cli.screens import run, starter

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
FOLDER = os.environ.get("ENROLL_REAL_DATA", "")
BALTIMORE = Path(FOLDER, "baltimore_sw")
STUDIED = {
    "Arbutus ES": 405,
    "Catonsville ES": 715,
    "Edmondson Heights ES": 589,
    "Halethorpe ES": 392,
    "Hillcrest ES": 666,
    "Johnnycake ES": 559,
    "Lansdowne ES": 313,
    "Relay ES": 689,
    "Westchester ES": 699,
    "Westowne ES": 650,
    "Woodbridge ES": 432,
}
"""Schools of the study with the places of the planned buildings."""

IN_FILE = {"Catonsville ES": "NewCatonsville ES", "Edmondson Heights ES": "Edmonson Heights ES"}
SIZE = 25
SCENARIO = f"""\
title = "Blocks of the south-west of Baltimore County"
year = 2026
stage = "primary"
[files]
demand = "planning_blocks.geojson"
schools = "schools.csv"
zones = "zones.geojson"
[columns.demand]
block_id = "PBID"
pupils = "K5LiveAtt"
[coordinates]
schools = "wgs84"
[limits]
class_standard = {SIZE}
class_limit = 28
"""
ZONE_ROUND = '[[round]]\nid = "zone"\nrule = "zone"\nseats = "standard"\n'
REDIRECT = '[[round]]\nid = "nearest"\nrule = "redirect"\nseats = "standard"\ngoal = "total"\n'

Row = dict[str, str]


def features(name: str) -> list[dict]:
    return json.loads((BALTIMORE / name).read_text("utf-8"))["features"]


def study(folder: Path, rounds: str) -> Path:
    """Write the study as an office's files, its schools in their own zones."""
    shutil.copy(BALTIMORE / "planning_blocks.geojson", folder)
    points = {one["properties"]["NAME"]: one["geometry"] for one in features("schools.geojson")}
    lines = ["school_id,name,lon,lat,classes"]
    grounds: dict[str, list] = {name: [] for name in STUDIED}
    for block in features("planning_blocks.geojson"):
        ground = shapely.make_valid(shapely.from_geojson(json.dumps(block["geometry"])))
        grounds[block["properties"]["ES1516"]].append(ground)
    zones = []
    for number, (name, places) in enumerate(STUDIED.items(), start=1):
        lon, lat = points[IN_FILE.get(name, name)]["coordinates"]
        lines.append(f"S{number:02},{name},{lon},{lat},{places // SIZE}")
        ground = json.loads(shapely.to_geojson(shapely.union_all(grounds[name])))
        facts = {"zone_id": f"Z{number:02}", "name": name, "schools": f"S{number:02}"}
        zones.append({"type": "Feature", "properties": facts, "geometry": ground})
    (folder / "schools.csv").write_text("\n".join(lines) + "\n", "utf-8")
    text = json.dumps({"type": "FeatureCollection", "features": zones})
    (folder / "zones.geojson").write_text(text, "utf-8")
    path = folder / "study.toml"
    path.write_text(SCENARIO + rounds, "utf-8")
    return path


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def allocated(scenario: Path) -> list[Row]:
    """Run the command and its verifier; return who goes where."""
    folder = scenario.parent / "run"
    made = run("allocate", scenario, "-o", folder)
    assert (made.status, made.err) == (0, "")
    assert run("verify", folder, "--rehearsal").status == 0
    return rows_of(folder / "allocation.csv")


def fewest_metres(ways: Mapping[tuple[str, str], int], pupils: Mapping[str, int]) -> int:
    """Return the least metres in all that carry whole blocks' pupils to schools with seats."""
    seats = {f"S{number:02}": places // SIZE * SIZE
             for number, places in enumerate(STUDIED.values(), start=1)}  # fmt: skip
    nodes = {name: number for number, name in enumerate([*pupils, *seats])}
    flow = min_cost_flow.SimpleMinCostFlow()
    for (block, school), metres in ways.items():
        flow.add_arc_with_capacity_and_unit_cost(nodes[block], nodes[school], pupils[block], metres)
    end = len(nodes)
    for school, count in seats.items():
        flow.add_arc_with_capacity_and_unit_cost(nodes[school], end, count, 0)
    for block, count in pupils.items():
        flow.set_node_supply(nodes[block], count)
    flow.set_node_supply(end, -sum(pupils.values()))
    assert flow.solve() == flow.OPTIMAL
    return int(flow.optimal_cost())


@pytest.mark.skipif(not FOLDER, reason="ENROLL_REAL_DATA names no folder")
def test_every_pupil_of_the_study_is_placed_by_the_rules(tmp_path: Path) -> None:
    placed = allocated(study(tmp_path, ZONE_ROUND + REDIRECT))
    expected = {
        one["properties"]["PBID"]: int(one["properties"]["K5LiveAtt"])
        for one in features("planning_blocks.geojson")
    }
    found = Counter(row["applicant_id"].split("#")[0] for row in placed)
    assert found == Counter(expected)
    assert len(placed) == 5443
    assert all(row["school_id"] for row in placed)


@pytest.mark.skipif(not FOLDER, reason="ENROLL_REAL_DATA names no folder")
def test_the_blocks_of_the_study_go_the_fewest_metres(tmp_path: Path) -> None:
    import enroll
    from enroll.office import prepare

    scenario = study(tmp_path, REDIRECT)
    placed = allocated(scenario)
    ready, _ = prepare(enroll.load(scenario))
    assert ready is not None
    ids = ready.inputs.applicants.applicant_id.tolist()
    blocks = [name.split("#")[0] for name in ids]
    first = {block: blocks.index(block) for block in dict.fromkeys(blocks)}
    ways = ready.ground.ways.rows(np.array(list(first.values())))
    schools = ready.inputs.schools.school_id.tolist()
    costs = {
        (block, school): int(ways[row, column])
        for row, block in enumerate(first)
        for column, school in enumerate(schools)
    }
    total = sum(int(row["distance_m"]) for row in placed)
    assert total == fewest_metres(costs, Counter(blocks))


AHEAD = """\
extends = "nanxian-primary-2026.toml"
title = "The sample county two years on"
year = 2028
[files]
demand = "../ahead/demand-2028.csv"
[age]
latest_birth = 2022-08-31
"""


def test_the_demand_of_a_forecast_can_be_allocated(tmp_path: Path) -> None:
    for name in ("scenarios", "data/nanxian", "data/zones"):
        kept = shutil.ignore_patterns("log.jsonl")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=kept)
    base = tmp_path / "scenarios" / "nanxian-primary-2026.toml"
    ahead = tmp_path / "ahead"
    assert run("forecast", base, "--years", "3", "--demand", "2028", "-o", ahead).status == 0
    scenario = tmp_path / "scenarios" / "ahead.toml"
    scenario.write_text(AHEAD, encoding="utf-8")
    placed = allocated(scenario)
    entrants = [row for row in rows_of(ahead / "demand-2028.csv") if row["grade"] == "1"]
    assert Counter(row["zone_id"] for row in placed) == Counter(
        {row["zone_id"]: int(row["pupils"]) for row in entrants}
    )


def test_blocks_are_placed_like_their_pupils_one_by_one(tmp_path: Path) -> None:
    """Pupils of a block are alike: the lottery among them changes no count."""
    blocks = {"B1": (112.396, 29.361, 20), "B2": (112.404, 29.359, 60), "B3": (112.415, 29.357, 9)}
    scenario = starter(tmp_path)
    text = scenario.read_text("utf-8").replace('applicants = "applicants.csv"', "{file}", 1)
    text = text.split("[[group]]")[0] + ZONE_ROUND + REDIRECT
    lines = {
        'demand = "blocks.csv"': [
            "block_id,lon,lat,pupils",
            *(f"{name},{lon},{lat},{pupils}" for name, (lon, lat, pupils) in blocks.items()),
        ],
        'applicants = "children.csv"': [
            "applicant_id,lon,lat,birth_date",
            *(
                f"{name}-{number:05},{lon},{lat},2020-01-01"
                for name, (lon, lat, pupils) in blocks.items()
                for number in range(1, pupils + 1)
            ),
        ],
    }
    counts = []
    for file, rows in lines.items():
        folder = tmp_path / file.split('"')[1].removesuffix(".csv")
        starter(folder)
        (folder / file.split('"')[1]).write_text("\n".join(rows) + "\n", "utf-8")
        own = folder / "own.toml"
        declared = text.replace("{file}", file)
        if "demand" in file:
            declared = declared.replace("[coordinates]", '[coordinates]\ndemand = "wgs84"', 1)
        own.write_text(declared, "utf-8")
        counts.append(
            Counter((row["applicant_id"][:2], row["school_id"]) for row in allocated(own))
        )
    assert counts[0] == counts[1]
    assert sum(counts[0].values()) == 89
