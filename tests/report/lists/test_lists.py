"""Every list as those see it who get it: opened, read and counted."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

import openpyxl
import pytest

import enroll
from enroll.report.lists.sheets import Column, Sheet
from tests.report.lists.makers import (
    MARKER,
    ROUNDS,
    above,
    allocation,
    identity_file,
    identity_rows,
    make_run,
    table,
    unpacked,
)

if TYPE_CHECKING:
    from pathlib import Path

PUBLIC = "public/notice-list.xlsx"
LETTERS = ("private/admission-notices.xlsx", "private/redirect-notices.xlsx")
MESSAGES = "private/text-messages.xlsx"
OFFICE = "private/office.xlsx"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_run(tmp_path_factory.mktemp("lists"))


@pytest.fixture(scope="module")
def named(run: Path) -> dict[str, bytes]:
    identity = identity_file(run.parent, identity_rows(run))
    return dict(enroll.lists(run, identity).files)


@pytest.fixture(scope="module")
def coded(run: Path) -> dict[str, bytes]:
    return dict(enroll.lists(run).files)


def codes(workbook: bytes, sheet: int = 0) -> list[str]:
    return [str(row[0]) for row in table(workbook, sheet)[1:]]


def schools(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: files[name] for name in sorted(files) if name.startswith("private/schools/")}


@pytest.mark.parametrize("number", range(12))
def test_every_list_counts_as_the_run_does(tmp_path: Path, number: int) -> None:
    """Placed children on the public list, one school's list and one letter; all have a message."""
    run = make_run(tmp_path, number)
    files = enroll.lists(run).files
    status = Counter(row["status"] for row in allocation(run))
    placed = sorted(row["applicant_id"] for row in allocation(run) if row["status"] == "placed")
    assert sorted(codes(files[PUBLIC])) == placed
    assert sorted(code for letter in LETTERS for code in codes(files[letter])) == placed
    assert sorted(code for one in schools(files).values() for code in codes(one)) == placed
    assert sorted(codes(files[MESSAGES])) == [row["applicant_id"] for row in allocation(run)]
    assert len(codes(files[OFFICE], 2)) == status["unplaced"]
    assert len(codes(files[OFFICE], 3)) == status["ineligible"]
    with (run / "schools.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert codes(files[OFFICE], 1) == [row["school_id"] for row in rows]
    assert len(codes(files[LETTERS[1]])) == sum(int(row["redirected_in"]) for row in rows)
    assert [len(codes(one)) for one in schools(files).values()] == [
        int(row["placed"]) for row in rows
    ]


def test_the_public_list_says_five_things_and_no_more(run: Path, named: dict[str, bytes]) -> None:
    header, *rows = table(named[PUBLIC])
    assert header == ["Registration number", "Name", "School", "Group", "Round"]
    by_code = {row["applicant_id"]: row for row in allocation(run)}
    for code, name, _, group, step in rows:
        assert name == "欧阳**"
        assert group == by_code[code]["group"]
        assert step == ROUNDS.get(by_code[code]["round"], by_code[code]["round"])


def test_without_an_identity_file_there_are_codes_only(coded: dict[str, bytes]) -> None:
    for name in coded.keys() - {OFFICE}:
        assert "Name" not in table(coded[name])[0], name


def test_letters_and_messages_carry_every_other_column(run: Path, named: dict[str, bytes]) -> None:
    given = {row["applicant_id"]: row for row in identity_rows(run)}
    for name in (*LETTERS, MESSAGES):
        header, *rows = table(named[name])
        assert header[-3:-1] == ["phone", "地址"]
        assert header[-1] == ("School" if name == MESSAGES else "School *"), "no header twice"
        for row in rows:
            assert row[1] == given[row[0]]["name"]
            assert row[-3:] == [given[row[0]][key] for key in ("phone", "地址", "School")]


def test_a_school_learns_names_and_no_more(named: dict[str, bytes]) -> None:
    for content in schools(named).values():
        assert table(content)[0] == ["Registration number", "Name", "Group", "Round"]
        assert b"1380013" not in unpacked(content)


def test_a_redirect_letter_says_from_where(run: Path, coded: dict[str, bytes]) -> None:
    by_code = {row["applicant_id"]: row for row in allocation(run)}
    header, *rows = table(coded[LETTERS[1]])
    assert rows
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        line = by_code[cells["Registration number"]]
        assert (cells["Zone"], cells["School code"]) == (line["zone_id"], line["school_id"])
        assert cells["Way, m"] == int(line["distance_m"])
        assert line["school_id"] not in cells["Schools of the zone"]


def test_a_message_says_what_came_of_the_child(run: Path, named: dict[str, bytes]) -> None:
    """By number and school, without the name: telephone numbers go wrong."""
    texts = {row[0]: str(row[2]) for row in table(named[MESSAGES])[1:]}
    for row in allocation(run):
        text = texts[row["applicant_id"]]
        assert text.startswith("REHEARSAL, decides nothing. Registration " + row["applicant_id"])
        assert ("place at" in text or "redirected to" in text) == (row["status"] == "placed")
        assert ("no place yet" in text) == (row["status"] == "unplaced")
        assert ("not eligible" in text) == (row["status"] == "ineligible")
        assert MARKER not in text


def test_the_office_reads_every_reason_and_notice(run: Path, named: dict[str, bytes]) -> None:
    reasons = {row["applicant_id"]: row["reason"] for row in allocation(run)}
    for sheet in (2, 3):
        for row in table(named[OFFICE], sheet)[1:]:
            assert row[4] == reasons[row[0]]
            assert row[5]
            assert MARKER in str(row[1])
    with (run / "warnings.csv").open(encoding="utf-8", newline="") as stream:
        rows = [(row["level"], row["code"], row["message"]) for row in csv.DictReader(stream)]
    notices = [(row[0], row[1], row[3]) for row in table(named[OFFICE], 4)[1:]]
    assert notices == rows


def test_the_counts_add_up(run: Path, named: dict[str, bytes]) -> None:
    counts = {str(title): count for title, count in table(named[OFFICE])[1:]}
    placed = counts["Children placed: public notice"]
    assert placed == counts["Admission notices"] + counts["Redirect notices"]
    assert placed == counts["Lists of the schools"]
    whole = placed + counts["Without a place"] + counts["Not eligible"]
    assert whole == counts["Text messages"] == len(allocation(run))


def test_pages_are_a4_with_titles_filters_and_frozen_headers(named: dict[str, bytes]) -> None:
    for name, content in named.items():
        for sheet in openpyxl.load_workbook(io.BytesIO(content)):
            head = sheet.freeze_panes
            assert sheet.page_setup.paperSize == int(sheet.PAPERSIZE_A4), name
            assert sheet.print_title_rows == f"${int(head[1:]) - 1}:${int(head[1:]) - 1}"
            assert sheet.auto_filter.ref.startswith(f"A{int(head[1:]) - 1}:")
            assert sheet.oddHeader.left.text
            assert (head == "B2") == (name in (*LETTERS, MESSAGES)), "a mail merge starts in row 1"


def test_each_school_begins_a_page_of_the_public_list(named: dict[str, bytes]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(named[PUBLIC])).worksheets[0]
    first = int(sheet.freeze_panes[1:])
    column = [sheet.cell(row, 3).value for row in range(first, sheet.max_row + 1)]
    new = [first + at - 1 for at in range(1, len(column)) if column[at] != column[at - 1]]
    assert [one.id for one in sheet.row_breaks.brk] == new
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage, (
        "programs that fit to a width overlook breaks"
    )


HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<script>",
    "阿依古丽·买买提",
    "𠮷",
    "+1",
    "@x",
    "http://x.y",
    "00",
)


