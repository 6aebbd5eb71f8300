"""Collecting everything that is wrong with the files, in one pass and in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from enroll.notices import KINDS, Problem, level_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


MOST_LISTED = 20
"""Rows listed for one code and column of a file; the rest is counted in one line."""

_LOSES_ROWS = {"CSV_BROKEN", "ROW_RAGGED"}
_OF_MANY_ROWS = {*_LOSES_ROWS, "HEADER_EMPTY", "HEADER_TWICE", "WAY_TWICE"}
"""Problems that are named at one row and put more than that row in doubt."""
_OF_PLACES = {"COORDINATES_NOT_DECLARED", "CRS_UNKNOWN"}
"""Problems that put in doubt where everything is, and nothing else."""
_OF_NO_CELL = {"COLUMN_OF_SCORES", "FACT_COLUMN_MISSING", "GROUP_COLUMN_MISSING", *_OF_PLACES}
"""Problems that leave everything else in the file as good as it is."""


class Unreadable(Exception):  # noqa: N818 - says what the file is, not that enroll failed
    """A file that cannot be read at all; carries the code and fields of its message."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(code)


@dataclass
class FileReport:
    """The problems of one file.

    Parameters
    ----------
    file
        Name as shown: without its folder.
    """

    file: str
    _rows: dict[tuple[str, str], list[Problem]] = field(default_factory=dict)
    _unlisted: dict[tuple[str, str], int] = field(default_factory=dict)
    _blocked: set[int] = field(default_factory=set)

    def add(
        self,
        code: str,
        row: int = 0,
        column: str = "",
        value: str = "",
        **params: object,
    ) -> None:
        """Record one problem; `value` is already masked."""
        self._record(Problem(code, self.file, row, column, value, params))

    def _record(self, problem: Problem) -> None:
        self._rows.setdefault((problem.code, problem.column), []).append(problem)
        self._block(problem.code, (problem.row,))

    def _block(self, code: str, rows: Iterable[int]) -> None:
        if KINDS[code].level == "blocking" and code not in _OF_NO_CELL:
            self._blocked.update((0,) if code in _OF_MANY_ROWS else map(int, rows))

    def add_rows(
        self,
        code: str,
        column: str,
        rows: Sequence[int],
        show: Callable[[int], str],
        **params: object,
    ) -> None:
        """Record the same problem for many rows; only the first ones are spelled out.

        Parameters
        ----------
        rows
            Row numbers in the file, ascending.
        show
            Returns the masked value of the n-th of `rows`.
        """
        for place, row in enumerate(rows[:MOST_LISTED]):
            self._record(Problem(code, self.file, int(row), column, show(place), params))
        self._block(code, rows)
        if len(rows) > MOST_LISTED:
            key = (code, column)
            self._unlisted[key] = self._unlisted.get(key, 0) + len(rows) - MOST_LISTED

    def unreadable(self, error: Unreadable) -> None:
        """Record that the file cannot be read."""
        self._record(Problem(error.code, self.file, params=error.params))

    def blocked(self) -> frozenset[int]:
        """Return the rows with a blocking problem; 0 is among them where any row may be wrong."""
        return frozenset(self._blocked)

    def rows_with(self, code: str) -> list[int]:
        """Return the rows that were recorded one by one with a code in no column."""
        return [problem.row for problem in self._rows.get((code, ""), [])]

    def nothing_about(self, column: str) -> bool:
        """Return whether no problem was recorded for a column."""
        return all(header != column for _, header in self._rows)

    def has_all_rows(self) -> bool:
        """Return whether every row of the file came in."""
        return not self._has(_LOSES_ROWS)

    def has_places(self) -> bool:
        """Return whether the coordinate system is known."""
        return not self._has(_OF_PLACES)

    def _has(self, codes: set[str]) -> bool:
        return any(code in codes for code, _ in self._rows)

    def listed(self) -> list[Problem]:
        """Return the problems by row and column, each code and column capped."""
        found: list[tuple[int, int, Problem]] = []
        for (code, column), problems in self._rows.items():
            ordered = sorted(problems, key=_place)
            shown, hidden = ordered[:MOST_LISTED], ordered[MOST_LISTED:]
            found += [(0, problem.row, problem) for problem in shown]
            more = len(hidden) + self._unlisted.get((code, column), 0)
            if more:
                level = level_of(shown[-1])
                params = {"count": more, "like": code}
                tail = Problem("MORE_LIKE_THIS", self.file, 0, column, "", params, level)
                found.append((1, shown[-1].row, tail))
        found.sort(key=lambda entry: (entry[0], entry[1], _place(entry[2]), entry[2].code))
        return [problem for _, _, problem in found]


@dataclass
class Problems:
    """The problems of all files of one scenario, in the order the files were asked for."""

    _reports: list[FileReport] = field(default_factory=list)

    def about(self, file: str) -> FileReport:
        """Open the report of one file."""
        report = FileReport(file)
        self._reports.append(report)
        return report

    def listed(self) -> list[Problem]:
        """Return every problem, file after file."""
        return [problem for report in self._reports for problem in report.listed()]


def _place(problem: Problem) -> tuple[int, str, str, str]:
    return problem.row, problem.column, problem.value, repr(sorted(problem.params.items()))
