"""The roll: pupils by year, school and grade, from rows to a cube."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.notices import mask
from enroll.records import NONE, Roll
from enroll.tables.ids import PLACE_ID
from enroll.tables.repeats import drop_repeats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.records import Flags, Ints
    from enroll.tables.cells import Cells

LEAST_YEARS = 2
"""Years from which a ratio can be taken."""


def read_roll(cells: Cells, schools: Mapping[str, int] | None, grades: Ints) -> Roll:
    """Return the roll of a stage.

    Parameters
    ----------
    cells
        The table with its columns found; it takes the problems.
    schools
        School ids to indices, or None where the schools could not be read.
    grades
        (G,) grades of the stage.
    """
    year = cells.whole("year")
    school = cells.indices("school_id", PLACE_ID, schools, "ROLL_SCHOOL_UNKNOWN")
    grade = cells.whole("grade", empty=NONE)
    pupils = cells.whole("pupils")
    known = (year > 0) & (school != NONE) & (grade != NONE)
    kept = known & drop_repeats(cells, (year, school, grade), pupils, "pupils", known)
    inside = kept & np.isin(grade, grades)
    if (kept & ~inside).any():
        cells.report.add("ROLL_OTHER_GRADES", count=int((kept & ~inside).sum()))
    count = 0 if schools is None else max(schools.values(), default=-1) + 1
    roll = _cube(year, school, grade - grades[0], pupils, inside, grades, count)
    _check(cells, roll, schools)
    return roll


def _cube(
    year: Ints,
    school: Ints,
    place: Ints,
    pupils: Ints,
    used: Flags,
    grades: Ints,
    count: int,
) -> Roll:
    if not used.any():
        nothing = np.zeros((0, count, len(grades)), dtype=np.int64)
        return Roll(np.zeros(0, dtype=np.int64), grades, nothing)
    first, last = int(year[used].min()), int(year[used].max())
    cube = np.zeros((last - first + 1, count, len(grades)), dtype=np.int64)
    cube[year[used] - first, school[used], place[used]] = pupils[used]
    return Roll(np.arange(first, last + 1), grades, cube)


def _check(cells: Cells, roll: Roll, schools: Mapping[str, int] | None) -> None:
    """Report years that are missing, for all schools and for one."""
    if schools is None or not len(cells):
        return
    there = roll.pupils.sum(axis=2) > 0
    years = roll.years[there.any(axis=1)].tolist()
    missing = sorted(set(roll.years.tolist()) - set(years))
    if missing:
        cells.report.add("ROLL_YEARS_MISSING", years=tuple(map(str, missing)))
    if len(years) < LEAST_YEARS:
        cells.report.add("ROLL_TOO_SHORT", count=len(years), least=LEAST_YEARS)
    if missing or len(years) < LEAST_YEARS:
        return
    ids = sorted(schools, key=schools.__getitem__)
    for school, name in enumerate(ids):
        seen = np.flatnonzero(there[:, school])
        if len(seen) and len(seen) < seen[-1] - seen[0] + 1:
            gaps = sorted(set(range(seen[0], seen[-1])) - set(seen.tolist()))
            lost = tuple(map(str, roll.years[gaps].tolist()))
            cells.report.add("ROLL_SCHOOL_YEARS_MISSING", school=mask(name), years=lost)
