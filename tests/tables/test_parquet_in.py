from __future__ import annotations

import datetime as dt
import io
import sys

import pyarrow as pa
import pytest
from pyarrow import parquet

from enroll.tables import parquet_in
from tests.tables.samples import refusal, table_of


def stored(**columns):
    buffer = io.BytesIO()
    parquet.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


def test_values_of_every_type_become_text():
    content = stored(
        id=["A1", None],
        n=[1, None],
        share=[1.0, 2.5],
        day=[dt.date(2019, 8, 31), None],
        moment=[dt.datetime(2019, 8, 31, 9), None],
        flag=[True, False],
        word=pa.array(["x", "y"]).dictionary_encode(),
        blob=[b"\xff", None],
        several=[[1], [2]],
    )
    table, _ = table_of("t.parquet", content)
    cells = {name: column.tolist() for name, column in table.columns.items()}
    assert cells == {
        "id": ["A1", ""],
        "n": ["1", ""],
        "share": ["1", "2.5"],
        "day": ["2019-08-31", ""],
        "moment": ["2019-08-31 09:00:00.000000", ""],
        "flag": ["true", "false"],
        "word": ["x", "y"],
        "blob": ["", ""],
        "several": ["", ""],
    }
    assert table.row.tolist() == [2, 3]


def test_damaged_files():
    content = stored(id=["A1"] * 1000)
    for length in (4, 100, len(content) - 3):
        assert refusal("t.parquet", content[:length]) == "FILE_BROKEN"


def test_files_beyond_what_is_read(monkeypatch):
    content = stored(a=["x"], b=["y"])
    monkeypatch.setattr(parquet_in, "MOST_UNPACKED", 10)
    assert refusal("t.parquet", content) == "FILE_BROKEN"
    monkeypatch.setattr(parquet_in, "MOST_COLUMNS", 1)
    assert refusal("t.parquet", content) == "TOO_MANY_COLUMNS"


def test_maps_in_parquet_are_not_lost_silently():
    table = pa.table({"id": ["A1"]}).replace_schema_metadata({"geo": "{}"})
    buffer = io.BytesIO()
    parquet.write_table(table, buffer)
    assert refusal("t.parquet", buffer.getvalue()) == "PARQUET_HAS_GEOMETRY"


def test_without_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert refusal("t.parquet", b"PAR1") == "PARQUET_NEEDS_EXTRA"


@pytest.mark.parametrize("name", ["t.parquet"])
def test_bytes_that_only_begin_like_parquet(name):
    assert refusal(name, b"PAR1" + bytes(200) + b"PAR1") == "FILE_BROKEN"
