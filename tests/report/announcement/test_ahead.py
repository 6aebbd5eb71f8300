"""Warnings of the years ahead: which are told, and that no small number can be found in them."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enroll.errors import UsageError
from enroll.planning.forecasting import forecast
from enroll.report.announcement.ahead import read_ahead, told_rows
from enroll.report.manifest import SUMS, seal
from enroll.report.warnings_ahead import LEVELS
from enroll.scenario import load
from enroll.tables import read_plan
from tests.planning.futures import county

if TYPE_CHECKING:
    from pathlib import Path

    from enroll.report.announcement import Ahead

HEADER = (
    "place,id,name,warning,first_possible,first_year,value,bound,chance,chance_by_then,years,"
    "group\n"
)
GROUPS = "year,zone_ids,group,pupils,upto,seats_standard,chance\n"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Path]:
    """Return a scenario, and the folder of its forecast."""
    scenario = county(tmp_path)
    forecast(load(scenario), 4).write(tmp_path / "ahead")
    return scenario, tmp_path / "ahead"


def reading(scenario: Path, folder: Path) -> Ahead:
    loaded = load(scenario)
    return read_ahead(folder, loaded, read_plan(loaded).inputs.sources, "en")


def resealed(folder: Path, **changed: str) -> Path:
    """Put other tables into a forecast's folder, as if it had been made with them."""
    for name, text in changed.items():
        (folder / f"{name.replace('_', '-')}.csv").write_text(text, "utf-8")
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != SUMS}
    (folder / SUMS).write_bytes(seal(files))
    return folder


def test_the_warnings_of_a_forecast_are_told(made: tuple[Path, Path]) -> None:
    """All that are for families, of the years told, as warnings-ahead.csv has them."""
    ahead = reading(*made)
    assert (ahead.first, ahead.last) == (2026, 2028)
    with (made[1] / "warnings-ahead.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    expected = {
        (row["id"], row["warning"])
        for row in rows
        if row["warning"] != "small_school" and int(row["first_possible"]) <= 2028
    }
    told = {(";".join(one.ids), one.kind) for one in ahead.warnings}
    left_out = expected - told
    assert told <= expected
    assert ("S1", "red") in told
    assert all(kind == "yellow" and (place, "red") in told for place, kind in left_out)
    (first,) = [one for one in ahead.warnings if (one.ids, one.kind) == (("S1",), "red")]
    (row,) = [row for row in rows if (row["id"], row["warning"]) == ("S1", "red")]
    assert (first.value, first.bound, first.chance) == tuple(
        int(row[key]) for key in ("value", "bound", "chance")
    )
    assert first.level == ("red" if row["first_year"] else "yellow")


def line(kind: str, possible: int, first: int | str, value: int, chance: int = 70) -> str:
    return f"school,S1,First,{kind},{possible},{first},{value},90,{chance},{chance},1,\n"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((line("red", 2026, 2027, 95),), [("red", "red", 2026, 2027, 95, 70)]),
        ((line("red", 2026, "", 85, 20),), [("red", "yellow", 2026, 0, 85, 20)]),
        ((line("red", 2027, 2030, 95),), [("red", "yellow", 2027, 0, None, None)]),
        ((line("red", 2029, 2030, 95),), []),
        ((line("red", 2025, 2025, 95),), []),
        ((line("small_school", 2026, 2026, 60),), []),
        ((line("red", 2026, 2026, 4),), [("red", "red", 2026, 2026, None, 70)]),
        ((line("red", 2026, 2026, 5),), [("red", "red", 2026, 2026, 5, 70)]),
        (
            (line("yellow", 2026, 2026, 95), line("red", 2026, 2026, 95)),
            [("red", "red", 2026, 2026, 95, 70)],
        ),
        (
            (line("yellow", 2026, 2026, 95), line("red", 2026, 2028, 99)),
            [("red", "red", 2026, 2028, 99, 70), ("yellow", "yellow", 2026, 2026, 95, 70)],
        ),
        (
            (line("oversized_class", 2026, "", 50), line("yellow", 2027, 2027, 85)),
            [
                ("yellow", "yellow", 2027, 2027, 85, 70),
                ("oversized_class", "yellow", 2026, 0, 50, 70),
            ],
        ),
    ],
)
def test_which_warning_is_told_and_how(
    made: tuple[Path, Path], lines: tuple[str, ...], told: list[tuple[object, ...]]
) -> None:
    resealed(made[1], warnings_ahead=HEADER + "".join(lines))
    ahead = reading(*made)
    assert [
        (one.kind, one.level, one.possible, one.first, one.value, one.chance)
        for one in ahead.warnings
    ] == told


