"""Many counties side by side on the terminal: what came of each, or what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table

from enroll.notices import formats, translate
from enroll.notices.kinds import N_
from enroll.report.screen import words
from enroll.report.terminal_problems import problems_view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rich.console import RenderableType

    from enroll.notices import Language, Problem
    from enroll.records import Committed, Source
    from enroll.report.summary import Summary
    from enroll.scenario import LoadedScenario

_HEAD = (
    N_("run"),
    N_("applicants"),
    N_("placed"),
    N_("in zone"),
    N_("redirected"),
    N_("unplaced"),
    N_("classes"),
    N_("oversized"),
    N_("red"),
)
_ALL = N_("all")
_NOTHING = N_("Nothing was written: {wrong} of {count} scenarios have to be put right first.")


@dataclass(frozen=True)
class County:
    """One scenario of many: its run, or what stands against it.

    Parameters
    ----------
    path
        The scenario file.
    folder
        Where its run goes.
    problems
        Every problem of its input, if one of them is blocking.
    sentence
        What else stands against it, in one sentence; "" for nothing.
    files, scenario, sources, committed, summary
        The run's content, what it was made from, and its figures.
    """

    path: Path
    folder: Path
    problems: Sequence[Problem] = ()
    sentence: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    scenario: LoadedScenario | None = None
    sources: Sequence[Source] = ()
    committed: Committed | None = None
    summary: Summary | None = None

    @property
    def refused(self) -> bool:
        """Whether there is no run."""
        return self.summary is None

    @property
    def red(self) -> int:
        """How many red notices stand."""
        return 0 if self.summary is None else self.summary.notices.get("red", 0)

    @property
    def figures(self) -> tuple[int, ...]:
        """The counts of its line, in the order of the table."""
        assert self.summary is not None  # noqa: S101 - shown only where there is a run
        block, classes = self.summary.everybody, self.summary.classes
        return (
            block.applicants,
            block.placed,
            block.placed_in_zone,
            block.redirected,
            block.unplaced,
            classes.opened,
            classes.oversized,
            self.red,
        )


def province_view(counties: Sequence[County], language: Language) -> RenderableType:
    """Return one line per run, in the order of the command line, and their sum."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, head in enumerate(_HEAD):
        table.add_column(translate(head, language), justify="right" if number else "left")
    for county in counties:
        table.add_row(words(str(county.folder)), *map(formats.number, county.figures))
    sums = [sum(column) for column in zip(*(each.figures for each in counties), strict=True)]
    table.add_row(words(translate(_ALL, language), "bold"), *map(formats.number, sums))
    return table


def refused_view(counties: Sequence[County], language: Language) -> RenderableType:
    """Return everything that stands against the scenarios, one after another."""
    wrong = [county for county in counties if county.refused]
    parts: list[RenderableType] = []
    for county in wrong:
        parts.append(words(str(county.path), "bold"))
        if county.problems:
            parts.append(problems_view(county.problems, language))
        if county.sentence:
            parts.append(words(county.sentence))
        parts.append("")
    counts = {"wrong": len(wrong), "count": len(counties)}
    return Group(*parts, words(translate(_NOTHING, language, counts)))
