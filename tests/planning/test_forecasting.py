"""The forecast of a scenario: its files add up, its bytes are the same, its screen is read."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

import enroll
from enroll.errors import InputError, UsageError
from tests.cli.screens import run
from tests.planning.futures import ZONES, births, county, roll

if TYPE_CHECKING:
    from pathlib import Path

    from enroll.planning.forecasting import Made

HOMES = "zone_id,lon,lat,year,dwellings,primary_per_100\nZ1,,,2026,300,25\nZ2,,,2027,100,20\n"


def made(folder: Path, years: int = 6, more: str = "", **changed: str) -> Made:
    demand = 2027 if years > 1 else None
    scenario = enroll.load(county(folder, more, **changed))
    return enroll.forecast(scenario, years, demand=demand, backtest=True)


def rows(found: Made, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(found.files[name].decode())))


def sums(table: list[dict[str, str]]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for row in table:
        found[row["year"], row["grade"]] += int(row["pupils"])
    return dict(found)


def test_schools_and_zones_add_up_to_the_county(tmp_path: Path) -> None:
    found = made(tmp_path, births=births(), homes=HOMES)

    county_rows = [row for row in rows(found, "forecast-county.csv") if row["grade"] != "all"]
    assert sums(rows(found, "forecast.csv")) == sums(county_rows)
    assert sums(rows(found, "forecast-zones.csv")) == sums(county_rows)


def test_demand_adds_up_to_the_forecast_of_its_year(tmp_path: Path) -> None:
    found = made(tmp_path, births=births())
    blocks = [{**row, "year": "2027"} for row in rows(found, "demand-2027.csv")]
    year = [row for row in rows(found, "forecast.csv") if row["year"] == "2027"]

    assert sums(blocks) == sums(year)
    assert len({row["block_id"] for row in blocks}) == len(blocks)


def test_every_number_lies_within_its_range(tmp_path: Path) -> None:
    found = made(tmp_path, births=births())
    names = ("forecast.csv", "forecast-schools.csv", "forecast-zones.csv", "forecast-county.csv")

    for name in names:
        for row in rows(found, name):
            assert int(row["low"]) <= int(row["pupils"]) <= int(row["high"])


def test_classes_keep_to_the_standard_where_enough_are_planned(tmp_path: Path) -> None:
    for row in rows(made(tmp_path), "forecast.csv"):
        planned = {"S1": 2, "S2": 3}[row["school_id"]]
        needed = -(-int(row["pupils"]) // 45)
        assert int(row["classes"]) == min(needed, planned)
        assert int(row["largest_class"]) == -(-int(row["pupils"]) // int(row["classes"]))


def test_unborn_entrants_are_marked(tmp_path: Path) -> None:
    found = made(tmp_path, births=births())

    assumed = {row["year"] for row in rows(found, "forecast-county.csv") if row["assumed"] == "yes"}
    assert assumed == {"2030", "2031"}
    assert "FORECAST_ASSUMED" in {notice.code for notice in found.outlook.notices}


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    head, *lines = roll().splitlines()
    one = made(tmp_path, births=births()).files
    two = made(tmp_path, births=births(), roll="\n".join([head, *lines[::-1]]) + "\n").files

    changed = {name for name in one if one[name] != two[name]}
    assert changed == {"manifest.json", "SHA256SUMS"}
    assert made(tmp_path, births=births(), roll=roll()).files == one


def test_another_seed_moves_the_ranges_alone(tmp_path: Path) -> None:
    one = rows(made(tmp_path), "forecast.csv")
    two = rows(made(tmp_path, more="seed = 2"), "forecast.csv")

    assert [row["pupils"] for row in one] == [row["pupils"] for row in two]
    assert [row["high"] for row in one] != [row["high"] for row in two]


def test_without_zones_the_county_is_one_block(tmp_path: Path) -> None:
    path = county(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace('zones = "zones.csv"', ""))

    found = enroll.forecast(enroll.load(path))

    assert {row["zone_id"] for row in rows(found, "forecast-zones.csv")} == {"county"}


def test_fifteen_years_are_the_most(tmp_path: Path) -> None:
    assert len(made(tmp_path, 15, births=births()).outlook.told.years) == 15
    for years in (0, 16):
        with pytest.raises(UsageError, match="between 1 and 15"):
            made(tmp_path, years)


def test_demand_of_a_year_that_is_not_forecast_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="2050"):
        enroll.forecast(enroll.load(county(tmp_path)), demand=2050)


def test_births_that_begin_too_late_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        made(tmp_path, births="year,births\n2022,200\n2023,200\n")

    (problem,) = caught.value.problems
    assert (problem.code, problem.params["needed"]) == ("BIRTHS_TOO_LATE", "2015")


def test_homes_without_a_school_are_refused(tmp_path: Path) -> None:
    zones = ZONES + "Z3,Nowhere,,112.5,29.4\n"
    with pytest.raises(InputError) as caught:
        made(tmp_path, zones=zones, homes="zone_id,year,dwellings,primary_per_100\nZ3,2027,9,9\n")

    assert [one.code for one in caught.value.problems][-1] == "HOMES_WITHOUT_SCHOOL"


def test_homes_outside_every_zone_are_refused(tmp_path: Path) -> None:
    homes = "lon,lat,year,dwellings,primary_per_100\n112.41,29.36,2027,9,9\n"
    with pytest.raises(InputError) as caught:
        made(tmp_path, homes=homes)

    assert [(one.code, one.row) for one in caught.value.problems] == [("HOMES_OUTSIDE", 2)]


def test_a_school_with_classes_and_nobody_is_named(tmp_path: Path) -> None:
    only_first = "\n".join(row for row in roll().splitlines() if ",S2," not in row) + "\n"

    codes = [one.code for one in made(tmp_path, roll=only_first).problems]

    assert codes == ["ROLL_SCHOOL_WITHOUT"]


def test_the_folder_is_written_and_never_overwritten(tmp_path: Path) -> None:
    found = made(tmp_path)

    assert found.write(tmp_path / "out") is None
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(found.files)
    with pytest.raises(UsageError):
        found.write(tmp_path / "out")


def test_the_screen_shows_the_county_year_by_year(tmp_path: Path) -> None:
    path = county(tmp_path, births=births())
    options = ("--years", 5, "--backtest", "-o", tmp_path / "out")

    screen = run("forecast", path, *options)

    assert (screen.status, screen.err) == (0, "")
    for word in ("2026", "2030*", "entrants", "8 in 10", "Back-test", "grade of a school"):
        assert word in screen.out
    assert screen.out.splitlines()[-1] == str(tmp_path / "out")
    assert run("forecast", path, *options).status == 2


def test_bad_input_ends_with_2_and_writes_nothing(tmp_path: Path) -> None:
    path = county(tmp_path, roll=roll("2025,S9,1,3", "2025,S1,1,-2", "2021,S1,2,1.5"))

    screen = run("forecast", path, "-o", tmp_path / "out")

    assert screen.status == 2
    for code in ("ROLL_SCHOOL_UNKNOWN", "OUT_OF_RANGE", "NOT_WHOLE"):
        assert code in screen.err
    assert not (tmp_path / "out").exists()


def test_years_and_demand_are_checked_before_anything_is_written(tmp_path: Path) -> None:
    path = county(tmp_path)
    for option in (("--years", 16), ("--demand", 2099)):
        screen = run("forecast", path, *option, "-o", tmp_path / "out")
        assert screen.status == 2
        assert not (tmp_path / "out").exists()


def test_changes_that_no_past_knows_are_named(tmp_path: Path) -> None:
    change = '[[change]]\ndo = "close_school"\nschool_id = "S2"\n'
    limits = '[[change]]\ndo = "set_limits"\nclass_limit = 50\n'

    notices = made(tmp_path, more=change + limits).outlook.notices

    told = {one.code: one.params for one in notices}
    assert told["FORECAST_WITHOUT_CHANGES"] == {"kinds": ("close_school",)}
