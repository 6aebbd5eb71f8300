"""What the public learns of each redirect round: values of five and more, prices in bands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enroll.report.publication.suppression import SMALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from enroll.records import JsonValue
    from enroll.report.pages.reading import Record
    from enroll.report.publication.contents import Contents
    from enroll.report.publication.suppression import Cell

PRICE_BANDS = (500, 1000, 2000, 3000, 5000)
"""Metres up to which a band of prices reaches."""

PLACES = "places"
"""Of a price: one seat more would place, or keep in its place, one more child."""

_KM = 1000
_OF_ONE_WAY = ("farthest",)


def public_certificate(contents: Contents, hidden: frozenset[Cell]) -> dict[str, JsonValue]:
    """Return the public `certificate.json`.

    Children are counted in steps of five, a sum of ways in whole kilometres, and nothing is said
    of a group of which a round placed fewer than five, or whose redirects are hidden elsewhere.
    """
    few = {group for name, group, how in _threes(hidden) if name == "group" and how == "REDIRECT"}
    open_schools = _open_schools(contents, hidden)
    rounds: list[JsonValue] = [
        _round(one, few, open_schools) for one in contents.data.certificate["rounds"]
    ]
    return {"format": 1, "rounds": rounds}


def _threes(hidden: frozenset[Cell]) -> Iterable[tuple[str, str, str]]:
    return ((cell[0], cell[1], cell[2]) for cell in hidden if len(cell) == 3)


def _open_schools(contents: Contents, hidden: frozenset[Cell]) -> set[str]:
    """Return the schools of which it is public how many children came by which rule."""
    closed = {line for name, line, _ in _threes(hidden) if name == "school"}
    return {row["school_id"] for row in contents.schools} - closed


def _round(one: Record, few: set[str], open_schools: set[str]) -> JsonValue:
    counted = {(level["what"], level["group"]): level["value"] for level in one["counted"]}
    levels = [
        {**level, "value": counted.get((level["what"], level["group"]), level["value"])}
        for level in one["levels"]
    ]
    small = few | {
        level["group"] for level in levels if level["what"] == "placed" and level["value"] < SMALL
    }
    return {
        "round": one["round"],
        "levels": [_level(level, small) for level in levels],
        "prices": prices_of(one["levels"]),
        "overloads": [
            _overload(each, open_schools) for each in one["overloads"] if each["demand"] >= SMALL
        ],
    }


def _level(level: Record, small: set[str]) -> JsonValue:
    value: int | None = None if level["group"] in small else level["value"]
    if value is not None:
        value = in_steps(level["what"], value)
    return {"what": level["what"], "group": level["group"], "value": value}


def in_steps(what: str, value: int) -> int | None:
    """Return a value as coarse as the public may have it: metres as kilometres, below."""
    if what == "ways":
        return value // _KM
    if what in _OF_ONE_WAY:
        return -(-value // _KM)
    return value // SMALL * SMALL or None


def prices_of(levels: Iterable[Record]) -> dict[str, JsonValue]:
    """Return what one seat more would save at each school where it would save something."""
    table: list[tuple[str, Mapping[str, int]]] = []
    for level in levels:
        if level["what"] == "farthest":
            continue
        names = [*(what for what, _ in table), level["what"]]
        listed = level["prices"]
        parts = listed if isinstance(listed, list) else [*(part for _, part in table), listed]
        table = list(zip(names, parts, strict=True))
    prices: dict[str, JsonValue] = {}
    for what, part in table:
        for school in sorted(part):
            if part[school] and school not in prices:
                prices[school] = _band(what, part[school])
    return dict(sorted(prices.items()))


def _band(what: str, part: int) -> str:
    """Return the first part of a price, which is above zero, in words or as a band of metres."""
    if what != "ways":
        return PLACES if what in ("kept", "placed") else what
    low = 1
    for bound in PRICE_BANDS:
        if part <= bound:
            return f"{low}-{bound}"
        low = bound + 1
    return f"over {PRICE_BANDS[-1]}"


def _overload(one: Record, open_schools: set[str]) -> JsonValue:
    """Return a witness; the seats left tell how schools were filled, so they may be hidden."""
    seats = one["seats"]
    shown = open_schools.issuperset(one["schools"]) and not 0 < seats < SMALL
    return {
        "schools": one["schools"],
        "demand": one["demand"],
        "seats": seats if shown else None,
    }
