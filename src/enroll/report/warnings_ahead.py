"""Warnings years ahead: which school and which zone fills up, and when, by the forecast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.forecast import share_out, whole_courses
from enroll.forecast.reaching import POSSIBLE, percent, reached
from enroll.records import NONE
from enroll.report.forecast_tables import NEAR_FULL, classes_of, zone_pupils
from enroll.tables.csv_out import csv_bytes
from enroll.watch.schools import OVERSIZED
from enroll.watch.zones import find_catchments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from enroll.forecast.reaching import Reached
    from enroll.notices import Level
    from enroll.records import Flags, Ints
    from enroll.report.outlook import Outlook
    from enroll.watch.zones import Catchment

SMALL = 100
"""A school with fewer pupils in all grades is small."""

LEVELS: dict[str, Level] = {
    "oversized_class": "red",
    "oversized_school": "red",
    "red": "red",
    "yellow": "yellow",
    "small_school": "info",
}
"""Kinds of warnings, worst first, and their levels."""


@dataclass(frozen=True)
class Ahead:
    """One warning about one school or zone.

    Parameters
    ----------
    place
        `school` or `zone`; zones that share schools are one.
    id, name
        Ids and names, several separated by `;`.
    kind
        Key of `LEVELS`.
    possible, first
        First year in the forecast or in 1 of 10 courses; first year in the forecast, 0 for none.
    value, bound
        The figure of that year and the one that it is held against.
    chance, by_then
        Percent of the courses in that year, and by its end.
    years
        Years of the forecast with it.
    group
        First group that does not fit beside the better ones; "" where all fit or none is known.
    """

    place: str
    id: str
    name: str
    kind: str
    possible: int
    first: int
    value: int
    bound: int
    chance: int
    by_then: int
    years: int
    group: str = ""


@dataclass(frozen=True)
class _Figures:
    """One figure of k places, and when it happens."""

    value: Ints
    bound: Ints
    reached: Reached


_Places = tuple[dict[str, _Figures], list[tuple[str, str, str]]]
"""Figures by kind of warning, and what each place is called: what it is, ids, names."""


def warnings_ahead(outlook: Outlook) -> tuple[Ahead, ...]:
    """Return every warning that is in the forecast or in 1 of 10 courses, schools first."""
    return _warnings(outlook, _places(outlook))


def warnings_files(outlook: Outlook) -> dict[str, bytes]:
    """Return `warnings-ahead.csv` and `warnings-by-year.csv`, counted once for both."""
    places = list(_places(outlook))
    return {
        "warnings-ahead.csv": warnings_csv(_warnings(outlook, places)),
        "warnings-by-year.csv": _years_csv(outlook, places),
    }


def _warnings(outlook: Outlook, places: Iterable[_Places]) -> tuple[Ahead, ...]:
    return tuple(
        warning
        for figures, named in places
        for place, names in enumerate(named)
        for warning in _named(outlook, figures, place, names)
    )


def warnings_csv(warnings: Sequence[Ahead]) -> bytes:
    """Return `warnings-ahead.csv`."""
    return csv_bytes(
        [
            "place",
            "id",
            "name",
            "warning",
            "first_possible",
            "first_year",
            "value",
            "bound",
            "chance",
            "chance_by_then",
            "years",
            "group",
        ],
        [
            [one.place for one in warnings],
            [one.id for one in warnings],
            [one.name for one in warnings],
            [one.kind for one in warnings],
            [str(one.possible) for one in warnings],
            [str(one.first) if one.first else "" for one in warnings],
            *(
                np.array([getattr(one, name) for one in warnings], dtype=np.int64)
                for name in ("value", "bound", "chance", "by_then", "years")
            ),
            [one.group for one in warnings],
        ],
    )


def _years_csv(outlook: Outlook, places: Iterable[_Places]) -> bytes:
    """Return `warnings-by-year.csv`: each warning in each year in which it may be, by place."""
    header = ["place", "id", "name", "warning", "year", "value", "bound", "forecast", "chance"]
    rows = list(_by_year(outlook, places))
    columns = list(zip(*rows, strict=True)) or [()] * len(header)
    return csv_bytes(
        header,
        [
            np.array(column, dtype=np.int64) if name in _WHOLE else list(column)
            for name, column in zip(header, columns, strict=True)
        ],
    )


_WHOLE = frozenset({"year", "value", "bound", "chance"})


def _by_year(outlook: Outlook, places: Iterable[_Places]) -> Iterator[tuple[str | int, ...]]:
    """Yield every warning that is in the forecast or in 1 of 10 courses of a year."""
    for figures, named in places:
        for place, names in enumerate(named):
            for kind, one in figures.items():
                told, chance = one.reached.forecast[:, place], one.reached.chance[:, place]
                for at in np.flatnonzero(told | (chance >= POSSIBLE)).tolist():
                    when, value = int(outlook.told.years[at]), int(one.value[at, place])
                    inside = "yes" if told[at] else "no"
                    bound = int(one.bound[place])
                    yield *names, kind, when, value, bound, inside, int(chance[at])


def _places(outlook: Outlook) -> Iterator[_Places]:
    """Yield the figures of all schools, then of all zones, each with what they are called."""
    schools, zones = outlook.inputs.schools, outlook.inputs.zones
    yield (
        _school_figures(outlook),
        [
            ("school", str(one), str(name))
            for one, name in zip(schools.school_id, schools.name, strict=True)
        ],
    )
    catchments = find_catchments(zones)
    if catchments:
        members = [list(each.zones) for each in catchments]
        yield (
            _zone_figures(outlook, catchments),
            [("zone", ";".join(zones.zone_id[at]), ";".join(zones.name[at])) for at in members],
        )


def _school_figures(outlook: Outlook) -> dict[str, _Figures]:
    schools, told = outlook.inputs.schools, outlook.told
    most = np.minimum(schools.class_limit, OVERSIZED - 1)
    entry = told.pupils[:, :, 0]
    total = told.pupils.sum(axis=2)
    courses = told.samples.sum(axis=3, dtype=np.int64)
    largest = classes_of(told.pupils, schools)[1].max(axis=2)
    drawn_entry = told.samples[..., 0].astype(np.int64)
    seats = schools.classes * schools.class_standard
    drawn = np.stack([classes_of(one, schools)[1].max(axis=2) for one in told.samples])
    there = (schools.classes > 0) & (outlook.past.roll.pupils[-1].sum(axis=1) > 0)
    return {
        "oversized_class": _above(largest, drawn, most),
        "oversized_school": _above(total, courses, schools.school_limit),
        **_full(entry, drawn_entry, seats),
        "small_school": _figures(
            total, SMALL, there & (total < SMALL), there & (courses < SMALL)
        ),
    }  # fmt: skip


def _zone_figures(outlook: Outlook, catchments: Sequence[Catchment]) -> dict[str, _Figures]:
    schools = outlook.inputs.schools
    entry, total, drawn_entry, drawn_total = pupils_of(outlook, catchments)
    standard, limit, all_of = (
        np.array([figure[list(one.schools)].sum() for one in catchments])
        for figure in (
            schools.classes * schools.class_standard,
            schools.classes * np.minimum(schools.class_limit, OVERSIZED - 1),
            schools.school_limit,
        )
    )
    return {
        "oversized_class": _above(entry, drawn_entry, limit),
        "oversized_school": _above(total, drawn_total, all_of),
        **_full(entry, drawn_entry, standard),
    }


def pupils_of(outlook: Outlook, catchments: Sequence[Catchment]) -> tuple[Ints, Ints, Ints, Ints]:
    """Return (Y, c) entrants and all pupils of some catchments, and (S, Y, c) their courses."""
    by_zone = zone_pupils(outlook)
    members = np.zeros((by_zone.shape[2], len(catchments)), dtype=np.int64)
    for place, one in enumerate(catchments):
        members[list(one.zones), place] = 1
    samples = outlook.told.samples
    lives = share_out(outlook.shares, members.astype(np.float64))
    drawn = [
        whole_courses(part, lives)
        for part in (samples[..., 0], samples.sum(axis=3, dtype=np.int64))
    ]
    return by_zone[:, 0] @ members, by_zone.sum(axis=1) @ members, drawn[0], drawn[1]


def _above(value: Ints, courses: Ints, bound: Ints) -> _Figures:
    return _figures(value, bound, value > bound, courses > bound)


def _full(value: Ints, courses: Ints, seats: Ints) -> dict[str, _Figures]:
    return {
        "red": _figures(value, seats, _filled(value, seats, 100), _filled(courses, seats, 100)),
        "yellow": _figures(
            value, seats, _filled(value, seats, NEAR_FULL), _filled(courses, seats, NEAR_FULL)
        ),
    }


def _filled(pupils: Ints, seats: Ints, share: int) -> Flags:
    flags: Flags = (pupils > 0) & (pupils.astype(np.int64) * 100 >= seats * share)
    return flags


def _figures(value: Ints, bound: Ints | int, now: Flags, courses: Flags) -> _Figures:
    wide = np.broadcast_to(np.asarray(bound, dtype=np.int64), value.shape[1:])
    return _Figures(value, wide, reached(now, courses))


def _named(
    outlook: Outlook, figures: dict[str, _Figures], place: int, names: tuple[str, str, str]
) -> Iterator[Ahead]:
    """Yield the warnings of one place, worst first."""
    years = outlook.told.years
    for kind, one in figures.items():
        first, possible = (
            int(part[place]) for part in (one.reached.first, one.reached.first_possible)
        )
        if possible == NONE:
            continue
        at = possible if first == NONE else first
        yield Ahead(
            *names,
            kind,
            possible=int(years[possible]),
            first=0 if first == NONE else int(years[first]),
            value=int(one.value[at, place]),
            bound=int(one.bound[place]),
            chance=int(one.reached.chance[at, place]),
            by_then=int(one.reached.by_then[at, place]),
            years=int(one.reached.forecast[:, place].sum()),
            group=_group(outlook, names, kind, int(one.value[at, place]), int(one.bound[place])),
        )


def _group(
    outlook: Outlook, names: tuple[str, str, str], kind: str, demand: int, seats: int
) -> str:
    """Return the first group that does not fit into the seats of a zone beside the better ones."""
    register = outlook.register
    if register is None or names[0] != "zone" or kind not in ("red", "yellow"):
        return ""
    ids = outlook.inputs.zones.zone_id.tolist()
    counts = register.counts[[ids.index(one) for one in names[1].split(";")]].sum(axis=0)
    upto = cumulative(demand, counts if counts.sum() else register.counts.sum(axis=0))
    over = np.flatnonzero(upto > seats)
    return register.ids[int(over[0])] if len(over) else ""


def cumulative(demand: Ints | int, counts: Ints) -> Ints:
    """Return (..., g) children of each group and all better ones, by the register's shares.

    Halves are rounded up; the last is all of them.
    """
    total = max(int(counts.sum()), 1)
    upto: Ints = (2 * np.asarray(demand)[..., None] * counts.cumsum() + total) // (2 * total)
    return upto


def groups_csv(outlook: Outlook) -> bytes:
    """Return `groups-ahead.csv`: the children of each zone up to each group against its seats."""
    header = ["year", "zone_ids", "group", "pupils", "upto", "seats_standard", "chance"]
    rows: list[tuple[int, str, str, int, int, int, int]] = []
    register, zones, schools = outlook.register, outlook.inputs.zones, outlook.inputs.schools
    catchments = find_catchments(zones) if register is not None else []
    if register is not None and catchments:
        entry, _, drawn, _ = pupils_of(outlook, catchments)
        for place, one in enumerate(catchments):
            at = list(one.schools)
            seats = int((schools.classes[at] * schools.class_standard[at]).sum())
            counts = register.counts[list(one.zones)].sum(axis=0)
            counts = counts if counts.sum() else register.counts.sum(axis=0)
            upto = cumulative(entry[:, place], counts)
            over = (cumulative(drawn[:, :, place], counts) > seats).sum(axis=0)
            chance = percent(over, len(drawn))
            each = np.diff(upto, axis=1, prepend=0)
            ids = ";".join(zones.zone_id[list(one.zones)])
            for year, group in np.ndindex(upto.shape):
                when = int(outlook.told.years[year])
                own, all_of = int(each[year, group]), int(upto[year, group])
                share = int(chance[year, group])
                rows.append((when, ids, register.ids[group], own, all_of, seats, share))
    rows.sort(key=lambda row: row[:2])
    columns = list(zip(*rows, strict=True)) or [()] * len(header)
    texts = {1, 2}
    return csv_bytes(
        header,
        [
            list(column) if place in texts else np.array(column, dtype=np.int64)
            for place, column in enumerate(columns)
        ],
    )
