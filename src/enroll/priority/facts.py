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

    from enroll.records import Days, Flags, Ground, Inputs, Ints, Texts
    from enroll.scenario.schema import Condition

_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
_DATES = (
    re.compile(r"(\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?:[ T]00:00:00)?", re.ASCII),
    re.compile(r"(\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日?", re.ASCII),
    re.compile(r"(\d{4})(?P<month>\d{2})(?P<day>\d{2})", re.ASCII),
)

_DAY_COLUMNS = ("birth_date", "since")
_TEXT_COLUMNS = ("sex", "group", "review", "placed_reason", "applicant_id")
_SCHOOL_COLUMNS = ("sibling_school", "placed_school")


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

    Besides the columns read for `when`, every column with a meaning of its own can be asked
    for: dates as ISO text, schools and zones by their id, yes or no for `accepts_redirect`. A
    child's zone is the one that was found, by hand or on the map.
    """
    applicants = inputs.applicants
    if name in _DAY_COLUMNS:
        return _fact_of_days(getattr(applicants, name))
    if name in _TEXT_COLUMNS:
        return _fact_of(getattr(applicants, name))
    if name in _SCHOOL_COLUMNS:
        return _fact_of_index(getattr(applicants, name), inputs.schools.school_id)
    if name == "zone":
        return _fact_of_index(ground.zone, inputs.zones.zone_id)
    if name == "points":
        values, code = np.unique(applicants.points, return_inverse=True)
        return Fact(tuple(str(int(value)) for value in values), code)
    if name == "accepts_redirect":
        return Fact(("no", "yes"), applicants.accepts_redirect.astype(np.int64))
    return _fact_of(applicants.facts[name])


def _fact_of(column: Texts) -> Fact:
    seen: dict[str, int] = {}
    code = [seen.setdefault(text, len(seen)) for text in column.tolist()]
    return Fact(tuple(seen), np.array(code, dtype=np.int64))


def _fact_of_index(index: Ints, ids: Texts) -> Fact:
    texts = (*(str(name) for name in ids), "")
    return Fact(texts, np.where(index == NONE, len(ids), index))


def _fact_of_days(column: Days) -> Fact:
    days, code = np.unique(column.astype("datetime64[D]").astype(np.int64), return_inverse=True)
    texts = np.datetime_as_string(days.astype("datetime64[D]")).tolist()
    return Fact(tuple("" if text == "NaT" else text for text in texts), code)


def read_number(text: str) -> int | None:
    """Return a whole number written in ASCII digits, or None."""
    return int(text) if _NUMBER.fullmatch(text) else None


def read_date(text: str) -> date | None:
    """Return a date in one of the usual forms (2020-8-31, 2020/08/31, 2020年8月31日, 20200831)."""
    for form in _DATES:
        match = form.fullmatch(text)
        if match:
            return _valid_date(int(match[1]), int(match["month"]), int(match["day"]))
    return None


def _valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
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
