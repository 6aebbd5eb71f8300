"""What the terminal shows of a finished run: what it tries, the worst findings, the figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Group
from rich.table import Table
from rich.text import Text

from enroll.notices import formats, level_of, message_of, remedy_of, translate
from enroll.notices.kinds import N_
from enroll.report.ordering import sort_notices
from enroll.report.screen import (
    LEVEL_STYLES,
    LEVEL_WORDS,
    count_levels,
    finding,
    level_word,
    words,
)
from enroll.report.tried import changes_tried
from enroll.watch.schools import OVERSIZED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from enroll.notices import Language, Notice
    from enroll.report.results import Results
    from enroll.report.summary import Block, Summary

_MOST_SHOWN = 10
_MOST_OF_A_CODE = 3

_UNPLACED = {
    "NO_SEAT": N_("no seat left"),
    "NO_SCHOOL_IN_REACH": N_("no school in reach"),
    "DECLINED": N_("declined a school elsewhere"),
}
_WAYS = N_(
    "Way to school: half of the children within {median} m, 95 in 100 within {p95} m,"
    " the farthest {farthest} m."
)
REHEARSAL = N_("Rehearsal: this lottery decides nothing, whoever made it could choose its result.")
MORE_IN_FILE = N_("and {count} more in warnings.csv")


class _Line(NamedTuple):
    """One line of the figures: a label, a count, the whole it is a share of (0 for none)."""

    label: str
    number: int
    whole: int = 0
    part: bool = False
    params: Mapping[str, object] = MappingProxyType({})


def summary_view(summary: Summary, results: Results, language: Language) -> RenderableType:
    """Return a run's summary for a console: title, changes, findings worst first, figures.

    Parameters
    ----------
    summary
        The figures, from `summarise`.
    results
        The run, for its title, its limits and its notices.
    language
        Of every word but the names in the inputs.
    """
    settings = results.scenario.settings
    parts: list[RenderableType] = [words(settings.title, "bold")]
    if results.ranking.draw.rehearsal:
        parts.append(words(translate(REHEARSAL, language), "yellow"))
    parts += [words(sentence) for sentence in changes_tried(settings, language)]
    parts.append("")
    if results.notices:
        parts += [notices_view(results.notices, language), ""]
    lines = [*_child_lines(summary.everybody), *_class_lines(summary, settings.limits.far_m)]
    parts.append(_figures(lines, language))
    ways = summary.everybody.distance_m
    if ways is not None:
        parts += ["", words(translate(_WAYS, language, asdict(ways)))]
    return Group(*parts)


def notices_view(notices: Sequence[Notice], language: Language) -> RenderableType:
    """Return how many notices there are, and the worst, each with what would remove it."""
    shown = _worst(notices)
    levels = Text("   ").join(
        words(
            f"{translate(LEVEL_WORDS[level], language)} {formats.number(count)}",
            LEVEL_STYLES[level],
        )
        for level, count in count_levels(notices).items()
    )
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    for notice in shown:
        message, remedy = message_of(notice, language), remedy_of(notice, language)
        table.add_row(level_word(level_of(notice), language), finding(message, remedy, notice.code))
    if len(shown) < len(notices):
        more = translate(MORE_IN_FILE, language, {"count": len(notices) - len(shown)})
        table.add_row("", words(more, "dim"))
    return Group(levels, "", table)


def _worst(notices: Sequence[Notice]) -> list[Notice]:
    """Return at most ten notices, few of one code so that no kind hides the others."""
    of_code: Counter[str] = Counter()
    shown = []
    for notice in sort_notices(notices):
        of_code[notice.code] += 1
        if of_code[notice.code] <= _MOST_OF_A_CODE and level_of(notice) != "info":
            shown.append(notice)
    return shown[:_MOST_SHOWN]


def _child_lines(block: Block) -> Iterator[_Line]:
    whole = block.applicants
    yield _Line(N_("Applicants"), whole)
    yield _Line(N_("Placed"), block.placed, whole)
    yield _Line(N_("at a school of their zone"), block.placed_in_zone, whole, part=True)
    yield _Line(N_("redirected to another school"), block.redirected, whole, part=True)
    elsewhere = block.placed - block.placed_in_zone - block.redirected
    if elsewhere:
        yield _Line(N_("elsewhere by decision or choice"), elsewhere, whole, part=True)
    yield _Line(N_("Unplaced"), block.unplaced, whole)
    for reason, label in _UNPLACED.items():
        if reason in block.reasons:
            yield _Line(label, block.reasons[reason], whole, part=True)
    yield _Line(N_("Not eligible"), block.ineligible, whole)


def _class_lines(summary: Summary, far_m: int) -> Iterator[_Line]:
    classes = summary.classes
    whole = classes.opened
    size = {"size": OVERSIZED}
    yield _Line(N_("Classes"), whole)
    yield _Line(N_("above the class standard"), classes.above_standard, whole, part=True)
    yield _Line(N_("oversized: {size} or more"), classes.oversized, whole, part=True, params=size)
    placed = summary.everybody.placed
    yield _Line(N_("Farther than {far} m"), summary.farther_than_far, placed, params={"far": far_m})


def _figures(lines: Sequence[_Line], language: Language) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    for line in lines:
        label = words("  " * line.part + translate(line.label, language, line.params))
        table.add_row(
            label, formats.number(line.number), formats.share(line.number, line.whole, language)
        )
    return table
