"""CSV as enroll writes it: the same bytes everywhere, and nothing a spreadsheet would run.

UTF-8 without mark, lines ended by LF, cells quoted only where RFC 4180 asks for it. A text
that a spreadsheet would take for a formula gets an apostrophe in front; whole numbers do not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

_INVISIBLE = (
    r"\x00-\x1f\x7f-\x9f\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
)
_FORMULA = re.compile(rf"[\s{_INVISIBLE}]*[=+\-@＝＋－＠\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_QUOTED = re.compile(r'[",]')
_REMARKABLE = re.compile(
    r'[",\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]'
    rf"|^[\s{_INVISIBLE}]*[=+\-@＝＋－＠]",
    re.MULTILINE,
)
"""Cells to look at one by one, in a column joined by line ends."""
_GUARDED = re.compile(rf"'[\s{_INVISIBLE}]*[=+\-@＝＋－＠]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def csv_bytes(
    header: Sequence[str], columns: Sequence[npt.NDArray[np.generic] | Sequence[object]]
) -> bytes:
    """Return a CSV file.

    Parameters
    ----------
    header
        One name per column.
    columns
        Equally long; whole numbers (integer arrays) are written as digits, truth values as
        `yes` and `no`, everything else is text. There are no floating-point columns: a
        share is written by whoever knows how many digits it means.

    Raises
    ------
    TypeError
        For a floating-point column.
    ValueError
        When the columns do not fit the header or each other.
    """
    if len(header) != len(columns) or len({len(column) for column in columns}) > 1:
        raise ValueError("every column needs a header and the same number of cells")
    cells = [_column(column) for column in columns]
    lines = [",".join(map(_text_cell, header)), *map(",".join, zip(*cells, strict=True))]
    return ("\n".join(lines) + "\n").encode("utf-8")


def unguarded(cell: str) -> str:
    """Return a cell read from such a file without the apostrophe that guards it."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _column(column: npt.NDArray[np.generic] | Sequence[object]) -> list[str]:
    if isinstance(column, np.ndarray) and column.dtype.kind in "iu":
        return list(map(str, column.tolist()))
    values: list[object] = column.tolist() if isinstance(column, np.ndarray) else list(column)
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) == len(values):
        return _text_column(texts)
    return [_cell(value) for value in values]


def _cell(value: object) -> str:
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, str):
        return _text_cell(value)
    raise TypeError(f"a {type(value).__name__} is neither text nor a whole number")


def _text_column(cells: list[str]) -> list[str]:
    joined = "\n".join(cells)
    if joined.count("\n") == len(cells) - 1 and not _REMARKABLE.search(joined):
        return cells
    written = {cell: _text_cell(cell) for cell in dict.fromkeys(cells)}
    return [written[cell] for cell in cells]


def _text_cell(text: str) -> str:
    clean = _SURROGATES.sub("\ufffd", _CONTROL.sub(" ", text))
    if _FORMULA.match(text):
        clean = f"'{clean}"
    if _QUOTED.search(clean):
        doubled = clean.replace('"', '""')
        return f'"{doubled}"'
    return clean
