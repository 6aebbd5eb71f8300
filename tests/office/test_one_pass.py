"""`check` tells every problem of every file at once, and nothing that only follows from one."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enroll import office
from enroll.notices import message_of, remedy_of
from enroll.scenario import starter_files
from tests.cli.screens import moved_borders, starter, starter_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OVERLAP = moved_borders(Z2=(112.40, 112.398))
"""Zones of the starter, the one in the centre drawn over the one in the west."""


def column(name: str, header: str, cells: Mapping[int, str] | str) -> str:
    """Return a table of the starter with cells of one column replaced: all, or by line number."""
    rows = list(csv.reader(io.StringIO(starter_files()[name])))
    place = rows[0].index(header)
    for number, row in enumerate(rows[1:], 2):
        row[place] = cells if isinstance(cells, str) else cells.get(number, row[place])
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def without(name: str, header: str) -> str:
    """Return a table of the starter without one column."""
    return starter_text(name, (header, f"not_{header}"))


def told(folder: Path, **changed: str | bytes | None) -> list[str]:
    """Return what is wrong with a changed starter: each code once, info left out."""
    problems = office.check(starter(folder, **changed))
    worth = [one for one in problems if one.code != "COLUMNS_IGNORED"]
    return sorted({f"{one.file.split('.')[0]} {one.code}" for one in worth})


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        (
            {
                "applicants": column("applicants.csv", "household", {3: "abroad"}),
                "schools": column("schools.csv", "classes", {2: "one"}),
                "zones": OVERLAP,
            },
            ["applicants WORD_UNKNOWN", "schools NOT_WHOLE", "zones ZONE_OVERLAP"],
        ),
        (
            {"applicants": None, "schools": b"", "zones": OVERLAP},
            ["applicants FILE_MISSING", "schools FILE_EMPTY", "zones ZONE_OVERLAP"],
        ),
        (
            {
                "applicants": without("applicants.csv", "household"),
                "schools": starter_text(
                    "schools.csv",
                    ("school_id,", "reserved,reserved_for,school_id,"),
                    ("S1,", "70,guests,S1,"),
                    ("S2,", ",,S2,"),
                    ("S3,", ",,S3,"),
                ),
            },
            ["applicants FACT_COLUMN_MISSING", "schools RESERVED_ABOVE_SEATS"],
        ),
        (
            {
                "applicants": column("applicants.csv", "family", "F1"),
                "scenario": starter_text("scenario.toml", ('schools    = "wgs84"', "")),
                "zones": OVERLAP,
            },
            [
                "applicants FAMILY_LARGE",
                "schools COORDINATES_NOT_DECLARED",
                "zones ZONE_OVERLAP",
            ],
        ),
        (
            {
                "applicants": column("applicants.csv", "lon", {4: "x"}).replace(
                    "112.3983,29.3667", ","
                ),
                "scenario": starter_text(
                    "scenario.toml", ("[files]", '[files]\nother_stage = "nosuch"')
                ),
            },
            [
                "applicants NOT_NUMBER",
                "applicants NO_WAY",
                "nosuch OTHER_STAGE_UNREADABLE",
            ],
        ),
        (
            {
                "applicants": column("applicants.csv", "household", {3: "abroad"}),
                "scenario": starter_text("scenario.toml", ("EPSG:4546", "EPSG:27700")),
            },
            [" METRIC_CRS_DISTORTS", "applicants WORD_UNKNOWN"],
        ),
    ],
    ids=["cells", "files", "columns", "coordinates", "ways", "plane"],
)
def test_all_faults_in_one_pass(
    tmp_path: Path, changed: dict[str, str | bytes | None], problems: list[str]
) -> None:
    assert told(tmp_path, **changed) == problems


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"applicants": column("applicants.csv", "lon", "x")}, "applicants NOT_NUMBER"),
        ({"applicants": column("applicants.csv", "review", "oui")}, "applicants WORD_UNKNOWN"),
        ({"applicants": column("applicants.csv", "applicant_id", "A")}, "applicants ID_TWICE"),
        ({"applicants": without("applicants.csv", "applicant_id")}, "applicants COLUMN_MISSING"),
        ({"applicants": None}, "applicants FILE_MISSING"),
        ({"schools": None}, "schools FILE_MISSING"),
        ({"schools": column("schools.csv", "classes", "one")}, "schools NOT_WHOLE"),
        ({"schools": column("schools.csv", "classes", "0")}, "schools NO_CLASSES"),
        ({"schools": column("schools.csv", "lon", "x")}, "schools NOT_NUMBER"),
        ({"schools": column("schools.csv", "lon", {2: "x"})}, "schools NOT_NUMBER"),
        ({"schools": without("schools.csv", "school_id")}, "schools COLUMN_MISSING"),
        ({"schools": starter_text("schools.csv", ("S1,", "S1,,"))}, "schools ROW_RAGGED"),
        (
            {"schools": starter_text("schools.csv", ("rural", "rural,x"), ("town", "town,x"))},
            "schools ROW_RAGGED",
        ),
        (
            {"schools": starter_text("schools.csv", ("lon,lat", "lat,lon"))},
            "schools COORDINATES_SWAPPED",
        ),
        ({"zones": None}, "zones FILE_MISSING"),
        ({"zones": b'{"type": "FeatureCollection", "features": []}'}, "zones NO_ZONES"),
        ({"zones": starter_text("zones.geojson", ("zone_id", "nr"))}, "zones COLUMN_MISSING"),
        (
            {"zones": starter_text("zones.geojson", ("[112.39, 29.35]]]", "[112.39, 29.36]]]"))},
            "zones GEOMETRY_BROKEN",
        ),
        (
            {"scenario": starter_text("scenario.toml", ('applicants = "wgs84"', ""))},
            "applicants COORDINATES_NOT_DECLARED",
        ),
        (
            {"scenario": starter_text("scenario.toml", ('applicants.csv"', 'schools.csv"'))},
            "schools COLUMN_MISSING",
        ),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_nothing_that_only_follows_is_told(
    tmp_path: Path, changed: dict[str, str | bytes | None], problem: str
) -> None:
    """No child without a way where coordinates are unreadable, no zone without its school."""
    found = [one for one in told(tmp_path, **changed) if "FACT_COLUMN" not in one]
    assert found == [problem]


def test_many_rows_in_doubt_are_as_quiet_as_one(tmp_path: Path) -> None:
    """Only the first of them are listed, and all of them are left out of further checks."""
    header, *rows = starter_files()["applicants.csv"].splitlines()
    many = [
        row.replace("sample-", f"x{number}-").replace("112.", "a.")
        for number in range(5)
        for row in rows
    ]
    text = "\n".join([header, *rows, *many, ""])
    assert told(tmp_path, applicants=text) == ["applicants MORE_LIKE_THIS", "applicants NOT_NUMBER"]


def test_ways_of_children_in_doubt_are_left_out(tmp_path: Path) -> None:
    """The others' rows of the matrix still belong to them."""
    scenario = starter_text(
        "scenario.toml", ('mode    = "straight"', 'mode = "matrix"\nmatrix = "w.csv"')
    )
    numbers = [number for number in range(1, 13) if number != 7]
    ways = [
        f"sample-{number:02},S{school},{number}00" for number in numbers for school in (1, 2, 3)
    ]
    tmp_path.joinpath("w.csv").write_text("\n".join(["applicant_id,school_id,metres", *ways, ""]))
    applicants = column("applicants.csv", "sex", {2: "?"})
    problems = office.check(starter(tmp_path, applicants=applicants, scenario=scenario))
    assert [(one.code, one.row) for one in problems] == [
        ("WORD_UNKNOWN", 2),
        ("MATRIX_WITHOUT_APPLICANT", 8),
    ]


NASTY = ["", " ", "0", "-1", "x", "1e400", "NaN", "=1+1", "4.30921E+17", "二", "\u202e", "'", '"']


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    edits=st.lists(
        st.tuples(
            st.sampled_from(["applicants", "schools", "zones"]),
            st.integers(0, 400),
            st.sampled_from(NASTY),
        ),
        max_size=6,
    )
)
def test_whatever_is_in_the_cells_is_told_and_never_raised(
    tmp_path: Path, edits: list[tuple[str, int, str]]
) -> None:
    texts = {name.split(".")[0]: text for name, text in starter_files().items()}
    for role, place, nasty in edits:
        parts = texts[role].split(",")
        parts[place % len(parts)] = nasty
        texts[role] = ",".join(parts)
    for problem in office.check(starter(tmp_path, **texts)):
        assert message_of(problem, "en")
        assert message_of(problem, "zh")
        assert remedy_of(problem, "en")
