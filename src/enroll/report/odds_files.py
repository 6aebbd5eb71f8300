"""The chances of many lotteries: `odds.csv`, `odds-groups.csv` and the screen."""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Group
from rich.table import Table

from enroll.notices import formats, translate
from enroll.notices.about_defaults import own_groups
from enroll.notices.kinds import N_
from enroll.report.json_out import json_bytes
from enroll.report.manifest import origin, seal
from enroll.report.screen import words
from enroll.tables.csv_out import csv_bytes

if TYPE_CHECKING:
    from rich.console import RenderableType

    from enroll.notices import Language
    from enroll.records import Flags, Inputs, Ints, Ranking
    from enroll.scenario import LoadedScenario

MILLION = 1_000_000
_ZERO = "0.000000"

_OFFICE_ONLY = N_(
    "For the office only: the chances of single children, and of groups of few, show who they are."
)
_DRAWS = N_("{draws} lotteries from the seed {seed}.")
_DECIDED = N_(
    "{sure} of {children} children provably end the same in every lottery; for the other {unsure}"
    " it may make a difference."
)
_HEAD = (
    N_("group"),
    N_("children"),
    N_("certain"),
    N_("at a school of the zone"),
    N_("elsewhere"),
    N_("no place"),
)


@dataclass(frozen=True)
class Odds:
    """What many lotteries ended in.

    Parameters
    ----------
    scenario, inputs, ranking
        What was drawn for; the lottery in `ranking` is not looked at.
    seed
        64 hex digits from which the seed of every draw follows.
    draws
        How many lotteries were run.
    child, school, count
        (k,) applicant index, school index or -1 for no place, and in how many draws; those
        that came up, and the schools of each child's zone. Ascending by child, then school.
    exact
        (k,) whether the chance is proved to be 0 or 1 over all lotteries.
    own
        (k,) whether the school serves the child's zone.
    sure
        (n,) children who end the same in every lottery.
    group_sum, group_squares
        (groups, m + 1) children of each group at each school, the last column without a place:
        the sum over the draws, and the sum of the squares.
    """

    scenario: LoadedScenario
    inputs: Inputs
    ranking: Ranking
    seed: str
    draws: int
    child: Ints
    school: Ints
    count: Ints
    exact: Flags
    own: Flags
    sure: Flags
    group_sum: Ints
    group_squares: Ints


def odds_files(odds: Odds) -> dict[str, bytes]:
    """Return the content of the folder by file name, `SHA256SUMS` included."""
    made_from = origin(odds.scenario, odds.inputs.sources, odds.inputs.changed)
    files = {
        "odds.csv": odds_csv(odds),
        "odds-groups.csv": groups_csv(odds),
        "manifest.json": json_bytes(
            {**made_from, "draws": odds.draws, "seed": odds.seed}, indent=2
        ),
    }
    return {**files, "SHA256SUMS": seal(files)}


def odds_csv(odds: Odds) -> bytes:
    """Return each applicant's chance of each school, "" for no place."""
    applicants, schools = odds.inputs.applicants, odds.inputs.schools
    errors = [
        _ZERO if exact else error_of_share(int(count), odds.draws)
        for count, exact in zip(odds.count.tolist(), odds.exact.tolist(), strict=True)
    ]
    return csv_bytes(
        ("applicant_id", "school_id", "chance", "standard_error", "exact"),
        (
            applicants.applicant_id[odds.child],
            np.append(schools.school_id, "")[odds.school],
            [share(int(count), odds.draws) for count in odds.count.tolist()],
            errors,
            odds.exact,
        ),
    )