def test_hostile_names_are_shown_as_they_are_and_nothing_is_a_formula(run: Path) -> None:
    rows = identity_rows(run)
    for number, row in enumerate(rows):
        row["name"] = row["地址"] = HOSTILE[number % len(HOSTILE)]
    files = enroll.lists(run, identity_file(run.parent, rows)).files
    shown = {row[0]: (row[1], row[-2]) for row in table(files[MESSAGES])[1:]}
    assert shown == {row["applicant_id"]: (row["name"], row["地址"]) for row in rows}
    for content in files.values():
        for sheet in openpyxl.load_workbook(io.BytesIO(content)):
            cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
            assert {cell.data_type for cell in cells} <= {"s", "n"}
            texts = [cell for cell in cells if cell.data_type == "s"]
            assert {cell.number_format for cell in texts} == {"@"}
            assert not any(cell.hyperlink for cell in cells)


def test_a_long_text_has_room_for_all_its_lines(run: Path) -> None:
    """Not every program makes a row as high as its text; Chinese signs take twice the width."""
    rows = identity_rows(run)
    rows[0]["name"] = "阿" * 40  # 80 letters wide, in a column of 12
    book = enroll.lists(run, identity_file(run.parent, rows)).files[MESSAGES]
    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    assert sheet.sheet_format.defaultRowHeight == 17.25
    assert sheet.row_dimensions[2].height == 8 * 17.25


def test_the_margin_of_a_page_is_cut_between_its_parts() -> None:
    columns = [Column("x", 10)]
    sheet = Sheet("s", "Title", ("a&b", "c" * 120, "d"), columns, [])
    assert sheet.margin == "Title · a&&b · d"
    assert Sheet("s", "&" * 300, (), columns, []).margin == "&" * 250


def test_lists_are_the_same_bytes_every_time(run: Path, named: dict[str, bytes]) -> None:
    rows = identity_rows(run)[::-1]
    assert dict(enroll.lists(run, identity_file(run.parent, rows)).files) == named
    for content in named.values():
        assert b"2026-01-01T00:00:00Z" in unpacked(content)


def test_a_rehearsal_is_named_on_every_page(named: dict[str, bytes]) -> None:
    for name, content in named.items():
        assert b"Rehearsal: this draw decides nothing" in unpacked(content), name
    assert above(named[PUBLIC])[1].startswith("Rehearsal")


def test_no_secret_reaches_a_public_file(run: Path, named: dict[str, bytes]) -> None:
    """No name, no birth date, no home, no way, no ticket's rank; nor who made the file."""
    public = {name: unpacked(named[name]) for name in named if name.startswith("public/")}
    assert public
    for content in public.values():
        for secret in (MARKER, "1380013", "2020-", "2019-", "distance", "lottery", "kindergarten"):
            assert secret.encode() not in content
        assert "地址".encode() not in content
    with (run.parent / "in" / "applicants.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            assert row["lon"].encode() not in b"".join(public.values())
