"""Seats in the years ahead as a planner asks for them: the sample county, and bad applicants."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

import enroll
from tests.cli.screens import run
from tests.planning.futures import births, county

ROOT = Path(__file__).parents[2]
GROUPED = """\
[[group]]
id = "A"
when = { household = "zone" }
[[group]]
id = "B"
when = { household = "county" }
"""


def rows(files, name):
    return list(csv.DictReader(io.StringIO(files[name].decode())))


def entry_gaps(stage):
    scenario = enroll.load(ROOT / "scenarios" / f"nanxian-{stage}-2026.toml")
    return [
        row
        for row in rows(enroll.forecast(scenario, 6).files, "gaps.csv")
        if row["area"] == "all" and row["grade"] != "all"
    ]


def test_junior_seats_are_short_until_2027_and_then_to_spare() -> None:
    found = {row["year"]: row for row in entry_gaps("junior")}

    assert [year for year, row in found.items() if int(row["classes_short"])] == ["2026", "2027"]
    assert found["2026"]["decide_by"] == "2023"
    assert int(found["2031"]["gap_standard"]) < -1000
    assert int(found["2026"]["use_in_ten_years"]) < 60


def test_primary_seats_are_to_spare() -> None:
    spare = [-int(row["gap_standard"]) for row in entry_gaps("primary")]

    assert spare[0] > 1000
    assert spare == sorted(spare)
    assert {row["decide_by"] for row in entry_gaps("primary")} == {""}


def test_the_tenth_year_does_not_depend_on_the_years_shown(tmp_path: Path) -> None:
    scenario = enroll.load(county(tmp_path, births=births()))
    use = {
        years: {
            (row["area"], row["grade"]): row["use_in_ten_years"]
            for row in rows(enroll.forecast(scenario, years).files, "gaps.csv")
        }
        for years in (2, 10, 12)
    }

    assert use[2] == use[10] == use[12]


def with_applicants(folder: Path, table: str) -> Path:
    path = county(folder, GROUPED)
    text = path.read_text(encoding="utf-8")
    text = text.replace("[files]", '[files]\napplicants = "children.csv"')
    text = text.replace("[coordinates]", '[coordinates]\napplicants = "wgs84"')
    path.write_text(text, encoding="utf-8")
    (folder / "children.csv").write_text(table, encoding="utf-8")
    return path


HEAD = "applicant_id,lon,lat,zone,household\n"


def test_groups_of_the_register_share_the_children(tmp_path: Path) -> None:
    children = "".join(
        f"C{number},112.40,29.36,Z1,{'zone' if number < 4 else 'county'}\n" for number in range(5)
    )

    found = enroll.forecast(enroll.load(with_applicants(tmp_path, HEAD + children)), 1)

    assert found.outlook.register.ids == ("A", "B")
    assert found.outlook.register.counts.tolist() == [[4, 1], [0, 0]]
    first = rows(found.files, "groups-ahead.csv")[0]
    assert (first["group"], first["zone_ids"]) == ("A", "Z1")


@pytest.mark.parametrize("table", ["applicant_id\n1,2,3\n", HEAD + "C1,x,29.36,Z1,zone\n"])
def test_bad_applicants_leave_groups_out_and_stop_nothing(tmp_path: Path, table: str) -> None:
    found = enroll.forecast(enroll.load(with_applicants(tmp_path, table)), 1)

    assert "FORECAST_WITHOUT_GROUPS" in {notice.code for notice in found.outlook.notices}
    assert "groups-ahead.csv" not in found.files


def test_the_screen_names_the_worst_first(tmp_path: Path) -> None:
    screen = run("forecast", county(tmp_path), "-o", tmp_path / "out")

    assert (screen.status, screen.err) == (0, "")
    assert "Warnings years ahead" in screen.out
    assert "no reason to buy" in screen.out
    assert "RED_AHEAD" in screen.out
    assert (tmp_path / "out" / "warnings-ahead.csv").exists()
