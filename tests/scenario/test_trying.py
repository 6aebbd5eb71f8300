"""Changes as a scenario states them: what is refused, and what becomes of limits and rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enroll.notices import message_of, remedy_of
from enroll.scenario import load
from tests.scenario.texts import LEAST, problems, refused, written

if TYPE_CHECKING:
    from pathlib import Path

HOMES = """\
[[change]]
do = "add_homes"
id = "E"
dwellings = 10
pupils_per_100 = {1 = 5}
delivered = 2026
"""
GROUP = '[[group]]\nid = "A"\nwhen = {home = "own"}\n'
PAIR = "SETTING_NEEDS_PAIR"


def change(do: str, *keys: str) -> str:
    return "\n".join(["[[change]]", f'do = "{do}"', *keys]) + "\n"


def set_school(*keys: str) -> str:
    return change("set_school", 'school_id = "S1"', *keys)


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        (
            change("add_shool"),
            "There is no change of this kind; the nearest is `add_school`.",
            "Write `add_school`, or one of: add_school, close_school, set_school, set_zone, "
            "move_boundary, add_homes, scale_demand, set_limits and set_round.",
        ),
        (
            change("xyzzy"),
            "There is no change of this kind.",
            "Write one of: add_school, close_school, set_school, set_zone, move_boundary, "
            "add_homes, scale_demand, set_limits and set_round.",
        ),
        (
            set_school("clases = 3"),
            "There is no setting of this name; the nearest is `classes`.",
            "Write `classes`, or take the line out.",
        ),
        (
            change("close_school", 'school_id = "S1"', "zzz = 3"),
            "There is no setting of this name.",
            "Take it out; known here: do and school_id.",
        ),
        (
            HOMES + "point = [1]\n",
            "The value must be a pair of numbers.",
            "Write it as `[112.40, 29.33]`: longitude and then latitude.",
        ),
    ],
)
def test_what_is_misspelt_is_told_with_its_neighbour(
    tmp_path: Path, text: str, message: str, remedy: str
) -> None:
    problem = problems(written(tmp_path, LEAST + text))[0]
    assert message_of(problem, "en") == message
    assert remedy_of(problem, "en") == remedy


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("change = 3\n", "SETTING_NEEDS_LIST", "change"),
        ("change = [3]\n", "SETTING_NEEDS_TABLE", "[[change]] 1"),
        ('[change]\ndo = "close_school"\n', "SETTING_NEEDS_LIST", "change"),
        ('[[change]]\nschool_id = "S1"\n', "SETTING_MISSING", "[[change]] 1 do"),
        ("[[change]]\ndo = 3\n", "CHANGE_UNKNOWN", "[[change]] 1 do"),
        (change("close_school"), "SETTING_MISSING", "[[change]] 1 school_id"),
        (set_school(), "CHANGE_EMPTY", "[[change]] 1"),
        (change("set_limits"), "CHANGE_EMPTY", "[[change]] 1"),
        (change("set_round", 'id = "zone"'), "CHANGE_EMPTY", "[[change]] 1"),
        (change("close_school", 'school_id = "S 1"'), "SETTING_NOT_A_PLACE",
         "[[change]] 1 school_id"),
        (set_school('lon = "x"'), "SETTING_NEEDS_NUMBER", "[[change]] 1 lon"),
        (set_school("lon = nan"), "SETTING_NEEDS_NUMBER", "[[change]] 1 lon"),
        (set_school("classes = -1"), "SETTING_TOO_SMALL", "[[change]] 1 classes"),
        (set_school('sector = "x"'), "SETTING_NOT_ONE_OF", "[[change]] 1 sector"),
        (change("scale_demand", "factor = -1"), "SETTING_TOO_SMALL", "[[change]] 1 factor"),
        (change("scale_demand", "factor = 11"), "SETTING_TOO_LARGE", "[[change]] 1 factor"),
        (change("scale_demand", "factor = inf"), "SETTING_NEEDS_NUMBER", "[[change]] 1 factor"),
        (change("set_limits", "class_limit = 30"), "LIMIT_BELOW_STANDARD", "[[change]] 1"),
        (change("set_round", 'id = "zonne"', 'seats = "limit"'), "CHANGE_ROUND_UNKNOWN",
         "[[change]] 1 id"),
        (change("set_round", 'id = "redirect"', 'last_seat = "skip"'), "ROUND_KEY_UNUSED",
         "[[change]] 1 last_seat"),
        ('[files]\ndemand = "d.csv"\napplicants = "a.csv"\n', "DEMAND_TWICE", "files"),
        ('[files]\ndemand = "d.csv"\noverrides = "o.csv"\n', "DEMAND_TWICE", "files"),
        ('[files]\ndemand = "d.csv"\n[lottery]\ndraw = "d"\n', "CHANGE_UNDER_DRAW", ""),
    ],
)  # fmt: skip
def test_a_bad_change_is_told(tmp_path: Path, text: str, code: str, key: str) -> None:
    assert refused(tmp_path, text) == [(code, key)]


@pytest.mark.parametrize(
    ("keys", "code", "key"),
    [
        ("point = [1]", PAIR, " point"),
        ("point = []", PAIR, " point"),
        ("point = [1, 2, 3]", PAIR, " point"),
        ("point = 1", PAIR, " point"),
        ('point = ["a", 2]', "SETTING_NEEDS_NUMBER", " point"),
        ("point = [nan, 1]", "HOMES_PLACE", ""),
        ("", "HOMES_PLACE", ""),
        ("point = [1, 2]\npolygon = [[1, 2], [3, 4], [5, 9]]", "HOMES_PLACE", ""),
        ("polygon = [[1, 2], [3], [4, 5]]", PAIR, " polygon"),
        ("polygon = [[1, 2], 3, [4, 5]]", PAIR, " polygon"),
        ("polygon = 3", "SETTING_NEEDS_LIST", " polygon"),
        ("polygon = [[1, 2], [3, 4]]", "HOMES_POLYGON", ""),
        ("polygon = [[1, 2], [3, 4], [1, 2]]", "HOMES_POLYGON", ""),
        ('point = [1, 2]\ngroup = "A"\nfacts = {home = "own"}', "HOMES_GROUP_TWICE", ""),
        ("point = [1, 2]\noccupancy = {26 = 5}", "HOMES_OCCUPANCY", " occupancy"),
        ("point = [1, 2]\noccupancy = {2026 = 101}", "HOMES_OCCUPANCY", " occupancy"),
        (f"point = [1, 2]\n{GROUP}", "HOMES_WITHOUT_GROUP", ""),
        (f'point = [1, 2]\ngroup = "Z"\n{GROUP}', "CHANGE_GROUP_UNKNOWN", " group"),
        (f'point = [1, 2]\nfacts = {{hme = "own"}}\n{GROUP}', "CHANGE_FACT_UNKNOWN", " facts.hme"),
    ],
)
def test_a_bad_estate_is_told(tmp_path: Path, keys: str, code: str, key: str) -> None:
    assert refused(tmp_path, f"{HOMES}{keys}\n") == [(code, f"[[change]] 1{key}")]


@pytest.mark.parametrize("yields", ["{0 = 5}", "{10 = 5}", "{1 = -5}", "{1 = 1001}", "{}"])
def test_an_estate_has_pupils_of_known_grades(tmp_path: Path, yields: str) -> None:
    text = HOMES.replace("{1 = 5}", yields) + "point = [1, 2]\n"
    assert refused(tmp_path, text) == [("HOMES_YIELD", "[[change]] 1 pupils_per_100")]


def test_a_key_that_a_round_does_not_read_is_named(tmp_path: Path) -> None:
    text = change("set_round", 'id = "redirect"', 'last_seat = "skip"')
    (problem,) = problems(written(tmp_path, LEAST + text))
    assert "last_seat" in message_of(problem, "en")


def test_bad_changes_are_all_told_at_once(tmp_path: Path) -> None:
    text = (
        change("set_limits", "class_standard = 60")
        + change("set_round", 'id = "nowhere"', "max_m = 5")
        + set_school("classes = 1")
        + set_school("classes = 2")
    )
    assert sorted(refused(tmp_path, text)) == [
        ("CHANGE_CONFLICT", "[[change]] 4"),
        ("CHANGE_ROUND_UNKNOWN", "[[change]] 2 id"),
        ("LIMIT_BELOW_STANDARD", "[[change]] 1"),
    ]


def tried(tmp_path: Path, text: str) -> dict[str, tuple]:
    """Return old and new of what a scenario's changes made of its rules."""
    changes = load(written(tmp_path, LEAST + text)).changes
    return {one.key: (one.old, one.new) for one in changes if one.key != "change"}


