"""Tables that a run does not hold: September's rolls, and the register as it is now."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from enroll.errors import InputError
from enroll.notices import level_of, mask
from enroll.scenario.schema import FileRef
from enroll.tables.applicant_columns import APPLICANT_COLUMNS
from enroll.tables.cells import Cells
from enroll.tables.columns import Column, TableColumns
from enroll.tables.grid import comparable
from enroll.tables.headers import Headers
from enroll.tables.ids import APPLICANT_ID, PLACE_ID
from enroll.tables.problems import FileReport
from enroll.tables.reading import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from enroll.fairness.rolls import Row

GRADES = {
    "1": ("一年级", "一", "1年级", "小一", "grade 1", "year 1", "p1"),
    "7": ("七年级", "七", "7年级", "初一", "grade 7", "year 7"),
}
"""The entry grades and what schools write for them; other grades stay as they are written."""

ROLL_COLUMNS = TableColumns(
    "rolls",
    "One row for each pupil on a school's roll.",
    (
        Column(
            "school_id",
            "id",
            "School of the roll.",
            ("school", "school code", "学校编号", "学校代码", "学校标识码"),
            required=True,
        ),
        Column("grade", "text", "Grade.", ("年级",), words=GRADES),
        Column("class_no", "text", "Class.", ("class", "班级", "班号", "班次")),
        Column(
            "applicant_id",
            "id",
            "Registration number, or any other number of a pupil who never applied.",
            APPLICANT_COLUMNS.columns[0].headers,
            personal=True,
        ),
        Column(
            "authority",
            "text",
            "Document by which the pupil was taken in besides the allocation.",
            ("批准文号", "文件号", "文号"),
        ),
    ),
)
_NEEDED = ("school_id", "grade", "class_no", "applicant_id")

NEVER_SHOWN = ("applicant_id", "name", "lon", "lat")
"""Columns of the register that no outcomes are parted by."""


@dataclass(frozen=True)
class Listing:
    """The applicants' table as the office has it now.

    Parameters
    ----------
    row
        Place of each child's row in the file, from 0.
    name_order
        Place of each child's name among the distinct names; empty without a column of names. The
        names themselves are not kept.
    values
        Values by column and child, of the columns asked for.
    columns
        Everything that the children can be parted by.
    """

    row: dict[str, int]
    name_order: dict[str, int] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()


def read_rolls(path: Path) -> list[Row]:
    """Return the rows of the rolls by the names of `ROLL_COLUMNS`.

    Raises
    ------
    InputError
        With everything that is wrong with the file.
    """
    report = FileReport(mask(path.name))
    cells = _cells(path, ROLL_COLUMNS, report, _NEEDED)
    read: dict[str, list[str]] = {}
    if cells is not None:
        for name, form in (("school_id", PLACE_ID), ("applicant_id", APPLICANT_ID)):
            read[name] = cells.ids(name, form).cells().tolist()
        for name in ("grade", "class_no", "authority"):
            read[name] = cells.texts(name).tolist()
    _refuse(report)
    return [dict(zip(read, row, strict=True)) for row in zip(*read.values(), strict=True)]


def read_listing(path: Path, by: Iterable[str] = ()) -> Listing:
    """Return the applicants' table of today, with the columns asked for where it has them.

    Raises
    ------
    InputError
        With everything that is wrong with the file.
    """
    asked = {name: _canonical(name) for name in by}
    known = {column.name for column in APPLICANT_COLUMNS.columns}
    own = [Column(name, "text", "", personal=True) for name in sorted({*asked.values()} - known)]
    columns = (*(replace(one, fact=False) for one in APPLICANT_COLUMNS.columns), *own)
    report = FileReport(mask(path.name))
    cells = _cells(path, replace(APPLICANT_COLUMNS, columns=columns), report, ("applicant_id",))
    listing = Listing({}) if cells is None else _listing(cells, asked)
    _refuse(report)
    return listing


def _listing(cells: Cells, asked: Mapping[str, str]) -> Listing:
    ids = cells.unique_ids("applicant_id", APPLICANT_ID)
    values = {
        name: dict(zip(ids, cells.coded(canonical).cells().tolist(), strict=True))
        for name, canonical in asked.items()
        if canonical not in NEVER_SHOWN and cells.has(canonical)
    }
    names = cells.coded("name").cells().tolist() if cells.has("name") else []
    row = {key: place for place, key in enumerate(ids) if key}
    return Listing(row, _order_of(ids, names), values, _offered(cells))


def _canonical(name: str) -> str:
    """Return the column that a header stands for; the header itself where it is none of ours."""
    for column in APPLICANT_COLUMNS.columns:
        if comparable(name) in map(comparable, (column.name, *column.headers)):
            return column.name
    return name


def _offered(cells: Cells) -> tuple[str, ...]:
    """Return the columns of a register that children can be parted by, as they may be asked for."""
    names = [_canonical(header) for header in cells.table.columns]
    return tuple(name for name in dict.fromkeys(names) if name not in NEVER_SHOWN)


def _order_of(ids: Sequence[str], names: Sequence[str]) -> dict[str, int]:
    """Return the place of each child's name: by GB 18030, where common characters go by sound."""
    sound = {name: name.encode("gb18030", "surrogatepass") for name in names if name}
    place = {name: number for number, name in enumerate(sorted(sound, key=sound.__getitem__))}
    return {key: place[name] for key, name in zip(ids, names, strict=False) if name}


def _cells(
    path: Path, spec: TableColumns, report: FileReport, needed: Sequence[str]
) -> Cells | None:
    """Return the cells of a file, None where it cannot be read or lacks a column."""
    table = read_table(spec.table, path.parent, FileRef(path=path.name), report)
    if table is None:
        return None
    loose = replace(spec, columns=tuple(replace(one, required=False) for one in spec.columns))
    found: Mapping[str, str] = Headers(loose, (), {}, report).match(list(table.columns))
    headers = {one.name: ", ".join(one.headers) or "-" for one in spec.columns}
    for name in needed:
        if name not in found:
            report.add("AUDIT_COLUMN_MISSING", column=name, name=name, headers=headers[name])
    return Cells(table, spec, found, {}, report)


def _refuse(report: FileReport) -> None:
    """Refuse a file with a blocking problem, with everything that was found in it.

    Raises
    ------
    InputError
        Where there is one.
    """
    problems = report.listed()
    if any(level_of(problem) == "blocking" for problem in problems):
        raise InputError(problems)
