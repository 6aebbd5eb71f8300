"""The travel matrix: ways measured elsewhere, as sparse triples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from enroll.notices import mask, mask_id
from enroll.records import NONE, TravelMatrix

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.records import Flags, Ints
    from enroll.tables.cells import Cells

_EXAMPLES = 3


def read_travel(
    cells: Cells,
    applicants: Mapping[str, int] | None,
    zones: Mapping[str, int] | None,
    schools: Mapping[str, int] | None,
) -> TravelMatrix | None:
    """Return the ways in canonical order: by applicant or zone, then by school.

    Parameters
    ----------
    cells
        The table with its columns found; it takes the problems. Millions of rows are usual,
        so repeated and unknown ids are counted and only the first ones named.
    applicants, zones, schools
        Ids to indices; None where a table could not be read.

    Returns
    -------
    TravelMatrix or None
        None when something it refers to could not be read.
    """
    by_applicant = cells.has("applicant_id")
    if by_applicant == cells.has("zone_id"):
        cells.report.add("WAY_KEY_UNCLEAR")
        return None
    name: Literal["applicant", "zone"] = "applicant" if by_applicant else "zone"
    metres = cells.whole("metres", empty=NONE)
    keys = applicants if by_applicant else zones
    if keys is None or schools is None:
        return None
    key = _indices(cells, f"{name}_id", keys)
    school = _indices(cells, "school_id", schools)
    empty = cells.coded(f"{name}_id").where(lambda text: not text)
    cells.problem_rows("CELL_MISSING", f"{name}_id", empty)
    known = (key != NONE) & (school != NONE) & (metres != NONE)
    pair = np.where(known, key * max(len(schools), 1) + school, NONE)
    order = np.argsort(pair, kind="stable")
    order = order[known[order]]
    _refuse_repeats(cells, pair, order)
    if not len(order):
        cells.report.add("NO_WAYS")
    return TravelMatrix(name, key[order], school[order], metres[order])


def _indices(cells: Cells, name: str, known: Mapping[str, int]) -> Ints:
    """Return the index of every id, -1 where there is none; ids not known are counted."""
    written = cells.coded(name)
    lost = [text for text in written.texts if text and text not in known]
    if lost:
        show = mask_id if name == "applicant_id" else mask
        shown = ", ".join(map(show, lost[:_EXAMPLES]))
        _counted(cells, "WAY_ID_UNKNOWN", name, written.where(set(lost).__contains__), shown)
    return written.positions(known, NONE)


def _refuse_repeats(cells: Cells, pair: Ints, order: Ints) -> None:
    """Report rows whose pair an earlier row already gives; `order` sorts `pair`, stably."""
    repeated = np.zeros(len(pair), dtype=bool)
    repeated[order[1:][pair[order[1:]] == pair[order[:-1]]]] = True
    if repeated.any():
        _counted(cells, "WAY_TWICE", "school_id", repeated, "")


def _counted(cells: Cells, code: str, name: str, which: Flags, value: str) -> None:
    first = int(cells.table.row[np.flatnonzero(which)[0]])
    cells.report.add(code, first, name, value, count=int(which.sum()))
