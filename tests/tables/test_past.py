"""Roll, births and homes: everything that is wrong with them, named in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enroll.scenario import load
from enroll.tables import read_past
from tests.planning.futures import births, county, roll

if TYPE_CHECKING:
    from pathlib import Path

    from enroll.notices import Problem
    from enroll.tables import PastReading


def reading(folder: Path, more: str = "", **changed: str) -> PastReading:
    return read_past(load(county(folder, more, **changed)))


def problems(folder: Path, **changed: str) -> list[Problem]:
    return reading(folder, **changed).problems


def only(folder: Path, code: str, **changed: str) -> Problem:
    found = [one for one in problems(folder, **changed) if one.code != "COLUMNS_IGNORED"]
    assert [one.code for one in found] == [code]
    return found[0]


def test_a_sound_past_is_a_cube(tmp_path: Path) -> None:
    found = reading(tmp_path, births=births())

    assert not found.problems
    assert found.past.roll.years.tolist() == [2021, 2022, 2023, 2024, 2025]
    assert found.past.roll.pupils.shape == (5, 3, 6)
    assert found.past.births is not None
    assert [source.role for source in found.past.sources] == ["schools", "zones", "roll", "births"]


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    head, *rows = roll().splitlines()
    turned = "\n".join([head, *rows[::-1]]) + "\n"

    one, two = reading(tmp_path).past, reading(tmp_path, roll=turned).past

    assert (one.roll.pupils == two.roll.pupils).all()


def test_a_school_that_no_table_has_is_named(tmp_path: Path) -> None:
    found = only(tmp_path, "ROLL_SCHOOL_UNKNOWN", roll=roll("2025,S9,1,30"))

    assert (found.file, found.row, found.column, found.value) == ("roll.csv", 62, "school_id", "S9")


@pytest.mark.parametrize(("cell", "code"), [("-3", "OUT_OF_RANGE"), ("30.5", "NOT_WHOLE")])
def test_pupils_are_whole_and_not_negative(tmp_path: Path, cell: str, code: str) -> None:
    found = only(tmp_path, code, roll=roll(f"2025,S3,1,{cell}"))

    assert (found.row, found.column) == (62, "pupils")


def test_a_year_without_anybody_is_missing(tmp_path: Path) -> None:
    found = only(tmp_path, "ROLL_YEARS_MISSING", roll=roll(years=(2020, 2021, 2024)))

    assert found.params == {"years": ("2022", "2023")}


def test_one_year_is_too_short(tmp_path: Path) -> None:
    assert only(tmp_path, "ROLL_TOO_SHORT", roll=roll(years=(2025,))).params["count"] == 1


def test_a_school_that_was_away_for_a_year_is_named(tmp_path: Path) -> None:
    found = only(tmp_path, "ROLL_SCHOOL_YEARS_MISSING", roll=roll("2021,S3,1,20", "2023,S3,1,20"))

    assert found.params == {"school": "S3", "years": ("2022",)}


def test_repeats_are_counted_and_ignored(tmp_path: Path) -> None:
    again = roll(*(row for row in roll().splitlines() if row.startswith("2023")))

    found = reading(tmp_path, roll=again)

    assert [(one.code, one.params) for one in found.problems] == [("ROWS_REPEATED", {"count": 12})]
    assert (found.past.roll.pupils == reading(tmp_path).past.roll.pupils).all()


def test_snapshots_that_disagree_are_named(tmp_path: Path) -> None:
    found = only(tmp_path, "SNAPSHOTS_DISAGREE", roll=roll("2021,S1,1,999"))

    assert (found.row, found.column, found.params) == (62, "pupils", {"first": 2})


def test_grades_of_another_stage_are_left_out(tmp_path: Path) -> None:
    assert only(tmp_path, "ROLL_OTHER_GRADES", roll=roll("2025,S1,7,30")).params == {"count": 1}


def test_an_empty_roll_is_none(tmp_path: Path) -> None:
    assert "NO_ROLL" in {
        one.code for one in problems(tmp_path, roll="year,school_id,grade,pupils\n")
    }


def test_everything_is_told_at_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        roll=roll("2025,S9,1,30", "2025,S3,1,-1", "2021,S1,1,999"),
        births=births() + "2014,Z9,20\n",
        homes="zone_id,year,dwellings,primary_per_100\nZ7,2027,100,20\n,2027,100,20\n",
    )

    assert {one.code for one in found} == {
        "ROLL_SCHOOL_UNKNOWN",
        "OUT_OF_RANGE",
        "SNAPSHOTS_DISAGREE",
        "BIRTHS_ZONE_UNKNOWN",
        "HOMES_ZONE_UNKNOWN",
        "HOMES_NOWHERE",
    }


def test_births_of_an_unknown_zone_are_named(tmp_path: Path) -> None:
    found = only(tmp_path, "BIRTHS_ZONE_UNKNOWN", births=births() + "2014,Z9,20\n")

    assert (found.row, found.value) == (24, "Z9")


def test_a_year_of_births_must_not_be_missing(tmp_path: Path) -> None:
    kept = "\n".join(row for row in births().splitlines() if row[:7] != "2016,Z1") + "\n"

    found = only(tmp_path, "BIRTHS_YEARS_MISSING", births=kept)

    assert found.params == {"zone": "Z1", "years": ("2016",)}


def test_births_are_not_counted_twice(tmp_path: Path) -> None:
    both = births() + "".join(f"{year},all,200\n" for year in range(2013, 2024))

    assert only(tmp_path, "BIRTHS_COUNTED_TWICE", births=both)


def test_months_and_whole_years_do_not_go_together(tmp_path: Path) -> None:
    text = "year,month,births\n2014,,120\n2015,1,10\n2015,,120\n"

    assert only(tmp_path, "BIRTHS_MONTHS_AND_YEARS", births=text).params == {"years": ("2015",)}


def test_births_without_rows_are_none(tmp_path: Path) -> None:
    assert only(tmp_path, "NO_BIRTHS", births="year,births\n")


def test_homes_are_read_with_their_course(tmp_path: Path) -> None:
    text = (
        "zone_id,lon,lat,year,dwellings,primary_per_100,occupancy_1,occupancy_2\n"
        "Z1,,,2028,100,20,,\n,112.42,29.36,2027,300,25.5,50,90\n"
    )

    homes = reading(tmp_path, homes=text).past.homes

    assert homes is not None
    assert homes.year.tolist() == [2027, 2028]
    assert homes.per_100.tolist() == [25.5, 20]
    assert homes.occupancy.tolist() == [[50, 90], [-1, -1]]
    assert homes.zone.tolist() == [-1, 0]


def test_homes_need_the_pupils_of_the_stage(tmp_path: Path) -> None:
    text = "zone_id,year,dwellings,junior_per_100\nZ1,2027,300,25\n"

    assert only(tmp_path, "COLUMN_MISSING", homes=text).column == "primary_per_100"


def test_pupils_in_homes_stay_within_reason(tmp_path: Path) -> None:
    text = "zone_id,year,dwellings,primary_per_100\nZ1,2027,300,-5\nZ1,2027,300,\n"

    assert {one.code for one in problems(tmp_path, homes=text)} == {"OUT_OF_RANGE", "CELL_MISSING"}


def test_a_scenario_without_a_roll_is_told_so(tmp_path: Path) -> None:
    path = county(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace('roll = "roll.csv"', ""))

    found = read_past(load(path)).problems

    assert [(one.code, one.params) for one in found] == [("FILE_NOT_NAMED", {"role": "roll"})]