def groups_csv(odds: Odds) -> bytes:
    """Return each group's chance of each school: the share of its children who get it."""
    groups = odds.ranking.groups
    size = _children_of(odds)
    proved = _proved(odds)
    rows = []
    for number, school in np.argwhere(odds.group_sum > 0).tolist():
        total = int(odds.group_sum[number, school])
        squares = int(odds.group_squares[number, school])
        children = int(size[number])
        exact = bool(proved[number])
        error = _error_of_mean(total, squares, odds.draws, children)
        rows.append(
            (
                groups.ids[number],
                str(np.append(odds.inputs.schools.school_id, "")[school]),
                children,
                share(total, odds.draws * children),
                _ZERO if exact else error,
                exact,
            )
        )
    columns = list(zip(*rows, strict=True)) or [()] * 6
    return csv_bytes(
        ("group", "school_id", "children", "chance", "standard_error", "exact"), columns
    )


def odds_view(odds: Odds, language: Language) -> RenderableType:
    """Return the odds for a console: how much the lottery decides, and each group's chances."""
    unsure = int((~odds.sure & (odds.ranking.ineligible == "")).sum())
    children = int((odds.ranking.ineligible == "").sum())
    decided = {"sure": children - unsure, "children": children, "unsure": unsure}
    drawn = {"draws": odds.draws, "seed": odds.seed}
    return Group(
        words(odds.scenario.settings.title, "bold"),
        words(translate(_DRAWS, language, drawn)),
        words(translate(_DECIDED, language, decided)),
        "",
        _groups_table(odds, language),
        "",
        words(translate(_OFFICE_ONLY, language), "yellow"),
    )


def _groups_table(odds: Odds, language: Language) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, head in enumerate(_HEAD):
        table.add_column(translate(head, language), justify="right" if number else "left")
    size = _children_of(odds)
    group = odds.ranking.groups.of
    eligible = odds.ranking.ineligible == ""
    certain = np.bincount(group[odds.sure & eligible], minlength=len(size))
    groups = own_groups(
        odds.ranking.groups.ids, {entry.id for entry in odds.scenario.settings.group}
    )
    own = np.bincount(group[odds.child[odds.own]], odds.count[odds.own], minlength=len(size))
    for number in np.flatnonzero(size).tolist():
        name, whole = odds.ranking.groups.ids[number], int(size[number]) * odds.draws
        without = int(odds.group_sum[number, -1])
        here = int(own[number])
        parts = here, whole - here - without, without
        table.add_row(
            words(translate(groups[name].text, language) if name in groups else name),
            formats.number(int(size[number])),
            formats.number(int(certain[number])),
            *(formats.share(part, whole, language) for part in parts),
        )
    return table


def _children_of(odds: Odds) -> Ints:
    """Return (groups,) eligible children of each group."""
    group = odds.ranking.groups.of[odds.ranking.ineligible == ""]
    return np.bincount(group, minlength=len(odds.ranking.groups.ids))


def _proved(odds: Odds) -> Flags:
    """Return (groups,) whether every child of the group ends the same in every lottery."""
    open_children = odds.ranking.groups.of[~odds.sure]
    still_open = np.bincount(open_children, minlength=len(odds.ranking.groups.ids))
    return np.asarray(still_open == 0)


def share(count: int, whole: int) -> str:
    """Return a share with six decimals, halves up."""
    return _decimals((2 * MILLION * count + whole) // (2 * whole))


def error_of_share(count: int, draws: int) -> str:
    """Return the standard error of a share of the draws.

    Where none or all of them agree, one draw of either kind is added before the share is
    taken, so that a chance that was not proved never looks certain.
    """
    hits, whole = (count, draws) if 0 < count < draws else (count + 1, draws + 2)
    return _root(hits * (whole - hits), whole * whole * draws)


def _error_of_mean(total: int, squares: int, draws: int, children: int) -> str:
    """Return the standard error of a group's share, from its counts draw by draw."""
    if draws < 2:
        return _ZERO
    spread = draws * squares - total * total
    return _root(spread, draws * draws * (draws - 1) * children * children)


def _root(above: int, below: int) -> str:
    """Return the square root of a fraction with six decimals, rounded down at the seventh."""
    return _decimals((isqrt(above * (10 * MILLION) ** 2 // below) + 5) // 10)


def _decimals(millionths: int) -> str:
    return f"{millionths // MILLION}.{millionths % MILLION:06}"
