"""Runs, identity files and lists for tests."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

from python_calamine import CalamineWorkbook

import enroll
from tests.end_to_end.offices import office_number, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

MARKER = "Kanarienvogel"
ROUNDS = {
    "fixed": "Places by decision",
    "zone": "Schools of the zone",
    "redirect": "Redirect to other schools",
    "stretch": "Redirect up to the class limit",
}
"""What enroll's own rounds are called on a list."""
FULL = 8
"""The number of a random office in which something of everything happens."""

Row = list[object]


def make_run(folder: Path, number: int = FULL) -> Path:
    """Allocate a random office into `folder/run`."""
    scenario = write(office_number(number), folder / "in")
    enroll.allocate(enroll.load(scenario)).write(folder / "run")
    return folder / "run"


def allocation(run: Path) -> list[dict[str, str]]:
    """Return the lines of a run's allocation.csv."""
    with (run / "allocation.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def identity_rows(run: Path) -> list[dict[str, str]]:
    """Return a row for each applicant of a run, full of what nobody else may know."""
    return [
        {
            "applicant_id": row["applicant_id"],
            "name": f"欧阳{MARKER}{number}",
            "phone": f"1380013{number:04}",
            "地址": f"{MARKER}路{number}号",
            "School": f"{MARKER} kindergarten",
        }
        for number, row in enumerate(allocation(run))
    ]


def identity_file(folder: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """Write an identity file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path = folder / "identity.csv"
    path.write_text(text.getvalue(), "utf-8")
    return path


def table(workbook: bytes, sheet: int = 0) -> list[Row]:
    """Return the headers and rows of a sheet, what stands above them left out."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    rows = book.get_sheet_by_index(sheet).to_python()
    widest = next(number for number, row in enumerate(rows) if all(row[:2]))
    return rows[widest:]


def above(workbook: bytes, sheet: int = 0) -> list[str]:
    """Return what stands above the table of a sheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    rows = book.get_sheet_by_index(sheet).to_python()
    return [str(row[0]) for row in rows[: -len(table(workbook, sheet))]]


def unpacked(workbook: bytes) -> bytes:
    """Return everything that a workbook holds, and how it holds it."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return b"\n".join(archive.read(name) for name in sorted(archive.namelist()))
