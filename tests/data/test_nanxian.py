"""The sample county: made anew it is the same, it tiles exactly, and it holds what it promises."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
import shapely

DATA = Path(__file__).parents[2] / "data"
MAPS = ("nanxian-primary.geojson", "nanxian-junior.geojson")
WORKBOOK = "nanxian/applicants-junior-2026.xlsx"
TEXTS = (
    "nanxian/applicants-primary-2026.csv",
    "nanxian/schools-primary.csv",
    "nanxian/schools-junior.csv",
    "zones/nanxian-primary.geojson",
    "zones/nanxian-junior.geojson",
    "zones/nanxian-primary-new-town.geojson",
    "nanxian/roll-primary.csv",
    "nanxian/roll-junior.csv",
    "nanxian/births-primary.csv",
    "nanxian/births-junior.csv",
    "nanxian/homes-primary.csv",
    "nanxian/homes-junior.csv",
)


@pytest.fixture(scope="module")
def made_anew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    script = str(DATA / "make_nanxian.py")
    subprocess.run([sys.executable, script, "--to", str(folder)], check=True)  # noqa: S603
    return folder


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / "nanxian" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def sheets_of(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(folder / WORKBOOK)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def junior_rows() -> list[dict[str, object]]:
    _, headers, *rows = next(iter(sheets_of(DATA).values()))
    return [dict(zip(map(str, headers), row, strict=True)) for row in rows]


def zones_of(name: str) -> dict[str, dict]:
    document = json.loads((DATA / "zones" / name).read_text(encoding="utf-8"))
    return {feature["properties"]["zone_id"]: feature for feature in document["features"]}


def rings_of(feature: dict) -> list[list[tuple[int, int]]]:
    """Return the rings in whole millionths of a degree."""
    return [
        [(round(lon * 1e6), round(lat * 1e6)) for lon, lat in ring]
        for ring in feature["geometry"]["coordinates"]
    ]


def doubled_area(ring: list[tuple[int, int]]) -> int:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


@pytest.mark.parametrize("name", TEXTS)
def test_made_anew_a_text_file_is_the_same(made_anew: Path, name: str) -> None:
    assert (made_anew / name).read_bytes() == (DATA / name).read_bytes()


def test_made_anew_the_workbook_has_the_same_cells(made_anew: Path) -> None:
    assert sheets_of(made_anew) == sheets_of(DATA)


def test_the_moved_boundary_only_moves_ground_from_one_zone_to_the_other() -> None:
    before = zones_of("nanxian-primary.geojson")
    after = zones_of("nanxian-primary-new-town.geojson")
    assert set(after) == {"SYN-ZP07", "SYN-ZP08"}
    sizes = [
        {zone: sum(doubled_area(ring) for ring in rings_of(some[zone])) for zone in after}
        for some in (before, after)
    ]
    assert sum(sizes[0].values()) == sum(sizes[1].values())
    assert sizes[0]["SYN-ZP07"] != sizes[1]["SYN-ZP07"]


@pytest.mark.parametrize("name", MAPS)
def test_zones_are_whole_polygons(name: str) -> None:
    for feature in zones_of(name).values():
        shell, *holes = rings_of(feature)
        assert shapely.Polygon(shell, holes).is_valid
        assert doubled_area(shell) > 0, "the outer ring runs counter-clockwise"


@pytest.mark.parametrize("name", MAPS)
def test_zones_tile_the_county_exactly(name: str) -> None:
    """Every edge is shared by two zones or lies on one outline, to the last digit."""
    rings = [ring for feature in zones_of(name).values() for ring in rings_of(feature)]
    edges = Counter(edge for ring in rings for edge in pairwise(ring))
    assert set(edges.values()) == {1}, "no zone runs along the same side of an edge twice"
    outline = [(a, b) for a, b in edges if (b, a) not in edges]
    follow = dict(outline)
    assert len(follow) == len(outline)
    ring = [outline[0][0]]
    while len(ring) == 1 or ring[-1] != ring[0]:
        ring.append(follow[ring[-1]])
    assert len(ring) == len(outline) + 1, "one outline and no gap inside it"
    assert doubled_area(ring) == sum(map(doubled_area, rings))
    assert shapely.Polygon(ring).is_valid


def test_both_maps_cover_the_same_county() -> None:
    covers = [
        sum(doubled_area(ring) for zone in zones_of(name).values() for ring in rings_of(zone))
        for name in MAPS
    ]
    assert covers[0] == covers[1]


@pytest.mark.parametrize(
    ("name", "table", "key"),
    [(MAPS[0], "schools-primary.csv", "school_id"), (MAPS[1], "schools-junior.csv", "学校代码")],
)
def test_zones_name_known_schools_that_stand_in_the_county(name: str, table: str, key: str) -> None:
    schools = {row[key]: row for row in rows_of(table)}
    served = {s for z in zones_of(name).values() for s in z["properties"]["schools"].split(";")}
    private = {s for s, row in schools.items() if {"private", "民办"} & set(row.values())}
    assert served == set(schools) - private
    county = shapely.union_all([shapely.Polygon(rings_of(z)[0]) for z in zones_of(name).values()])
    for row in schools.values():
        lon, lat = float(row.get("lon") or row["经度"]), float(row.get("lat") or row["纬度"])
        assert county.contains(shapely.Point(lon * 1e6, lat * 1e6))


def test_counts_are_as_promised() -> None:
    assert len(rows_of("schools-primary.csv")) == 60
    assert len(rows_of("schools-junior.csv")) == 30
    assert 4900 <= len(rows_of("applicants-primary-2026.csv")) <= 5150
    assert 4500 <= len(junior_rows()) <= 4700
    assert (len(zones_of(MAPS[0])), len(zones_of(MAPS[1]))) == (61, 27)


def test_nearly_half_of_the_primary_entrants_live_in_the_county_seat() -> None:
    features = list(zones_of(MAPS[0]).values())
    tree = shapely.STRtree([shapely.Polygon(rings_of(feature)[0]) for feature in features])
    rows = rows_of("applicants-primary-2026.csv")
    homes = [shapely.Point(float(row["lon"]) * 1e6, float(row["lat"]) * 1e6) for row in rows]
    at, zone = tree.query(homes, predicate="within")
    towns = Counter(features[i]["properties"]["area"] for i in zone)
    assert len(set(at)) == len(at) == len(rows) - 6, "two on a border, four beyond the county"
    assert 0.44 < towns["Nanzhou"] / len(rows) < 0.5
    assert len(towns) == 12


def test_every_case_of_the_story_is_there() -> None:
    rows = rows_of("applicants-primary-2026.csv")
    assert {row["household"] for row in rows} == {"zone", "county", "outside"}
    assert {row["home"] for row in rows} == {"own", "grandparents", "rent", "none"}
    reasons = Counter(row["placed_reason"] for row in rows)
    assert set(reasons) == {"", "disabled", "policy_care", "feeder"}
    assert {"passed", "pending", "rejected"} == {row["review"] for row in rows}
    families = Counter(row["family"] for row in rows if row["family"])
    assert set(families.values()) == {2, 3}
    assert 400 < sum(row["sibling_school"] != "" for row in rows) < 700
    assert sum(row["birth_date"] > "2020-08-31" for row in rows) == 9
    assert sum(row["birth_date"] == "" for row in rows) == 7
    assert sum(row["zone"] != "" for row in rows) == 18
    assert sum(row["accepts_redirect"] == "no" for row in rows) == 26


def test_placements_by_decision_are_complete() -> None:
    for row in rows_of("applicants-primary-2026.csv"):
        cells = [row[f"placed_{what}"] for what in ("school", "reason", "authority", "date")]
        assert all(cells) or not any(cells)


def test_nine_year_schools_are_the_same_in_both_stages() -> None:
    primary = {row["school_id"]: row for row in rows_of("schools-primary.csv")}
    shared = [row for row in rows_of("schools-junior.csv") if row["学校代码"] in primary]
    assert len(shared) == 5
    for row in shared:
        twin = primary[row["学校代码"]]
        assert (row["经度"], row["纬度"]) == (twin["lon"], twin["lat"])
        assert row["其他年级在校生"] == twin["other_grades"]
        assert row["学校规模上限"] == twin["school_limit"] == "2500"


def test_the_workbook_has_a_title_above_its_headers_and_dates_as_dates() -> None:
    sheets = sheets_of(DATA)
    assert list(sheets) == ["报名表（合成数据）", "说明"]
    assert "合成数据" in str(next(iter(sheets.values()))[0][0])
    births = Counter(type(row["出生日期"]).__name__ for row in junior_rows())
    assert set(births) == {"datetime", "NoneType"}
    assert {row["户籍"] for row in junior_rows()} == {"本片区", "本县", "县外随迁"}


def test_every_file_says_that_it_is_synthetic() -> None:
    for name in MAPS:
        text = (DATA / "zones" / name).read_text(encoding="utf-8")
        assert "Synthetic data" in text or "合成数据" in text
    for table in ("schools-primary.csv", "schools-junior.csv", "applicants-primary-2026.csv"):
        assert all(next(iter(row.values())).startswith("SYN-") for row in rows_of(table))
    assert all(str(row["报名号"]).startswith("SYN-") for row in junior_rows())


def test_the_data_stay_small() -> None:
    files = [file for name in ("nanxian", "zones") for file in (DATA / name).iterdir()]
    assert sum(file.stat().st_size for file in files) < 5_000_000
