"""What the terminal shows of a forecast: the county year by year, and the back-test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table

from enroll.notices import formats, level_of, message_of, remedy_of, translate
from enroll.notices.kinds import N_
from enroll.report.forecast_tables import classes_of, county_pupils, levels_of
from enroll.report.screen import finding, level_word, words
from enroll.report.terminal_problems import problems_view
from enroll.report.warnings_ahead import warnings_ahead
from enroll.report.warnings_terminal import PROMISE, warnings_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from enroll.forecast import Score
    from enroll.notices import Language, Notice, Problem
    from enroll.report.outlook import Outlook

_HEAD = (
    N_("year"),
    N_("entrants"),
    N_("low"),
    N_("high"),
    N_("pupils"),
    N_("low"),
    N_("high"),
    N_("classes"),
    N_("red"),
    N_("orange"),
    N_("yellow"),
)
_MEANING = N_(
    "8 in 10 courses lie between low and high. Grades of schools: red above the class limit,"
    " orange above the standard, yellow from 90 % of the standard seats."
)
_ASSUMED = N_("* These entrants are assumed: their births are not counted yet.")
_TESTED = N_(
    "Back-test: each past year forecast from the years before it. Mean error in pupils; the last"
    ' two are those of "same as last year" and of a straight line.'
)
_TEST_HEAD = (
    N_("level"),
    N_("years ahead"),
    N_("cases"),
    N_("bias"),
    N_("error"),
    N_("within range"),
    N_("last year"),
    N_("line"),
)
_LEVELS = {
    "grade": N_("grade of a school"),
    "school": N_("school"),
    "zone": N_("zone"),
    "county": N_("county"),
}


def outlook_view(
    outlook: Outlook, problems: Sequence[Problem], language: Language
) -> RenderableType:
    """Return a forecast for a console: the county by year, then what to know of it."""
    parts: list[RenderableType] = [words(outlook.scenario.settings.title, "bold"), ""]
    if problems:
        parts += [problems_view(problems, language), ""]
    parts += [_county(outlook, language), words(translate(_MEANING, language), "dim")]
    if outlook.told.assumed.any():
        parts.append(words(translate(_ASSUMED, language), "dim"))
    warnings = warnings_ahead(outlook)
    if any(one.first for one in warnings):
        parts += ["", words(translate(PROMISE, language)), warnings_view(warnings, language)]
    if outlook.notices:
        parts += ["", _notices(outlook.notices, language)]
    if outlook.scores:
        parts += ["", words(translate(_TESTED, language)), _scores(outlook.scores, language)]
    return Group(*parts)


def _county(outlook: Outlook, language: Language) -> Table:
    told, schools = outlook.told, outlook.inputs.schools
    pupils, low, high, _ = county_pupils(outlook)
    classes, largest = classes_of(told.pupils, schools)
    level = levels_of(told.pupils, largest, schools)
    table = _table(_HEAD, language)
    for place, year in enumerate(told.years.tolist()):
        entry, all_of = (
            tuple(part[place, grade] for part in (pupils, low, high)) for grade in (0, -1)
        )
        counts = [int((level[place] == name).sum()) for name in ("red", "orange", "yellow")]
        numbers = [*entry, *all_of, classes[place].sum(), *counts]
        mark = "*" if told.assumed[place] else ""
        table.add_row(f"{year}{mark}", *(formats.number(int(each)) for each in numbers))
    return table


def _scores(scores: Sequence[Score], language: Language) -> Table:
    table = _table(_TEST_HEAD, language)
    for score in scores:
        table.add_row(
            translate(_LEVELS[score.level], language),
            str(score.lead),
            formats.number(score.cases),
            formats.decimal(score.bias, 1, signed=True),
            formats.decimal(score.error, 1),
            formats.percent(formats.decimal(100 * score.covered, 0), language),
            formats.decimal(score.last_year, 1),
            formats.decimal(score.line, 1),
        )
    return table


def _table(head: Sequence[str], language: Language) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, name in enumerate(head):
        justify = "left" if place == 0 else "right"
        table.add_column(translate(name, language), justify=justify)  # type: ignore[arg-type]
    return table


def _notices(notices: Sequence[Notice], language: Language) -> Table:
    table = Table.grid(padding=(0, 2))
    for notice in notices:
        text = finding(message_of(notice, language), remedy_of(notice, language), notice.code)
        table.add_row(level_word(level_of(notice), language), text)
    return table
