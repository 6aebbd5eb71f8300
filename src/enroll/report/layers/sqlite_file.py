"""An SQLite database written byte for byte, so that it is the same on any machine.

The SQLite library puts its own version and a counter of changes into the file, and may part a
table into pages in another way after an update. What a run needs is little: tables filled once,
in the order of their row numbers, and the small indexes of their unique columns. Both are laid
out here as https://www.sqlite.org/fileformat2.html says; any SQLite reads the file and finds it
whole (`PRAGMA integrity_check`), which the tests ask of it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Cell = str | bytes | int | float | None
    Row = Sequence[Cell]

PAGE = 4096
"""Bytes of a page."""

WRITTEN_AS = 3_040_000
"""The SQLite release named in the header, offset 96; a fixed one, whatever is installed."""

_HEADER = 100
_MOST = PAGE - 35
_LEAST = (PAGE - 12) * 32 // 255 - 23
_MOST_INDEXED = (PAGE - 12) * 64 // 255 - 23
_TABLE_LEAF, _TABLE_INNER, _INDEX_LEAF = 0x0D, 0x05, 0x0A


@dataclass(frozen=True)
class Table:
    """One table and what it holds.

    Parameters
    ----------
    name
        Of the table.
    sql
        The statement that would create it.
    rows
        Cells in the order of the columns; the row number is counted from 1. A column that is
        `INTEGER PRIMARY KEY` is that number, so its cells must be None, or whole and ascending
        if it is the `key` column.
    unique
        Positions of the columns of each unique constraint, in the order of the statement: for
        each of them SQLite expects an index.
    key
        Position of the `INTEGER PRIMARY KEY` column, or None where rows are just counted.
    """

    name: str
    sql: str
    rows: Sequence[Row]
    unique: tuple[tuple[int, ...], ...] = ()
    key: int | None = None


def database(tables: Sequence[Table], *, application: bytes, version: int) -> bytes:
    """Return an SQLite database.

    Parameters
    ----------
    tables
        In the order in which they are listed.
    application
        Four bytes that say what kind of database it is.
    version
        Its user version.

    Raises
    ------
    ValueError
        Where an index, or the list of tables, is too long for this writer.
    """
    pages: list[bytes] = [b""]  # the first is made at last: it tells where the others are
    listed: list[Row] = []
    for table in tables:
        root = _table(pages, _numbered(table), len(pages) + 1)
        listed.append(("table", table.name, table.name, root, table.sql))
        for number, columns in enumerate(table.unique, 1):
            name = f"sqlite_autoindex_{table.name}_{number}"
            listed.append(("index", name, table.name, _index(pages, table, columns), None))
    _table(pages, list(enumerate(listed, 1)), 1)
    pages[0] = _header(len(pages), application, version) + pages[0][_HEADER:]
    return b"".join(pages)


def _header(pages: int, application: bytes, version: int) -> bytes:
    """Return the first bytes of the file: UTF-8, one change, no free page."""
    sizes = struct.pack(">HBBBBBB", PAGE, 1, 1, 0, 64, 32, 32)
    counts = struct.pack(">12I", 1, pages, 0, 0, 1, 4, 0, 0, 1, version, 0, 0)
    counts = counts[:-4] + application
    return b"SQLite format 3\0" + sizes + counts + bytes(20) + struct.pack(">II", 1, WRITTEN_AS)


def _numbered(table: Table) -> list[tuple[int, Row]]:
    """Return the rows with their numbers; the column that is the number is stored as none."""
    if table.key is None:
        return list(enumerate(table.rows, 1))
    at = table.key
    rows = [(row[at], (*row[:at], None, *row[at + 1 :])) for row in table.rows]
    return sorted((number, row) for number, row in rows if isinstance(number, int))


def _table(pages: list[bytes], rows: Sequence[tuple[int, Row]], root: int) -> int:
    """Add a table's pages; its root is the page just after the last, or the first of the file."""
    if root > len(pages):
        pages.append(b"")
    cells = [(number, _leaf_cell(pages, number, record(row))) for number, row in rows]
    kind, last = _TABLE_LEAF, 0
    while True:
        parts = _fill(cells, _room(kind, root))
        if len(parts) <= 1:
            pages[root - 1] = _page(kind, [cell for _, cell in cells], last, root)
            return root
        parts = _fill(cells, _room(kind, 2))
        children = []
        for part in parts:
            highest, right = part[-1][0], last
            if kind == _TABLE_INNER and part is not parts[-1]:
                right = _child(part.pop()[1])
            pages.append(_page(kind, [cell for _, cell in part], right, len(pages) + 1))
            children.append((highest, len(pages)))
        kind, last = _TABLE_INNER, children[-1][1]
        cells = [
            (number, struct.pack(">I", page) + varint(number)) for number, page in children[:-1]
        ]


