"""Numbers, shares, lengths and dates as a reader of each language writes them.

For what people read: terminal, pages, workbooks, messages. Tables and JSON that programs read hold
plain figures and ISO dates, the same in every language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from enroll.notices.kinds import N_, Phrase

if TYPE_CHECKING:
    from datetime import date

Language = Literal["en", "zh"]

METRES = N_("{value} m")
KILOMETRES = N_("{value} km")
_NAMED = N_("{name} ({id})")
_DAY = N_("{day} {month} {year}")
_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"),
    N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_LEAST_KILOMETRES = 1000


def number(value: int) -> str:
    """Return a whole number with its thousands parted: `1,234`, in both languages."""
    return f"{value:,}"


def signed(value: int) -> str:
    """Return a difference with its sign: `+1,234`."""
    return f"{value:+,}"


def decimal(value: float, places: int, *, signed: bool = False) -> str:
    """Return a number with so many decimals: `1,234.5`; with its sign where it is a difference."""
    return f"{value:{'+' if signed else ''},.{places}f}"


def share(count: int, whole: int, language: Language) -> str:
    """Return a share in per cent with one decimal, halves up; "" of nothing.

    English has a space before the sign (ISO 31), Chinese has none: `6.1 %`, `6.1%`.
    """
    if not whole:
        return ""
    tenths = (2000 * count + whole) // (2 * whole)
    return percent(f"{tenths // 10}.{tenths % 10}", language)


def percent(value: int | str, language: Language) -> str:
    """Return so many per cent with the sign."""
    return f"{value}%" if language == "zh" else f"{value} %"


def day(value: date, language: Language) -> str:
    """Return a day: `2026-09-05`, which is read alike all over the world, and `2026年9月5日`."""
    if language == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return value.isoformat()


def spoken_day(value: date) -> Phrase:
    """Return a day as families are told it: `5 September 2026`, and `2026年9月5日`."""
    month = Phrase(_MONTHS[value.month - 1])
    return Phrase(_DAY, {"day": str(value.day), "month": month, "year": str(value.year)})


def length(metres: int) -> Phrase:
    """Return a round length, such as that of a scale bar, in the unit that fits it."""
    if metres < _LEAST_KILOMETRES:
        return Phrase(METRES, {"value": metres})
    whole, rest = divmod(metres, _LEAST_KILOMETRES)
    shown = f"{whole}.{rest:03}".rstrip("0") if rest else str(whole)
    return Phrase(KILOMETRES, {"value": shown})


def with_id(name: str, own_id: str) -> Phrase | str:
    """Return what a school, zone or group is called, with its id where that is something else."""
    if not name or name == own_id:
        return own_id
    return Phrase(_NAMED, {"name": name, "id": own_id})
