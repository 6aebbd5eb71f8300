"""Ids: what they may look like, and what spreadsheets do to them."""

from __future__ import annotations

import re
from datetime import date

APPLICANT_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
"""What the id of an applicant looks like."""
PLACE_ID = re.compile(r"[\w.-]{1,64}")
"""What the id of a school or zone looks like: letters of any script are allowed."""

_WORTH_A_LOOK = re.compile(r"\d{12}|\d[eE]")
_MANGLED = re.compile(r"\d(\.\d+[eE]\+?|[eE]\+)\d{1,3}")
_ROUNDED = re.compile(r"\d{12,}000")
_IDENTITY = re.compile(r"G?(\d{17}[\dX])")
_PROVINCES = (
    *(11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46),
    *(50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83),
)
"""First two digits of an identity number."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def what_is_wrong(text: str, form: re.Pattern[str], personal: bool) -> str:
    """Return the code of what is wrong with an id, "" for a good or an empty one.

    Parameters
    ----------
    form
        What the id must look like.
    personal
        Whether it stands for a child, so that an identity number is refused.
    """
    if form.fullmatch(text) and not _WORTH_A_LOOK.search(text):
        return ""
    if _MANGLED.fullmatch(text):
        return "ID_MANGLED"
    if personal and is_identity_number(text):
        return "ID_IS_IDENTITY_NUMBER"
    if text and form.fullmatch(text) is None:
        return "ID_MALFORMED"
    return "ID_ROUNDED" if _ROUNDED.fullmatch(text) else ""


def is_identity_number(text: str) -> bool:
    """Return whether text is a valid resident identity number (GB 11643), or contains one.

    The province, the birth date and the check digit must be right; the register number that
    is `G` and an identity number counts too, and so do `x` and the sign `×` for `X`.
    """
    match = _IDENTITY.fullmatch(text.upper().replace("×", "X"))
    if match is None:
        return False
    number = match[1]
    if int(number[:2]) not in _PROVINCES or not _is_birth_date(number[6:14]):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECK_DIGITS[total % 11] == number[17]


def _is_birth_date(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= born.year < 2100
