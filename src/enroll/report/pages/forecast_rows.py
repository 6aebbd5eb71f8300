"""The lines of a forecast's page: schools with their fans, the calendar of warnings, the gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from enroll.notices.kinds import N_
from enroll.report.forecast_tables import ALL_GRADES
from enroll.report.gaps import COUNTY
from enroll.report.pages.fans import FAN, Course, Fan, fan
from enroll.report.warnings_ahead import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from enroll.report.pages.reading import Columns

KIND_LETTERS = {
    "oversized_class": N_("CL"),
    "oversized_school": N_("SC"),
    "red": N_("FU"),
    "yellow": N_("NF"),
    "small_school": N_("SM"),
}
"""Two letters for each kind of warning, so that colour is not needed."""

COUNTY_SIZE = (780, 260)

_WORST = list(LEVELS)


class Forecast(NamedTuple):
    """What the files of a forecast say: its years and grades, and its tables by name."""

    years: Sequence[int]
    grades: Sequence[int]
    tables: Mapping[str, Columns]

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        """Yield the lines of a table."""
        columns = self.tables[name]
        for cells in zip(*columns.values(), strict=True):
            yield dict(zip(columns, cells, strict=True))


class Range(NamedTuple):
    """Pupils of a year, and the range that 8 in 10 courses lie in."""

    pupils: int
    low: int
    high: int


class Warned(NamedTuple):
    """A warning in one year: its kind, whether it is in the forecast itself, percent of courses."""

    kind: str
    inside: bool
    chance: int


class SchoolRow(NamedTuple):
    """A school.

    Parameters
    ----------
    entrants, pupils
        By year of the forecast: the entry grade, and all grades.
    counted, counted_all
        The last roll's; None where it had none.
    worst, first
        The worst warning in the forecast itself and its first year, "" and 0 without one.
    entry_fan, fan
        Drawings of both.
    """

    school_id: str
    name: str
    area: str
    seats_standard: int
    seats_limit: int
    school_limit: int
    entrants: Sequence[Range]
    pupils: Sequence[Range]
    counted: int | None
    counted_all: int | None
    worst: str
    first: int
    entry_fan: Fan
    fan: Fan


class CalendarRow(NamedTuple):
    """A school or zones, with the worst warning of each year or None."""

    place: str
    id: str
    name: str
    cells: Sequence[Warned | None]


class AreaRow(NamedTuple):
    """An area and grade: its children against its seats.

    Parameters
    ----------
    area, county
        Its name, "" for the county.
    first_gap
        Line of `gaps.csv` of the first year with a gap; None without one.
    worst
        Line of the year with the largest gap, or the smallest number of seats to spare.
    """

    area: str
    county: bool
    grade: str
    first_gap: Mapping[str, str] | None
    worst: Mapping[str, str]
    fan: Fan


_NOTHING = Range(0, 0, 0)
Counts = dict[str, dict[int, Any]]


def school_rows(found: Forecast) -> list[SchoolRow]:
    """Return every school that has pupils, those with the worst and earliest warning first."""
    entrants = _ranges(found, "forecast", str(found.grades[0]))
    pupils = _ranges(found, "forecast-schools")
    past: Counts = {}
    for row in found.rows("forecast-past"):
        counts = int(row["entrants"]), int(row["pupils"])
        past.setdefault(row["school_id"], {})[int(row["year"])] = counts
    warned = _first_warnings(found)
    rows = [
        _school(found, row, entrants, pupils, past, warned)
        for row in found.rows("forecast-seats")
        if row["school_id"] in pupils or row["school_id"] in past
    ]
    return sorted(rows, key=_worst_first)


def _worst_first(row: SchoolRow) -> tuple[int, int, str]:
    worst = _WORST.index(row.worst) if row.worst else len(_WORST)
    return worst, row.first, row.school_id


def _ranges(found: Forecast, table: str, grade: str = "") -> Counts:
    ranges: Counts = {}
    for row in found.rows(table):
        if not grade or row["grade"] == grade:
            told = Range(int(row["pupils"]), int(row["low"]), int(row["high"]))
            ranges.setdefault(row["school_id"], {})[int(row["year"])] = told
    return ranges


def _first_warnings(found: Forecast) -> dict[str, tuple[str, int]]:
    """Return the worst warning of each school in the forecast itself, and its first year."""
    worst: dict[str, tuple[str, int]] = {}
    for row in found.rows("warnings-by-year"):
        if row["place"] == "school" and row["forecast"] == "yes":
            told = row["warning"], int(row["year"])
            known = worst.get(row["id"], told)
            worst[row["id"]] = min(known, told, key=lambda one: (_WORST.index(one[0]), one[1]))
    return worst


def _school(
    found: Forecast,
    row: Mapping[str, str],
    entrants: Counts,
    pupils: Counts,
    past: Counts,
    warned: Mapping[str, tuple[str, int]],
) -> SchoolRow:
    school = row["school_id"]
    counted: dict[int, tuple[int, int]] = past.get(school, {})
    own = [entrants.get(school, {}).get(year, _NOTHING) for year in found.years]
    everybody = [pupils.get(school, {}).get(year, _NOTHING) for year in found.years]
    standard, limit = int(row["seats_standard"]), int(row["seats_limit"])
    most = int(row["school_limit"])
    last = counted.get(found.years[0] - 1)
    opens = int(row["classes"]) > 0
    entry_course, course = (
        Course(
            [(year, counts[part]) for year, counts in sorted(counted.items())],
            [(year, *told) for year, told in zip(found.years, ranges, strict=True)],
        )
        for part, ranges in ((0, own), (1, everybody))
    )
    return SchoolRow(
        school_id=school,
        name=row["name"],
        area=row["area"],
        seats_standard=standard,
        seats_limit=limit,
        school_limit=most,
        entrants=own,
        pupils=everybody,
        counted=None if last is None else last[0],
        counted_all=None if last is None else last[1],
        worst=warned.get(school, ("", 0))[0],
        first=warned.get(school, ("", 0))[1],
        entry_fan=fan(entry_course, standard if opens else None, limit if opens else None, FAN),
        fan=fan(course, None, most, FAN),
    )


def county_fans(found: Forecast) -> list[tuple[str, Fan, list[Range]]]:
    """Return the county's entrants and all its pupils: grade, drawing, numbers by year."""
    sums: dict[int, list[int]] = {}
    for row in found.rows("forecast-past"):
        both = sums.setdefault(int(row["year"]), [0, 0])
        both[0] += int(row["entrants"])
        both[1] += int(row["pupils"])
    fans = []
    for part, grade in enumerate((str(found.grades[0]), ALL_GRADES)):
        rows = [row for row in found.rows("forecast-county") if row["grade"] == grade]
        told = [Range(int(row["pupils"]), int(row["low"]), int(row["high"])) for row in rows]
        counted = [(year, counts[part]) for year, counts in sorted(sums.items())]
        ahead = [(year, *one) for year, one in zip(found.years, told, strict=True)]
        fans.append((grade, fan(Course(counted, ahead), None, None, COUNTY_SIZE), told))
    return fans


