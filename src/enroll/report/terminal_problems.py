"""What the terminal shows of a check: every problem, addressed to its cell."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table

from enroll.notices import LEVELS, message_of, remedy_of, translate
from enroll.notices.kinds import N_
from enroll.report.screen import LEVEL_STYLES, LEVEL_WORDS, finding, words, worst_first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from enroll.notices import Language, Level, Problem

MOST_OF_A_KIND = 20
"""Rows of a table shown for one code in one column of one file; the others are counted."""

_NONE = N_("No problem found.")
_COUNTED = N_("{name}: {value}")
_MORE = N_("and {count} more of this kind")
_HEADERS = (N_("file"), N_("row"), N_("column"), N_("value"), N_("what is wrong, and what to do"))


def problems_view(problems: Sequence[Problem], language: Language) -> RenderableType:
    """Return all problems for a console, grouped by level from worst to mildest.

    Parameters
    ----------
    problems
        In any order; their values are masked already.
    language
        Of every word but names and values from the inputs.
    """
    if not problems:
        return words(translate(_NONE, language))
    ordered = sorted(problems, key=_place)
    parts: list[RenderableType] = []
    for place, of_level in groupby(ordered, key=worst_first):
        parts += [_level_table(LEVELS[place], list(of_level), language), ""]
    return Group(*parts[:-1])


def _kind(problem: Problem) -> tuple[str, str, str]:
    return problem.file, problem.code, problem.column


def _place(problem: Problem) -> tuple[int, tuple[str, str, str], int, str]:
    return worst_first(problem), _kind(problem), problem.row, problem.value


def _level_table(level: Level, problems: Sequence[Problem], language: Language) -> RenderableType:
    word = translate(LEVEL_WORDS[level], language)
    counted = translate(_COUNTED, language, {"name": word, "value": len(problems)})
    title = words(counted, LEVEL_STYLES[level])
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for header in _HEADERS:
        right = header == "row"
        table.add_column(translate(header, language), justify="right" if right else "left")
    for _, of_kind in groupby(problems, key=_kind):
        rows = list(of_kind)
        above = ""
        for problem in rows[:MOST_OF_A_KIND]:
            above = _add_problem(table, problem, language, above)
        if len(rows) > MOST_OF_A_KIND:
            more = translate(_MORE, language, {"count": len(rows) - MOST_OF_A_KIND})
            table.add_row("", "", "", "", words(more, "dim"))
    return Group(title, table)


def _add_problem(table: Table, problem: Problem, language: Language, above: str) -> str:
    """Add a row, and return its remedy: the rows below say it only where theirs differs."""
    message, remedy = message_of(problem, language), remedy_of(problem, language)
    table.add_row(
        words(problem.file),
        str(problem.row or ""),
        words(problem.column),
        words(problem.value),
        finding(message, remedy if remedy != above else "", problem.code),
    )
    return remedy
