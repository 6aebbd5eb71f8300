"""Notices in one order, whoever found them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enroll.notices import LEVELS, level_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enroll.notices import Notice


def sort_notices(notices: Iterable[Notice]) -> list[Notice]:
    """Return notices worst first, then by code, subject and figures."""
    return sorted(notices, key=_place)


def _place(notice: Notice) -> tuple[int, str, bytes, int, int, str]:
    value = -1 if notice.value is None else notice.value
    bound = -1 if notice.bound is None else notice.bound
    params = repr(sorted(notice.params.items(), key=lambda item: item[0]))
    place = LEVELS.index(level_of(notice))
    return place, notice.code, notice.subject.encode(), value, bound, params
