"""The cutoffs as the public may know them: the coarsest that decide every receipt alike."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from enroll.tables.csv_out import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.report.publication.contents import Contents
    from enroll.report.publication.suppression import Cell
    from enroll.verify.receipts import Key, Turn

HEADER = ("round", "school_id", "offered", "filled", "cutoff")

CutoffRow = tuple[str, str, str, str, str]
"""Round, school, seats offered and filled ("" where hidden), and the cutoff."""

METRES = (1000, 500, 100, 50)
"""Public cutoffs name multiples of these metres, the first that fits."""


def coarsest(order: Sequence[str], turn: Turn, groups: Sequence[str]) -> str:
    """Return the coarsest cutoff that admits the last one admitted and not the first refused.

    Parameters
    ----------
    order
        The keys of the round, the lottery last.
    turn
        Both keys, their parts in this order.
    groups
        Group ids, best first.

    Returns
    -------
    str
        As many parts as decide, such as `group=B` where everybody of B and better was admitted;
        the last part is a round number. A key is admitted if as many of its parts as there are
        here are not greater.
    """
    last, refused = turn
    at = 0
    if refused is not None:
        at = next(place for place, part in enumerate(last) if part != refused[place])
    parts = [_shown(name, value, groups) for name, value in zip(order[:at], last, strict=False)]
    bound = None if refused is None else refused[at]
    return " ".join([*parts, _shown(order[at], _roundest(order[at], last[at], bound), groups)])


def _roundest(name: str, low: int | str, bound: int | str | None) -> int | str:
    """Return the roundest value from `low` on, and before `bound`."""
    if isinstance(low, str):
        return _roundest_date(low, None if bound is None else str(bound))
    above = None if bound is None else int(bound)
    if name == "distance":
        return _multiple(low, above, METRES)
    if name == "points":
        return _multiple(low, above, _STEPS)
    if name == "lottery":
        return _multiple(low, above, _STEPS)
    return low


_STEPS = tuple(size * 10**power for power in range(9, -1, -1) for size in (5, 1))


def _multiple(low: int, bound: int | None, steps: Sequence[int]) -> int:
    """Return the smallest multiple in the interval of the largest step that has one there."""
    if bound is None:
        bound = low + max(abs(low), METRES[0])
    for step in steps:
        value = -(-low // step) * step
        if value < bound:
            return value
    return low


def _roundest_date(low: str, bound: str | None) -> str:
    """Return the first of a year, of a month, or the day itself; no date comes after all."""
    if low == "none":
        return low
    day = date.fromisoformat(low)
    for first in (_next_year(day), _next_month(day)):
        if first is not None and (bound is None or first.isoformat() < bound):
            return first.isoformat()
    return low


def _next_year(day: date) -> date | None:
    if (day.month, day.day) == (1, 1):
        return day
    return None if day.year == date.max.year else date(day.year + 1, 1, 1)


def _next_month(day: date) -> date | None:
    if day.day == 1:
        return day
    try:
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    except OverflowError:
        return None


def _shown(name: str, value: int | str, groups: Sequence[str]) -> str:
    shown: object = value
    if name == "group":
        shown = groups[int(value)]
    elif name == "sibling":
        shown = "no" if value else "yes"
    elif name == "points":
        shown = -int(value)
    return f"{name}={shown}"


def cutoff_rows(
    contents: Contents, turns: Mapping[tuple[str, str], Turn], hidden: frozenset[Cell]
) -> list[CutoffRow]:
    """Return the lines of the public `cutoffs.csv`.

    Seats offered and filled would tell how many children a school took by which rule: they are
    left out where that is hidden.
    """
    groups = [row["id"] for row in contents.rules["groups"]]
    orders = {row["id"]: [*row["order"], "lottery"] for row in contents.rules["rounds"]}
    rows = []
    for row in contents.cutoffs:
        place = row["round"], row["school_id"]
        text = coarsest(orders[place[0]], turns[place], groups) if row["cutoff"] else ""
        counted = (row["offered"], row["filled"])
        shown = counted if _may_count(contents, *place, hidden) else ("", "")
        rows.append((*place, *shown, text))
    return rows


def _may_count(contents: Contents, round_id: str, school: str, hidden: frozenset[Cell]) -> bool:
    """Return whether seats offered and filled at a school tell nothing that is hidden.

    After a redirect they would tell how many it placed there; where a school took few children
    in one of its rounds, how many that were.
    """
    rounds = [row["id"] for row in contents.rules["rounds"]]
    before = contents.rules["rounds"][: rounds.index(round_id)]
    few = any(0 < count < 5 for count in contents.by_round.get(school, {}).values())
    redirected = any(row["rule"] == "redirect" for row in before)
    return not (few or redirected or any(cell[:2] == ("school", school) for cell in hidden))


def cutoffs_csv(rows: Sequence[CutoffRow]) -> bytes:
    """Return the public `cutoffs.csv`."""
    columns: Sequence[Sequence[str]] = list(zip(*rows, strict=True)) or [()] * len(HEADER)
    return csv_bytes(HEADER, columns)


def admits(cutoff: Key, key: Key) -> bool:
    """Return whether a cutoff of so many parts admits a key; an empty one admits nobody."""
    return bool(cutoff) and key[: len(cutoff)] <= cutoff
