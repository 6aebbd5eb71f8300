"""Every kind of workbook opened by LibreOffice: what it shows, as what, and on which paper."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import cycle
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

import enroll
from tests import spreadsheets
from tests.report.lists.makers import ROUNDS, allocation, identity_file, identity_rows, make_run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.spreadsheets import Book

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "阿依古丽·买买提",
    "𠮷",
    "+1+1",
    "-2",
    "@SUM(1)",
    "＝1+1",
    "  =1+1",
    "\t=1+1",
    "http://192.0.2.1/",
    "00123",
    "1e5",
    "2026-09-01",
    "TRUE",
)
LETTERS = ("admission-notices", "redirect-notices")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_run(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def people(run: Path) -> dict[str, dict[str, str]]:
    """What the office knows of each child, by code; some of it hostile."""
    rows = zip(identity_rows(run), cycle(HOSTILE), strict=False)
    named = [{**row, "name": text, "地址": text} for row, text in rows]
    return {row["applicant_id"]: row for row in named}


@pytest.fixture(scope="module")
def books(run: Path, people: dict[str, dict[str, str]]) -> dict[str, Book]:
    folder = run.parent
    identity = identity_file(folder, list(people.values()))
    enroll.lists(run, identity).write(folder / "lists")
    return spreadsheets.opened(sorted((folder / "lists").rglob("*.xlsx")), folder / "office")


def codes(book: Book, sheet: int = 0) -> list[str]:
    return [row[0] for row in book.table(sheet)[1:]]


def test_every_count_is_that_of_the_run(run: Path, books: dict[str, Book]) -> None:
    status = Counter(row["status"] for row in allocation(run))
    placed = sorted(row["applicant_id"] for row in allocation(run) if row["status"] == "placed")
    own = [books[name] for name in sorted(books) if name.startswith("000")]
    assert sorted(codes(books["notice-list"])) == placed
    assert sorted(code for name in LETTERS for code in codes(books[name])) == placed
    assert sorted(code for book in own for code in codes(book)) == placed
    assert codes(books["text-messages"]) == [row["applicant_id"] for row in allocation(run)]
    assert len(codes(books["office"], 2)) == status["unplaced"]
    assert len(codes(books["office"], 3)) == status["ineligible"]
    with (run / "schools.csv").open(encoding="utf-8", newline="") as stream:
        schools = list(csv.DictReader(stream))
    assert codes(books["office"], 1) == [row["school_id"] for row in schools]
    assert [len(codes(book)) for book in own] == [int(row["placed"]) for row in schools]
    with (run / "warnings.csv").open(encoding="utf-8", newline="") as stream:
        assert len(codes(books["office"], 4)) == len(list(csv.DictReader(stream)))


def test_each_child_stands_with_its_own_school_round_and_group(
    run: Path, books: dict[str, Book]
) -> None:
    expected = {
        row["applicant_id"]: [
            row["school_id"],
            row["group"],
            ROUNDS.get(row["round"], row["round"]),
        ]
        for row in allocation(run)
        if row["status"] == "placed"
    }
    shown = {}
    for name in LETTERS:
        head, *rows = books[name].table()
        at = [head.index(title) for title in ("School code", "Group", "Round")]
        shown |= {row[0]: [row[place] for place in at] for row in rows}
    assert shown == expected


def test_names_are_shown_as_they_are(
    books: dict[str, Book], people: dict[str, dict[str, str]]
) -> None:
    head, *rows = books["text-messages"].table()
    assert {row[0]: (row[1], row[head.index("地址")]) for row in rows} == {
        code: (row["name"].strip(), row["地址"].strip()) for code, row in people.items()
    }
    assert {row["name"] for row in people.values()} == set(HOSTILE)


def test_nothing_in_a_workbook_is_run_or_followed(books: dict[str, Book]) -> None:
    assert {name: book.live() for name, book in books.items() if book.live()} == {}


def test_text_is_text_and_only_counts_are_numbers(books: dict[str, Book]) -> None:
    for name, book in books.items():
        for title, rows in book.sheets().items():
            for row in rows:
                for cell in row:
                    number = cell.shown.replace(",", "").removeprefix("-").isdecimal()
                    allowed = {"string", "float"} if number else {"string"}
                    assert cell.kind in (allowed if cell.shown else {""}), (name, title, cell)
    head, *schools = list(books["office"].sheets().values())[1][6:]
    counts = [at for at, cell in enumerate(head) if cell.shown.startswith(("Seats", "Placed"))]
    assert counts
    assert {row[at].kind for row in schools for at in counts} == {"float"}


def test_paper_headers_and_filters_are_understood(books: dict[str, Book]) -> None:
    upright, across = ("8.2681in", "11.6929in"), ("11.6929in", "8.2681in")
    for name, book in books.items():
        assert len(book.filters()) == len(book.sheets()), name
        assert len(book.repeated()) == len(book.sheets()), name
        assert book.repeated()[0] == book.table()[0], name
    assert books["notice-list"].papers() >= {upright}
    assert books["office"].papers() >= {across}


def test_each_school_has_its_own_page_of_the_public_list(run: Path, books: dict[str, Book]) -> None:
    """And no column of it falls on another page."""
    schools = {row[2] for row in books["notice-list"].table()[1:]}
    assert books["notice-list"].new_pages() == len(schools) - 1 > 0
    path = run.parent / "lists" / "public" / "notice-list.xlsx"
    assert spreadsheets.printed(path, run.parent / "print") == len(schools)


def test_levels_are_words_of_the_language(run: Path, tmp_path: Path) -> None:
    enroll.lists(run, language="zh").write(tmp_path / "lists")
    office = spreadsheets.opened([tmp_path / "lists" / "private" / "office.xlsx"], tmp_path)
    levels = {row[0] for row in office["office"].table(4)[1:]}
    assert {"红色", "橙色", "黄色"} <= levels
    assert not {"red", "orange", "yellow", "info"} & levels


def test_a_formula_would_be_noticed(tmp_path: Path) -> None:
    path = tmp_path / "live.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("One")
        sheet.write_formula(0, 0, "=1+1")
        sheet.write_url(0, 1, "http://192.0.2.1/")
        sheet.write_number(1, 0, 5)
    live = spreadsheets.opened([path], tmp_path)["live"]
    assert live.live() == ["of:=1+1", "http://192.0.2.1/"]
    first, second = live.sheets()["One"]
    assert [cell.kind for cell in (*first, *second)] == ["float", "string", "float"]
