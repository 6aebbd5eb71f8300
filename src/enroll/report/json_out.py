"""JSON whose bytes depend on nothing but its content."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enroll.records import JsonValue


def json_bytes(value: JsonValue, *, indent: int | None = None) -> bytes:
    """Return a value as UTF-8 JSON: keys sorted, no number but integers, one final line end.

    Parameters
    ----------
    indent
        Spaces per level for files that people read; without it, no space at all.

    Raises
    ------
    TypeError
        Where the value holds a float, whose digits could differ between machines.
    """
    _refuse_floats(value)
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(
        value, sort_keys=True, indent=indent, separators=separators, ensure_ascii=False
    )
    return text.encode("utf-8") + b"\n"


def _refuse_floats(value: JsonValue) -> None:
    if isinstance(value, float):
        message = f"a result holds the inexact number {value!r}"
        raise TypeError(message)
    if isinstance(value, dict):
        for part in value.values():
            _refuse_floats(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            _refuse_floats(part)
