"""Children who are in no table of applicants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.records import NONE, Applicants
from enroll.tables.applicant_columns import APPLICANT_COLUMNS
from enroll.tables.grid import text_array

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from enroll.records import Texts

WORDS_OF_FACTS = {
    column.name: tuple(column.words) for column in APPLICANT_COLUMNS.columns if column.words
}
"""Facts whose values are words of enroll's own, and these words."""

_WITHOUT_WORD = {"review": "passed", "accepts_redirect": "yes"}
"""What a fact means where nothing is said."""


def made_children(ids: Sequence[str], facts: Iterable[str], choices: int = 0) -> Applicants:
    """Return children of whom nothing is known yet, in the order of their ids.

    Parameters
    ----------
    ids
        No two alike; each holds `MADE`, so that no child of a table can have it.
    facts
        Names of the facts that groups ask for.
    choices
        How many choices the applicants of the tables name at most.
    """
    count = len(ids)

    def text(word: str = "") -> Texts:
        return text_array([word] * count)

    nothing = np.full(count, NONE, dtype=np.int64)
    nowhere = np.full(count, np.nan)
    no_day = np.full(count, np.datetime64("NaT"), dtype="datetime64[D]")
    return Applicants(
        applicant_id=text_array(ids),
        row=np.zeros(count, dtype=np.int64),
        lon=nowhere,
        lat=nowhere.copy(),
        zone=nothing,
        group=text(),
        facts={name: text(_WITHOUT_WORD.get(name, "")) for name in facts},
        review=text("passed"),
        birth_date=no_day,
        since=no_day.copy(),
        sex=text(),
        points=np.zeros(count, dtype=np.int64),
        sibling_school=nothing.copy(),
        family=nothing.copy(),
        choices=np.full((count, choices), NONE, dtype=np.int64),
        accepts_redirect=np.ones(count, dtype=bool),
        placed_school=nothing.copy(),
        placed_reason=text(),
        placed_authority=text(),
        placed_date=text(),
    )
