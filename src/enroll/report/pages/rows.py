"""The lines of a page's tables, each with what a small drawing beside it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from enroll.report.pages.counting import ways_by_group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.report.pages.reading import Columns, Record, RunData

BAR = 200
"""Width of a bar or a histogram in units of its drawing."""

BINS = 25
"""Bars of a histogram; the last one holds everything beyond."""

_BIN_HEIGHT = 24
_LEVELS = ("red", "orange", "yellow", "")


class SchoolRow(NamedTuple):
    """A school with its figures and the drawing of its largest class.

    Parameters
    ----------
    figures
        The line of `schools.csv`, its numbers as numbers.
    standard, limit
        Class sizes.
    bar, standard_at, limit_at
        Largest class, standard and limit in units of `BAR`.
    state
        `within` the standard, `above` it, or over the `limit`.
    """

    figures: Record
    standard: int
    limit: int
    smallest: int
    bar: int
    standard_at: int
    limit_at: int
    state: str


class GroupRow(NamedTuple):
    """A group, or everybody, with its figures and how its ways to school are spread.

    Parameters
    ----------
    name, figures
        Its name, and its part of `summary.json`.
    bars
        Heights of the bars, at most 24.
    """

    name: str
    figures: Record
    bars: Sequence[int]


class Spread(NamedTuple):
    """The ways to school by group, all on one scale.

    Parameters
    ----------
    rows
        Everybody, then the groups, best first.
    bin_m
        Metres of one bar.
    """

    rows: Sequence[GroupRow]
    bin_m: int


def records_of(columns: Columns) -> list[Record]:
    """Return the lines of a table, cells that are whole numbers as such."""
    rows = zip(*columns.values(), strict=True)
    return [dict(zip(columns, map(_cell, columns, row), strict=True)) for row in rows]


def _cell(name: str, text: str) -> Any:
    return text if name in _WORDS or not text.lstrip("-").isdecimal() else int(text)


_WORDS = frozenset({"school_id", "name", "level", "round", "cutoff", "setting", "value", "target"})


def school_rows(data: RunData) -> list[SchoolRow]:
    """Return the schools, worst level and fullest classes first."""
    sizes: dict[str, list[int]] = {}
    classes = data.tables["classes"]
    for school, size in zip(classes["school_id"], classes["size"], strict=True):
        sizes.setdefault(school, []).append(int(size))
    rules = {row["id"]: row for row in data.rules["schools"]}
    figures = records_of(data.tables["schools"])
    widest = max(
        [1]
        + [row["largest_class"] for row in figures]
        + [rules[row["school_id"]]["class_limit"] for row in figures]
    )
    rows = [
        _school_row(row, rules[row["school_id"]], sizes.get(row["school_id"], [0]), widest)
        for row in figures
    ]
    return sorted(rows, key=_fullest)


def _school_row(figures: Record, rules: Record, sizes: list[int], widest: int) -> SchoolRow:
    largest = figures["largest_class"]
    standard, limit = rules["class_standard"], rules["class_limit"]
    above = "limit" if largest > limit else "above"
    return SchoolRow(
        figures,
        standard,
        limit,
        min(sizes),
        bar=BAR * largest // widest,
        standard_at=BAR * standard // widest,
        limit_at=BAR * limit // widest,
        state=above if largest > standard else "within",
    )


def _fullest(row: SchoolRow) -> tuple[int, float, str]:
    level = row.figures["level"]
    worst = _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)
    return worst, -row.figures["largest_class"] / max(row.standard, 1), row.figures["school_id"]


def spread_of_ways(data: RunData) -> Spread:
    """Return how far children of each group go."""
    ways = ways_by_group(data)
    everybody = [metres for part in ways.values() for metres in part]
    whole = data.summary["all"]
    far = max(whole["distance_m"]["p95"], data.rules["far_m"]) if whole["distance_m"] else 0
    bin_m = max(-(-far * 5 // 4 // BINS) // 50 * 50, 50)
    rows = [GroupRow("", whole, _bars(everybody, bin_m))]
    rows += [
        GroupRow(row["name"], row, _bars(ways.get(row["group"], []), bin_m))
        for row in data.summary["groups"]
    ]
    return Spread(rows, bin_m)


def _bars(ways: list[int], bin_m: int) -> list[int]:
    counts = [0] * BINS
    for metres in ways:
        counts[min(metres // bin_m, BINS - 1)] += 1
    highest = max(counts)
    return [-(-_BIN_HEIGHT * count // highest) if highest else 0 for count in counts]
