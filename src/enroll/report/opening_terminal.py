"""What the terminal shows of classes to open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table

from enroll.notices import formats, translate
from enroll.notices.kinds import N_
from enroll.report.opening_tables import HELD_BY, WHY
from enroll.report.screen import words
from enroll.report.terminal import notices_view

if TYPE_CHECKING:
    from rich.console import RenderableType

    from enroll.classes.opening_plan import Reached
    from enroll.notices import Language
    from enroll.report.opening_tables import OpeningResult

_HEAD = (
    N_("school"),
    N_("planned"),
    N_("to open"),
    N_("seats used"),
    N_("largest"),
    N_("why"),
)
_GOALS = {
    "left_out": N_("Children without a place: {value} of {children} (bound {bound}, gap {gap})"),
    "classes": N_("Entry classes: {value} (bound {bound}, gap {gap})"),
    "metres": N_("Ways in all: {value} m, {mean} m for each child (bound {bound} m, gap {gap} m)"),
}
_TOTAL = N_("all schools")
_GOALS_TITLE = N_("Goals in their order; a gap of 0 proves that nothing better is possible:")
_PAIRS = N_("More classes for shorter ways; no plan is better in both than one of these:")
_PAIR_HEAD = (N_("classes"), N_("ways in all"), N_("saved by the last class"))
_REASONS = N_("{why}; {held}")


def opening_view(result: OpeningResult, language: Language) -> RenderableType:
    """Return the plan for a console: findings, school by school, then goals and their proof."""
    parts: list[RenderableType] = [words(result.scenario.settings.title, "bold"), ""]
    if result.notices:
        parts += [notices_view(result.notices, language), ""]
    parts += [_schools(result, language), ""]
    parts.append(words(translate(_GOALS_TITLE, language)))
    parts += [words("  " + _goal(result, each, language)) for each in result.reached]
    if result.frontier is not None:
        parts += ["", words(translate(_PAIRS, language)), _pairs(result.frontier, language)]
    return Group(*parts)


def _goal(result: OpeningResult, reached: Reached, language: Language) -> str:
    """Return the sentence of one goal, with its bound and gap."""
    placed = result.children - result.value("left_out")
    params = {
        "value": reached.value,
        "bound": reached.bound,
        "gap": reached.gap,
        "children": result.children,
        "mean": reached.value // max(placed, 1),
    }
    return translate(_GOALS[reached.what], language, params)


def _schools(result: OpeningResult, language: Language) -> Table:
    schools = result.inputs.schools
    table = _table(_HEAD, language, left=(0, 5))
    for at in result.shown().tolist():
        figures = (schools.classes[at], result.classes[at], result.pupils[at], result.largest[at])
        table.add_row(
            words(f"{schools.school_id[at]} {schools.name[at]}"),
            *(formats.number(int(figure)) for figure in figures),
            words(_reason(result.why[at], result.held_by[at], language)),
        )
    sums = (schools.classes.sum(), result.classes.sum(), result.pupils.sum(), result.largest.max())
    label = words(translate(_TOTAL, language), "bold")
    table.add_row(label, *(formats.number(int(figure)) for figure in sums), "")
    return table


def _reason(why: str, held_by: str, language: Language) -> str:
    reason = translate(WHY[why], language)
    if not held_by:
        return reason
    held = translate(HELD_BY[held_by], language)
    return translate(_REASONS, language, {"why": reason, "held": held})


def _pairs(pairs: tuple[tuple[int, int], ...], language: Language) -> Table:
    table = _table(_PAIR_HEAD, language, left=())
    before = None
    for classes, metres in pairs:
        saved = "" if before is None else _metres(before - metres, language)
        table.add_row(formats.number(classes), _metres(metres, language), saved)
        before = metres
    return table


def _metres(value: int, language: Language) -> str:
    return translate(formats.METRES, language, {"value": value})


def _table(head: tuple[str, ...], language: Language, left: tuple[int, ...]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, title in enumerate(head):
        shown = words(translate(title, language), "bold")
        table.add_column(shown, justify="left" if number in left else "right")
    return table
