"""XLSX: one sheet, every cell turned into the text a person sees."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from enroll.notices import mask
from enroll.tables.grid import Grid
from enroll.tables.problems import Unreadable
from enroll.tables.workbook_safety import checked_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from python_calamine import CalamineWorkbook

    from enroll.records import Table
    from enroll.tables.opening import OpenedFile
    from enroll.tables.problems import FileReport

_EXACT_DIGITS = 1e15
"""A spreadsheet keeps 15 digits; a longer number has lost its last ones."""


def read_workbook(file: OpenedFile, report: FileReport) -> Table:
    """Return the table of one sheet of an XLSX workbook, every cell as text.

    Dates become ISO dates, whole numbers lose their `.0`, numbers too long for a spreadsheet
    stay in the form `4.30921E+17` so that the id check recognises them.

    Raises
    ------
    Unreadable
        When the workbook is unsafe, damaged, has no such sheet or no header row.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    content = checked_workbook(file.content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        name = _sheet_name(workbook, file.sheet)
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError) as error:
        raise Unreadable("FILE_BROKEN", kind="XLSX") from error
    above = file.header_row - 1
    headers = [cell_text(cell) for cell in rows[above]] if len(rows) > above else []
    grid = Grid(headers, file.header_row + 1, report)
    grid.extend([[cell_text(cell) for cell in row] for row in rows[above + 1 :]])
    return grid.table(file)


def cell_text(cell: object) -> str:
    """Return what a person reads in a workbook cell."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, (int, float)):
        return number_text(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell)


def number_text(number: float) -> str:
    """Return a number in plain digits, whole ones without a decimal point."""
    if not abs(number) < _EXACT_DIGITS:  # also what is not a number
        return f"{number:.5E}"
    if number == int(number):
        return str(int(number))
    return repr(number)


def _sheet_name(workbook: CalamineWorkbook, wanted: str | None) -> str:
    names: Sequence[str] = workbook.sheet_names
    name = wanted if wanted is not None else "".join(names[:1])
    if name not in names:
        known = ", ".join(map(mask, names)) or "-"
        raise Unreadable("SHEET_MISSING", sheet=mask(name or "-"), known=known)
    return name
