"""Databases that the SQLite library finds whole, and reads as they were meant."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enroll.report.layers.sqlite_file import PAGE, WRITTEN_AS, Table, database

if TYPE_CHECKING:
    from pathlib import Path

CELLS = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(max_size=60),
    st.binary(max_size=60),
)


def opened(*tables: Table) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database(tables, application=b"GPKG", version=10300))
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return connection


@given(st.lists(st.tuples(CELLS, CELLS), max_size=30))
def test_every_cell_comes_back(rows: list[tuple[object, object]]) -> None:
    connection = opened(Table("t", "CREATE TABLE t (a, b)", rows))
    found = connection.execute("SELECT a, b FROM t").fetchall()
    assert found == rows
    assert [tuple(map(type, row)) for row in found] == [tuple(map(type, row)) for row in rows]


@pytest.mark.parametrize(
    "size", [0, 1, 4050, 4055, 4056, 4057, 4061, 4062, 8147, 8153, 8154, 99999]
)
def test_long_cells_go_to_pages_of_their_own(size: int) -> None:
    rows = [(None, bytes([number]) * size) for number in range(1, 5)]
    connection = opened(Table("t", "CREATE TABLE t (fid INTEGER PRIMARY KEY, b BLOB)", rows))
    assert connection.execute("SELECT b FROM t ORDER BY fid").fetchall() == [(b,) for _, b in rows]


@pytest.mark.parametrize("count", [0, 1, 300, 5000, 400_000])
def test_long_tables_have_inner_pages(count: int) -> None:
    rows = [(number, -number) for number in range(-3, count)]
    table = Table("t", "CREATE TABLE t (id INTEGER PRIMARY KEY, b INTEGER)", rows, key=0)
    connection = opened(table)
    assert connection.execute("SELECT id, b FROM t").fetchall() == rows
    assert connection.execute("SELECT b FROM t WHERE id = -2").fetchall() == [(2,)]


def test_many_tables_are_listed() -> None:
    tables = [Table(f"t{n}", f"CREATE TABLE t{n} (a /*{'x' * 70}*/)", [(n,)]) for n in range(90)]
    connection = opened(*tables)
    assert connection.execute("SELECT a FROM t89").fetchall() == [(89,)]


def test_unique_columns_are_found_by_their_index() -> None:
    sql = "CREATE TABLE t (a TEXT PRIMARY KEY, b TEXT, UNIQUE (b, a))"
    rows = [(f"县{number * 7 % 30}", "b") for number in range(30)]
    connection = opened(Table("t", sql, rows, ((0,), (1, 0))))
    assert connection.execute("SELECT rowid FROM t WHERE a = '县7'").fetchall() == [(2,)]
    with pytest.raises(ValueError, match="more than a page"):
        opened(Table("t", sql, [("x" * 3000, "")], ((0,),)))


def test_nothing_of_the_machine_is_in_the_file(tmp_path: Path) -> None:
    """Not the version of its SQLite, which a file written by the library names."""
    content = database([], application=b"GPKG", version=10300)
    assert len(content) == PAGE
    assert int.from_bytes(content[96:100], "big") == WRITTEN_AS
    assert content[68:72] == b"GPKG"
    assert int.from_bytes(content[60:64], "big") == 10300
