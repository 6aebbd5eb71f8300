"""Changes to the children: a new estate, and more or fewer of those who are there."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
import shapely

from enroll.errors import InputError
from enroll.geo import survey
from enroll.priority import rank
from enroll.records import NONE
from enroll.scenario import load
from enroll.scenario.changes import AddHomes
from tests.changing.places import ESTATE, children, inputs, place, recorded, wrong

if TYPE_CHECKING:
    from pathlib import Path

SCALE = '[[change]]\ndo = "scale_demand"\nzones = ["Z1"]\nfactor = '


def ids(found) -> list[str]:
    return found.applicants.applicant_id.tolist()


def test_an_estate_has_its_children_inside_its_polygon(tmp_path: Path) -> None:
    found = inputs(tmp_path, ESTATE)
    made = found.applicants.made()
    assert made.sum() == 13  # 12.5, halves up
    ground = shapely.Polygon([(112.401, 29.301), (112.409, 29.301), (112.409, 29.309)])
    points = shapely.points(found.applicants.lon[made], found.applicants.lat[made])
    assert shapely.contains(ground, points).all()
    assert len({(point.x, point.y) for point in points}) == 13
    assert [name for name in ids(found) if "#" in name][:2] == ["NEW#00001", "NEW#00002"]
    assert recorded(found) == {"homes.NEW.children": (0, 13)}


def test_children_of_an_estate_are_in_its_group(tmp_path: Path) -> None:
    found = inputs(tmp_path, ESTATE)
    settings = load(tmp_path / "own.toml").settings
    ground, _ = survey(found, settings)
    assert ground is not None
    groups = rank(found, ground, settings).groups
    assert {groups.ids[number] for number in groups.of[found.applicants.made()]} == {"B"}


def test_an_estate_that_fills_keeps_its_children(tmp_path: Path) -> None:
    half = inputs(tmp_path, ESTATE + "occupancy = {2026 = 50}\n").applicants
    full = inputs(tmp_path, ESTATE).applicants
    places = dict(zip(full.applicant_id, zip(full.lon, full.lat, strict=True), strict=True))
    assert all(
        places[name] == (lon, lat)
        for name, lon, lat in zip(half.applicant_id, half.lon, half.lat, strict=True)
    )


def test_the_pupils_of_an_estate_follow_its_occupancy() -> None:
    homes = AddHomes.model_validate(
        {
            "do": "add_homes",
            "id": "E",
            "point": [1, 2],
            "dwellings": 1200,
            "pupils_per_100": {"1": 6.5},
            "delivered": 2027,
            "occupancy": {"2028": 40, "2030": 100},
        }
    )
    assert [homes.pupils(1, year) for year in range(2026, 2032)] == [0, 0, 31, 31, 78, 78]
    assert homes.pupils(7, 2031) == 0


def test_children_of_an_estate_may_all_live_at_one_point(tmp_path: Path) -> None:
    start = ESTATE.index("polygon")
    point = ESTATE[:start] + "point = [112.413, 29.305]" + ESTATE[ESTATE.index("\n", start) :]
    found = inputs(tmp_path, point).applicants
    places = zip(found.lon[found.made()], found.lat[found.made()], strict=True)
    assert set(places) == {(112.413, 29.305)}


def test_an_estate_so_thin_that_chance_misses_it_keeps_its_children_inside(tmp_path: Path) -> None:
    corners = "[[112.401, 29.301], [112.409, 29.309], [112.4090001, 29.309]]"
    start = ESTATE.index("polygon")
    thin = f"{ESTATE[:start]}polygon = {corners}{ESTATE[ESTATE.index(chr(10), start) :]}"
    found = inputs(tmp_path, thin).applicants
    assert found.made().sum() == 13
    ground = shapely.Polygon([(112.401, 29.301), (112.409, 29.309), (112.4090001, 29.309)])
    points = shapely.points(found.lon[found.made()], found.lat[found.made()])
    assert shapely.dwithin(ground, points, 1e-9).all()


def test_a_border_that_crosses_itself_is_no_estate(tmp_path: Path) -> None:
    crossed = ESTATE.replace("[112.409, 29.309]]", "[112.401, 29.309], [112.409, 29.309]]")
    crossed = crossed.replace("[112.409, 29.301], [112.401", "[112.409, 29.309], [112.401", 1)
    crossed = crossed.replace("[112.409, 29.309]]", "[112.409, 29.301]]")
    assert wrong(tmp_path, crossed) == [("HOMES_POLYGON", "[[change]] 1 polygon")]


def test_facts_of_an_estate_decide_its_group(tmp_path: Path) -> None:
    text = ESTATE.replace('group = "B"', 'facts = {home = "own"}')
    found = inputs(tmp_path, text)
    settings = load(tmp_path / "own.toml").settings
    ground, _ = survey(found, settings)
    assert ground is not None
    groups = rank(found, ground, settings).groups
    assert {groups.ids[number] for number in groups.of[found.applicants.made()]} == {"A"}


def test_a_fact_is_one_of_the_known_words(tmp_path: Path) -> None:
    text = ESTATE.replace('group = "B"', 'facts = {home = "castle"}')
    assert wrong(tmp_path, text) == [("CHANGE_FACT_WORD", "[[change]] 1 facts.home")]


def test_an_estate_without_children_is_told(tmp_path: Path) -> None:
    text = ESTATE.replace("delivered = 2026", "delivered = 2027")
    assert wrong(tmp_path, text) == [("CHANGE_WITHOUT_EFFECT", "[[change]] 1 delivered")]


@pytest.mark.parametrize(("factor", "count"), [("0", 0), ("0.85", 9), ("1.25", 13), ("2.5", 25)])
def test_a_zone_has_its_children_times_the_factor(tmp_path: Path, factor: str, count: int) -> None:
    found = inputs(tmp_path, SCALE + factor)
    assert len(found.applicants) == 10 + count
    assert recorded(found) == {"demand.Z1.children": (10, count)}
    assert len(set(ids(found))) == len(found.applicants)


def test_a_whole_county_grows_zone_by_zone(tmp_path: Path) -> None:
    found = inputs(tmp_path, '[[change]]\ndo = "scale_demand"\nfactor = 1.5\n')
    assert recorded(found) == {"demand.Z1.children": (10, 15), "demand.Z2.children": (10, 15)}


def test_a_factor_that_changes_nobody_is_told(tmp_path: Path) -> None:
    assert wrong(tmp_path, SCALE + "1.01") == [("CHANGE_WITHOUT_EFFECT", "[[change]] 1 factor")]


def test_a_copy_has_no_place_by_decision_and_no_twin(tmp_path: Path) -> None:
    rows = children(A002=",F1,S1,disabled,No. 1,2026-05-01", A004=",F1,,,,")
    found = inputs(tmp_path, SCALE + "2\n", rows=rows).applicants
    copies = found.made()
    assert (found.family[copies] == NONE).all()
    assert (found.placed_school[copies] == NONE).all()
    assert (found.placed_school[~copies] != NONE).sum() == 1


def test_fewer_children_are_some_of_the_others(tmp_path: Path) -> None:
    left = [set(ids(inputs(tmp_path, SCALE + factor))) for factor in ("0.3", "0.6", "0.9", "1.4")]
    assert all(fewer < more for fewer, more in pairwise(left))


def test_the_order_of_rows_and_of_changes_decides_nothing(tmp_path: Path) -> None:
    rows = children()
    there = inputs(tmp_path / "a", ESTATE + SCALE + "1.5\n", rows=rows)
    back = inputs(tmp_path / "b", SCALE + "1.5\n" + ESTATE, rows=[rows[0], *rows[:0:-1]])
    assert ids(there) == ids(back)
    assert there.applicants.lon.tolist() == back.applicants.lon.tolist()
    assert there.changed == back.changed


KINDS = {
    "add": '[[change]]\ndo = "add_school"\nschool_id = "S2"\nname = "N"\n'
    'lon = 1\nlat = 2\nclasses = 1\nzones = ["Z1"]\n',
    "close": '[[change]]\ndo = "close_school"\nschool_id = "S2"\n',
    "set": '[[change]]\ndo = "set_school"\nschool_id = "S2"\nclasses = 1\n',
    "zone": '[[change]]\ndo = "set_zone"\nzone_id = "Z1"\nschools = ["S2"]\n',
    "move": '[[change]]\ndo = "move_boundary"\nfile = "m.geojson"\nnew = ["Z1"]\n',
    "homes": ESTATE,
    "scale": SCALE + "2\n",
    "limits": '[[change]]\ndo = "set_limits"\nfar_m = 1\n',
    "round": '[[change]]\ndo = "set_round"\nid = "redirect"\nmax_m = 1\n',
}
AT_ODDS = {("add", "close"), ("add", "set"), ("add", "zone"), ("add", "move"), ("close", "set"),
           ("close", "zone"), ("zone", "move")}  # fmt: skip


def conflicts(path: Path) -> bool:
    try:
        load(path)
    except InputError as error:
        codes = {problem.code for problem in error.problems}
    else:
        codes = set()
    assert codes <= {"CHANGE_CONFLICT"}
    return bool(codes)


@pytest.mark.parametrize(("one", "other"), list(combinations(KINDS, 2)))
def test_two_kinds_clash_where_they_touch_the_same(tmp_path: Path, one: str, other: str) -> None:
    both = conflicts(place(tmp_path, KINDS[one] + KINDS[other]))
    assert both == conflicts(place(tmp_path, KINDS[other] + KINDS[one]))
    assert both == ((one, other) in AT_ODDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_clashes_with_itself(tmp_path: Path, kind: str) -> None:
    assert conflicts(place(tmp_path, KINDS[kind] * 2))


@pytest.mark.parametrize("text", [ESTATE, SCALE + "2\n"])
def test_changed_children_refuse_a_committed_draw(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as stopped:
        load(place(tmp_path, text + '[lottery]\ndraw = "draw"\n'))
    assert [problem.code for problem in stopped.value.problems] == ["CHANGE_UNDER_DRAW"]
