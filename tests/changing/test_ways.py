"""Changes where ways come from a matrix: ways follow who and what they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.changing.places import (
    ESTATE,
    SCENARIO,
    SCHOOLS,
    children,
    inputs,
    reading,
    square,
    wrong,
    zone_map,
)

if TYPE_CHECKING:
    from pathlib import Path

    from enroll.records import Inputs

MATRIX = SCENARIO.replace(
    "[[group]]", '[travel]\nmode = "matrix"\nmatrix = "ways.csv"\n[[group]]', 1
)
CLOSE = '[[change]]\ndo = "close_school"\nschool_id = "S2"\n'
SCALE = '[[change]]\ndo = "scale_demand"\nzones = ["Z1"]\nfactor = '
NEW = """
[[change]]
do = "add_school"
school_id = "S15"
name = "New"
lon = 112.404
lat = 29.306
classes = 2
"""


def ids_of(lines: list[str]) -> list[str]:
    return [line.split(",")[0] for line in lines[1:]]


def write_ways(folder: Path, key: str, names: list[str]) -> None:
    """Write a way from every name to every school, each of another length."""
    rows = [
        f"{name},{school},{100 * number + place}"
        for number, name in enumerate(names, start=1)
        for place, school in enumerate(ids_of(SCHOOLS))
    ]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ways.csv").write_text("\n".join([f"{key},school_id,metres", *rows]) + "\n", "utf-8")


def ways_of(found: Inputs) -> dict[tuple[str, str], int]:
    """Return metres by the ids of applicant or zone and of school."""
    travel = found.travel
    assert travel is not None
    names = found.applicants.applicant_id if travel.keyed_by == "applicant" else found.zones.zone_id
    pairs = zip(names[travel.key], found.schools.school_id[travel.school], strict=True)
    return dict(zip(pairs, travel.metres.tolist(), strict=True))


@pytest.fixture
def by_child(tmp_path: Path) -> Path:
    write_ways(tmp_path, "applicant_id", ids_of(children()))
    return tmp_path


@pytest.fixture
def by_zone(tmp_path: Path) -> Path:
    write_ways(tmp_path, "zone_id", ["Z1", "Z2"])
    return tmp_path


def test_the_ways_to_a_closed_school_are_gone(by_child: Path) -> None:
    before = ways_of(inputs(by_child, "", base=MATRIX))
    after = ways_of(inputs(by_child, CLOSE, base=MATRIX))
    assert after == {pair: way for pair, way in before.items() if pair[1] != "S2"}


def test_a_copy_has_the_ways_of_its_child(by_child: Path) -> None:
    before = ways_of(inputs(by_child, "", base=MATRIX))
    found = inputs(by_child, SCALE + "2\n", base=MATRIX)
    assert len(found.applicants) == 30
    after = ways_of(found)
    assert after == {
        (name, school): before[name.split("#")[0], school]
        for name in found.applicants.applicant_id
        for school in ids_of(SCHOOLS)
    }


def test_who_is_left_out_has_no_ways(by_child: Path) -> None:
    found = inputs(by_child, SCALE + "0.5\n", base=MATRIX)
    assert len(ways_of(found)) == 15 * len(ids_of(SCHOOLS))


@pytest.mark.parametrize(("text", "key"), [(ESTATE, "id"), (NEW, "school_id")])
def test_what_is_new_has_no_measured_ways(by_child: Path, text: str, key: str) -> None:
    found = reading(by_child, text, base=MATRIX).problems
    assert [(one.code, one.column) for one in found] == [
        ("CHANGE_NEEDS_WAYS", f"[[change]] 1 {key}")
    ]


def test_an_estate_has_the_ways_of_its_zone(by_zone: Path) -> None:
    before = ways_of(inputs(by_zone, "", base=MATRIX))
    found = inputs(by_zone, ESTATE, base=MATRIX)
    assert found.applicants.made().sum() == 13
    assert ways_of(found) == before


def test_the_ways_of_zones_follow_their_names(by_zone: Path) -> None:
    before = ways_of(inputs(by_zone, "", base=MATRIX))
    ground = zone_map(square("Z0", 112.42, "S3"))
    (by_zone / "moved.geojson").write_text(ground, "utf-8")
    text = '[[change]]\ndo = "move_boundary"\nfile = "moved.geojson"\nnew = ["Z0"]\n'
    found = inputs(by_zone, text, base=MATRIX)
    assert found.zones.zone_id.tolist() == ["Z0", "Z1", "Z2"]
    assert ways_of(found) == before


def test_a_matrix_that_cannot_be_read_is_no_fault_of_an_estate(tmp_path: Path) -> None:
    codes = [code for code, _ in wrong(tmp_path, ESTATE, base=MATRIX)]
    assert codes == ["FILE_MISSING"]