def test_groups_are_told_of_zones_that_may_be_full_only(made: tuple[Path, Path]) -> None:
    warnings = HEADER + "zone,Z1,West,red,2026,2026,95,90,70,70,1,\n"
    rows = [
        "2026,Z1,A,60,60,90,0",
        "2026,Z1,B,3,63,90,0",
        "2026,Z1,C,32,95,90,70",
        "2027,Z1,A,2,2,90,0",
        "2028,Z1,A,50,50,90,0",
        "2029,Z1,A,50,50,90,0",
        "2026,Z2,A,60,60,90,0",
    ]
    resealed(made[1], warnings_ahead=warnings, groups_ahead=GROUPS + "\n".join(rows) + "\n")
    told = [(one.year, one.group, one.children, one.chance) for one in reading(*made).groups]
    assert told == [(2026, "A", 60, 0), (2026, "C", 95, 70), (2028, "A", 50, 0)]


@given(st.lists(st.integers(0, 12), min_size=1, max_size=8))
def test_no_small_number_is_the_difference_of_two_that_are_told(counts: list[int]) -> None:
    upto = [sum(counts[: number + 1]) for number in range(len(counts))]
    rows = [{"upto": str(value), "group": str(number)} for number, value in enumerate(upto)]
    told = [int(row["upto"]) for row in told_rows(rows)]
    known = [0, *told]
    assert not [(low, high) for low in known for high in known if 0 < high - low < 5]
    if upto[-1] >= 5:
        assert told[-1] == upto[-1], "the whole is always told"
    if all(count >= 5 for count in counts):
        assert told == upto


def refused(scenario: Path, folder: Path) -> str:
    with pytest.raises(UsageError) as stopped:
        reading(scenario, folder)
    return str(stopped.value)


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ("[limits]\nclass_standard = 40\n", "limits"),
        ('[[change]]\ndo = "close_school"\nschool_id = "S2"\n', "change"),
    ],
)
def test_a_forecast_under_other_settings_is_refused(
    made: tuple[Path, Path], more: str, what: str
) -> None:
    scenario, folder = made
    scenario.write_text(scenario.read_text("utf-8") + more, "utf-8")
    assert f"is not a forecast of this scenario ({what} is another)" in refused(scenario, folder)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [("year = 2026", "year = 2027", "year"), ('"primary"', '"junior"', "stage")],
)
def test_a_forecast_of_another_entrance_is_refused(
    made: tuple[Path, Path], old: str, new: str, what: str
) -> None:
    scenario, folder = made
    scenario.write_text(scenario.read_text("utf-8").replace(old, new), "utf-8")
    assert f"({what} is another)" in refused(scenario, folder)


@pytest.mark.parametrize("table", ["schools", "zones"])
def test_a_forecast_from_other_tables_is_refused(made: tuple[Path, Path], table: str) -> None:
    scenario, folder = made
    path = scenario.parent / f"{table}.csv"
    path.write_text(path.read_text("utf-8").replace("112.42", "112.43"), "utf-8")
    assert f"({table} is another)" in refused(scenario, folder)


def test_what_is_no_forecast_is_refused(made: tuple[Path, Path], tmp_path: Path) -> None:
    scenario, folder = made
    for place in (tmp_path / "nowhere", tmp_path):
        assert "holds no forecast that this version reads" in refused(scenario, place)
    (folder / "warnings-ahead.csv").unlink()
    resealed(folder)
    assert "holds no forecast" in refused(scenario, folder)


@pytest.mark.parametrize(
    "broken",
    [
        {"format": 99},
        {"forecast": []},
        {"forecast": {"years": None}},
        {"inputs": {}},
        {"scenario": {"settings": 3}},
    ],
)
def test_a_manifest_that_says_something_else_is_refused(
    made: tuple[Path, Path], broken: dict[str, object]
) -> None:
    scenario, folder = made
    manifest = json.loads((folder / "manifest.json").read_bytes())
    (folder / "manifest.json").write_text(json.dumps({**manifest, **broken}), "utf-8")
    assert refused(scenario, resealed(folder))


def test_a_table_that_says_something_else_is_refused(made: tuple[Path, Path]) -> None:
    scenario, folder = made
    resealed(folder, warnings_ahead=HEADER + line("red", 2026, 2026, 95).replace("95", "many"))
    assert "holds no forecast" in refused(scenario, folder)


def test_a_forecast_that_was_changed_is_refused(made: tuple[Path, Path]) -> None:
    scenario, folder = made
    (folder / "warnings-ahead.csv").write_text(HEADER, "utf-8")
    assert "warnings-ahead.csv is missing or was changed" in refused(scenario, folder)


def test_the_kinds_told_are_kinds_of_the_forecast() -> None:
    from enroll.report.announcement.ahead import _FOR_FAMILIES

    assert set(_FOR_FAMILIES) == set(LEVELS) - {"small_school"}
