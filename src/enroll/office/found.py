"""What a run repeats of its inputs' problems: zones, changes and draw in full, others counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from enroll.notices import Notice, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN_IN_RUN = frozenset(
    {
        "CHANGE_WITHOUT_EFFECT",
        "CLOSED_SCHOOL_PLACED",
        "CLOSED_SCHOOL_SIBLINGS",
        "DRAW_OTHER_PROGRAM",
        "POINT_FAR_AWAY",
        "SCHOOL_OUTSIDE_ZONE",
        "ZONE_DUST",
        "ZONE_EMPTY",
        "ZONE_GAP",
        "ZONE_OVERLAP",
        "ZONE_REPAIRED",
        "ZONE_SAME_SHAPE",
        "ZONE_WITHOUT_SCHOOL",
    }
)
"""Problems of zones, changes and draw, which a run repeats in full; it counts all others."""


def notices_of(problems: Iterable[Problem]) -> list[Notice]:
    """Return what a run says of its inputs; no row number, so that no row order shows."""
    zones = [
        Notice(problem.code, _subject(problem), params=problem.params, level=problem.level)
        for problem in problems
        if problem.code in SHOWN_IN_RUN
    ]
    others: Counter[tuple[str, str]] = Counter()
    for problem in problems:
        if problem.code == "MORE_LIKE_THIS":
            others[str(problem.params["like"]), problem.file] += int(str(problem.params["count"]))
        elif problem.code not in SHOWN_IN_RUN:
            others[problem.code, problem.file] += 1
    return zones + [
        Notice("FOUND_IN_INPUT", file, value=count, params={"code": code, "count": count})
        for (code, file), count in sorted(others.items())
    ]


def _subject(problem: Problem) -> str:
    return str(problem.params.get("zone") or problem.params.get("school") or "")
