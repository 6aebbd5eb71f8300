"""Warnings of the next years, taken from the folder that `enroll forecast` wrote.

A warning is about schools and zones. Children are expected children, and a number of 1 to 4
of them is never told, nor can it be found from two others.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from enroll.errors import UsageError
from enroll.notices import about_plans as say
from enroll.notices.refusing import usage_error
from enroll.report.manifest import RUN_FORMAT, SUMS, origin
from enroll.report.pages.reading import read_columns
from enroll.report.run_folder import read_run
from enroll.report.warnings_ahead import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from enroll.notices import Language, Level
    from enroll.records import JsonValue, Source
    from enroll.scenario import LoadedScenario

YEARS = 3
"""Years that families are warned of: the scenario's and the two after it."""

FEWEST = 5
"""Fewer children than these are not told."""

WARNINGS = "warnings-ahead.csv"
GROUPS = "groups-ahead.csv"

_FOR_FAMILIES = ("oversized_class", "oversized_school", "red", "yellow")
"""Whether a small school is kept is the county's choice, and no warning to a family."""

_SAME = ("stage", "year", "limits", "change")
"""Settings that a forecast must share with the plan; its school files must be the same too."""

Row = dict[str, str]


class Warned(NamedTuple):
    """A warning about a school, or about zones that share schools.

    Parameters
    ----------
    place
        `school` or `zone`.
    ids
        One school, or one zone or more.
    kind, level
        Key of `warnings_ahead.LEVELS`, and its level; yellow where it is only possible.
    possible, first
        First year in the forecast or in 1 of 10 courses; first year in the forecast, 0 where
        that is none of the years told.
    value, chance
        Children expected, and percent of the courses with the warning, in `first`, or in
        `possible` where no year has it in the forecast. None where they are those of a year that
        is not told; `value` also where it is below 5.
    bound
        Seats, or the size that is passed.
    """

    place: str
    ids: Sequence[str]
    kind: str
    level: Level
    possible: int
    first: int
    value: int | None
    bound: int
    chance: int | None


class UpTo(NamedTuple):
    """Children of a group and all better ones who are expected in zones that share schools.

    Parameters
    ----------
    zones, year, group
        Where, when, and the last group that is counted.
    children, seats
        How many are expected, and the seats of these zones' schools within the standard.
    chance
        Percent of the courses with more children than seats.
    """

    zones: Sequence[str]
    year: int
    group: str
    children: int
    seats: int
    chance: int


@dataclass(frozen=True)
class Ahead:
    """What a forecast warns of.

    Parameters
    ----------
    first, last
        The years told.
    warnings
        Those in the forecast before those only possible; worst kinds first, then the sooner.
    groups
        Of the zones that are warned of.
    digest
        SHA-256 of the forecast's `SHA256SUMS`.
    """

    first: int
    last: int
    warnings: Sequence[Warned]
    groups: Sequence[UpTo]
    digest: str


def read_ahead(
    folder: Path, scenario: LoadedScenario, sources: Iterable[Source], language: Language
) -> Ahead:
    """Return the warnings of a forecast's folder.

    Parameters
    ----------
    folder
        As `enroll forecast` wrote it.
    scenario, sources
        The plan's own, which the forecast must have been made from.
    language
        Of the sentence that refuses.

    Raises
    ------
    UsageError
        Where the folder is no forecast, was changed since, or belongs to something else.
    """
    from enroll.lottery.protocol import sha256_hex

    if not (folder / SUMS).is_file():
        raise usage_error(say.NO_FORECAST, language, folder=folder)
    files = read_run(folder, language=language)
    first = scenario.settings.year
    try:
        other = _other(json.loads(files["manifest.json"]), origin(scenario, sources))
        if other:
            raise usage_error(say.OTHER_FORECAST, language, folder=folder, what=other)
        warnings = list(_warnings(_rows(files[WARNINGS]), first, first + YEARS - 1))
        zones = {
            one.ids for one in warnings if one.place == "zone" and one.kind in ("red", "yellow")
        }
        # Made where the scenario has applicants, by whose shares the groups are forecast.
        by_group = _rows(files[GROUPS]) if GROUPS in files else []
        groups = list(_groups(by_group, zones, range(first, first + YEARS)))
    except UsageError:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise usage_error(say.NO_FORECAST, language, folder=folder) from error
    return Ahead(first, first + YEARS - 1, warnings, groups, sha256_hex(files[SUMS]))


