"""What the terminal shows of an announcement: its figures, and what a family would miss in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table

from enroll.notices import about_plans as say
from enroll.notices import translate
from enroll.report.screen import words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from enroll.notices import Language
    from enroll.report.announcement.plan import Plan


def announcement_view(plan: Plan, language: Language) -> RenderableType:
    """Return how much is published, then what is lacking and how to state it."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    counts = dict(plan.totals)
    years = {}
    if plan.ahead is not None:
        counts["warnings"] = len(plan.ahead.warnings)
        years = {"first": str(plan.ahead.first), "last": str(plan.ahead.last)}
    for name, count in counts.items():
        title = translate(say.WRITTEN[name], language, years)
        table.add_row(words(title), words(f"{count:,}"))
    lacks = [words(translate(say.LACKS[name], language)) for name in plan.lacks]
    return Group(table, *lacks)
