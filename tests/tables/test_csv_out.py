from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enroll.tables import csv_bytes, unguarded


def rows_of(content):
    return list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))


def test_numbers_flags_and_text():
    content = csv_bytes(
        ["id", "n", "open", "mixed"],
        [["A1", "A2"], np.array([-1, 2]), np.array([True, False]), [7, "x"]],
    )
    assert content == b"id,n,open,mixed\nA1,-1,yes,7\nA2,2,no,x\n"


def test_only_cells_that_need_it_are_quoted():
    texts = np.array(['say "x"', "a,b", "", "南"], dtype=object)
    assert csv_bytes(["t"], [texts]) == b'"t'[1:] + '\n"say ""x"""\n"a,b"\n\n南\n'.encode()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("before", ["", " ", "\u200b", "\ufeff ", "\u00a0"])
def test_no_text_starts_a_formula(start, before):
    ((cell,),) = rows_of(csv_bytes(["t"], [[f"{before}{start}1+1"]]))[1:]
    assert cell.startswith("'")


def test_headers_are_guarded_too():
    assert csv_bytes(["=x"], [[]]) == b"'=x\n"


def test_no_control_character_survives():
    content = csv_bytes(["t"], [["a\x1b[31mb\nc\x00\u2028\ud800d"]])
    assert content == "t\na [31mb c  \ufffdd\n".encode()


def test_guarded_ids_can_be_read_back():
    for text in ("-a", "+1", "=x", "a-b", "'", "'x", " @x"):
        ((cell,),) = rows_of(csv_bytes(["t"], [[text]]))[1:]
        assert unguarded(cell) == text


def test_floating_point_columns_are_refused():
    with pytest.raises(TypeError, match="float"):
        csv_bytes(["t"], [np.array([0.5])])


@pytest.mark.parametrize("columns", [[], [["a"], ["b"]], [["a"], []]])
def test_columns_that_do_not_fit(columns):
    with pytest.raises(ValueError, match="column"):
        csv_bytes(["t"] if len(columns) != 2 or columns[1] else ["t", "u"], columns)


@given(st.lists(st.text(), min_size=1))
def test_any_text_makes_one_cell_that_starts_no_formula(texts):
    rows = rows_of(csv_bytes(["t", "n"], [texts, list(range(len(texts)))]))
    assert len(rows) == len(texts) + 1
    for cell, number in rows[1:]:
        assert cell.lstrip(" \u200b")[:1] not in tuple("=+-@＝＋－＠\t\r")
        assert number.isdigit()
