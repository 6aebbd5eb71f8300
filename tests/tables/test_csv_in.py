from __future__ import annotations

import pytest

from enroll.tables.csv_in import decode
from enroll.tables.problems import Unreadable
from tests.tables.samples import refusal, table_of


def cells(table):
    return {header: column.tolist() for header, column in table.columns.items()}


def test_every_cell_is_text():
    table, report = table_of("t.csv", b"id,n\n007,1_0\nNA,None\n")
    assert cells(table) == {"id": ["007", "NA"], "n": ["1_0", "None"]}
    assert table.row.tolist() == [2, 3]
    assert not report.listed()


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gbk", "GB18030"), ("gb18030", "GB18030")],
)
def test_chinese_text_is_read_in_either_encoding(encoding, named):
    table, _ = table_of("t.csv", "编号,校名\n1,南洲完小\n".encode(encoding))
    assert cells(table) == {"编号": ["1"], "校名": ["南洲完小"]}
    assert table.source.encoding == named


def test_rare_characters_of_names():
    table, _ = table_of("t.csv", "名\n𠮷㐂䶮\n".encode("gb18030"))
    assert cells(table) == {"名": ["𠮷㐂䶮"]}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("a,b\n1,2\n".encode("utf-16"), "TEXT_IN_UTF16"),
        (b"a,b\n1,\0\n", "TEXT_IS_BINARY"),
        (b"a,b\n1,\xff\xff\n", "TEXT_NOT_DECODED"),
        (b"\n", "HEADER_MISSING"),
        (b" , ,\n1,2,3\n", "HEADER_MISSING"),
        (b'"a\n', "FILE_BROKEN"),
        (",".join(f"c{n}" for n in range(10_000)).encode(), "TOO_MANY_COLUMNS"),
    ],
)
def test_what_is_no_table(content, code):
    assert refusal("t.csv", content) == code


def test_the_first_bad_byte_is_counted_from_one():
    with pytest.raises(Unreadable) as caught:
        decode(b"ab\xff")
    assert caught.value.params == {"byte": 3}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_header_tells_the_separator(delimiter):
    table, _ = table_of(
        "t.csv",
        delimiter.join(["a", "b"]).encode() + b"\n" + b"1,5" + delimiter.encode() + b"2\n"
        if delimiter != ","
        else b"a,b\n1,2\n",
    )
    assert list(table.columns) == ["a", "b"]


def test_quoted_cells_may_hold_separators_and_line_ends():
    table, _ = table_of("t.csv", b'a,b\n"1,2","x\ny"\n3,4\n')
    assert cells(table) == {"a": ["1,2", "3"], "b": ["x\ny", "4"]}
    assert table.row.tolist() == [2, 3]


def test_empty_rows_are_left_out_and_counted():
    table, report = table_of("t.csv", b"a,b\n,\n1,2\n\n , \n3,4\n")
    assert table.row.tolist() == [3, 6]
    assert not report.listed()


def test_rows_of_another_length():
    table, report = table_of("t.csv", b"a,b\n1\n1,2,3\n1,2,\n1,2\n")
    assert [(problem.code, problem.row) for problem in report.listed()] == [
        ("ROW_RAGGED", 2),
        ("ROW_RAGGED", 3),
    ]
    assert len(table) == 2


def test_a_quotation_mark_that_is_not_closed():
    table, report = table_of("t.csv", b'a,b\n1,2\n"3,4\n5,6\n')
    assert [(problem.code, problem.row) for problem in report.listed()] == [("CSV_BROKEN", 3)]
    assert len(table) == 1


def test_a_header_that_stands_twice_or_not_at_all():
    table, report = table_of("t.csv", b"a,,a,\n1,2,3,\n")
    assert sorted(problem.code for problem in report.listed()) == ["HEADER_EMPTY", "HEADER_TWICE"]
    assert list(table.columns) == ["a"]


def test_a_column_without_header_and_cells_is_nothing():
    table, report = table_of("t.csv", b"a,,b\n1,,3\n")
    assert cells(table) == {"a": ["1"], "b": ["3"]}
    assert not report.listed()


def test_headers_in_a_later_row():
    table, _ = table_of("t.csv", b"List of 2026,\nprinted,\na,b\n1,2\n", header_row=3)
    assert cells(table) == {"a": ["1"], "b": ["2"]}
    assert table.row.tolist() == [4]
    assert refusal("t.csv", b"a,b\n", header_row=9) == "HEADER_MISSING"


def test_old_line_ends():
    table, _ = table_of("t.csv", b"a,b\r1,2\r\n3,4\r")
    assert cells(table) == {"a": ["1", "3"], "b": ["2", "4"]}


def test_many_blocks_of_rows():
    content = "a,b\n" + "".join(f"{n},x\n" for n in range(5000))
    table, _ = table_of("t.csv", content.encode())
    assert cells(table)["a"] == [str(n) for n in range(5000)]
    assert table.row[-1] == 5001
