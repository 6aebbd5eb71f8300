"""The page of a forecast: fans, the calendar of warnings, the gaps."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest

import enroll
from enroll.report.pages.fans import FAN, Axis, Course, fan, line
from enroll.report.pages.forecast_page import _tenths, forecast_page, read_forecast
from enroll.report.pages.forecast_rows import Warned, _rank, calendar
from tests.planning.futures import SCHOOLS, ZONES, births, county
from tests.report.pages.checks import SVG, names_on, runs_nothing_but_its_script
from tests.report.pages.others import forecast, page_of
from tests.report.pages.runs import parsed, table_of
from tests.report.pages.test_compare_page import HOSTILE

PARTS = ("-schools", "-past", "-seats")

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element


@pytest.fixture(scope="module")
def tree() -> Element:
    return parsed(page_of("forecast", "en"))


def lines(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(forecast()[name].decode().splitlines()))


def places(path: str) -> list[tuple[int, int]]:
    return [tuple(map(int, pair.split())) for pair in re.findall(r"\d+ \d+", path)]


def test_a_fan_goes_through_its_numbers_on_one_scale() -> None:
    course = Course([(2024, 10), (2025, 20)], [(2026, 30, 20, 40), (2027, 20, 0, 40)])
    drawn = fan(course, 25, 400, FAN)
    axis = Axis(2024, 2027, 40)
    assert places(drawn.past) == [(axis.x(2024), axis.y(10)), (axis.x(2025), axis.y(20))]
    assert places(drawn.middle)[0] == places(drawn.past)[-1], "it goes on from the last roll"
    assert places(drawn.middle)[1:] == [(axis.x(2026), axis.y(30)), (axis.x(2027), axis.y(20))]
    assert places(drawn.band) == [
        (axis.x(2025), axis.y(20)), (axis.x(2026), axis.y(40)), (axis.x(2027), axis.y(40)),
        (axis.x(2027), axis.y(0)), (axis.x(2026), axis.y(20)), (axis.x(2025), axis.y(20)),
    ]  # fmt: skip
    assert drawn.standard == axis.y(25)
    assert drawn.limit is None, "a bound that is far above would flatten the drawing"
    assert drawn.now == axis.x(2025)
    assert [year for year, _ in drawn.ends] == [2024, 2025, 2027]


def test_a_fan_without_a_past_begins_with_the_forecast() -> None:
    drawn = fan(Course([], [(2026, 0, 0, 0)]), None, None, FAN)
    assert (drawn.past, drawn.top) == ("", 1)
    assert drawn.middle.endswith("h1"), "one year is a dot"
    assert line(Axis(2026, 2026, 1), [], []) == ""


def test_every_school_with_pupils_has_its_line_and_two_fans(tree: Element) -> None:
    rows = table_of(tree, "table-schools")
    schools = {row["school_id"] for row in lines("forecast-schools.csv")}
    assert {row[0].split()[-1] for row in rows} == schools
    table = next(each for each in tree.iter("table") if each.get("id") == "table-schools")
    assert len(list(table.iter(SVG))) == 2 * len(rows)
    told = {
        (row["school_id"], row["year"]): (row["pupils"], f"{row['low']}–{row['high']}")
        for row in lines("forecast.csv")
        if row["grade"] == "1"
    }
    seats = {row["school_id"]: row for row in lines("forecast-seats.csv")}
    for row in rows:
        school = row[0].split()[-1]
        assert row[3:5] == [seats[school]["seats_standard"], seats[school]["seats_limit"]]
        assert tuple(row[6].split()) == told[school, "2026"]
        assert tuple(row[7].split()) == told[school, "2031"]


def test_years_are_those_of_the_table(tree: Element) -> None:
    told = {
        (row["school_id"], int(row["year"])): row["pupils"]
        for row in lines("forecast.csv")
        if row["grade"] == "1"
    }
    for row in table_of(tree, "table-years"):
        shown = [cell.split()[0] for cell in row[1:]]
        school = row[0].split()[-1]
        assert shown == [told.get((school, year), "0") for year in range(2026, 2032)]


def test_the_calendar_shows_the_worst_of_each_year(tree: Element) -> None:
    rows = table_of(tree, "table-calendar")
    warned = lines("warnings-by-year.csv")
    assert {row[0].split()[-1] for row in rows} == {row["id"] for row in warned}
    first = next(row for row in rows if row[0].endswith("SYN-P01"))
    own = [row for row in warned if row["id"] == "SYN-P01"]
    large = {int(row["year"]): row["chance"] for row in own if row["warning"] == "oversized_class"}
    assert [cell.startswith("CL") for cell in first[2:]] == [
        year in large for year in range(2026, 2032)
    ]
    assert first[2].split() == ["CL", large[2026]]


def test_what_is_in_the_forecast_comes_before_what_is_only_possible() -> None:
    certain, possible = Warned("small_school", True, 60), Warned("oversized_class", False, 40)
    assert _rank(certain) < _rank(possible)
    found = read_forecast(forecast())
    for row in calendar(found):
        for at, cell in enumerate(row.cells):
            own = [
                Warned(one["warning"], one["forecast"] == "yes", int(one["chance"]))
                for one in lines("warnings-by-year.csv")
                if (one["place"], one["id"]) == (row.place, row.id)
                and int(one["year"]) == found.years[at]
            ]
            assert cell == min(own, key=_rank, default=None)


def test_a_level_is_more_than_a_colour(tree: Element) -> None:
    """Letters with their words, and a full or broken frame."""
    table = next(each for each in tree.iter("table") if each.get("id") == "table-calendar")
    marks = list(table.iter("span"))
    assert {mark.get("class").split()[0] for mark in marks} == {"in", "maybe"}
    assert all(mark.find("abbr").get("title") for mark in marks)


def test_gaps_name_the_year_to_decide(tree: Element) -> None:
    rows = table_of(tree, "table-gaps")
    told: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in lines("gaps.csv"):
        told.setdefault((row["grade"], row["area"]), []).append(row)
    assert len(rows) == len(told)
    for row, own in zip(rows, told.values(), strict=True):
        lacking = [one for one in own if int(one["gap_standard"]) > 0]
        assert row[3] == (lacking[0]["year"] if lacking else "none")
        assert row[4] == (lacking[0]["decide_by"] if lacking else "")


def test_a_gap_is_shown_where_there_is_one(tmp_path: Path) -> None:
    path = county(tmp_path, schools=SCHOOLS.replace("29.36,2", "29.36,1"), births=births())
    files = enroll.forecast(enroll.load(path)).files
    rows = table_of(parsed(files["report.html"]), "table-gaps")
    (row, *_) = [row for row in rows if row[3] != "none"]
    told = list(csv.DictReader(files["gaps.csv"].decode().splitlines()))
    lacking = next(one for one in told if int(one["gap_standard"]) > 0)
    assert row[3:5] == [lacking["year"], lacking["decide_by"]]
    assert int(row[7]) > 0


def test_very_many_schools_and_years_still_open(tmp_path: Path) -> None:
    """1,500 schools and 15 years, each with a warning in every year."""
    files = dict(enroll.forecast(enroll.load(county(tmp_path, births=births())), 15).files)
    columns = "place,id,name,warning,year,value,bound,forecast,chance"
    warned = [f"school,S1,First,red,{year},99,90,yes,77" for year in range(2026, 2041)]
    files["warnings-by-year.csv"] = "\n".join([columns, *warned]).encode()
    for name in ("warnings-by-year", *(f"forecast{part}" for part in ("", *PARTS))):
        head, *own = files[f"{name}.csv"].decode().splitlines()
        own = [row for row in own if ",S1," in f",{row}"]
        more = [row.replace("S1", f"S-{copy:04}", 1) for copy in range(1500) for row in own]
        files[f"{name}.csv"] = "\n".join([head, *more]).encode()
    page = forecast_page(files, "en")
    assert page.count(b"S-1499") == 3
    assert 4_000_000 < len(page) < 15_000_000


def test_the_back_test_is_shown_only_where_there_is_one(tree: Element) -> None:
    rows = table_of(tree, "table-backtest")
    assert len(rows) == len(lines("backtest.csv"))
    assert rows[0][:3] == ["grade of a school", "1", "1,230"]
    files = {name: content for name, content in forecast().items() if name != "backtest.csv"}
    assert b'id="backtest"' not in forecast_page(files, "en")


@pytest.mark.parametrize(
    ("thousandths", "shown"),
    [(0, "0.0"), (49, "0.0"), (50, "0.1"), (-49, "0.0"), (-662, "−0.7"), (1_234_567, "1,234.6")],
)
def test_thousandths_have_one_decimal(thousandths: int, shown: str) -> None:
    assert _tenths(thousandths) == shown


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_name_is_shown_as_it_is_and_runs_nowhere(tmp_path: Path, name, language) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    path = county(
        tmp_path,
        schools=SCHOOLS.replace("First", quoted),
        zones=ZONES.replace("West", quoted),
    )
    page = enroll.forecast(enroll.load(path), language=language).files["report.html"]
    tree = parsed(page)
    runs_nothing_but_its_script(tree)
    assert names_on(tree).count(name) >= 3
