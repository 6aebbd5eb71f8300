"""Rows that say the same thing twice: two snapshots of one register overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from enroll.records import Flags, Ints
    from enroll.tables.cells import Cells


def drop_repeats(
    cells: Cells, key: tuple[Ints, ...], value: Ints, column: str, known: Flags
) -> Flags:
    """Return (n,) the rows to keep: the first of each key.

    A later row with the same value is counted and ignored; one with another value is a problem,
    because nobody can tell which of the two is right.

    Parameters
    ----------
    key
        Columns (n,) that tell rows apart.
    value
        (n,) what they say.
    column
        Canonical name of the column of `value`.
    known
        (n,) rows that could be read.
    """
    rows = np.flatnonzero(known)
    columns = [part[rows] for part in key]
    order = np.lexsort((rows, *reversed(columns)))
    same = np.ones(max(len(rows) - 1, 0), dtype=bool)
    for part in columns:
        ordered = part[order]
        same &= ordered[1:] == ordered[:-1]
    starts = np.concatenate([[True], ~same])[: len(rows)]
    first = rows[order][np.maximum.accumulate(np.where(starts, np.arange(len(rows)), 0))]
    later = rows[order]
    kept = np.zeros(len(known), dtype=bool)
    kept[later[starts]] = True
    _tell(cells, later[~starts], first[~starts], value, column)
    return kept


def _tell(cells: Cells, later: Ints, first: Ints, value: Ints, column: str) -> None:
    row = cells.table.row
    differs = value[later] != value[first]
    pairs = sorted(zip(row[later[differs]].tolist(), row[first[differs]].tolist(), strict=True))
    for own, earlier in pairs:
        cells.report.add("SNAPSHOTS_DISAGREE", own, column, first=earlier)
    repeated = int((~differs).sum())
    if repeated:
        cells.report.add("ROWS_REPEATED", count=repeated)
