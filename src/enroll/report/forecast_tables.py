"""The files of a forecast: by school and grade, by school, by zone, for the county."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.forecast import bounds, divided, whole_courses
from enroll.report.json_out import json_bytes
from enroll.report.manifest import origin, seal
from enroll.tables.csv_out import csv_bytes

if TYPE_CHECKING:
    import numpy.typing as npt

    from enroll.notices import Language
    from enroll.records import Flags, Ints, JsonValue, Schools, Texts
    from enroll.report.outlook import Outlook

NEAR_FULL = 90
"""Percent of the standard seats from which a grade is yellow."""

ALL_GRADES = "all"

CLASS_COLUMNS = ("classes", "largest_class", "level")
"""What `forecast.csv` says of classes."""


def forecast_files(
    outlook: Outlook, demand_year: int | None = None, language: Language = "en"
) -> dict[str, bytes]:
    """Return the content of a forecast's folder by file name, `SHA256SUMS` included.

    Parameters
    ----------
    demand_year
        Also write the expected children of this year as blocks of demand.
    language
        Of the page; every other file is the same in all languages.
    """
    from enroll.report.gaps import gaps_csv
    from enroll.report.pages import NOTICES, PAGE, notices_json
    from enroll.report.pages.forecast_page import forecast_page
    from enroll.report.warnings_ahead import groups_csv, warnings_files

    files = {
        "forecast.csv": grades_csv(outlook),
        "forecast-schools.csv": schools_csv(outlook),
        "forecast-zones.csv": zones_csv(outlook),
        "forecast-county.csv": county_csv(outlook),
        "forecast-past.csv": past_csv(outlook),
        "forecast-seats.csv": seats_csv(outlook),
        **warnings_files(outlook),
        "gaps.csv": gaps_csv(outlook),
        "ratios.csv": ratios_csv(outlook),
        "summary.json": json_bytes(_summary(outlook), indent=2),
        "manifest.json": _manifest(outlook),
        NOTICES: notices_json(outlook.notices),
    }
    if outlook.register is not None:
        files["groups-ahead.csv"] = groups_csv(outlook)
    if outlook.scores:
        files["backtest.csv"] = backtest_csv(outlook)
    if demand_year is not None:
        files[f"demand-{demand_year}.csv"] = demand_csv(outlook, demand_year)
    files[PAGE] = forecast_page(files, language)
    return {**files, "SHA256SUMS": seal(files)}


def classes_of(pupils: Ints, schools: Schools) -> tuple[Ints, Ints]:
    """Return (..., m, G) classes and the size of the largest: fewest that keep to the standard.

    Every grade has at most the classes that the school plans for its entry grade, as in an
    allocation (design R11); a school that plans none keeps as many as its pupils need.
    """
    standard, planned = schools.class_standard[:, None], schools.classes[:, None]
    needed = -(-pupils // standard)
    classes = np.where(planned > 0, np.minimum(needed, planned), needed)
    return classes, np.where(pupils > 0, -(-pupils // np.maximum(classes, 1)), 0)


def levels_of(pupils: Ints, largest: Ints, schools: Schools) -> Texts:
    """Return (..., m, G) levels: red over the class limit, orange over the standard, yellow near.

    A grade is yellow from 90 % of the standard seats of its planned classes.
    """
    seats = (schools.classes * schools.class_standard)[:, None]
    level = np.full(pupils.shape, "", dtype=object)
    level[(pupils > 0) & (pupils * 100 >= seats * NEAR_FULL)] = "yellow"
    level[np.broadcast_to(largest > schools.class_standard[:, None], level.shape)] = "orange"
    level[np.broadcast_to(largest > schools.class_limit[:, None], level.shape)] = "red"
    return level


def grades_csv(outlook: Outlook) -> bytes:
    """Return `forecast.csv`: every grade of every school that may have pupils."""
    told, schools = outlook.told, outlook.inputs.schools
    low, high = bounds(told.samples, told.pupils)
    classes, largest = classes_of(told.pupils, schools)
    level = levels_of(told.pupils, largest, schools)
    year, school, grade = np.nonzero((told.pupils > 0) | (high > 0))
    at = (year, school, grade)
    header = [
        "year",
        "school_id",
        "grade",
        "pupils",
        "low",
        "high",
        "classes",
        "largest_class",
        "level",
    ]
    columns = [told.years[year], schools.school_id[school], told.grades[grade]]
    return csv_bytes(
        header,
        [*columns, *(part[at] for part in (told.pupils, low, high, classes, largest, level))],
    )


def schools_csv(outlook: Outlook) -> bytes:
    """Return `forecast-schools.csv`: every school, all grades of the stage together."""
    told, schools = outlook.told, outlook.inputs.schools
    pupils = told.pupils.sum(axis=2)
    low, high = bounds(told.samples.sum(axis=3, dtype=np.int64), pupils)
    year, school = np.nonzero((pupils > 0) | (high > 0))
    at = (year, school)
    header = ["year", "school_id", "name", "pupils", "low", "high", "school_limit"]
    columns = [told.years[year], schools.school_id[school], schools.name[school]]
    numbers = [part[at] for part in (pupils, low, high)]
    return csv_bytes(header, [*columns, *numbers, schools.school_limit[school]])


def past_csv(outlook: Outlook) -> bytes:
    """Return `forecast-past.csv`: the roll's entrants and pupils of every school, year by year."""
    roll, schools = outlook.past.roll, outlook.inputs.schools
    pupils = roll.pupils.sum(axis=2)
    year, school = np.nonzero(pupils > 0)
    columns = [roll.years[year], schools.school_id[school]]
    numbers = [part[year, school] for part in (roll.pupils[:, :, 0], pupils)]
    return csv_bytes(["year", "school_id", "entrants", "pupils"], [*columns, *numbers])


