"""Cutoffs in words: the worst ranking key that a school admitted in a round."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_DAY_ZERO = date(1970, 1, 1)
_LAST_DAY = (date.max - _DAY_ZERO).days


def cutoff_text(order: Sequence[str], key: Sequence[int], group_ids: Sequence[str]) -> str:
    """Return a ranking key as `name=value` pairs, parted by spaces.

    Parameters
    ----------
    order
        The round's keys as its scenario gives them; the lottery is last, named or not.
    key
        The integers of `Cutoff.key`; nothing where nobody was admitted.
    group_ids
        Group ids, best first.

    Returns
    -------
    str
        Such as `group=B sibling=no distance=812 lottery=1034`; distance in metres, since as
        a date, points as the applicant has them; empty for an empty key.
    """
    names = [*(name for name in order if name != "lottery"), "lottery"]
    if not key:
        return ""
    return " ".join(
        f"{name}={_shown(name, int(value), group_ids)}"
        for name, value in zip(names, key, strict=True)
    )


def _shown(name: str, value: int, group_ids: Sequence[str]) -> str:
    if name == "group":
        return group_ids[value]
    if name == "sibling":
        return "no" if value else "yes"
    if name == "points":
        return str(-value)
    if name == "since":
        return _date(value)
    return str(value)


def _date(days: int) -> str:
    """Return the day; a child without a date ranks after every date and is shown as none."""
    return "none" if days > _LAST_DAY else (_DAY_ZERO + timedelta(days=days)).isoformat()
