"""What is left of inputs with problems, so that everything else can still be looked at."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np

from enroll.records import NONE, Source, Table
from enroll.tables.cells import Cells
from enroll.tables.problems import FileReport

if TYPE_CHECKING:
    from enroll.records import Applicants, Flags, Inputs, TravelMatrix
    from enroll.tables.columns import TableColumns


def no_cells(spec: TableColumns) -> Cells:
    """Return the cells of a file that could not be read: no row and no column."""
    nothing = Table(Source(spec.table, "", "", "", 0), {}, np.zeros(0, dtype=np.int64))
    return Cells(nothing, spec, {}, {}, FileReport(""))


def without_blocked(inputs: Inputs, blocked: frozenset[int]) -> Inputs:
    """Return the inputs without the applicants of some rows; without any if row 0 is one."""
    if not blocked:
        return inputs
    kept = ~np.isin(inputs.applicants.row, list(blocked)) & (0 not in blocked)
    travel = inputs.travel
    if travel is not None and travel.keyed_by == "applicant":
        travel = _ways_of(travel, kept)
    return replace(inputs, applicants=_applicants(inputs.applicants, kept), travel=travel)


def _applicants(applicants: Applicants, kept: Flags) -> Applicants:
    columns = {
        field.name: getattr(applicants, field.name)[kept]
        for field in fields(applicants)
        if field.name not in ("facts", "crs", "override_reasons")
    }
    facts = {name: texts[kept] for name, texts in applicants.facts.items()}
    return replace(applicants, facts=facts, **columns)


def _ways_of(travel: TravelMatrix, kept: Flags) -> TravelMatrix:
    """Return the ways of the applicants that are kept, under their new numbers."""
    number = np.where(kept, np.cumsum(kept) - 1, NONE)[travel.key]
    has = number != NONE
    return replace(travel, key=number[has], school=travel.school[has], metres=travel.metres[has])
