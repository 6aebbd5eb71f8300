"""Parquet: columns of any type turned into text, without trusting its metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from enroll.records import Table
from enroll.tables.cleaning import tidy
from enroll.tables.grid import MOST_COLUMNS, source_of, text_array
from enroll.tables.problems import Unreadable

if TYPE_CHECKING:
    from enroll.tables.opening import OpenedFile

MOST_UNPACKED = 8 * 1024**3
"""Most bytes the columns may unpack to, by the file's own account: 8 GiB."""
MOST_ROWS = 500_000_000
"""Most rows, by the file's own account."""


def read_parquet(file: OpenedFile) -> Table:
    """Return the table of a Parquet file, every cell as text; row 2 is the first data row.

    Raises
    ------
    Unreadable
        When pyarrow is not installed, or the file is damaged or holds geometry.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise Unreadable("PARQUET_NEEDS_EXTRA") from None
    try:
        opened = parquet.ParquetFile(pa.BufferReader(file.content))
        _refuse_unusual(opened)
        found = opened.read(use_threads=False)
        found.validate(full=True)
        columns = {
            tidy(name): text_array(_texts(found.column(at)))
            for at, name in enumerate(found.column_names)
        }
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        raise Unreadable("FILE_BROKEN", kind="Parquet") from error
    rows = np.arange(2, found.num_rows + 2, dtype=np.int64)
    return Table(source_of(file, "UTF-8", found.num_rows), columns, rows)


def _refuse_unusual(opened: Any) -> None:
    metadata = opened.metadata
    if metadata.num_columns > MOST_COLUMNS:
        raise Unreadable("TOO_MANY_COLUMNS", count=metadata.num_columns, most=MOST_COLUMNS)
    groups = range(metadata.num_row_groups)
    unpacked = sum(metadata.row_group(number).total_byte_size for number in groups)
    if not 0 <= unpacked <= MOST_UNPACKED or not 0 <= metadata.num_rows <= MOST_ROWS:
        raise Unreadable("FILE_BROKEN", kind="Parquet")
    if b"geo" in (metadata.metadata or {}):
        raise Unreadable("PARQUET_HAS_GEOMETRY")


def _texts(column: Any) -> list[str]:
    """Return a column's values as text; lists and binary values, which no rule reads, as ""."""
    import pyarrow as pa

    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return [""] * len(column)
    return [text or "" for text in column.cast(pa.string()).to_pylist()]
