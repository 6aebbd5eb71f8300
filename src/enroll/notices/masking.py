"""Values as they may appear in a message: short, printable and not personal."""

from __future__ import annotations

import re

_LONGEST_SHOWN = 40
_UNPRINTABLE = re.compile(
    r"[^\x20-\x7e\u00a1-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U0003fffd]"
)
_LONG_NUMBER = re.compile(r"\d{6,}")
_INVISIBLE = re.compile(r"[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def mask(value: str) -> str:
    """Return a value fit for a message: control characters escaped, cut to 40 characters."""
    return printable(value if len(value) <= _LONGEST_SHOWN else value[: _LONGEST_SHOWN - 1] + "…")


def mask_word(value: str) -> str:
    """Return a word fit for a message, the digits of a number that could be somebody's hidden.

    In shifted columns an identity or telephone number stands where a word should.
    """
    return mask(_LONG_NUMBER.sub(lambda number: "9" * len(number.group()), value))


def printable(text: str) -> str:
    """Return a whole sentence or path with control and invisible characters escaped."""
    return _INVISIBLE.sub(_escape, _UNPRINTABLE.sub(_escape, text))


def mask_id(value: str) -> str:
    """Return an id with all but its first four and last two characters hidden."""
    shown = mask(value)
    return shown if len(shown) <= 6 else f"{shown[:4]}…{shown[-2:]}"


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"