def _rows(content: bytes) -> list[Row]:
    columns = read_columns(content)
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _other(made: Mapping[str, JsonValue], plan: Mapping[str, JsonValue]) -> str:
    """Return what a forecast does not share with the plan, "" where it fits.

    Raises
    ------
    KeyError, TypeError, ValueError
        Where the manifest is not that of a forecast which this version reads.
    """
    if made["format"] != RUN_FORMAT:
        raise ValueError("format")
    years = _dict(made["forecast"])["years"]
    theirs, own = (_dict(_dict(one["scenario"])["settings"]) for one in (made, plan))
    for key in _SAME:
        if theirs[key] != own[key]:
            return key
    if not isinstance(years, list) or own["year"] not in years:
        return "year"
    for role in ("schools", "zones"):
        if _digests(made, role) != _digests(plan, role):
            return role
    return ""


def _digests(manifest: Mapping[str, JsonValue], role: str) -> list[JsonValue]:
    inputs = manifest["inputs"]
    if not isinstance(inputs, list):
        raise TypeError("inputs")
    return [_dict(one)["sha256"] for one in inputs if _dict(one)["role"] == role]


def _dict(value: JsonValue) -> dict[str, JsonValue]:
    if not isinstance(value, dict):
        raise TypeError("a table is missing")
    return value


def _warnings(rows: Iterable[Row], first: int, last: int) -> Iterator[Warned]:
    """Yield what concerns the years told; a place that is full is not called nearly full too."""
    told = [one for one in map(_warning, rows) if one is not None]
    told = [_within(one, last) for one in told if first <= one.possible <= last]
    full = {(one.ids, one.possible, one.first) for one in told if one.kind == "red"}
    order = list(LEVELS)
    told.sort(key=lambda one: (not one.first, order.index(one.kind), one.possible, one.ids))
    for one in told:
        if one.kind != "yellow" or (one.ids, one.possible, one.first) not in full:
            yield one


def _warning(row: Row) -> Warned | None:
    kind = row["warning"]
    if kind not in _FOR_FAMILIES:
        return None
    value = int(row["value"])
    return Warned(
        row["place"],
        tuple(row["id"].split(";")),
        kind,
        LEVELS[kind],
        possible=int(row["first_possible"]),
        first=int(row["first_year"] or 0),
        value=value if value >= FEWEST else None,
        bound=int(row["bound"]),
        chance=int(row["chance"]),
    )


def _within(one: Warned, last: int) -> Warned:
    """Return a warning whose figures are those of a year that is told."""
    if not one.first:
        return one._replace(level="yellow")  # the figures are those of the first possible year
    if one.first > last:
        return one._replace(level="yellow", first=0, value=None, chance=None)
    return one


def _groups(rows: Iterable[Row], zones: set[Sequence[str]], years: range) -> Iterator[UpTo]:
    """Yield the cumulative figures, leaving out each that would tell 1 to 4 children."""
    places: dict[tuple[Sequence[str], int], list[Row]] = {}
    for row in rows:
        key = tuple(row["zone_ids"].split(";")), int(row["year"])
        if key[0] in zones and key[1] in years:
            places.setdefault(key, []).append(row)
    for (ids, year), of_place in sorted(places.items(), key=lambda item: item[0]):
        for row in told_rows(of_place):
            children, seats = int(row["upto"]), int(row["seats_standard"])
            yield UpTo(ids, year, row["group"], children, seats, int(row["chance"]))


def told_rows(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of one place and year between which at least 5 children lie.

    The rows are cumulative: the difference of two that are told is a number of children.
    """
    total, before = int(rows[-1]["upto"]), 0
    told = []
    for row in rows:
        upto = int(row["upto"])
        if upto - before >= FEWEST and (upto == total or total - upto >= FEWEST):
            told.append(row)
            before = upto
    return told
