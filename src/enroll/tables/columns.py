"""What a column is: its name, its other headers, its type and what it means.

The tables themselves are described in `applicant_columns.py` and `other_columns.py`; both
the readers and `docs/reference/columns.md` follow these descriptions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

ColumnKind = Literal["id", "ids", "text", "whole", "decimal", "date", "yes or no", "word"]

MOST_PUPILS = 100_000
"""Largest number of pupils, classes or places that a cell may give."""


@dataclass(frozen=True)
class Column:
    """One column of an input table.

    Parameters
    ----------
    name
        Canonical name.
    kind
        How its cells are read.
    meaning
        One sentence for the documentation, with the unit.
    headers
        Other headers that stand for it without being mapped.
    required
        Whether every row needs a value.
    fact
        Whether it is read only when some `when` of the scenario asks for it.
    words
        Canonical words to what offices write for them, for kind `word`.
    least, most
        Bounds of numbers, both allowed.
    empty
        What an empty cell means, in words.
    personal
        Whether a value tells something about a child, so that messages show only its shape.
    numbered
        Whether the column repeats with a number at its end, such as `choice_1`.
    """

    name: str
    kind: ColumnKind
    meaning: str
    headers: tuple[str, ...] = ()
    required: bool = False
    fact: bool = False
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    least: int = -1_000_000_000
    most: int = 1_000_000_000
    empty: str = ""
    personal: bool = False
    numbered: bool = False


@dataclass(frozen=True)
class TableColumns:
    """The columns of one `[files]` key.

    Parameters
    ----------
    table
        The `[files]` key.
    meaning
        What one row is.
    columns
        In the order of the documentation.
    no_scores
        Whether columns of examination scores are refused.
    """

    table: str
    meaning: str
    columns: tuple[Column, ...]
    no_scores: bool = False

    def names(self) -> list[str]:
        """Return the canonical names, numbered ones without their number."""
        return [column.name for column in self.columns]
