"""Blocks of demand become children, one for each pupil; what is wrong with a block is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import geopandas
import pytest
import shapely

from enroll.scenario import load
from enroll.tables import read_inputs

if TYPE_CHECKING:
    from pathlib import Path

    from enroll.tables import Reading

SCENARIO = """\
title = "T"
year = 2026
stage = "{stage}"
[files]
demand = "{file}"
schools = "schools.csv"
{zones}[coordinates]
schools = "wgs84"
{declared}
[[group]]
id = "A"
when = {{ home = "own" }}
[[group]]
id = "B"
when = {{}}
[[round]]
id = "redirect"
rule = "redirect"
seats = "limit"
"""
SCHOOLS = "school_id,name,lon,lat,classes\nS1,One,112.405,29.305,1\n"
HEADER = "block_id,lon,lat,grade,group,pupils\n"
ZONES = 'zones = "zones.geojson"\n'


def ring(west: float, *, hole: bool = False) -> list:
    """Return a square of 0.01 degrees; with a notch that takes its centre out."""
    east, south, north = west + 0.01, 29.3, 29.31
    corners = [[west, south], [east, south], [east, north], [west, north]]
    if hole:
        left, right, low = west + 0.001, east - 0.001, south + 0.001
        notch = [[right, north], [right, low], [left, low], [left, north]]
        corners = [*corners[:3], *notch, corners[3]]
    return [*corners, corners[0]]


def feature(kind: str, coordinates: list, **facts: object) -> dict:
    return {
        "type": "Feature",
        "properties": facts,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def map_of(*features: dict) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


ZONE_MAP = map_of(
    feature("Polygon", [ring(112.4)], zone_id="Z1", schools="S1"),
    feature("Polygon", [ring(112.41)], zone_id="Z2", schools="S1"),
)


def reading(folder: Path, text: str, *, stage: str = "primary", zones: bool = False,
            file: str = "", declared: str = 'demand = "wgs84"') -> Reading:  # fmt: skip
    """Return what is read of blocks in `text`, or in a file that is there."""
    file = file or ("demand.geojson" if text.startswith("{") else "demand.csv")
    if text:
        (folder / file).write_text(text, "utf-8")
    (folder / "schools.csv").write_text(SCHOOLS, "utf-8")
    (folder / "zones.geojson").write_text(ZONE_MAP, "utf-8")
    path = folder / "own.toml"
    stated = {"stage": stage, "file": file, "declared": declared, "zones": ZONES if zones else ""}
    path.write_text(SCENARIO.format(**stated), "utf-8")
    return read_inputs(load(path))


def children(folder: Path, text: str, **said: object):
    """Return the children of blocks with which nothing is wrong."""
    read = reading(folder, text, **said)
    assert [problem.code for problem in read.problems] == []
    return read.inputs.applicants


def wrong(folder: Path, text: str, **said: object) -> list[tuple[str, int, str]]:
    problems = reading(folder, text, **said).problems
    return [(problem.code, problem.row, problem.column) for problem in problems]


def test_every_pupil_is_a_child_at_the_place_of_its_block(tmp_path: Path) -> None:
    found = children(tmp_path, HEADER + "X,112.41,29.3,1,B,2\nW,112.40,29.3,,A,1\n")
    assert found.applicant_id.tolist() == ["W#00001", "X#00001", "X#00002"]
    assert found.lon.tolist() == [112.40, 112.41, 112.41]
    assert found.group.tolist() == ["A", "B", "B"]
    assert found.row.tolist() == [3, 2, 2]


def test_pupils_of_a_block_are_counted_through_its_groups(tmp_path: Path) -> None:
    rows = ["X,112.4,29.3,1,B,2\n", "X,112.4,29.3,1,A,1\n"]
    here, there = (children(tmp_path, HEADER + "".join(some)) for some in (rows, rows[::-1]))
    assert here.applicant_id.tolist() == ["X#00001", "X#00002", "X#00003"]
    assert here.group.tolist() == there.group.tolist() == ["A", "B", "B"]


def test_the_children_of_a_smaller_block_are_among_those_of_a_larger(tmp_path: Path) -> None:
    few, many = (
        set(children(tmp_path, f"{HEADER}X,112.4,29.3,1,A,{pupils}\n").applicant_id)
        for pupils in (9, 12)
    )
    assert few < many


@pytest.mark.parametrize(("stage", "count"), [("primary", 2), ("junior", 3)])
def test_only_the_entry_grade_is_placed(tmp_path: Path, stage: str, count: int) -> None:
    text = HEADER + "X,112.4,29.3,1,A,2\nX,112.4,29.3,7,A,3\n"
    read = reading(tmp_path, text, stage=stage)
    assert len(read.inputs.applicants) == count
    (problem,) = read.problems
    assert (problem.code, problem.params["count"]) == ("DEMAND_OTHER_GRADES", 1)


def test_a_polygon_stands_for_its_centre_or_a_point_inside(tmp_path: Path) -> None:
    text = map_of(
        feature("Point", [112.45, 29.35], block_id="P", pupils=1),
        feature("Polygon", [ring(112.4)], block_id="S", pupils=1),
        feature("Polygon", [ring(112.5, hole=True)], block_id="U", pupils=1),
    )
    found = children(tmp_path, text, declared="")
    assert found.lon.round(6).tolist()[:2] == [112.45, 112.405]
    assert found.lat.round(6).tolist()[:2] == [29.35, 29.305]
    lon, lat = found.lon[2], found.lat[2]
    in_notch = 112.501 < lon < 112.509 and lat > 29.301
    assert 112.5 < lon < 112.51
    assert 29.3 < lat < 29.31
    assert not in_notch


def test_a_block_of_a_zone_lies_in_the_middle_of_it(tmp_path: Path) -> None:
    found = children(tmp_path, "block_id,zone_id,pupils\nX,Z2,1\n", zones=True)
    assert found.zone.tolist() == [1]
    assert (round(found.lon[0], 6), round(found.lat[0], 6)) == (112.415, 29.305)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("X,112.4,29.3,1,A,1\nX,112.4,29.3,1,A,2\n", ("DEMAND_ROW_TWICE", 3, "block_id")),
        ("X,112.4,29.3,1,C,1\n", ("GROUP_UNKNOWN", 2, "group")),
        ("X,,,1,A,1\n", ("DEMAND_PLACE", 2, "block_id")),
        ("X,112.4,29.3,1,A,0\n", ("DEMAND_NOBODY", 0, "")),
        ("X,112.4,29.3,1,A,-1\n", ("OUT_OF_RANGE", 2, "pupils")),
        ("X,112.4,29.3,1,A,1.5\n", ("NOT_WHOLE", 2, "pupils")),
        ("X Y,112.4,29.3,1,A,1\n", ("ID_MALFORMED", 2, "block_id")),
    ],
)
def test_what_is_wrong_with_a_block_is_told(
    tmp_path: Path, rows: str, found: tuple[str, int, str]
) -> None:
    assert found in wrong(tmp_path, HEADER + rows)


def test_the_coordinates_of_a_table_must_be_declared(tmp_path: Path) -> None:
    codes = [code for code, _, _ in wrong(tmp_path, HEADER + "X,112.4,29.3,1,A,1\n", declared="")]
    assert "COORDINATES_NOT_DECLARED" in codes


def test_a_line_is_no_block(tmp_path: Path) -> None:
    columns = {"block_id": ["L", "P"], "pupils": [1, 1]}
    shapes = [shapely.LineString([(112.4, 29.3), (112.5, 29.3)]), shapely.Point(112.4, 29.3)]
    frame = geopandas.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326")
    frame.to_file(tmp_path / "demand.gpkg")
    found = wrong(tmp_path, "", file="demand.gpkg", declared="")
    assert ("GEOMETRY_NOT_POINT", 1, "geometry") in found


def test_zones_that_are_not_there_are_named(tmp_path: Path) -> None:
    found = wrong(tmp_path, "block_id,zone_id,pupils\nX,Z9,1\n", zones=True)
    assert ("ZONE_UNKNOWN", 2, "zone_id") in found
