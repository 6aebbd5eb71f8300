"""The tables of a run, read back."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

from enroll.tables import unguarded

if TYPE_CHECKING:
    from collections.abc import Mapping


def table_of(files: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    """Return the rows of one of a run's CSV files, their cells as they were before guarding."""
    lines = files[name].decode("utf-8").splitlines()
    return [{key: unguarded(cell) for key, cell in row.items()} for row in csv.DictReader(lines)]


def json_of(files: Mapping[str, bytes], name: str) -> Any:
    """Return the content of one of a run's JSON files."""
    return json.loads(files[name])
