"""Whether the draw's order shows a trace of what it must not know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.fairness.findings import Finding
from enroll.fairness.statistics import (
    MOST_EXACT,
    decimals,
    runs_test,
    shuffled_runs,
    shuffled_slope,
)
from enroll.notices.about_findings import in_order_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from enroll.fairness.other_tables import Listing
    from enroll.fairness.register import RunCopy
    from enroll.records import Ints

UNLIKELY = 1000
"""A finding is what chance does less often than once in so many draws."""


@dataclass(frozen=True)
class Trace:
    """The draw's order held against one other order.

    Parameters
    ----------
    against
        `id`, `birth_date` or `group`; with the register also `row` and `name`.
    test
        `spearman` (rank correlation) or `runs` (of better and worse halves, in the order of ids).
    tickets
        How many were compared.
    figure
        The correlation, or how many runs there are.
    p
        How often chance alone goes as far.
    """

    against: str
    test: str
    tickets: int
    figure: str
    p: Fraction


def traces(run: RunCopy, listing: Listing | None = None) -> list[Trace]:
    """Return the tests of the draw's order, one line per ticket.

    Parameters
    ----------
    listing
        The register, for the order of rows and of names, which are not in the run.
    """
    bearer: dict[str, str] = {}
    for key, child in run.children.items():
        bearer.setdefault(child["ticket"], key)
    keys = list(bearer.values())
    rank = np.array([int(run.places[key]["lottery_rank"]) for key in keys], dtype=np.int64)
    if not keys:
        return []
    groups = [one["id"] for one in run.rules["groups"]]
    births = [run.children[key]["birth_date"] for key in keys]
    group = np.array([groups.index(run.children[key]["group"]) for key in keys])
    born = np.array([bool(birth) for birth in births])
    day = np.array([int(birth.replace("-", "") or 0) for birth in births], dtype=np.int64)
    return [
        _slope("id", rank, np.arange(len(keys)), run),
        _halves(rank, run),
        _slope("birth_date", rank[born], day[born], run),
        _slope("group", rank, group, run),
        *(_of_listing(keys, rank, listing, run) if listing else ()),
    ]


def _of_listing(keys: list[str], rank: Ints, listing: Listing, run: RunCopy) -> Iterator[Trace]:
    """Yield the tests against the order of rows and, where there are names, of names."""
    for against, order in (("row", listing.row), ("name", listing.name_order)):
        known = np.array([key in order for key in keys])
        place = np.array([order.get(key, 0) for key in keys], dtype=np.int64)
        if order:
            yield _slope(against, rank[known], place[known], run)


def _slope(against: str, rank: Ints, order: Ints, run: RunCopy) -> Trace:
    figure, p = shuffled_slope(rank, order, run.seal + against.encode())
    return Trace(against, "spearman", len(rank), decimals(figure), p)


def _halves(rank: Ints, run: RunCopy) -> Trace:
    better = rank <= np.sort(rank)[(len(rank) - 1) // 2]
    if len(rank) <= MOST_EXACT:
        figure, p = runs_test(better.tolist())
    else:
        figure, p = shuffled_runs(better.astype(np.int64), run.seal + b"runs")
    return Trace("id", "runs", len(rank), str(figure), p)


def unlikely(found: list[Trace]) -> Iterator[Finding]:
    """Yield a finding for each trace that chance leaves less often than once in a thousand."""
    for trace in found:
        if trace.p * UNLIKELY <= 1:
            yield Finding(
                "ORDER_NOT_BY_CHANCE",
                params={
                    "against": in_order_of(trace.against),
                    "test": in_order_of(trace.test),
                    "p": decimals(trace.p, 4),
                },
                evidence="audit.csv: chance",
            )
