"""Who the children are: `identity.csv`, which the office alone has and no run holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from enroll.errors import InputError
from enroll.notices import level_of, mask, mask_id
from enroll.scenario.schema import FileRef
from enroll.tables.applicant_columns import APPLICANT_COLUMNS
from enroll.tables.cells import Cells, shape
from enroll.tables.columns import Column, TableColumns
from enroll.tables.grid import comparable
from enroll.tables.ids import APPLICANT_ID, is_identity_number
from enroll.tables.problems import FileReport
from enroll.tables.reading import read_table

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from enroll.notices import Problem
    from enroll.records import Table

_KNOWN = {column.name: column for column in APPLICANT_COLUMNS.columns}
_ID = Column("applicant_id", "id", "", _KNOWN["applicant_id"].headers, True, personal=True)
_NAME = Column("name", "text", "The child's name.", _KNOWN["name"].headers, True, personal=True)
_LONG_NUMBER = re.compile(r"\d{6}")
_SOME = 5
"""Missing ids that a message names."""


@dataclass(frozen=True)
class Identity:
    """The identity file.

    Parameters
    ----------
    names
        By applicant_id.
    headers
        Of the columns that letters need besides.
    others
        The cells of these columns by applicant_id.
    """

    names: dict[str, str] = field(default_factory=dict)
    headers: tuple[str, ...] = ()
    others: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_identity(path: Path, codes: Collection[str]) -> tuple[Identity, list[Problem]]:
    """Return the identity file of a run, and what does not keep it from being used.

    Parameters
    ----------
    path
        A table with `applicant_id`, `name` and any other columns; exactly one row for each
        applicant of the run.
    codes
        The run's applicants.

    Raises
    ------
    InputError
        With everything that is wrong with the file.
    """
    report = FileReport(mask(path.name))
    identity = Identity()
    table = read_table("identity", path.parent, FileRef(path=path.name), report)
    if table is not None:
        identity = _read(table, codes, report)
    problems = _without_headers(report.listed())
    if any(level_of(problem) == "blocking" for problem in problems):
        raise InputError(problems)
    return identity, problems


def _without_headers(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems with headers hidden where the row of headers may be a child's own."""
    if all(problem.code != "IDENTITY_COLUMN" for problem in problems):
        return list(problems)
    return [
        replace(problem, params={**problem.params, "header": shape(str(problem.params["header"]))})
        if "header" in problem.params
        else problem
        for problem in problems
    ]


def _read(table: Table, codes: Collection[str], report: FileReport) -> Identity:
    found = {column.name: _header_of(column, table, report) for column in (_ID, _NAME)}
    if not all(found.values()):
        return Identity()  # headers may be somebody's data where the header row is missing
    headers = tuple(header for header in table.columns if header not in found.values())
    own = [Column(f"other {header}", "text", "Passed on.", personal=True) for header in headers]
    spec = TableColumns("identity", "", (_ID, _NAME, *own))
    columns = {**found, **{f"other {header}": header for header in headers}}
    cells = Cells(table, spec, columns, {}, report)
    ids = cells.unique_ids("applicant_id", APPLICANT_ID)
    names = cells.texts("name").tolist()
    numbers = cells.coded("name").where(lambda text: bool(_LONG_NUMBER.search(text)))
    cells.problem_rows("NAME_IS_NUMBER", "name", numbers)
    others = [cells.texts(f"other {header}").tolist() for header in headers]
    _warn_of_numbers(headers, others, report)
    _belongs(cells, ids, codes, report)
    rows = list(zip(*others, strict=True)) if others else [()] * len(ids)
    return Identity(dict(zip(ids, names, strict=True)), headers, dict(zip(ids, rows, strict=True)))


def _header_of(column: Column, table: Table, report: FileReport) -> str:
    """Return the one header that stands for a column, "" where there is none or there are two."""
    meant = {comparable(column.name), *map(comparable, column.headers)}
    found = [header for header in table.columns if comparable(header) in meant]
    if len(found) != 1:
        report.add(
            "IDENTITY_COLUMN",
            column=column.name,
            name=column.name,
            count=len(found),
            headers=column.headers,
        )
        return ""
    return str(found[0])


def _belongs(cells: Cells, ids: Sequence[str], codes: Collection[str], report: FileReport) -> None:
    """Hold the ids against the applicants of the run."""
    given, expected = {one for one in ids if one}, set(codes)
    if not ids:
        report.add("IDENTITY_EMPTY")
    elif given and expected and given.isdisjoint(expected):
        report.add("IDENTITY_OTHER_RUN", column="applicant_id", count=len(given))
    else:
        unknown = given - expected
        if unknown:
            rows = cells.coded("applicant_id").where(unknown.__contains__)
            cells.problem_rows("IDENTITY_UNKNOWN", "applicant_id", rows)
        missing = sorted(expected - given)
        if missing:
            some = tuple(map(mask_id, missing[:_SOME]))
            report.add("IDENTITY_MISSING", count=len(missing), ids=some)


def _warn_of_numbers(
    headers: Sequence[str], others: Sequence[Sequence[str]], report: FileReport
) -> None:
    for header, column in zip(headers, others, strict=True):
        count = sum(is_identity_number(cell) for cell in column)
        if count:
            report.add("IDENTITY_NUMBERS", column=mask(header), count=count)