def seats_csv(outlook: Outlook) -> bytes:
    """Return `forecast-seats.csv`: the planned entry classes of every school and their seats."""
    schools = outlook.inputs.schools
    header = ["school_id", "name", "area", "classes", "seats_standard", "seats_limit"]
    sizes = (schools.class_standard, schools.class_limit)
    columns = [schools.school_id, schools.name, schools.area, schools.classes]
    return csv_bytes(
        [*header, "school_limit"],
        [*columns, *(schools.classes * size for size in sizes), schools.school_limit],
    )


def zones_csv(outlook: Outlook) -> bytes:
    """Return `forecast-zones.csv`: every zone and grade; zones add up to the county."""
    told = outlook.told
    pupils = zone_pupils(outlook)
    ends = [zone_bounds(outlook, year, of_year) for year, of_year in enumerate(pupils)]
    low, high = (np.stack(part) for part in zip(*ends, strict=True))
    year, grade, zone = np.nonzero((pupils > 0) | (high > 0))
    at = (year, grade, zone)
    header = ["year", "zone_id", "grade", "pupils", "low", "high"]
    columns = [told.years[year], _zone_ids(outlook)[zone], told.grades[grade]]
    return csv_bytes(header, [*columns, *(part[at] for part in (pupils, low, high))])


def zone_pupils(outlook: Outlook) -> Ints:
    """Return (Y, G, z) pupils living in each zone."""
    return divided(outlook.told.pupils.transpose(0, 2, 1), outlook.shares)


def zone_bounds(outlook: Outlook, year: int, pupils: Ints) -> tuple[Ints, Ints]:
    """Return (G, z) low and high bounds of the pupils of each zone, in the year at a place."""
    courses = outlook.told.samples[:, year].transpose(0, 2, 1)
    return bounds(whole_courses(courses, outlook.shares), pupils)


def county_csv(outlook: Outlook) -> bytes:
    """Return `forecast-county.csv`: each grade of the county, and all of them together."""
    told = outlook.told
    pupils, low, high, grades = county_pupils(outlook)
    count = len(grades)
    header = ["year", "grade", "pupils", "low", "high", "assumed"]
    entry = np.array([place in (0, count - 1) for place in range(count)])
    assumed: Flags = told.assumed[:, None] & entry
    return csv_bytes(
        header,
        [
            np.repeat(told.years, count),
            [*grades] * len(told.years),
            *(part.ravel() for part in (pupils, low, high)),
            assumed.ravel(),
        ],
    )


