"""The tables of a run, read back."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

from enroll.tables import unguarded

if TYPE_CHECKING:
    from collections.abc import Mapping


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def letter_of(number: int) -> str:
    """Return the letter of a scenario: A to Z, then AA, AB and so on."""
    high, low = divmod(number, len(_LETTERS))
    return (letter_of(high - 1) if high else "") + _LETTERS[low]


def table_of(files: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    """Return the rows of one of a run's CSV files, their cells as they were before guarding."""
    lines = files[name].decode("utf-8").splitlines()
    return [
        {key: unguarded(cell) if cell[:1] == "'" else cell for key, cell in row.items()}
        for row in csv.DictReader(lines)
    ]


def json_of(files: Mapping[str, bytes], name: str) -> Any:
    """Return the content of one of a run's JSON files."""
    return json.loads(files[name])
