"""Files in and out: tables and maps read as text, checked cell by cell; CSV written.

The names are imported when they are first used, because reading pulls in numpy and the
schema.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enroll.tables.csv_out import csv_bytes, unguarded
    from enroll.tables.inputs import Reading, read_inputs
    from enroll.tables.past import PastReading, grades_of, read_past
    from enroll.tables.plans import read_plan

__all__ = [
    "PastReading",
    "Reading",
    "csv_bytes",
    "grades_of",
    "read_inputs",
    "read_past",
    "read_plan",
    "unguarded",
]

_HOMES = {
    "PastReading": "past",
    "Reading": "inputs",
    "csv_bytes": "csv_out",
    "grades_of": "past",
    "read_inputs": "inputs",
    "read_past": "past",
    "read_plan": "plans",
    "unguarded": "csv_out",
}


def __getattr__(name: str) -> object:
    """Import an exported name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
