"""What a coded message is: its level, its sentence and what would remove it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Level = Literal["blocking", "red", "orange", "yellow", "info"]

LEVELS: tuple[Level, ...] = ("blocking", "red", "orange", "yellow", "info")
"""Worst first. `blocking` stops the command; `red` to `info` are findings of a run."""


def N_(text: str) -> str:  # noqa: N802 - the name that message extraction looks for
    """Mark an English sentence for translation without translating it yet."""
    return text


@dataclass(frozen=True)
class Phrase:
    """A part of a sentence that is translated with it, as the value of one of its fields.

    Parameters
    ----------
    text
        English template with `{name}` fields, marked with `N_`; "" leaves the part out.
    params
        Fields of the part.
    """

    text: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """One entry of the catalogue.

    Parameters
    ----------
    level
        How bad it is, unless the place that raises it says otherwise.
    message, remedy
        English templates with `{name}` fields, marked with `N_`; the remedy says what to
        do, or how many seats where would remove the finding.
    """

    level: Level
    message: str
    remedy: str


@dataclass(frozen=True)
class Problem:
    """Something wrong with an input, addressed to a cell.

    Parameters
    ----------
    code
        Key of the catalogue.
    file
        File name without its folder, or the scenario's own name.
    row, column
        Row number in the file (the header is row 1) and header; 0 and "" where none fits.
    value
        The offending value, already masked by `mask`; "" where it must not be shown.
    params
        Fields of the sentence.
    level
        Overrides the level of the catalogue where given.
    """

    code: str
    file: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    level: Level | None = None


@dataclass(frozen=True)
class Notice:
    """A finding about a run; holds no row number and no personal data.

    Parameters
    ----------
    code
        Key of the catalogue.
    subject
        What it is about: a school id, zone id, applicant id, group id or "".
    value, bound
        The figure found and the one it is held against, or None.
    params
        Fields of the sentence.
    level
        Overrides the level of the catalogue where given.
    """

    code: str
    subject: str = ""
    value: int | None = None
    bound: int | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    level: Level | None = None
