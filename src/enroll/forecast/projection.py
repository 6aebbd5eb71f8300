"""The years ahead: one expected course, and many that past errors make as likely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.forecast.breaks import find_breaks
from enroll.forecast.chance import numbers_below
from enroll.forecast.intervals import draw_errors, past_errors
from enroll.forecast.progression import fitted_ratios, pooled_ratios, steps_of
from enroll.forecast.reconcile import round_years
from enroll.forecast.structure import one_year, structure_of
from enroll.records import Forecast

if TYPE_CHECKING:
    import numpy.typing as npt

    from enroll.forecast.chance import Words
    from enroll.forecast.method import Method
    from enroll.forecast.structure import Structure
    from enroll.records import Flags, Floats, History


def project(history: History, method: Method, words: Words, samples: int = 1000) -> Forecast:
    """Return the forecast for the years that `history.homes` has room for.

    Every grade is the grade below of the year before, times its ratio; entrants are the
    children born in the school's zones times its share of them. Children of new homes come on
    top. Zones and the county are sums of their schools, so every level adds up.

    Parameters
    ----------
    history
        Roll, births, new homes.
    method
        How ratios are averaged.
    words
        Stream of chance; equal streams give equal samples.
    samples
        How many courses to draw; at least 1.
    """
    roll = history.roll
    past, ahead = len(roll.years), len(history.homes)
    births = history.births
    steps = steps_of(roll.pupils, None if births is None else births[:past])
    pooled = pooled_ratios(steps)
    breaks = find_breaks(pooled)
    counts = ~(breaks & method.leave_out)
    ratios = _usable(fitted_ratios(steps, counts, method)[1], steps.by_birth)
    structure = structure_of(roll.pupils, history.takes)
    course = _Course(history, ratios, structure)
    expected = course.run(roll.pupils[-1].astype(np.float64)[None], None, None, None)[0]
    errors = past_errors(steps, counts, method)
    size = roll.pupils[-1].sum(axis=1).astype(np.float64)
    shared, own = draw_errors(errors, size, samples, ahead, words)
    unborn = _unborn_births(history, samples, words)
    start = np.broadcast_to(roll.pupils[-1].astype(np.float64), (samples, *roll.pupils.shape[1:]))
    drawn = course.run(start, shared, own, unborn)
    return Forecast(
        years=roll.years[-1] + 1 + np.arange(ahead),
        grades=roll.grades,
        pupils=round_years(expected),
        expected=expected,
        samples=np.floor(drawn + 0.5).astype(np.int32),
        assumed=~history.born[past:],
        ratios=ratios,
        pooled=pooled,
        breaks=breaks,
    )


@dataclass(frozen=True)
class _Course:
    """What all courses have in common."""

    history: History
    ratios: Floats
    structure: Structure

    def run(
        self,
        start: Floats,
        shared: Floats | None,
        own: npt.NDArray[np.float64] | None,
        unborn: Floats | None,
    ) -> npt.NDArray[np.float64]:
        """Return (S, Y, m, G) pupils of S courses, with errors where they are given."""
        ahead = len(self.history.homes)
        runs: Flags = self.structure.runs
        now, years = start, []
        for year in range(ahead):
            runs = self.structure.after(runs)
            entrants = self._entrants(now, year, None if unborn is None else unborn[:, year])
            later = one_year(now, entrants, self.ratios, self.structure, runs)
            if shared is not None and own is not None:
                later = later * shared[:, year, None, :]
                later = np.maximum(later + np.sqrt(later) * own[:, year], 0.0)
            now = later
            years.append(now + self.history.homes[year])
        return np.stack(years, axis=1)

    def _entrants(self, now: Floats, year: int, unborn: Floats | None) -> Floats:
        """Return (S, m) entrants; as many as the year before where births say nothing of them."""
        births = self.history.births
        if births is None:
            return now[..., 0] * self.ratios[:, 0]
        children = births[len(self.history.roll.years) + year]
        ratio = self.ratios[:, 0]
        by_birth = np.isfinite(children) & (self.ratios[:, 0] > 0)
        entrants = np.nan_to_num(children) * np.where(by_birth, ratio, 0.0)
        drawn = entrants if unborn is None else entrants * unborn[:, None]
        return np.where(by_birth, drawn, now[..., 0])


def _usable(ratios: Floats, by_birth: bool) -> Floats:
    """Return ratios with 1 for a step never made; 0 for a school without a share of births."""
    usable = np.where(np.isfinite(ratios), ratios, 1.0)
    if by_birth:
        usable[:, 0] = np.nan_to_num(ratios[:, 0])
    return usable


def _unborn_births(history: History, samples: int, words: Words) -> Floats:
    """Return (S, Y) births of those not yet counted over what is assumed of them.

    From one year to the next they differ by what past cohorts differed by, beside the trend.
    """
    past, ahead = len(history.roll.years), len(history.homes)
    factors = np.ones((samples, ahead))
    changes = _past_changes(history)
    if not len(changes):
        return factors
    drawn = numbers_below(words, len(changes), (samples, ahead))
    course = np.ones(samples)
    for year in range(ahead):
        if not history.born[past + year]:
            course = course * changes[drawn[:, year]]
        factors[:, year] = course
    return factors


def _past_changes(history: History) -> Floats:
    """Return (k,) changes of known cohorts from year to year, their mean taken out."""
    if history.births is None:
        return np.zeros(0)
    total = np.where(history.born, np.nansum(history.births, axis=1), 0.0)
    there = (total[:-1] > 0) & (total[1:] > 0)
    changes = total[1:][there] / total[:-1][there]
    return changes / changes.mean() if len(changes) else changes
