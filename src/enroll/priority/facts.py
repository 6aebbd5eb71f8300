"""Facts about children, and whether the conditions of a group hold for them.

A fact is a text; it is read as a whole number or a date only where a condition asks for one.
Every distinct text is looked at once, however many children share it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from enroll.records import NONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from enroll.records import Flags, Ground, Inputs, Ints, Texts
    from enroll.scenario.schema import Condition

_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Fact:
    """One fact of every applicant.

    Parameters
    ----------
    texts
        The distinct values, "" among them where somebody has none.
    code
        (n,) position of each applicant's value in `texts`.
    """

    texts: tuple[str, ...]
    code: Ints

    def where(self, holds: Callable[[str], bool]) -> Flags:
        """Return (n,) whether something holds for each applicant's value."""
        return np.array([holds(text) for text in self.texts], dtype=bool)[self.code]


def find_fact(name: str, inputs: Inputs, ground: Ground) -> Fact:
    """Return a fact by the name of its column, which some `when` asks for.

    A child's `zone` is the one that was found, by hand or on the map; every other fact is
    what the table of applicants says.
    """
    if name == "zone":
        ids = inputs.zones.zone_id
        return Fact((*ids.tolist(), ""), np.where(ground.zone == NONE, len(ids), ground.zone))
    return number_texts(inputs.applicants.facts[name])


def number_texts(column: Texts) -> Fact:
    """Return a column with its distinct texts numbered in the order of their appearance."""
    seen: dict[str, int] = {}
    code = [seen.setdefault(text, len(seen)) for text in column.tolist()]
    return Fact(tuple(seen), np.array(code, dtype=np.int64))


def read_number(text: str) -> int | None:
    """Return a whole number written in ASCII digits, or None."""
    return int(text) if _NUMBER.fullmatch(text) else None


def read_date(text: str) -> date | None:
    """Return a date written as year-month-day, as every date of a table is kept, or None."""
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def condition_holds(condition: Condition, text: str) -> bool:
    """Return whether a fact meets every part of a condition; an unreadable one does not.

    `min` and `max` are met at the bound itself, `before` and `after` only beyond it.
    """
    if condition.values and text not in condition.values:
        return False
    return all(_bound_holds(text, *bound) for bound in _bounds(condition))


def unreadable_as(condition: Condition, text: str) -> str:
    """Return `number` or `date` where a condition asks for one that a fact is not, else "".

    An empty fact is not unreadable: nothing is known, and the condition does not hold.
    """
    if not text:
        return ""
    for _, bound in _bounds(condition):
        if isinstance(bound, date):
            if read_date(text) is None:
                return "date"
        elif read_number(text) is None:
            return "number"
    return ""


def _bounds(condition: Condition) -> Iterable[tuple[str, int | date]]:
    for name in ("min", "max", "before", "after"):
        bound = getattr(condition, name)
        if bound is not None:
            yield name, bound


def _bound_holds(text: str, name: str, bound: int | date) -> bool:
    if isinstance(bound, date):
        day = read_date(text)
        return day is not None and _in_order(name, day.toordinal(), bound.toordinal())
    number = read_number(text)
    return number is not None and _in_order(name, number, bound)


def _in_order(name: str, value: int, bound: int) -> bool:
    if name == "min":
        return value >= bound
    if name == "max":
        return value <= bound
    return value < bound if name == "before" else value > bound