def calendar(found: Forecast) -> list[CalendarRow]:
    """Return the worst warning of every place and year, places with the worst and soonest first."""
    at = {year: number for number, year in enumerate(found.years)}
    places: dict[tuple[str, str, str], list[Warned | None]] = {}
    for row in found.rows("warnings-by-year"):
        names = row["place"], row["id"], row["name"]
        cells = places.setdefault(names, [None] * len(at))
        told = Warned(row["warning"], row["forecast"] == "yes", int(row["chance"]))
        known = cells[at[int(row["year"])]]
        if known is None or _rank(told) < _rank(known):
            cells[at[int(row["year"])]] = told
    rows = [CalendarRow(*names, cells) for names, cells in places.items()]
    return sorted(rows, key=_soonest)


def _rank(one: Warned) -> tuple[bool, int]:
    """Return how bad a warning is: what is in the forecast before what is only possible."""
    return not one.inside, _WORST.index(one.kind)


def _soonest(row: CalendarRow) -> tuple[tuple[bool, int], int, int, str, str]:
    told = [(_rank(one), at, -one.chance) for at, one in enumerate(row.cells) if one]
    return *min(told), row.place, row.id


def area_rows(found: Forecast) -> list[AreaRow]:
    """Return the areas, the county last, first by the entry grade and then by all grades."""
    parts: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in found.rows("gaps"):
        parts.setdefault((row["grade"], row["area"]), []).append(row)
    return [_area(grade, area, lines) for (grade, area), lines in parts.items()]


def _area(grade: str, area: str, lines: Sequence[Mapping[str, str]]) -> AreaRow:
    gaps = [line for line in lines if int(line["gap_standard"]) > 0]
    ahead = [
        (int(line["year"]), int(line["demand"]), int(line["low"]), int(line["high"]))
        for line in lines
    ]
    standard, limit = int(lines[0]["seats_standard"]), int(lines[0]["seats_limit"])
    return AreaRow(
        area="" if area == COUNTY else area,
        county=area == COUNTY,
        grade=grade,
        first_gap=gaps[0] if gaps else None,
        worst=max(lines, key=lambda line: int(line["gap_standard"])),
        fan=fan(Course([], ahead), standard, limit, FAN),
    )