def county_pupils(outlook: Outlook) -> tuple[Ints, Ints, Ints, list[str]]:
    """Return (Y, G + 1) pupils of the county, low, high, and the grades; the last is `all`."""
    told = outlook.told
    courses = told.samples.sum(axis=2, dtype=np.int64)
    wide = np.concatenate([courses, courses.sum(axis=2, keepdims=True)], axis=2)
    by_grade = told.pupils.sum(axis=1)
    pupils = np.concatenate([by_grade, by_grade.sum(axis=1, keepdims=True)], axis=1)
    low, high = bounds(wide, pupils)
    return pupils, low, high, [*map(str, told.grades.tolist()), ALL_GRADES]


def demand_csv(outlook: Outlook, year: int) -> bytes:
    """Return `demand-YEAR.csv`: the children of each zone and grade as one block."""
    told = outlook.told
    place = int(np.flatnonzero(told.years == year)[0])
    pupils = zone_pupils(outlook)[place]
    low, high = zone_bounds(outlook, place, pupils)
    grade, zone = np.nonzero((pupils > 0) | (high > 0))
    at = (grade, zone)
    ids, grades = _zone_ids(outlook)[zone], told.grades[grade]
    blocks = [f"{one}-{number}" for one, number in zip(ids, grades.tolist(), strict=True)]
    header = ["block_id", "zone_id", "grade", "group", "pupils", "low", "high"]
    numbers = [part[at] for part in (pupils, low, high)]
    return csv_bytes(header, [blocks, ids, grades, [""] * len(blocks), *numbers])


def ratios_csv(outlook: Outlook) -> bytes:
    """Return `ratios.csv`: each past year's ratio of all schools, in millionths, and its breaks."""
    told, years = outlook.told, outlook.past.roll.years[1:]
    step, grade = np.nonzero(np.isfinite(told.pooled))
    header = ["year", "grade", "ratio_ppm", "break"]
    millionths = _millionths(told.pooled[step, grade])
    return csv_bytes(
        header, [years[step], told.grades[grade], millionths, told.breaks[step, grade]]
    )


def backtest_csv(outlook: Outlook) -> bytes:
    """Return `backtest.csv`: errors in thousandths of a pupil, coverage in thousandths."""
    header = ["level", "lead", "cases", "actual", "bias", "error", "covered", "last_year", "line"]
    scores = outlook.scores
    names = header[3:]
    return csv_bytes(
        header,
        [
            [score.level for score in scores],
            [score.lead for score in scores],
            [score.cases for score in scores],
            *([round(getattr(score, name) * 1000) for score in scores] for name in names),
        ],
    )


def _millionths(ratios: npt.NDArray[np.float64]) -> Ints:
    return np.floor(ratios * 1e6 + 0.5).astype(np.int64)


def _zone_ids(outlook: Outlook) -> Texts:
    zones = outlook.inputs.zones.zone_id
    if len(zones):
        return zones
    return np.array(["county"], dtype=object)


def _summary(outlook: Outlook) -> JsonValue:
    told = outlook.told
    pupils, low, high, grades = county_pupils(outlook)
    classes, largest = classes_of(told.pupils, outlook.inputs.schools)
    level = levels_of(told.pupils, largest, outlook.inputs.schools)
    return {
        "title": outlook.scenario.settings.title,
        "roll": {
            "first": int(told.years[0]) - len(outlook.past.roll.years),
            "last": int(told.years[0]) - 1,
        },
        "years": [
            {
                "year": year,
                "assumed": bool(told.assumed[place]),
                "pupils": dict(zip(grades, pupils[place].tolist(), strict=True)),
                "low": dict(zip(grades, low[place].tolist(), strict=True)),
                "high": dict(zip(grades, high[place].tolist(), strict=True)),
                "classes": int(classes[place].sum()),
                "levels": {
                    name: int((level[place] == name).sum()) for name in ("red", "orange", "yellow")
                },
            }
            for place, year in enumerate(told.years.tolist())
        ],
    }


def _manifest(outlook: Outlook) -> bytes:
    told = outlook.told
    made = {
        **origin(outlook.scenario, outlook.past.sources, outlook.inputs.changed),
        "forecast": {"years": told.years.tolist(), "samples": len(told.samples)},
    }
    return json_bytes(made, indent=2)
