"""Collecting everything that is wrong with the files, in one pass and in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from enroll.notices import Problem, level_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


MOST_LISTED = 20
"""Rows listed for one code and column of a file; the rest is counted in one line."""


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
        if len(rows) > MOST_LISTED:
            key = (code, column)
            self._unlisted[key] = self._unlisted.get(key, 0) + len(rows) - MOST_LISTED

    def unreadable(self, error: Unreadable) -> None:
        """Record that the file cannot be read."""
        self._record(Problem(error.code, self.file, params=error.params))

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

    def blocking(self) -> bool:
        """Return whether any problem stops the command."""
        return any(level_of(problem) == "blocking" for problem in self.listed())


def _place(problem: Problem) -> tuple[int, str, str, str]:
    return problem.row, problem.column, problem.value, repr(sorted(problem.params.items()))
