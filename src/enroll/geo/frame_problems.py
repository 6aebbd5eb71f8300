"""Problems of one table, addressed to its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from enroll.notices import LEVELS, Problem, level_of, mask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enroll.notices import Level
    from enroll.records import Inputs, Ints, Texts

MOST_LISTED = 20


@dataclass(frozen=True)
class Address:
    """Where a table's rows are in its file.

    Parameters
    ----------
    file
        File name without its folder; "" where the table was not read from one.
    row
        (k,) row numbers in the file.
    """

    file: str
    row: Ints

    def problem(
        self, code: str, index: int, column: str = "", level: Level | None = None, **params: object
    ) -> Problem:
        """Return a problem of the row at `index`."""
        return Problem(code, self.file, int(self.row[index]), column, params=params, level=level)


def address_of(inputs: Inputs, role: str, row: Ints) -> Address:
    """Return the address of the table that was read as `role`, such as `schools`."""
    return Address(file_of(inputs, role), row)


def file_of(inputs: Inputs, role: str) -> str:
    """Return the name of the file that was read as `role`, or "".

    Children come from the table of applicants or from blocks of demand.
    """
    roles = (role, "demand") if role == "applicants" else (role,)
    return next((source.name for source in inputs.sources if source.role in roles), "")


def capped(problems: list[Problem]) -> list[Problem]:
    """Return the first twenty problems of each code, and how many more there are.

    A wrong coordinate system makes every child's row a problem; nobody reads a whole county.
    """
    by_code: dict[str, list[Problem]] = {}
    for problem in problems:
        by_code.setdefault(problem.code, []).append(problem)
    shown: list[Problem] = []
    for code, alike in by_code.items():
        shown += alike[:MOST_LISTED]
        if hidden := alike[MOST_LISTED:]:
            worst = min((level_of(problem) for problem in hidden), key=LEVELS.index)
            params = {"count": len(hidden), "like": code}
            shown.append(Problem("MORE_LIKE_THIS", hidden[0].file, params=params, level=worst))
    return shown


def listed(ids: Texts, indices: Iterable[int]) -> str:
    """Return ids in the order given, fit for a sentence; from the sixth on only counted."""
    shown = [mask(ids[index]) for index in indices]
    rest = len(shown) - 5
    return ", ".join(shown[:5]) + (f" (+{rest})" if rest > 0 else "")
