"""What the terminal shows of warnings years ahead: the worst first, a few of each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from enroll.notices import formats, translate
from enroll.notices.kinds import N_
from enroll.report.screen import LEVEL_STYLES, words
from enroll.report.warnings_ahead import LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.notices import Language
    from enroll.report.warnings_ahead import Ahead

FEW = 3
"""Warnings of each kind on the screen; the file has all of them."""

KIND_WORDS = {
    "oversized_class": N_("class too large"),
    "oversized_school": N_("school too large"),
    "red": N_("full"),
    "yellow": N_("nearly full"),
    "small_school": N_("small school"),
}

PROMISE = N_(
    "Warnings years ahead, the first of each kind (all are in warnings-ahead.csv): chance is the"
    " percent of courses. A forecast promises no seat and is no reason to buy a home."
)

_HEAD = (
    N_("warning"),
    N_("school or zone"),
    N_("from"),
    N_("pupils"),
    N_("bound"),
    N_("chance"),
)


def warnings_view(warnings: Sequence[Ahead], language: Language) -> Table:
    """Return a few warnings of each kind that the forecast itself comes to."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, name in enumerate(_HEAD):
        justify = "left" if place < 2 else "right"
        table.add_column(translate(name, language), justify=justify)  # type: ignore[arg-type]
    for one in first_few(warnings):
        kind = words(translate(KIND_WORDS[one.kind], language), LEVEL_STYLES[LEVELS[one.kind]])
        sizes = (formats.number(size) for size in (one.value, one.bound))
        figures = *sizes, formats.percent(one.chance, language)
        table.add_row(kind, words(one.name or one.id), str(one.first), *figures)
    return table


def first_few(warnings: Sequence[Ahead]) -> list[Ahead]:
    """Return the soonest, most certain and largest of each kind, worst kinds first."""
    coming = [one for one in warnings if one.first]
    ranked = sorted(coming, key=lambda one: (one.first, -one.chance, -one.value, one.place, one.id))
    return [one for kind in LEVELS for one in [each for each in ranked if each.kind == kind][:FEW]]
