"""Facts that the groups of a scenario ask for; no other extra column is kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.records import Days, Texts
    from enroll.scenario.schema import Condition, Scenario
    from enroll.tables.cells import Cells

_NEVER_MISSING = ("zone", "review", "accepts_redirect", "group")
"""Facts that mean something without a column: the map, `passed`, `yes`, no group given."""


def asked_facts(settings: Scenario) -> dict[str, list[Condition]]:
    """Return the columns that some `when` asks for, by name, with their conditions."""
    asked: dict[str, list[Condition]] = {}
    for group in settings.group:
        for name, condition in (group.when or {}).items():
            asked.setdefault(name, []).append(condition)
    return dict(sorted(asked.items()))


def check_fact_columns(cells: Cells, settings: Scenario) -> None:
    """Report every column that a `when` asks for and the file does not have."""
    for name in asked_facts(settings):
        if not cells.has(name) and name not in _NEVER_MISSING:
            group = next(one.id for one in settings.group if name in (one.when or {}))
            cells.report.add("FACT_COLUMN_MISSING", column=name, name=name, group=group)


def read_fact(cells: Cells, name: str, conditions: Sequence[Condition]) -> Texts:
    """Return a fact as canonical text: ISO dates, plain whole numbers, canonical words.

    Parameters
    ----------
    name
        A known column, which has its own type, or one that only the scenario names: then the
        conditions say whether it holds dates, whole numbers or text.
    """
    column = cells.column(name)
    kind = column.kind if column.meaning else _kind_asked_for(conditions)
    if kind == "date":
        return iso_texts(cells.days(name))
    if kind == "whole":
        numbers = cells.whole(name).astype(str).astype(object)
        return np.where(cells.coded(name).where(bool), numbers, "")
    if kind == "yes or no":
        return np.where(cells.flags(name, empty=True), "yes", "no").astype(object)
    if kind == "word" and column.words:
        return cells.words(name, "passed" if name == "review" else "")
    return cells.texts(name)


def _kind_asked_for(conditions: Sequence[Condition]) -> Literal["date", "whole", "text"]:
    bounds = [
        bound
        for condition in conditions
        for bound in (condition.min, condition.max, condition.before, condition.after)
        if bound is not None
    ]
    if any(isinstance(bound, date) for bound in bounds):
        return "date"
    return "whole" if bounds else "text"


def iso_texts(days: Days) -> Texts:
    """Return (n,) dates as ISO text, "" where there is none."""
    texts = np.datetime_as_string(days).astype(object)
    texts[np.isnat(days)] = ""
    return texts
