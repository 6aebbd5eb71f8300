"""Changes to zones: other schools, other ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enroll.geo import find_zones
from enroll.scenario import load
from tests.changing.places import SCENARIO, inputs, reading, recorded, square, wrong, zone_map

if TYPE_CHECKING:
    from pathlib import Path

MOVE = '[[change]]\ndo = "move_boundary"\nfile = "moved.geojson"\n'


def moved(folder: Path, *zones: dict) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "moved.geojson").write_text(zone_map(*zones), "utf-8")


def test_a_zone_gets_other_schools(tmp_path: Path) -> None:
    text = '[[change]]\ndo = "set_zone"\nzone_id = "Z1"\nschools = ["S3", "S1"]\n'
    found = inputs(tmp_path, text)
    assert found.zones.schools == ((0, 2), (1, 2))
    assert recorded(found) == {"zones.Z1.schools": (["S1"], ["S1", "S3"])}


def test_a_zone_may_lose_all_its_schools(tmp_path: Path) -> None:
    text = '[[change]]\ndo = "set_zone"\nzone_id = "Z1"\nschools = []\n'
    assert inputs(tmp_path, text).zones.schools == ((), (1, 2))


def test_a_moved_boundary_moves_children(tmp_path: Path) -> None:
    moved(tmp_path, square("Z1", 112.4, east=112.413), square("Z2", 112.413, east=112.42))
    before = inputs(tmp_path, "")
    after = inputs(tmp_path, MOVE)
    settings = load(tmp_path / "own.toml").settings
    old, new = find_zones(before, settings), find_zones(after, settings)
    assert old is not None
    assert new is not None
    assert (old != new).any()
    assert after.zones.schools == before.zones.schools
    assert after.sources[-1].role == "move_boundary"
    assert recorded(after) == {
        "zones.Z1.boundary": ("zones.geojson", "moved.geojson"),
        "zones.Z2.boundary": ("zones.geojson", "moved.geojson"),
    }


def test_zones_that_are_not_in_the_file_stay(tmp_path: Path) -> None:
    moved(tmp_path, square("Z1", 112.4, east=112.405))
    before, after = inputs(tmp_path, "").zones, inputs(tmp_path, MOVE).zones
    assert before.geometry is not None
    assert after.geometry is not None
    pairs = zip(before.geometry, after.geometry, strict=True)
    assert [one.equals(other) for one, other in pairs] == [False, True]


def test_a_new_zone_brings_its_schools(tmp_path: Path) -> None:
    moved(tmp_path, square("Z1", 112.4, east=112.405), square("Z15", 112.405, "S3", east=112.41))
    found = inputs(tmp_path, MOVE + 'new = ["Z15"]\n')
    assert found.zones.zone_id.tolist() == ["Z1", "Z15", "Z2"]
    assert found.zones.schools == ((0,), (2,), (1, 2))
    assert recorded(found)["zones.Z15"] == (
        None,
        {"name": "Z15", "area": "", "schools": ["S3"]},
    )


@pytest.mark.parametrize(
    ("new", "found"),
    [
        ("", [("CHANGE_ZONE_UNKNOWN", "[[change]] 1 file")]),
        ('new = ["Z2"]', [("CHANGE_ZONE_NOT_IN_FILE", "[[change]] 1 new"),
                          ("CHANGE_ZONE_UNKNOWN", "[[change]] 1 file")]),
        ('new = ["Z9", "Z1"]', [("CHANGE_ZONE_EXISTS", "[[change]] 1 new")]),
    ],
)  # fmt: skip
def test_new_zones_are_named_as_such(tmp_path: Path, new: str, found: list) -> None:
    moved(tmp_path, square("Z1", 112.4), square("Z9", 112.42))
    assert wrong(tmp_path, f"{MOVE}{new}\n") == found


def test_a_file_that_cannot_be_read_is_told_like_every_other(tmp_path: Path) -> None:
    read = reading(tmp_path, MOVE)
    assert [(problem.code, problem.file) for problem in read.problems] == [
        ("FILE_MISSING", "moved.geojson")
    ]


def test_a_map_without_any_zone_moves_nothing(tmp_path: Path) -> None:
    moved(tmp_path)
    assert [code for code, _ in wrong(tmp_path, MOVE)] == ["NO_ZONES"]


def test_points_do_not_take_the_place_of_polygons(tmp_path: Path) -> None:
    tmp_path.mkdir(exist_ok=True)
    (tmp_path / "moved.csv").write_text("zone_id,lon,lat\nZ1,112.4,29.3\n", "utf-8")
    declared = SCENARIO.replace("[coordinates]\n", '[coordinates]\nzones = "wgs84"\n')
    text = MOVE.replace("moved.geojson", "moved.csv")
    assert wrong(tmp_path, text, base=declared) == [("CHANGE_ZONES_NOT_ALIKE", "[[change]] 1 file")]
    codes = [code for code, _ in wrong(tmp_path, text)]
    assert codes == ["COORDINATES_NOT_DECLARED"]


def test_no_boundary_moves_where_the_zones_did_not_come_in(tmp_path: Path) -> None:
    moved(tmp_path, square("Z1", 112.4))
    base = SCENARIO.replace('zones = "zones.geojson"', 'zones = "lost.geojson"')
    assert [code for code, _ in wrong(tmp_path, MOVE, base=base)] == ["FILE_MISSING"]


def test_two_files_may_not_move_one_zone(tmp_path: Path) -> None:
    moved(tmp_path, square("Z1", 112.4))
    other = MOVE.replace('"moved', '"./moved')
    assert wrong(tmp_path, MOVE + other) == [("CHANGE_CONFLICT", "[[change]] 2 file")]
