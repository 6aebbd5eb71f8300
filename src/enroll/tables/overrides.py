"""Overrides: placements by decision that stand in a file of their own (design R9)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from enroll.records import NONE
from enroll.tables.applicants import refuse_without_class
from enroll.tables.facts import iso_texts
from enroll.tables.ids import APPLICANT_ID, PLACE_ID

if TYPE_CHECKING:
    from typing import TypeVar

    from enroll.records import Applicants, Ints, Texts
    from enroll.tables.applicants import Known
    from enroll.tables.cells import Cells

    Column = TypeVar("Column", bound=np.ndarray[tuple[int], np.dtype[np.generic]])

OVERRIDE = "override"
"""The `placed_reason` of every row; the row's own words are kept beside it."""


def with_overrides(cells: Cells, applicants: Applicants | None, known: Known) -> Applicants | None:
    """Return the applicants with every override as their placement by decision.

    Parameters
    ----------
    cells
        The table with its columns found; it takes the problems, every one of them blocking.
    applicants
        None where they could not be read; what the table says by itself is checked all the same.
    known
        Schools that the cells may name.
    """
    cells.unique_ids("applicant_id", APPLICANT_ID)
    school = cells.indices("school_id", PLACE_ID, known.schools, "SCHOOL_UNKNOWN")
    refuse_without_class(cells, "school_id", school, known.classes)
    reason, authority = cells.texts("reason"), cells.texts("authority")
    day = iso_texts(cells.days("date"))
    if applicants is None:
        return None
    child = _children(cells, applicants)
    row = np.flatnonzero((child != NONE) & (school != NONE))
    child = child[row]
    names = applicants.applicant_id[child].tolist()
    return replace(
        applicants,
        placed_school=_changed(applicants.placed_school, child, school[row]),
        placed_reason=_changed(applicants.placed_reason, child, OVERRIDE),
        placed_authority=_changed(applicants.placed_authority, child, authority[row]),
        placed_date=_changed(applicants.placed_date, child, day[row]),
        override_reasons=dict(sorted(zip(names, reason[row].tolist(), strict=True))),
    )


def _children(cells: Cells, applicants: Applicants) -> Ints:
    """Return the applicant of every row, -1 for one that is not known; both kinds of misfit."""
    number = {name: index for index, name in enumerate(applicants.applicant_id.tolist()) if name}
    written = cells.coded("applicant_id")
    unknown = written.where(lambda text: text != "" and text not in number)
    cells.problem_rows("APPLICANT_UNKNOWN", "applicant_id", unknown)
    child = written.positions(number, NONE)
    twice = (child != NONE) & (applicants.placed_school[child] != NONE)
    cells.problem_rows("OVERRIDE_PLACED_ALREADY", "applicant_id", twice)
    return child


def _changed(column: Column, where: Ints, values: Ints | Texts | str) -> Column:
    changed = column.copy()
    changed[where] = values
    return changed
