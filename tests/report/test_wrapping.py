"""Lines of Chinese on a terminal."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.table import Table

from enroll.report.screen import as_text, finding, words
from enroll.report.wrapping import breaks


def lines(text: str, width: int) -> list[str]:
    """Return a text in a column of so many cells."""
    table = Table.grid()
    table.add_column(width=width)
    table.add_row(words(text))
    return as_text(table).splitlines()


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("片区内的学生都有学位。", 10, ["片区内的学", "生都有学", "位。"]),
        ("学位还缺：三个", 8, ["学位还", "缺：三个"]),
        ("缺学位（三个）", 8, ["缺学位", "（三个）"]),
        ("增加 145 个学位", 9, ["增加", "145 个学", "位"]),
        ("位于SYN-P26-00095之内", 14, ["位于", "SYN-P26-00095", "之内"]),
        ("South Lake Primary学校", 10, ["South Lake", "Primary学", "校"]),
        ("𠮷𠮷𠮷𠮷", 4, ["𠮷𠮷", "𠮷𠮷"]),
        ("only English words here", 12, ["only English", "words here"]),
        ("x" * 12 + "学", 10, ["x" * 10, "xx学"]),
    ],
)
def test_a_line_ends_where_a_printer_would_end_it(
    text: str, width: int, expected: list[str]
) -> None:
    assert lines(text, width) == expected


def test_a_finding_keeps_its_own_lines() -> None:
    said = finding("片区内的学生都有学位。", "增加 145 个学位。", "ZONE_FULL")
    table = Table.grid()
    table.add_column(width=14)
    table.add_row(said)
    assert as_text(table).splitlines() == [
        "片区内的学生都",
        "有学位。",
        "[ZONE_FULL]",
        "→ 增加 145 个",
        "学位。",
    ]


LETTERS = st.text(st.sampled_from("学位，。（）1 2ab %𠮷“”"), max_size=60)


@given(LETTERS, st.integers(min_value=2, max_value=20))
def test_nothing_is_lost_and_nothing_is_too_long(text: str, width: int) -> None:
    places = [0, *breaks(text, width), len(text)]
    assert places == sorted(set(places)) or text == ""
    pieces = [text[first:last] for first, last in pairwise(places)]
    assert "".join(pieces) == text
    assert all(cell_len(piece.rstrip(" ")) <= width for piece in pieces)


def test_a_column_of_chinese_may_be_narrow() -> None:
    """Rich itself asks for room for the longest run without a space, and cuts the rest off."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    table.add_row(words("红色"), words("一" * 200))
    text = as_text(table)
    assert text.count("一") == 200
    assert "…" not in text
