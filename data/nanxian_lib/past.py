"""The years behind: rolls since 2019, births, and new homes.

Births rose until 2013 and have halved since; the junior schools feel the large years until about
2027, the primary schools have seats to spare soon after. The roll of 2025 agrees with the tables
of schools: its top grade are the `leavers`, and all grades below the `other_grades` of 2026.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nanxian_lib.chance import Chance
from nanxian_lib.plane import MILLION, to_grid
from nanxian_lib.rolls import grades_above, own_rolls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nanxian_lib.children import Child
    from nanxian_lib.places import Plan, Stage
    from nanxian_lib.plane import Point
    from nanxian_lib.siting import Zone

FIRST_YEAR, LAST_YEAR = 2019, 2025

BIRTHS = {
    2003: 115, 2004: 117, 2005: 118, 2006: 119, 2007: 121, 2008: 124, 2009: 128, 2010: 132,
    2011: 138, 2012: 142, 2013: 144, 2014: 142, 2015: 134, 2016: 129, 2017: 123, 2018: 112,
    2019: 105, 2020: 96, 2021: 86, 2022: 77, 2023: 71, 2024: 72, 2025: 65,
}  # fmt: skip
"""Births of the county by year; only their proportions count."""

GROWING = {"SYN-P09": 2021}
"""Schools that opened in this year with two grades and grew by one a year."""

RETURN_YEAR, RETURN = 2022, 1.03
"""One autumn when families came back from elsewhere: a year that falls outside the others."""

SEAT = "Nanzhou"
Row = dict[str, Any]


def cohort(entry: int, age: int) -> float:
    """Return the births of the children who enter in a year: September to August."""
    return (8 * BIRTHS[entry - age] + 4 * BIRTHS[entry - age - 1]) / 12


@dataclass(frozen=True)
class _School:
    """What the courses of one school's cohorts follow from.

    Parameters
    ----------
    drift
        Ratio from one grade to the next.
    """

    plan: Plan
    grades: tuple[int, ...]
    drift: float


def roll_rows(stage: Stage) -> list[Row]:
    """Return the pupils by year, school and grade, 2019 to 2025."""
    rolls = own_rolls(stage)
    rows: list[Row] = []
    for plan in sorted(stage.plans, key=lambda plan: plan.school_id):
        chance = Chance(f"past {stage.letter} {plan.school_id}")
        grades = tuple(_first_grade(stage) + step for step in range(grades_above(stage, plan) + 1))
        seat = plan.town == SEAT
        drift = (1.008 if seat else 0.990) + chance.between(-0.006, 0.006)
        school = _School(plan, grades, drift)
        now = _grades_now(stage, school, *rolls[plan.school_id])
        rows += _years_of(stage, school, now, chance)
    return sorted(rows, key=lambda row: (row["year"], row["school_id"], row["grade"]))


def _first_grade(stage: Stage) -> int:
    return 7 if stage.letter == "J" else 1


def _age(stage: Stage) -> int:
    return 12 if stage.letter == "J" else 6


def _grades_now(stage: Stage, school: _School, others: int, leavers: int) -> list[int]:
    """Return the pupils of each grade in 2025, by birth years, adding up to the table."""
    below = school.grades[:-1]
    weights = [
        cohort(LAST_YEAR - step, _age(stage)) * school.drift**step for step in range(len(below))
    ]
    exact = [others * weight / sum(weights) for weight in weights]
    whole = [int(part) for part in exact]
    order = sorted(range(len(below)), key=lambda place: (whole[place] - exact[place], place))
    for place in order[: others - sum(whole)]:
        whole[place] += 1
    return [*whole, leavers]


def _years_of(stage: Stage, school: _School, now: list[int], chance: Chance) -> list[Row]:
    """Return the rows of one school, every cohort followed back from 2025."""
    opened = GROWING.get(school.plan.school_id, 0)
    rows: list[Row] = []
    for step in range(len(now) + LAST_YEAR - FIRST_YEAR):
        entry = LAST_YEAR - step
        for place, grade in enumerate(school.grades):
            year = entry + place
            if not FIRST_YEAR <= year <= LAST_YEAR:
                continue
            pupils = _pupils(stage, school, now, (entry, place), chance)
            if opened and (year < opened or place > 1 + year - opened):
                continue
            rows.append({"year": year, "school_id": school.plan.school_id, "grade": grade,
                         "pupils": pupils})  # fmt: skip
    return rows


def _pupils(
    stage: Stage, school: _School, now: list[int], cell: tuple[int, int], chance: Chance
) -> int:
    """Return one cell: the cohort's size in 2025, or the oldest one's, scaled to its year."""
    entry, place = cell
    last = len(now) - 1
    anchor = min(LAST_YEAR - entry, last)
    size = float(now[anchor])
    if LAST_YEAR - entry > last:
        size *= cohort(entry, _age(stage)) / cohort(LAST_YEAR - last, _age(stage))
    if entry + place == LAST_YEAR:
        return now[place]
    noise = chance.between(0.975, 1.025)
    returned = RETURN if entry + place < RETURN_YEAR else 1.0
    return max(round(size * school.drift ** (place - anchor) * noise / returned), 1)


def birth_rows(stage: Stage, zones: list[Zone], children: Iterable[Child]) -> list[Row]:
    """Return births by calendar year and zone, in proportion to this year's entrants."""
    chance = Chance(f"births {stage.letter}")
    counted = Counter(child.lives_in.zone_id for child in children if child.lives_in is not None)
    age = _age(stage)
    first = 2005 if stage.letter == "J" else 2012
    rows: list[Row] = []
    for year in range(first, LAST_YEAR + 1):
        for zone in sorted(zones, key=lambda zone: zone.zone_id):
            entering = 1.08 if zone.town == SEAT else 0.94
            scale = counted[zone.zone_id] / entering / cohort(LAST_YEAR + 1, age)
            births = round(scale * BIRTHS[year] * chance.between(0.95, 1.05))
            rows.append({"year": year, "zone_id": zone.zone_id, "births": births})
    return rows


