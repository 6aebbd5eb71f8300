"""New York's published map and schools, where the variable names their folder (docs/how-to)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from enroll import office
from enroll.scenario import load

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.append(str(BENCHMARKS))

from new_york import DIRT, SCENARIOS  # noqa: E402
from new_york_files import build, read_published, whole  # noqa: E402

FOLDER = os.environ.get("ENROLL_REAL_DATA", "")
CHILDREN = 70_000
CLASS_LIMIT = 28

needs_data = pytest.mark.skipif(not FOLDER, reason="ENROLL_REAL_DATA names no folder")


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """The folder with the scenarios and their tables."""
    return build(Path(FOLDER) / "nyc_elem", tmp_path_factory.mktemp("city"), CHILDREN).parent


@pytest.fixture(scope="module")
def found(city):
    """The problems of each scenario."""
    return {name: office.check(city / f"{name}.toml") for name in SCENARIOS}


@pytest.fixture(scope="module")
def run(city):
    return office.allocate(load(city / "new-york.toml"))


@pytest.fixture(scope="module")
def allocation(run):
    return run.table("allocation")


@needs_data
@pytest.mark.parametrize("dirt", DIRT, ids=lambda dirt: f"{dirt.scenario}: {dirt.what}")
def test_what_is_wrong_is_named(found, dirt):
    assert dirt.kept(found[dirt.scenario]), dirt.found(found[dirt.scenario])


@needs_data
def test_only_schools_listed_twice_stop_an_allocation(found):
    assert {name: office.status_of(problems) for name, problems in found.items()} == {
        "new-york": 0,
        "feet": 0,
        "as-published": 2,
    }


@needs_data
def test_the_map_is_read_where_it_is(city):
    assert not list(city.glob("*.geojson"))


@needs_data
def test_everybody_appears_once(allocation):
    assert allocation["applicant_id"].is_unique
    assert len(allocation) == CHILDREN
    assert set(allocation["status"]) <= {"placed", "unplaced"}
    unplaced = allocation[allocation["status"] == "unplaced"]
    assert set(unplaced["reason"]) <= {"NO_SEAT", "NO_SCHOOL_IN_REACH"}


@needs_data
def test_no_class_is_too_large_and_no_class_too_many(run, allocation):
    classes = run.table("classes")
    sizes = classes.assign(size=classes["size"].astype(int)).groupby("school_id")["size"]
    planned = read_published(Path(FOLDER) / "nyc_elem").classes
    assert sizes.max().max() <= CLASS_LIMIT
    assert all(count <= planned[school] for school, count in sizes.count().items())
    pupils = Counter(allocation["school_id"]) - Counter({"": CHILDREN})
    assert pupils == Counter(sizes.sum().to_dict())


@needs_data
def test_every_home_has_the_zone_that_it_was_put_into(allocation):
    """All homes lie inside the map, so nobody may come out without a zone."""
    assert (allocation["zone_id"] != "").all()


@needs_data
def test_a_list_with_commas_is_several_schools(allocation):
    by_zone = allocation[allocation["round"] == "zone"].groupby("zone_id")["school_id"]
    assert (by_zone.nunique() > 1).sum() > 20


@needs_data
def test_children_of_zones_without_a_school_are_redirected(run, allocation):
    warnings = run.table("warnings")
    without = warnings.loc[warnings["code"] == "ZONE_WITHOUT_SCHOOL", "subject"]
    there = allocation[allocation["zone_id"].isin(without)]
    assert len(there) > 1000
    assert set(there["reason"]) <= {"REDIRECT", "NO_SEAT", "NO_SCHOOL_IN_REACH"}


@needs_data
@pytest.mark.parametrize(
    ("code", "least", "most"),
    [
        ("ZONE_REPAIRED", 2, 2),
        ("ZONE_OVERLAP", 2, 2),
        ("ZONE_DUST", 1, 1),
        ("ZONE_WITHOUT_SCHOOL", 30, 30),
        ("SCHOOL_OUTSIDE_ZONE", 15, 17),
        ("STRAIGHT_IGNORES_WATER", 1, 1),
    ],
)
def test_the_run_repeats_what_is_wrong_with_the_map(run, code, least, most):
    assert least <= (run.table("warnings")["code"] == code).sum() <= most


@needs_data
def test_the_run_counts_what_else_was_found(run):
    warnings = run.table("warnings")
    counted = warnings[warnings["code"] == "FOUND_IN_INPUT"]
    messages = dict(zip(counted["value"], counted["message"], strict=True))
    assert "ZONE_SCHOOL_UNKNOWN" in messages["13"]
    assert "COORDINATES_ZERO" in messages["5"]


@needs_data
def test_the_same_seed_makes_the_same_children(city, tmp_path):
    again = build(Path(FOLDER) / "nyc_elem", tmp_path, CHILDREN).parent
    assert (again / "applicants.csv").read_bytes() == (city / "applicants.csv").read_bytes()


@pytest.mark.parametrize(("cell", "number"), [("1,064", 1064), ("20.0", 20), (" ", 0)])
def test_numbers_as_the_city_writes_them(cell, number):
    assert whole(cell) == number


def test_nothing_is_built_inside_the_project():
    line = [sys.executable, str(BENCHMARKS / "new_york.py"), str(BENCHMARKS / "out" / "city")]
    ended = subprocess.run(line, capture_output=True, text=True, check=False)  # noqa: S603
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "outside the project" in ended.stderr