def _child(cell: bytes) -> int:
    return int(struct.unpack(">I", cell[:4])[0])


def _room(kind: int, root: int) -> int:
    """Return the bytes of a page that cells and the pointers to them may take."""
    return PAGE - (12 if kind == _TABLE_INNER else 8) - (_HEADER if root == 1 else 0)


def _fill(cells: Sequence[tuple[int, bytes]], room: int) -> list[list[tuple[int, bytes]]]:
    """Part cells into pages, as many into each as it takes."""
    parts: list[list[tuple[int, bytes]]] = []
    left = 0
    for cell in cells:
        size = max(len(cell[1]), 4) + 2
        if not parts or size > left:
            parts.append([])
            left = room
        parts[-1].append(cell)
        left -= size
    return parts


def _page(kind: int, cells: Sequence[bytes], right: int, number: int) -> bytes:
    """Return a page: its head, pointers to the cells, and the cells from the end backwards."""
    start = _HEADER if number == 1 else 0
    body, places, end = b"", [], PAGE
    for cell in cells:
        padded = cell.ljust(4, b"\0")
        end -= len(padded)
        places.append(end)
        body = padded + body
    head = struct.pack(">BHHHB", kind, 0, len(cells), end % 65536, 0)
    head += struct.pack(">I", right) if kind == _TABLE_INNER else b""
    head += struct.pack(f">{len(places)}H", *places)
    return bytes(start) + head.ljust(end - start, b"\0") + body


def _leaf_cell(pages: list[bytes], number: int, content: bytes) -> bytes:
    """Return a row's cell; what a page cannot take goes to pages of its own."""
    head = varint(len(content)) + varint(number)
    if len(content) <= _MOST:
        return head + content
    here = _LEAST + (len(content) - _LEAST) % (PAGE - 4)
    here = here if here <= _MOST else _LEAST
    first = len(pages) + 1
    parts = range(here, len(content), PAGE - 4)
    for following, start in zip(count(first + 1), parts, strict=False):
        more = start + PAGE - 4 < len(content)
        part = content[start : start + PAGE - 4].ljust(PAGE - 4, b"\0")
        pages.append(struct.pack(">I", following if more else 0) + part)
    return head + content[:here] + struct.pack(">I", first)


def _index(pages: list[bytes], table: Table, columns: tuple[int, ...]) -> int:
    """Add the index over some text columns as one page; return its number."""
    keys = sorted(
        ([str(row[at]).encode() for at in columns], number)
        for number, row in enumerate(table.rows, 1)
    )
    cells = [record([*(part.decode() for part in key), number]) for key, number in keys]
    room = _room(_INDEX_LEAF, 2)
    if any(len(cell) > _MOST_INDEXED for cell in cells) or sum(map(len, cells)) > room // 2:
        message = f"the index of {table.name} takes more than a page"
        raise ValueError(message)
    pages.append(_page(_INDEX_LEAF, [varint(len(cell)) + cell for cell in cells], 0, 2))
    return len(pages)


def record(row: Iterable[Cell]) -> bytes:
    """Return a row as SQLite stores it: the kinds of its cells, then the cells."""
    kinds, body = b"", b""
    for cell in row:
        kind, content = _stored(cell)
        kinds += varint(kind)
        body += content
    size = len(kinds) + 1
    size += len(varint(size)) - 1
    return varint(size) + kinds + body


def _stored(cell: Cell) -> tuple[int, bytes]:
    """Return a cell's kind and content; whole numbers take as few bytes as they need."""
    if cell is None:
        return 0, b""
    if isinstance(cell, str):
        content = cell.encode()
        return 13 + 2 * len(content), content
    if isinstance(cell, bytes):
        return 12 + 2 * len(cell), cell
    if isinstance(cell, float):
        return 7, struct.pack(">d", cell)
    if cell in (0, 1):
        return 8 + cell, b""
    sizes = ((1, 1), (2, 2), (3, 3), (4, 4), (5, 6), (6, 8))
    kind, size = next(
        each for each in sizes if -(1 << 8 * each[1] - 1) <= cell < 1 << 8 * each[1] - 1
    )
    return kind, cell.to_bytes(size, "big", signed=True)


def varint(number: int) -> bytes:
    """Return a whole number of 64 bits in SQLite's form: seven bits a byte, the high ones first.

    A negative one takes nine bytes, of which the last holds eight bits.
    """
    if number < 0:
        rest = number + (1 << 64)
        return bytes(rest >> shift & 127 | 128 for shift in range(57, 7, -7)) + bytes([rest & 255])
    parts = [number & 127]
    while number := number >> 7:
        parts.append(number & 127 | 128)
    return bytes(reversed(parts))
