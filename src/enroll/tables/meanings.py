"""From one tidy cell to a number, a date or a word; None where it is none."""

from __future__ import annotations

import re
from datetime import date, timedelta

_WHOLE = re.compile(r"([+-]?[0-9]{1,18})(\.0*)?")
_DECIMAL = re.compile(r"[+-]?([0-9]{1,12}(\.[0-9]{0,20})?|\.[0-9]{1,20})")
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d*)?)?Z?)?"
_DATES = tuple(
    re.compile(form + _TIME, re.ASCII)
    for form in (
        r"(\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})",
        r"(\d{4}) ?年 ?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日?",
        r"(\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    )
)
_SERIAL = re.compile(r"[2-6][0-9]{4}")
_SERIAL_ZERO = date(1899, 12, 30)

_YES = frozenset(("yes", "y", "1", "true", "是", "有", "服从", "同意", "接受"))
_NO = frozenset(("no", "n", "0", "false", "否", "无", "不服从", "不同意", "不接受"))


def whole(text: str) -> int | None:
    """Return a whole number; `20.0` is one, `1_000` and `1e3` are none."""
    match = _WHOLE.fullmatch(text)
    return int(match[1]) if match else None


def decimal(text: str) -> float | None:
    """Return a decimal number in plain digits."""
    return float(text) if _DECIMAL.fullmatch(text) else None


def day(text: str) -> date | None:
    """Return a date: 2019-08-31, 2019/8/31, 2019.8.31, 20190831 or 2019年8月31日."""
    for form in _DATES:
        match = form.fullmatch(text)
        if match:
            return _date(int(match[1]), int(match["month"]), int(match["day"]))
    return None


def workbook_day(text: str) -> date | None:
    """Return a date, also from the day number that a workbook shows without a date format."""
    if _SERIAL.fullmatch(text):
        return _SERIAL_ZERO + timedelta(days=int(text))
    return day(text)


def yes_or_no(text: str) -> bool | None:
    """Return True for yes and False for no, in the usual words."""
    word = text.casefold()
    if word in _YES:
        return True
    return False if word in _NO else None


def _date(year: int, month: int, day_of_month: int) -> date | None:
    try:
        found = date(year, month, day_of_month)
    except ValueError:
        return None
    return found if 1900 <= year <= 2100 else None
