"""Seats that are lacking or to spare in the years ahead, by area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.forecast import bounds, divided, share_out, whole_courses
from enroll.forecast.reaching import first_true, percent
from enroll.records import NONE
from enroll.tables.csv_out import csv_bytes

if TYPE_CHECKING:
    from enroll.records import Floats, Ints
    from enroll.report.outlook import Outlook

COUNTY = "all"
"""The area of the whole county."""


@dataclass(frozen=True)
class Gaps:
    """Children and seats of areas; a areas and the county as the last, Y years.

    Parameters
    ----------
    areas
        Names, ascending, and `all`.
    grade
        The entry grade, or `all`.
    demand, low, high
        (Y, a + 1) pupils.
    standard, limit
        (a + 1,) seats.
    chance
        (Y, a + 1) percent of the courses in which seats within the standard are lacking.
    short
        (Y, a + 1) classes that are short; the county's are the sum of its areas.
    in_ten_years
        (a + 1,) percent of the seats that is used in the tenth year; -1 without seats.
    build_years
        Years from a decision to a seat.
    years
        (Y,).
    """

    areas: tuple[str, ...]
    grade: str
    demand: Ints
    low: Ints
    high: Ints
    standard: Ints
    limit: Ints
    chance: Ints
    short: Ints
    in_ten_years: Ints
    build_years: int
    years: Ints

    @property
    def first(self) -> Ints:
        """Return (a + 1,) the first year in which seats within the standard are lacking, or -1."""
        at = first_true(self.demand > self.standard)
        first: Ints = np.where(at == NONE, NONE, self.years[at])
        return first

    @property
    def peak(self) -> Ints:
        """Return (a + 1,) the year with most pupils, the first of several."""
        peak: Ints = self.years[self.demand.argmax(axis=0)]
        return peak

    @property
    def decide_by(self) -> Ints:
        """Return (a + 1,) the year in which to decide on seats for the first gap, or -1."""
        decide: Ints = np.where(self.first == NONE, NONE, self.first - self.build_years)
        return decide


def gaps_of(outlook: Outlook) -> tuple[Gaps, Gaps]:
    """Return the gaps of the entry grade, and those of all grades together."""
    told, last = outlook.told, outlook.in_ten_years
    areas, shares = _areas(outlook)
    entry = _gaps(
        outlook,
        areas,
        shares,
        (told.pupils[:, :, 0], told.samples[..., 0].astype(np.int64), last[:, 0]),
        (str(int(told.grades[0])), 1),
    )
    everyone = _gaps(
        outlook,
        areas,
        shares,
        (told.pupils.sum(axis=2), told.samples.sum(axis=3, dtype=np.int64), last.sum(axis=1)),
        (COUNTY, len(told.grades)),
    )
    return entry, everyone


def _areas(outlook: Outlook) -> tuple[tuple[str, ...], Floats]:
    """Return the names of the areas, and (m, a) the part of each school that belongs to each.

    Pupils and seats of a school belong to the areas of the zones in which its pupils live;
    without zones that name areas, to the area of the school.
    """
    zones, schools = outlook.inputs.zones, outlook.inputs.schools
    by_zone = any(zones.area.tolist())
    own = [str(name) for name in (zones.area if by_zone else schools.area).tolist()]
    names = tuple(sorted(set(own)))
    of = np.zeros((len(own), len(names)))
    of[np.arange(len(own)), [names.index(name) for name in own]] = 1.0
    return names, share_out(outlook.shares, of) if by_zone else of


def _gaps(
    outlook: Outlook,
    areas: tuple[str, ...],
    shares: Floats,
    pupils: tuple[Ints, Ints, Ints],
    of: tuple[str, int],
) -> Gaps:
    schools, (grade, grades) = outlook.inputs.schools, of
    expected, samples, last = pupils
    demand = _with_county(divided(expected, shares))
    drawn = whole_courses(samples, shares)
    drawn = np.concatenate([drawn, samples.sum(axis=2, dtype=np.int64)[..., None]], axis=2)
    low, high = bounds(drawn, demand)
    standard, limit = (
        _with_county(divided(schools.classes * size * grades, shares))
        for size in (schools.class_standard, schools.class_limit)
    )
    size = outlook.scenario.settings.limits.class_standard
    lacking = np.maximum(demand - standard, 0)[:, :-1]
    used = _with_county(divided(last, shares))
    seats = np.maximum(standard, 1)
    return Gaps(
        (*areas, COUNTY),
        grade,
        demand,
        low,
        high,
        standard,
        limit,
        percent((drawn > standard).sum(axis=0), len(drawn)),
        _with_county(-(-lacking // size)),
        np.where(standard > 0, (200 * used + seats) // (2 * seats), NONE),
        outlook.scenario.settings.forecast.build_years,
        outlook.told.years,
    )


def _with_county(parts: Ints) -> Ints:
    """Return (..., a + 1) the parts and their sum."""
    return np.concatenate([parts, parts.sum(axis=-1, keepdims=True)], axis=-1)


def gaps_csv(outlook: Outlook) -> bytes:
    """Return `gaps.csv`: areas in alphabetical order, then the county, by grade and year."""
    header = [
        "area",
        "stage",
        "grade",
        "year",
        "demand",
        "low",
        "high",
        "seats_standard",
        "seats_limit",
        "gap_standard",
        "gap_limit",
        "probability",
        "classes_short",
        "peak_year",
        "use_in_ten_years",
        "decide_by",
    ]
    stage = outlook.scenario.settings.stage
    blocks = [_columns(gaps, stage) for gaps in gaps_of(outlook)]
    joined = [
        np.concatenate([np.asarray(block[place]) for block in blocks])
        for place in range(len(header))
    ]
    return csv_bytes(header, joined)


def _columns(gaps: Gaps, stage: str) -> list[object]:
    """Return one grade's columns, area by area."""
    count, years = len(gaps.areas), len(gaps.years)
    each = gaps.demand.T.ravel()
    standard, limit, peak, ten, decide = (
        np.repeat(part, years)
        for part in (gaps.standard, gaps.limit, gaps.peak, gaps.in_ten_years, gaps.decide_by)
    )
    return [
        np.repeat(np.array(gaps.areas, dtype=object), years),
        np.full(count * years, stage, dtype=object),
        np.full(count * years, gaps.grade, dtype=object),
        np.tile(gaps.years, count),
        each,
        gaps.low.T.ravel(),
        gaps.high.T.ravel(),
        standard,
        limit,
        each - standard,
        each - limit,
        gaps.chance.T.ravel(),
        gaps.short.T.ravel(),
        peak,
        _or_empty(ten),
        _or_empty(decide),
    ]


def _or_empty(numbers: Ints) -> object:
    return np.array(["" if one == NONE else str(one) for one in numbers.tolist()], dtype=object)
