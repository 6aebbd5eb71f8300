"""How bad the findings about each school are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.notices import LEVELS, level_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enroll.notices import Level, Notice
    from enroll.records import Schools, Texts

_ABOUT_SCHOOLS = frozenset(
    {
        "NEAR_LIMIT",
        "OVERLOAD",
        "OVERSIZED_CLASS",
        "OVERSIZED_SCHOOL",
        "OVER_LIMIT",
        "OVER_STANDARD",
        "SCHOOL_REFILLS",
        "VERY_OVERSIZED_CLASS",
    }
)
"""Codes whose subject is a school, or several joined by `;`. A zone may bear the same id."""


def school_levels(notices: Iterable[Notice], schools: Schools) -> Texts:
    """Return (m,) the worst level of the findings about each school, "" where there is none."""
    worst: dict[str, Level] = {}
    for notice in notices:
        if notice.code not in _ABOUT_SCHOOLS:
            continue
        level = level_of(notice)
        for school_id in notice.subject.split(";"):
            worst[school_id] = min(level, worst.get(school_id, level), key=LEVELS.index)
    levels = np.empty(len(schools), dtype=object)
    levels[:] = [worst.get(str(school_id), "") for school_id in schools.school_id]
    return levels
