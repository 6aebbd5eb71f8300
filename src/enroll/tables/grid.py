"""From rows of cells to a table: headers checked, empty rows and columns dropped."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING

import numpy as np

from enroll.notices import mask
from enroll.records import Source, Table
from enroll.tables.cleaning import half_width, tidy
from enroll.tables.problems import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from enroll.records import Texts
    from enroll.tables.opening import OpenedFile
    from enroll.tables.problems import FileReport

MOST_COLUMNS = 1000
"""Widest table that is read."""


class Grid:
    """Rows of text cells as they come in, kept by column.

    Parameters
    ----------
    headers
        Header cells as written.
    first_row
        Row number of the first data row, counted from 1.
    """

    def __init__(self, headers: Sequence[str], first_row: int, report: FileReport) -> None:
        self._headers = [tidy(header) for header in headers]
        while self._headers and not self._headers[-1]:
            self._headers.pop()
        if not self._headers:
            raise Unreadable("HEADER_MISSING", header_row=first_row - 1)
        if len(self._headers) > MOST_COLUMNS:
            raise Unreadable("TOO_MANY_COLUMNS", count=len(self._headers), most=MOST_COLUMNS)
        self._blocks: list[list[tuple[str, ...]]] = [[] for _ in self._headers]
        self._rows: list[int] = []
        self._next_row = first_row
        self._report = report

    def extend(self, rows: Sequence[Sequence[str]]) -> None:
        """Take further rows, all of them after those taken before."""
        numbers: Iterable[int] = range(self._next_row, self._next_row + len(rows))
        self._next_row += len(rows)
        width = len(self._headers)
        if any(len(row) != width or not row[0].strip() for row in rows):
            kept = [
                (number, row[:width])
                for number, row in zip(numbers, rows, strict=True)
                if _holds_something(row) and self._fits(row, number)
            ]
            numbers = [number for number, _ in kept]
            rows = [row for _, row in kept]
        self._rows.extend(numbers)
        # Equal cells share one text, and blocks are tuples, which the garbage collector
        # learns to leave alone: both halve what a large table costs.
        for blocks, added in zip(self._blocks, zip(*rows, strict=True), strict=False):
            seen: dict[str, str] = {}
            blocks.append(tuple(map(seen.setdefault, added, added)))

    def _fits(self, row: Sequence[str], number: int) -> bool:
        width = len(self._headers)
        if len(row) == width or (len(row) > width and not _holds_something(row[width:])):
            return True
        self._report.add("ROW_RAGGED", number, cells=len(row), headers=width)
        return False

    def table(self, file: OpenedFile, encoding: str = "") -> Table:
        """Return the table; cells without a header and repeated headers are problems."""
        columns: dict[str, Texts] = {}
        for number, header, blocks in zip(count(1), self._headers, self._blocks, strict=False):
            if not header:
                if any(cell.strip() for block in blocks for cell in block):
                    self._report.add("HEADER_EMPTY", file.header_row, number=number)
            elif header in columns:
                self._report.add("HEADER_TWICE", file.header_row, header=mask(header))
            else:
                columns[header] = text_array(list(chain.from_iterable(blocks)))
        rows = np.array(self._rows, dtype=np.int64)
        source = source_of(file, encoding, len(rows))
        return Table(source, columns, rows)


def source_of(file: OpenedFile, encoding: str, rows: int) -> Source:
    """Return the record of a file as it was parsed."""
    return Source(file.role, mask(file.name), file.sha256(), encoding, rows)


def text_array(cells: Sequence[str]) -> Texts:
    """Return text cells as a one-dimensional object array."""
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array


def comparable(header: str) -> str:
    """Return what two headers that people mean to be the same have in common."""
    plain = half_width(tidy(header)).casefold()
    return "".join(letter for letter in plain if letter not in " _-*")


def _holds_something(row: Sequence[str]) -> bool:
    return any(cell.strip() for cell in row)
