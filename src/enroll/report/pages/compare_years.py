"""The years ahead of a comparison: the county, and the schools that the scenarios change most."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from enroll.report.pages.compare_rows import school_names
from enroll.report.pages.fans import FAN, Axis, line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.report.pages.compare_rows import Comparison

MOST_SCHOOLS = 12
"""Schools whose years are shown: those whose entrants a scenario changes most."""

_LETTER = 9
"""Height of a letter in units of the drawing."""

Counts = dict[tuple[str, str], dict[int, int]]
"""Entrants by scenario and school, by year."""


class Course(NamedTuple):
    """One scenario's line: its letter and place, the numbers by year, its path, its seats."""

    letter: str
    place: int
    numbers: Sequence[int]
    path: str
    seats: int | None


class SchoolYears(NamedTuple):
    """A school's entrants under each scenario that has it, on one scale.

    Parameters
    ----------
    labels
        Letters at the ends of the lines and how far down they stand; lines that end together
        share one.
    """

    name: str
    school_id: str
    courses: Sequence[Course]
    labels: Sequence[tuple[str, int]]


class Years(NamedTuple):
    """The years ahead.

    Parameters
    ----------
    county
        By figure and scenario: letter and numbers by year.
    schools
        Those that change most, the most first.
    """

    years: Sequence[int]
    county: Sequence[tuple[str, str, Sequence[int]]]
    schools: Sequence[SchoolYears]
    left_out: int
    fan: tuple[int, int]


def years_of(found: Comparison, columns: Mapping[str, list[str]]) -> Years:
    """Return the years of `compare-years.csv`."""
    years = sorted(set(map(int, columns["year"])))
    entrants = _entrants(columns)
    chosen = _most_changed(found, entrants, years)
    names = school_names(found)
    return Years(
        years,
        _county(found, columns, years),
        [
            _school(found, entrants, years, (names.get(school, school), school))
            for school in chosen[:MOST_SCHOOLS]
        ],
        max(len(chosen) - MOST_SCHOOLS, 0),
        FAN,
    )


def _entrants(columns: Mapping[str, list[str]]) -> Counts:
    """Return the pupils of the lowest grade."""
    lowest = min(map(int, columns["grade"]))
    counts: Counts = {}
    names = ("scenario", "school_id", "year", "grade", "pupils")
    for scenario, school, year, grade, pupils in zip(*(columns[n] for n in names), strict=True):
        if int(grade) == lowest:
            counts.setdefault((scenario, school), {})[int(year)] = int(pupils)
    return counts


def _most_changed(found: Comparison, entrants: Counts, years: Sequence[int]) -> list[str]:
    """Return the schools whose entrants differ from the first scenario in some year, most first."""
    first = found.sides[0]["name"]
    apart: dict[str, int] = {}
    for school in {school for _, school in entrants}:
        before = entrants.get((first, school), {})
        for side in found.sides[1:]:
            after = entrants.get((side["name"], school), {})
            most = max(abs(after.get(year, 0) - before.get(year, 0)) for year in years)
            apart[school] = max(apart.get(school, 0), most)
    return sorted((one for one in apart if apart[one]), key=lambda one: (-apart[one], one))


def _school(
    found: Comparison, entrants: Counts, years: Sequence[int], names: tuple[str, str]
) -> SchoolYears:
    school = names[1]
    seats = {side["letter"]: _seats(found, side["name"], school) for side in found.sides}
    numbers = {
        side["letter"]: [entrants[side["name"], school].get(year, 0) for year in years]
        for side in found.sides
        if (side["name"], school) in entrants
    }
    top = max([1, *(count for each in numbers.values() for count in each)])
    axis = Axis(years[0], years[-1], top)
    courses = [
        Course(letter, [*seats].index(letter), each, line(axis, years, each), seats[letter])
        for letter, each in numbers.items()
    ]
    ends = [(axis.y(each[-1]), letter) for letter, each in numbers.items()]
    return SchoolYears(*names, courses, _labels(sorted(ends)))


def _labels(ends: Sequence[tuple[int, str]]) -> list[tuple[str, int]]:
    """Return letters by where their lines end, those that would cover each other as one."""
    labels: list[tuple[str, int]] = []
    for down, letter in ends:
        if labels and down - labels[-1][1] < _LETTER:
            labels[-1] = labels[-1][0] + letter, labels[-1][1]
        else:
            labels.append((letter, down))
    return [("".join(sorted(letters)), down) for letters, down in labels]


def _seats(found: Comparison, scenario: str, school: str) -> int | None:
    for row in found.schools[scenario]:
        if row["school_id"] == school and row["class_standard"]:
            return int(row["classes"]) * int(row["class_standard"])
    return None


def _county(
    found: Comparison, columns: Mapping[str, list[str]], years: Sequence[int]
) -> list[tuple[str, str, Sequence[int]]]:
    """Return entrants, classes and full grades of all schools together by scenario and year."""
    lowest, at = min(map(int, columns["grade"])), {year: n for n, year in enumerate(years)}
    sums = {
        (name, side["name"]): [0] * len(years)
        for name in ("entrants", "classes", "red", "orange")
        for side in found.sides
    }
    names = ("scenario", "year", "grade", "pupils", "classes", "level")
    for row in zip(*(columns[name] for name in names), strict=True):
        scenario, year, grade, pupils, classes, level = row
        place = at[int(year)]
        sums["classes", scenario][place] += int(classes)
        if int(grade) == lowest:
            sums["entrants", scenario][place] += int(pupils)
        if level in ("red", "orange"):
            sums[level, scenario][place] += 1
    letters = {side["name"]: side["letter"] for side in found.sides}
    return [(name, letters[scenario], counts) for (name, scenario), counts in sums.items()]
