"""The page of a comparison: what differs, how it is marked, and where it is drawn."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from enroll.planning import compare
from enroll.report.comparison.plans import Plan, plans_json
from enroll.report.pages.compare_page import compare_page, read_comparison
from enroll.report.pages.compare_rows import FILLED, changed_in, compared, filled_of
from enroll.report.pages.compare_years import _labels
from tests.planning.comparisons import CLOSED, scenarios, with_roll
from tests.report.pages.checks import PATH, SVG, names_on, runs_nothing_but_its_script
from tests.report.pages.others import compared as files_of_county
from tests.report.pages.others import page_of
from tests.report.pages.runs import parsed, table_of

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

HOSTILE = [
    "<script>alert('x')</script>\"&amp;{{7*7}}",
    "阿依古丽·买买提 مكتب 𠮷",
    "=cmd|' /C calc'!A0",
]


@pytest.fixture(scope="module")
def tree() -> Element:
    return parsed(page_of("comparison", "en"))


def lines(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files_of_county()[name].decode().splitlines()))


def number(text: str) -> int:
    return int(text.split()[0].replace(",", ""))


@pytest.mark.parametrize(
    ("values", "wanted", "meanings"),
    [
        ([5, 5, 7, 3], 0, ["", "", "more", "less"]),
        ([5, 7, 3], 1, ["", "better", "worse"]),
        ([5, 7, 3], -1, ["", "worse", "better"]),
        ([None, 7], -1, ["", ""]),
        ([5, None], 1, ["", ""]),
    ],
)
def test_a_difference_says_what_it_means(values, wanted, meanings) -> None:
    cells = compared(values, wanted)
    assert [cell.meaning for cell in cells] == meanings
    assert [cell.value for cell in cells] == values
    assert all(bool(cell.difference) == bool(cell.meaning) for cell in cells)


@pytest.mark.parametrize(
    ("classes", "largest", "standard", "limit", "filled"),
    [
        (0, 0, 45, 55, "closed"),
        (1, 0, 45, 55, "under"),
        (2, 33, 45, 55, "under"),
        (2, 34, 45, 55, "within"),
        (2, 45, 45, 55, "within"),
        (2, 46, 45, 55, "above"),
        (2, 55, 45, 55, "above"),
        (2, 56, 45, 55, "limit"),
    ],
)
def test_a_school_is_as_full_as_its_largest_class(
    classes, largest, standard, limit, filled
) -> None:
    row = {"classes": classes, "largest_class": largest}
    row |= {"class_standard": standard, "class_limit": limit}
    assert filled_of({name: str(value) for name, value in row.items()}) == filled


def test_every_figure_stands_with_its_difference(tree: Element) -> None:
    told = json.loads(files_of_county()["compare.json"])["scenarios"]
    rows = {row[0]: row[1:] for row in table_of(tree, "table-figures")}
    for name, label in (
        ("placed", "placed"),
        ("beyond_far", "far ways"),
        ("classes", "classes opened"),
    ):
        assert [number(cell) for cell in rows[label]] == [side["figures"][name] for side in told]
        for cell, side in zip(rows[label][1:], told[1:], strict=True):
            apart = side["differences"][name]
            sign = "▲ +" if apart > 0 else "▼ −"
            assert (f"{sign}{abs(apart):,}" in cell) == bool(apart)


def test_marks_are_more_than_a_colour(tree: Element) -> None:
    """A sign, an arrow and a word."""
    marks = [each for each in tree.iter("span") if (each.get("class") or "").startswith("apart ")]
    assert len(marks) > 50
    for mark in marks:
        arrow, sign, word = "".join(mark.itertext()).split()
        assert (arrow, sign[0]) in (("▲", "+"), ("▼", "−"))
        assert word == mark.get("class").split()[1]


def test_every_scenario_has_its_map_on_one_scale(tree: Element) -> None:
    maps = [each for each in tree.iter(SVG) if each.get("class") == "small-map"]
    assert len(maps) == 4
    assert len({each.get("viewBox") for each in maps}) == 1
    said = maps[0].get("aria-label")
    zones = [row for row in lines("compare-zones.csv") if row["scenario"] == "nanxian-primary-2026"]
    full = sum(int(row["children"]) >= int(row["seats"]) for row in zones)
    assert f"of {len(zones)} zones {full} have" in said
    marks = ["".join(path.get("class") or "" for path in each.iter(PATH)) for each in maps]
    assert ["mark-new" in mark for mark in marks] == [False, True, False, False]
    assert ["mark-closed" in mark for mark in marks] == [False, False, True, False]
    assert ["mark-changed" in mark for mark in marks] == [False, False, False, True]


def test_schools_by_fullness_are_all_schools(tree: Element) -> None:
    rows = table_of(tree, "table-classes")
    assert len(rows) == len(FILLED)
    counts = [sum(number(row[at]) for row in rows) for at in range(1, 5)]
    listed = [row["scenario"] for row in lines("compare-schools.csv")]
    assert counts == [listed.count(name) for name in dict.fromkeys(listed)]


def test_moves_are_those_of_the_file(tree: Element) -> None:
    told = {
        (row["from_school"], row["to_school"], row["scenario"]): int(row["children"])
        for row in lines("moves.csv")
    }
    names = list(dict.fromkeys(row["scenario"] for row in lines("compare.csv")))[1:]
    shown = 0
    for row in table_of(tree, "table-flows"):
        ids = [cell.split()[-1] if cell != "no place" else "" for cell in row[:2]]
        counts = [number(cell) for cell in row[2:]]
        assert counts == [told.get((*ids, name), 0) for name in names]
        shown += sum(counts)
    assert shown > sum(told.values()) * 0.7


def test_years_are_those_of_the_schools_that_change_most(tree: Element) -> None:
    entrants = {
        (row["scenario"], row["school_id"], row["year"]): int(row["pupils"])
        for row in lines("compare-years.csv")
        if row["grade"] == "1"
    }
    rows = table_of(tree, "table-school-years")
    letters = "ABCD"
    names = list(dict.fromkeys(row["scenario"] for row in lines("compare.csv")))
    for row in rows:
        scenario, school = names[letters.index(row[1])], row[0].split()[-1]
        expected = [entrants.get((scenario, school, str(year)), 0) for year in (2026, 2027, 2028)]
        assert list(map(number, row[3:])) == expected
    assert "SYN-P56" in " ".join(row[0] for row in rows)


def test_letters_that_would_cover_each_other_are_one() -> None:
    assert _labels([(10, "B"), (12, "A"), (30, "C")]) == [("AB", 10), ("C", 30)]


def test_changes_are_said_as_people_write_them() -> None:
    change = {
        "key": "schools.S1",
        "old": None,
        "new": {"name": "New", "beds": None, "z": ["a", "b"]},
    }
    title = {"key": "title", "old": "Old", "new": "New"}
    listed = {"key": "change", "old": [], "new": [{"do": "add_school"}]}
    assert changed_in({"changes": [listed, change, title]}) == [
        ("schools.S1", "", "name New; z a, b")
    ]
    assert changed_in({"changes": [listed, title]}) == [("change", "", "do add_school")]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_name_is_shown_as_it_is_and_runs_nowhere(tmp_path: Path, name, language) -> None:
    paths = with_roll(tmp_path, closed=CLOSED.replace("(synthetic)", "").replace("title   = ", "#"))
    for file, old, new in (
        ("schools.csv", "Sample School East", '"' + name.replace('"', '""') + '"'),
        ("zones.geojson", "Sample zone east", json.dumps(name)[1:-1]),
    ):
        path = tmp_path / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    files = compare(paths, kept=tmp_path / "kept", workers=1, years="2026").files
    told = json.loads(files["compare.json"])
    told["scenarios"][1]["title"] = name
    page = compare_page({**files, "compare.json": json.dumps(told).encode()}, language)
    tree = parsed(page)
    runs_nothing_but_its_script(tree)
    assert names_on(tree).count(name) >= 4


def test_without_places_there_is_no_map_and_the_rest_is_shown(tmp_path: Path) -> None:
    files = dict(compare(scenarios(tmp_path, closed=CLOSED), kept=tmp_path / "k", workers=1).files)
    assert b"small-map" in files["report.html"].partition(b"</style>")[2]
    del files["compare-map.json"]
    tree = parsed(compare_page(files, "en"))
    assert "There are no maps" in "".join(tree.itertext())
    assert not [each for each in tree.iter(SVG) if each.get("class") == "small-map"]
    assert "years" not in [each.get("id") for each in tree.iter("h2")]
    assert len(table_of(tree, "table-zones")) == 3
    assert plans_json({"a": Plan()}) is None


def test_a_comparison_is_read_with_its_letters() -> None:
    found = read_comparison(files_of_county())
    assert [side["letter"] for side in found.sides] == ["A", "B", "C", "D"]
    assert {len(rows) for rows in found.zones.values()} == {61}
