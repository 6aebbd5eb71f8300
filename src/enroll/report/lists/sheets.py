"""Workbooks for paper and for mail merge: the same bytes every time, and no formula in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    Cell = str | int
    Formats = dict[str, Format]

A4 = 9
_LONGEST_MARGIN = 125
"""Letters in the margin of a page; a workbook takes 255, and `&` is written twice."""
_LINE = 17.25
"""Points that a line of text takes, Chinese too; a spreadsheet may hold 409."""
_UPRIGHT = 70
"""Letters across a page of A4 upright where the usual font is missing and a wider one is taken."""


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    Parameters
    ----------
    header
        As it is shown.
    width
        In letters; 70 to 85 fill a page of A4 upright, half as many again across.
    """

    header: str
    width: int


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Parameters
    ----------
    name
        On its tab, at most 31 letters.
    title, notes
        What stands above the table, or in the margin of a mail-merge table.
    rows
        Whole numbers are written as numbers, everything else as text.
    breaks
        Rows at which a new page begins, from 0.
    across
        Whether the pages lie on their side.
    merge
        Whether the headers stand in the first row, where a mail merge looks for them.
    """

    name: str
    title: str
    notes: tuple[str, ...]
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    breaks: Sequence[int] = ()
    across: bool = False
    merge: bool = False

    @property
    def head(self) -> int:
        """Return the row of the headers, from 0."""
        return 0 if self.merge else len(self.notes) + 2

    @property
    def margin(self) -> str:
        """Return what stands at the top of every page, `&` written twice as it begins a code."""
        told = self.title[:_LONGEST_MARGIN]
        for note in self.notes:
            if _letters(told) + _letters(note) < _LONGEST_MARGIN:
                told = f"{told} · {note}"
        return told.replace("&", "&&")


def workbook_bytes(title: str, year: int, sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook.

    Parameters
    ----------
    title
        In the properties of the file.
    year
        The file says that it was made on the first day of this year, at whatever time it was.
    """
    import xlsxwriter

    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": datetime(year, 1, 1)})
        lines = {"border": 4, "valign": "top", "text_wrap": True}
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14, "num_format": "@"}),
            "note": book.add_format({"num_format": "@"}),
            "head": book.add_format({**lines, "bold": True, "num_format": "@", "bottom": 1}),
            "text": book.add_format({**lines, "num_format": "@"}),
            "number": book.add_format({**lines, "num_format": "#,##0"}),
        }
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.name), sheet, formats)
    return content.getvalue()


def _fill(page: Worksheet, sheet: Sheet, formats: Formats) -> None:
    if not sheet.merge:
        page.write_string(0, 0, sheet.title, formats["title"])
        for row, note in enumerate(sheet.notes, start=1):
            page.write_string(row, 0, note, formats["note"])
    page.set_default_row(_LINE)
    _set_height(page, sheet.head, [column.header for column in sheet.columns], sheet)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(sheet.head, place, column.header, formats["head"])
    for number, cells in enumerate(sheet.rows, start=sheet.head + 1):
        _set_height(page, number, cells, sheet)
        for place, cell in enumerate(cells):
            if isinstance(cell, int):
                page.write_number(number, place, cell, formats["number"])
            else:
                page.write_string(number, place, cell, formats["text"])
    page.freeze_panes(sheet.head + 1, 1)
    page.autofilter(sheet.head, 0, sheet.head + len(sheet.rows), len(sheet.columns) - 1)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    _set_paper(page, sheet)


def _set_height(page: Worksheet, number: int, cells: Sequence[Cell], sheet: Sheet) -> None:
    """Make room for texts of several lines, which not every program does by itself."""
    lines = max(
        (
            -(-_letters(cell) * 10 // (column.width * 9))
            for cell, column in zip(cells, sheet.columns, strict=True)
            if isinstance(cell, str)
        ),
        default=1,
    )
    if lines > 1:
        page.set_row(number, min(lines * _LINE, 409.0))


def _letters(text: str) -> int:
    """Return how wide a text is; a Chinese sign is as wide as two letters."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _set_paper(page: Worksheet, sheet: Sheet) -> None:
    page.set_paper(A4)
    if sheet.across:
        page.set_landscape()
    page.set_margins(left=0.5, right=0.5)
    page.repeat_rows(sheet.head)
    page.set_header("&L" + sheet.margin)
    page.set_footer("&C&P / &N")
    if sheet.breaks:  # a program that fits pages to a width overlooks breaks
        page.set_h_pagebreaks([sheet.head + 1 + row for row in sheet.breaks])
        wide = sum(column.width for column in sheet.columns)
        page.set_print_scale(max(10, min(100, 100 * _UPRIGHT // wide)))
    else:
        page.fit_to_pages(1, 0)
