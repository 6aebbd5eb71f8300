from __future__ import annotations

import datetime as dt
import io
import math
import zipfile

import pytest

from enroll.tables import workbook_safety
from enroll.tables.workbook_in import cell_text
from enroll.tables.workbook_safety import checked_workbook
from tests.tables.samples import refusal, table_of, workbook

ROWS = [["id", "n"], ["A1", 3], ["A2", 4.5]]


def cells(table):
    return {header: column.tolist() for header, column in table.columns.items()}


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def changed(name, change):
    parts = parts_of(workbook({"S": ROWS}))
    parts[name] = change(parts.get(name, b""))
    return packed(parts)


def test_cells_become_the_text_a_person_sees():
    row = ["A", 3, 4.5, True, dt.date(2019, 8, 31)]
    table, report = table_of("t.xlsx", workbook({"S": [["a", "b", "c", "d", "e"], row]}))
    assert [column[0] for column in cells(table).values()] == ["A", "3", "4.5", "yes", "2019-08-31"]
    assert not report.listed()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("x", "x"),
        (False, "no"),
        (20.0, "20"),
        (4.30921201908311e17, "4.30921E+17"),
        (-2, "-2"),
        (math.inf, "INF"),
        (math.nan, "NAN"),
        (dt.datetime(2019, 8, 31), "2019-08-31"),
        (dt.datetime(2019, 8, 31, 9, 5), "2019-08-31 09:05:00"),
        (dt.time(9, 5), "09:05:00"),
        (dt.timedelta(hours=1), "1:00:00"),
    ],
)
def test_one_cell(cell, text):
    assert cell_text(cell) == text


def test_rows_above_and_left_of_the_table_count():
    rows = [["Title"], [], ["", "id"], ["", "A1"], [], ["", "A2"]]
    table, _ = table_of("t.xlsx", workbook({"S": rows}), header_row=3)
    assert cells(table) == {"id": ["A1", "A2"]}
    assert table.row.tolist() == [4, 6]


def test_the_sheet_is_chosen_by_name():
    content = workbook({"one": [["a"], ["1"]], "二": [["b"], ["2"]]})
    assert cells(table_of("t.xlsx", content)[0]) == {"a": ["1"]}
    assert cells(table_of("t.xlsx", content, sheet="二")[0]) == {"b": ["2"]}
    assert refusal("t.xlsx", content, sheet="three") == "SHEET_MISSING"


def test_an_empty_sheet():
    assert refusal("t.xlsx", workbook({"S": []})) == "HEADER_MISSING"


def test_errors_of_the_spreadsheet_are_not_lost():
    sheet = b'<c r="B2" t="e"><v>#DIV/0!</v></c>'
    content = changed(
        "xl/worksheets/sheet1.xml", lambda part: part.replace(b'<c r="B2"><v>3</v></c>', sheet)
    )
    assert cells(table_of("t.xlsx", content)[0])["n"] == ["#DIV/0!", "4.5"]


def test_a_truncated_workbook():
    content = workbook({"S": ROWS})
    for length in (10, len(content) // 2, len(content) - 5):
        assert refusal("t.xlsx", content[:length]) == "FILE_BROKEN"


def test_an_archive_that_is_no_workbook():
    assert refusal("t.xlsx", packed({"xl/other.xml": b"<x/>"})) == "FILE_BROKEN"


def test_a_zip_bomb_by_ratio():
    content = changed("xl/worksheets/sheet1.xml", lambda _: b" " * 5_000_000)
    assert refusal("t.xlsx", content) == "WORKBOOK_UNSAFE"


def test_a_zip_bomb_by_size(monkeypatch):
    monkeypatch.setattr(workbook_safety, "MOST_UNPACKED", 1000)
    assert refusal("t.xlsx", workbook({"S": ROWS})) == "WORKBOOK_UNSAFE"


def test_a_zip_bomb_by_number():
    parts = {f"xl/{number}.xml": b"" for number in range(3000)}
    assert refusal("t.xlsx", packed(parts)) == "WORKBOOK_UNSAFE"


def test_a_part_that_lies_about_its_size():
    content = bytearray(workbook({"S": ROWS}))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert refusal("t.xlsx", bytes(content)) == "FILE_BROKEN"


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "xl/..\\evil.xml", "xl/\x01.xml"])
def test_unusual_names_in_the_archive(name):
    content = changed(name, lambda _: b"x")
    assert refusal("t.xlsx", content) == "WORKBOOK_UNSAFE"


def test_two_parts_of_one_name():
    parts = parts_of(workbook({"S": ROWS}))
    parts["XL/Worksheets/sheet1.xml"] = b"<x/>"
    assert refusal("t.xlsx", packed(parts)) == "WORKBOOK_UNSAFE"


def test_an_entity_bomb():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert refusal("t.xlsx", changed("xl/sharedStrings.xml", lambda _: bomb)) == "WORKBOOK_UNSAFE"


@pytest.mark.parametrize("place", [b"XFD1048576", b"A1048577", b"XFE1", b"ZZZZZ9", b"A9999999999"])
def test_a_cell_too_far_away(place):
    cell = b'<c r="' + place + b'"><v>3</v></c>'
    content = changed(
        "xl/worksheets/sheet1.xml", lambda part: part.replace(b'<c r="B2"><v>3</v></c>', cell)
    )
    assert refusal("t.xlsx", content) in ("WORKBOOK_TOO_WIDE", "FILE_BROKEN")


def test_formatted_empty_cells_far_away_do_no_harm():
    far = b'<c r="XFD1048576" s="0"/></row>'
    content = changed(
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"</row></sheetData>", far + b"</sheetData>"),
    )
    assert cells(table_of("t.xlsx", content)[0])["id"] == ["A1", "A2"]


def test_only_xml_parts_are_unpacked():
    parts = parts_of(workbook({"S": ROWS}))
    parts["xl/media/image1.png"] = b"\0" * 3_000_000
    assert "xl/media/image1.png" not in parts_of(checked_workbook(packed(parts)))


def test_an_encrypted_part():
    content = bytearray(workbook({"S": ROWS}))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    assert refusal("t.xlsx", bytes(content)) == "FILE_BROKEN"