def home_rows(stage: Stage, sites: dict[str, Point]) -> list[Row]:
    """Return the estates that are being built; a place is that of the nearest school, moved."""
    letter = stage.letter
    near = {"P": ("SYN-P09", "SYN-P10", "SYN-P43"), "J": ("SYN-J05", "SYN-J06", "SYN-J21")}[letter]
    plans = ((2026, 420, 24, 10), (2027, 280, 22, 9), (2028, 160, 26, 12))
    rows: list[Row] = []
    for school, (year, dwellings, primary, junior) in zip(near, plans, strict=True):
        lon, lat = to_grid(sites[school])
        rows.append({
            "lon": f"{(lon + 2500) / MILLION:.6f}", "lat": f"{(lat + 1500) / MILLION:.6f}",
            "year": year, "dwellings": dwellings,
            "primary_per_100": primary, "junior_per_100": junior,
            "occupancy_1": 35, "occupancy_2": 60, "occupancy_3": 80, "occupancy_4": 95,
        })  # fmt: skip
    return rows


CHINESE = {
    "year": "学年", "school_id": "学校代码", "grade": "年级", "pupils": "在校生数",
    "zone_id": "片区编号", "births": "出生人数", "lon": "经度", "lat": "纬度",
    "dwellings": "套数", "primary_per_100": "每百户小学生", "junior_per_100": "每百户初中生",
    "occupancy_1": "入住率1", "occupancy_2": "入住率2", "occupancy_3": "入住率3",
    "occupancy_4": "入住率4",
}  # fmt: skip
"""Headers of the junior office's own tables; births and homes call their year 年份."""


def in_words_of(stage: Stage, rows: list[Row], year: str = "学年") -> list[Row]:
    """Return rows under the headers of the stage's office."""
    if not stage.chinese:
        return rows
    heads = {**CHINESE, "year": year}
    return [{heads[key]: value for key, value in row.items()} for row in rows]
