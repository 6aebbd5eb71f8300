"""The years ahead of every scenario: the table, and its lines on the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Group
from rich.table import Table

from enroll.notices import formats, translate
from enroll.notices.kinds import N_
from enroll.report.comparison.rows import letter_of
from enroll.report.forecast_tables import classes_of, levels_of
from enroll.report.screen import words
from enroll.tables.csv_out import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from enroll.notices import Language
    from enroll.records import Ints, Schools

HEADER = (
    "scenario",
    "year",
    "school_id",
    "grade",
    "pupils",
    "low",
    "high",
    "classes",
    "largest_class",
    "level",
)
_SCHOOLS_SHOWN = 3
_COUNTY = {
    "entrants": N_("entrants"),
    "classes": N_("classes"),
    "red": N_("grades above the class limit"),
    "orange": N_("grades above the standard"),
}
_AHEAD = N_("The years ahead: county")
_WHERE = N_("Entrants of the schools that change most, and their seats to the standard")
_SEATS = N_("seats")


@dataclass(frozen=True)
class Ahead:
    """The years ahead of one scenario: Y years, k schools, G grades.

    Parameters
    ----------
    schools
        As the scenario's changes leave them.
    pupils, low, high
        (Y, k, G) whole pupils.
    """

    name: str
    schools: Schools
    years: Ints
    grades: Ints
    pupils: Ints
    low: Ints
    high: Ints


def ahead_csv(scenarios: Sequence[Ahead]) -> bytes:
    """Return `compare-years.csv`: every grade of every school that may have pupils."""
    parts = [_columns(ahead) for ahead in scenarios]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return csv_bytes(HEADER, columns)


def _columns(ahead: Ahead) -> list[np.ndarray]:
    classes, largest = classes_of(ahead.pupils, ahead.schools)
    level = levels_of(ahead.pupils, largest, ahead.schools)
    year, school, grade = np.nonzero((ahead.pupils > 0) | (ahead.high > 0))
    at = (year, school, grade)
    return [
        np.full(len(year), ahead.name, dtype=object),
        ahead.years[year],
        ahead.schools.school_id[school],
        ahead.grades[grade],
        *(part[at] for part in (ahead.pupils, ahead.low, ahead.high, classes, largest, level)),
    ]


def ahead_view(scenarios: Sequence[Ahead], language: Language) -> RenderableType:
    """Return the county by year under each scenario, and the schools that change most."""
    years = [str(year) for year in scenarios[0].years.tolist()]
    county = _table(["", translate(_AHEAD, language), *years], 2)
    for name, label in _COUNTY.items():
        for number, ahead in enumerate(scenarios):
            cells = map(formats.number, _county(ahead)[name].tolist())
            county.add_row(letter_of(number), translate(label, language), *cells)
    schools = _table(["", translate(_WHERE, language), translate(_SEATS, language), *years], 2)
    for row in _rows(scenarios):
        schools.add_row(*row)
    return Group(county, "", schools)


def _county(ahead: Ahead) -> dict[str, Ints]:
    """Return (Y,) figures of all schools together."""
    classes, largest = classes_of(ahead.pupils, ahead.schools)
    level = levels_of(ahead.pupils, largest, ahead.schools)
    return {
        "entrants": ahead.pupils[:, :, 0].sum(axis=1),
        "classes": classes.sum(axis=(1, 2)),
        "red": (level == "red").sum(axis=(1, 2)),
        "orange": (level == "orange").sum(axis=(1, 2)),
    }


def _rows(scenarios: Sequence[Ahead]) -> Iterator[list[str]]:
    """Yield the schools that each scenario changes most, after what they are in the first."""
    entrants = [_entrants(ahead) for ahead in scenarios]
    seats = [_seats(ahead) for ahead in scenarios]
    chosen = [_most_changed(entrants[0], other) for other in entrants[1:]]
    for school in dict.fromkeys(name for names in chosen for name in names):
        for number, ahead in enumerate(scenarios):
            if school in entrants[number] and (number == 0 or school in chosen[number - 1]):
                cells = map(formats.number, entrants[number][school].tolist())
                place = ahead.schools.school_id.tolist().index(school)
                name = str(ahead.schools.name[place])
                yield [letter_of(number), name, formats.number(seats[number][school]), *cells]


def _entrants(ahead: Ahead) -> dict[str, Ints]:
    ids = ahead.schools.school_id.tolist()
    return {school: ahead.pupils[:, place, 0] for place, school in enumerate(ids)}


def _seats(ahead: Ahead) -> dict[str, int]:
    seats = (ahead.schools.classes * ahead.schools.class_standard).tolist()
    return dict(zip(ahead.schools.school_id.tolist(), seats, strict=True))


def _most_changed(first: dict[str, Ints], other: dict[str, Ints]) -> list[str]:
    """Return the schools whose entrants differ most in some year, most first."""
    apart = {}
    for school in {*first, *other}:
        before, after = first.get(school), other.get(school)
        values = 0 if before is None else before, 0 if after is None else after
        apart[school] = int(np.abs(np.subtract(*values)).max())
    ordered = sorted((-count, school) for school, count in apart.items() if count)
    return [school for _, school in ordered[:_SCHOOLS_SHOWN]]


def _table(head: Sequence[str], left: int) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    for place, name in enumerate(head):
        table.add_column(words(name), justify="left" if place < left else "right", min_width=1)
    return table