def test_limits_that_are_tried_are_recorded(tmp_path: Path) -> None:
    text = "[limits]\nclass_limit = 50\n" + change("set_limits", "class_limit = 60")
    assert tried(tmp_path, text) == {"limits.class_limit": (50, 60)}
    assert load(tmp_path / "own.toml").settings.limits.class_limit == 60


def test_the_default_rounds_follow_the_limits_that_are_tried(tmp_path: Path) -> None:
    assert tried(tmp_path, change("set_limits", "far_m = 2000")) == {
        "limits.far_m": (3000, 2000),
        "round.redirect.max_m": (3000, 2000),
        "round.stretch.max_m": (3000, 2000),
    }


def test_a_round_that_is_tried_is_recorded(tmp_path: Path) -> None:
    text = change("set_round", 'id = "redirect"', 'seats = "limit"', "max_m = 4000")
    assert tried(tmp_path, text) == {
        "round.redirect.max_m": (3000, 4000),
        "round.redirect.seats": ("standard", "limit"),
    }
    rounds = {step.id: step for step in load(tmp_path / "own.toml").settings.round}
    assert (rounds["redirect"].seats, rounds["redirect"].max_m) == ("limit", 4000)
    assert rounds["stretch"].max_m == 3000


def test_a_value_that_is_the_old_one_changes_nothing(tmp_path: Path) -> None:
    assert tried(tmp_path, change("set_limits", "class_limit = 55")) == {}


