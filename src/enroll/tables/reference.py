"""The page `docs/reference/columns.md`, written from the descriptions of the columns.

`python -m enroll.tables.reference` prints it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from enroll.tables.columns import MOST_PUPILS
from enroll.tables.headers import MOST_CHOICES
from enroll.tables.other_columns import ALL_TABLES

if TYPE_CHECKING:
    from enroll.tables.columns import Column, TableColumns

_INTRODUCTION = """\
# Columns of the input tables

This page is generated from the descriptions that the readers follow
(`python -m enroll.tables.reference`).

Every cell is read as text and then checked; everything that is wrong is reported at once, with
file, row, column and what to do. A header is understood when it is the column's name, one of
the other headers listed here, or the header that `[columns.<table>]` names; letter case,
spaces, hyphens and underscores do not matter. Columns that no rule of the scenario asks for
are named once, ignored and never stored. A word is understood when it is canonical, one of
the usual words, or translated by `[values.<table>.<column>]`.

- **Files**: `.csv` and `.txt` (UTF-8 or GB18030, separated by comma, semicolon or tab), `.xlsx`,
  `.parquet`, `.gpkg`, `.geojson` and `.json`, `.shp` with its `.dbf`, `.prj` and `.cpg`. What
  counts is what a file holds: a file of another kind under one of these names is refused.
  At most 2 GiB; a workbook may unpack to 1 GiB.
- **Dates**: 2019-08-31, 2019/8/31, 2019.8.31, 20190831, 2019年8月31日, and a workbook's own dates.
- **Numbers**: plain digits; `20.0` is a whole number, `1_000` and `1e3` are not. Full-width
  digits and letters are read like plain ones.
- **Yes and no**: yes, no, y, n, true, false, 1, 0, 是, 否.
- **Coordinates**: in the system that `[coordinates]` declares. A table of text has no default;
  a map file may name its own system. In a map file the points take the place of `lon` and `lat`.
"""


def columns_page() -> str:
    """Return the whole page in Markdown."""
    return _INTRODUCTION + "".join(f"\n{_section(spec)}" for spec in ALL_TABLES)


def _section(spec: TableColumns) -> str:
    lines = [f"## `{spec.table}`", "", spec.meaning]
    if spec.no_scores:
        lines += [
            "",
            "A column of examination scores (成绩, 考试分数, exam, test score) is refused by name: "
            "nobody is selected by examination. Points (积分) are lawful.",
        ]
    lines += ["", "| column | cells | meaning | empty means | other headers |", "| --- " * 5 + "|"]
    lines += [_row(column) for column in spec.columns]
    words = [line for column in spec.columns for line in _words(column)]
    if words:
        lines += ["", "| column | word | usual words for it |", "| --- " * 3 + "|", *words]
    return "\n".join(lines) + "\n"


def _row(column: Column) -> str:
    name = (
        f"`{column.name}_1` … `{column.name}_{MOST_CHOICES}`"
        if column.numbered
        else f"`{column.name}`"
    )
    meaning = column.meaning
    if column.fact:
        meaning += " Read only where a group asks for it."
    empty = "**required**" if column.required else column.empty or "nothing"
    cells = [name, _kind(column), meaning, empty, ", ".join(column.headers) or "none"]
    return f"| {' | '.join(cells)} |"


def _kind(column: Column) -> str:
    bounded = column.kind == "whole" and column.least >= 0
    if not bounded:
        return {"whole": "whole number", "decimal": "number"}.get(column.kind, column.kind)
    most = f" to {column.most:,}" if column.most < MOST_PUPILS else " or more"
    return f"whole number, {column.least}{most}"


def _words(column: Column) -> list[str]:
    return [
        f"| `{column.name}` | `{word}` | {', '.join(others)} |"
        for word, others in column.words.items()
    ]


if __name__ == "__main__":
    sys.stdout.write(columns_page())
