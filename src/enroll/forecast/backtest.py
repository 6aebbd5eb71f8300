"""How good the forecast would have been: refitted on each past year, held against what came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from enroll.forecast.intervals import bounds
from enroll.forecast.projection import project
from enroll.forecast.reconcile import share_out
from enroll.records import Roll

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from enroll.forecast.chance import Words
    from enroll.forecast.method import Method
    from enroll.records import Flags, Floats, History, Ints

    _Four = tuple[Floats, Floats, Floats, Floats]

LEAST_YEARS = 3
"""Years of a roll from which one year can be forecast and its errors be known."""

LINE_YEARS = 5
"""Years through which the straight line is drawn."""


@dataclass(frozen=True)
class Score:
    """How far forecasts of one level and lead were off, over all past years together.

    Parameters
    ----------
    level
        `grade`, `school`, `zone` or `county`.
    lead
        Years ahead.
    cases
        Forecasts that were held against what came.
    actual
        Pupils that came, on average.
    bias, error
        Mean of forecast minus actual, and of its absolute value, in pupils.
    covered
        Share of cases within the low and the high bound.
    last_year, line
        Mean absolute error of "same as last year" and of a straight line.
    """

    level: str
    lead: int
    cases: int
    actual: float
    bias: float
    error: float
    covered: float
    last_year: float
    line: float


@dataclass(frozen=True)
class _Case:
    """Forecasts of one level, lead and past year; k parts."""

    actual: Floats
    expected: Floats
    low: Ints
    high: Ints
    last_year: Floats
    line: Floats


def backtest(
    history: History,
    method: Method,
    words_of: Callable[[int], Words],
    zones: Floats,
    *,
    leads: int = 5,
    samples: int = 400,
) -> tuple[Score, ...]:
    """Return the scores by level and lead, made from every year that has three before it.

    Each year is forecast from what was known then: its roll and the years before, and births up
    to that autumn. Homes that were new then are not known and not counted.

    Parameters
    ----------
    history
        Roll and births.
    method
        As for `project`.
    words_of
        A stream of chance for each past year.
    zones
        (m, z) part of each school's pupils that belongs to each zone.
    leads
        Most years ahead; births of entrants are known for so long.
    samples
        Courses for the intervals.
    """
    found: dict[tuple[str, int], list[_Case]] = {}
    past = len(history.roll.years)
    for end in range(LEAST_YEARS, past):
        ahead = min(leads, past - end)
        told = project(_known(history, end, ahead), method, words_of(end), samples)
        for year in range(ahead):
            come = history.roll.pupils[end + year].astype(np.float64)
            so_far = history.roll.pupils[:end]
            parts = told.expected[year], told.samples[:, year], come, so_far
            for level, case in _by_level(*parts, year + 1, zones).items():
                found.setdefault((level, year + 1), []).append(case)
    ranked = sorted(found, key=lambda key: (LEVELS.index(key[0]), key[1]))
    return tuple(_score(level, lead, found[level, lead]) for level, lead in ranked)


LEVELS = ("grade", "school", "zone", "county")
"""From the smallest part to the whole; `grade` is one grade of one school."""


def _known(history: History, end: int, ahead: int) -> History:
    """Return what was known after the first `end` years of the roll."""
    roll = history.roll
    schools, grades = roll.pupils.shape[1:]
    births = history.births
    return replace(
        history,
        roll=Roll(roll.years[:end], roll.grades, roll.pupils[:end]),
        births=None if births is None else births[: end + ahead],
        born=history.born[: end + ahead],
        homes=np.zeros((ahead, schools, grades)),
        takes=np.ones(schools, dtype=bool),
    )


def _by_level(
    expected: Floats,
    samples: npt.NDArray[np.int32],
    actual: Floats,
    so_far: Ints,
    lead: int,
    zones: Floats,
) -> dict[str, _Case]:
    """Return the forecast of one year at every level, schools that were not yet there left out."""
    there = so_far[-1].sum(axis=1) > 0
    cells = so_far[-1] > 0
    courses, before = samples.astype(np.float64), so_far.astype(np.float64)
    schools = expected.sum(1), courses.sum(2), actual.sum(1), before.sum(2)
    inside = zones.sum(axis=0) > 0
    ways: dict[str, _Four] = {
        "grade": (expected[cells], courses[:, cells], actual[cells], before[:, cells]),
        "school": _each(schools, lambda part: part[..., there]),
        "zone": _each(schools, lambda part: share_out(part, zones[:, inside])),
        "county": _each(schools, lambda part: part.sum(axis=-1, keepdims=True)),
    }
    return {level: _case(*parts, lead) for level, parts in ways.items()}


def _each(parts: tuple[Floats, ...], what: Callable[[Floats], Floats]) -> _Four:
    expected, samples, actual, so_far = map(what, parts)
    return expected, samples, actual, so_far


def _case(
    expected: Floats,
    samples: Floats,
    actual: Floats,
    so_far: Floats,
    lead: int,
) -> _Case:
    low, high = bounds(np.floor(samples + 0.5))
    return _Case(actual, expected, low, high, so_far[-1], straight_line(so_far, lead))


def straight_line(pupils: Floats, lead: int) -> Floats:
    """Return (k,) the line through the last years, `lead` years ahead and never below 0."""
    recent = pupils[-LINE_YEARS:]
    at = np.arange(len(recent)) - (len(recent) - 1) / 2
    slope = (at[:, None] * recent).sum(axis=0) / (at**2).sum()
    line: Floats = np.maximum(recent.mean(axis=0) + slope * (at[-1] + lead), 0.0)
    return line


def _score(level: str, lead: int, cases: list[_Case]) -> Score:
    def joined(name: str) -> Floats:
        return np.concatenate([np.asarray(getattr(case, name), dtype=float) for case in cases])

    actual, expected = joined("actual"), joined("expected")
    inside: Flags = (joined("low") <= np.floor(actual + 0.5)) & (actual <= joined("high") + 0.5)
    return Score(
        level=level,
        lead=lead,
        cases=len(actual),
        actual=float(actual.mean()),
        bias=float((expected - actual).mean()),
        error=float(np.abs(expected - actual).mean()),
        covered=float(inside.mean()),
        last_year=float(np.abs(joined("last_year") - actual).mean()),
        line=float(np.abs(joined("line") - actual).mean()),
    )