BASE = LEAST + change("set_limits", "far_m = 2000")


def test_changes_of_a_base_are_tried_too(tmp_path: Path) -> None:
    written(tmp_path, BASE, "base.toml")
    loaded = load(written(tmp_path, 'extends = "base.toml"\ntitle = "M"\n'))
    assert loaded.settings.limits.far_m == 2000
    assert loaded.changes_in == "base.toml"
    record = {one.key: (one.old, one.new) for one in loaded.changes}
    assert record["limits.far_m"] == (3000, 2000)


def test_own_changes_take_the_place_of_those_of_a_base(tmp_path: Path) -> None:
    written(tmp_path, BASE, "base.toml")
    own = 'extends = "base.toml"\n' + change("set_limits", "class_limit = 50")
    loaded = load(written(tmp_path, own))
    assert (loaded.settings.limits.far_m, loaded.settings.limits.class_limit) == (3000, 50)
    assert loaded.changes_in == "own.toml"


def test_what_is_wrong_with_changes_of_a_base_is_told_there(tmp_path: Path) -> None:
    written(tmp_path, LEAST + change("set_round", 'id = "no"', "max_m = 1"), "base.toml")
    (problem,) = problems(written(tmp_path, 'extends = "base.toml"\n'))
    assert (problem.code, problem.file) == ("CHANGE_ROUND_UNKNOWN", "base.toml")


def test_the_file_of_a_base_is_found_from_the_scenario(tmp_path: Path) -> None:
    text = LEAST + change("move_boundary", 'file = "map.geojson"')
    written(tmp_path / "bases", text, "base.toml")
    (moved,) = load(written(tmp_path, 'extends = "bases/base.toml"\n')).settings.change
    assert moved.file.path == "bases/map.geojson"
