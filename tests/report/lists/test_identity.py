"""Identity files that do not fit: refused with everything that is wrong, and nothing shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import enroll
from enroll.errors import InputError
from enroll.report.lists.identity import read_identity
from tests.report.lists.makers import allocation, identity_file, identity_rows, make_run

if TYPE_CHECKING:
    from pathlib import Path

CODES = ["c001", "c002", "c003"]
NUMBER = "11010519491231002X"
"""A valid resident identity number."""


def read(folder: Path, text: str, codes: list[str] = CODES) -> tuple[list[str], str]:
    """Return the codes of all problems, and all that would be shown of them."""
    path = folder / "identity.csv"
    path.write_text(text, "utf-8")
    try:
        problems = read_identity(path, codes)[1]
    except InputError as error:
        problems = list(error.problems)
    return [problem.code for problem in problems], repr(problems)


GOOD = "c001,王小明\nc002,李伟\nc003,张三\n"


@pytest.mark.parametrize("header", ["applicant_id,name", "报名号,姓名", "Applicant-ID,学生姓名"])
def test_a_good_file_is_read(tmp_path: Path, header: str) -> None:
    assert read(tmp_path, f"{header}\n{GOOD}")[0] == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("id\n", ["IDENTITY_COLUMN"]),
        ("c001,王小明\n" + GOOD, ["IDENTITY_COLUMN", "IDENTITY_COLUMN"]),
        ("applicant_id,name,姓名\nc001,a,b\n", ["IDENTITY_COLUMN"]),
        (f"applicant_id,name\n{GOOD}c001,陈二\n", ["ID_TWICE"]),
        (f"applicant_id,name\n{GOOD}c004,陈二\n", ["IDENTITY_UNKNOWN"]),
        ("applicant_id,name\nc001,王小明\n", ["IDENTITY_MISSING"]),
        ("applicant_id,name\nx1,王小明\nx2,李伟\n", ["IDENTITY_OTHER_RUN"]),
        ("applicant_id,name\nc001,\nc002,李伟\nc003,张三\n", ["CELL_MISSING"]),
        ("applicant_id,name\nc001,#N/A\nc002,李伟\nc003,张三\n", ["CELL_ERROR", "CELL_MISSING"]),
        (f"applicant_id,name\nc001,{NUMBER}\nc002,李伟\nc003,张三\n", ["NAME_IS_NUMBER"]),
        (f"applicant_id,name\n{GOOD}{NUMBER},陈二\n",
         ["ID_IS_IDENTITY_NUMBER", "IDENTITY_UNKNOWN"]),
        (f"applicant_id,name,身份证号\nc001,王小明,{NUMBER}\nc002,李伟,\nc003,张三,\n",
         ["IDENTITY_NUMBERS"]),
        (f"applicant_id,name,note\nc001,王小明,{'长' * 501}\nc002,李伟,\nc003,张三,\n",
         ["TEXT_TOO_LONG"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nobody_is_named(
    tmp_path: Path, text: str, codes: list[str]
) -> None:
    found, shown = read(tmp_path, text)
    assert sorted(set(found)) == sorted(set(codes))
    for secret in ("王小明", "李伟", "张三", "陈二", NUMBER, NUMBER[:6], "长长"):
        assert secret not in shown


def test_a_file_without_rows_is_refused(tmp_path: Path) -> None:
    assert "IDENTITY_EMPTY" in read(tmp_path, "applicant_id,name\n")[0]


def test_a_child_in_the_place_of_the_headers_is_not_shown(tmp_path: Path) -> None:
    found, shown = read(tmp_path, f"c001,王小明,王小明,{NUMBER},{NUMBER}\nc002,李伟,李伟,1,2\n")
    assert found.count("HEADER_TWICE") == 2
    assert "王小明" not in shown
    assert NUMBER not in shown


def test_unknown_and_missing_ids_are_masked(tmp_path: Path) -> None:
    codes = [f"registered-{number:03}" for number in range(9)]
    rows = "".join(f"stranger-{number:03},王小明\n" for number in range(3))
    found, shown = read(tmp_path, f"applicant_id,name\nregistered-000,李伟\n{rows}", codes)
    assert set(found) == {"IDENTITY_UNKNOWN", "IDENTITY_MISSING"}
    assert "stra…01" in shown
    assert "regi…01" in shown
    assert "stranger-001" not in shown
    assert "registered-001" not in shown


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_identity(tmp_path / "nowhere.csv", CODES)
    assert [problem.code for problem in refused.value.problems] == ["FILE_MISSING"]


def test_a_workbook_will_do(tmp_path: Path) -> None:
    import openpyxl

    run = make_run(tmp_path)
    rows = identity_rows(run)
    book = openpyxl.Workbook()
    for row in [list(rows[0]), *(list(row.values()) for row in rows)]:
        book.active.append(row)
    book.save(tmp_path / "identity.xlsx")
    made = enroll.lists(run, tmp_path / "identity.xlsx")
    assert made.files == enroll.lists(run, identity_file(tmp_path, rows)).files
    assert len(made.listing.files) == 5 + len({row["school_id"] for row in schools(run)})


def schools(run: Path) -> list[dict[str, str]]:
    import csv

    with (run / "schools.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_numbers_in_a_column_are_a_warning_of_the_lists(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    rows = [{**row, "身份证": NUMBER} for row in identity_rows(run)]
    problems = enroll.lists(run, identity_file(tmp_path, rows)).problems
    assert [problem.code for problem in problems] == ["IDENTITY_NUMBERS"]
    assert problems[0].params["count"] == len(allocation(run))
