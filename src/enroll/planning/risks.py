"""How likely large classes are in the years ahead, and what margin makes them unlikely."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from enroll.errors import UsageError
from enroll.notices import translate
from enroll.notices.kinds import N_
from enroll.notices.telling import silent
from enroll.planning.forecasting import look_ahead, method_of, words_of
from enroll.planning.workers import run_each

if TYPE_CHECKING:
    import numpy.typing as npt

    from enroll.forecast import Method
    from enroll.notices import Language
    from enroll.notices.telling import Tell
    from enroll.records import History, Ints, Schools
    from enroll.report.outlook import Outlook
    from enroll.report.risk_files import Risk
    from enroll.scenario import LoadedScenario
    from enroll.scenario.schema import Scenario


MOST_SAMPLES = 100_000
_PART = 1000
"""Courses that are drawn together; each part has a stream of chance of its own."""

_PURPOSE = 1_000_000
"""Keeps the streams of chance apart from those of the forecast and of its back-test."""

_SAMPLES_WRONG = N_("--samples {samples} is not between 1 and {most}.")
_YEARS_WRONG = N_("--years {years} is not between 1 and {most}.")


def risk(
    scenario: LoadedScenario,
    samples: int = 1000,
    years: int = 6,
    *,
    scheduler: str | None = None,
    workers: int | None = None,
    tell: Tell = silent,
    language: Language = "en",
) -> Risk:
    """Return how likely each school is to have a large class in each year ahead.

    A class is large from 56 pupils on, or above the class limit. Every grade has the classes
    that `enroll forecast` gives it: the fewest that keep to the standard, at most those planned.

    Parameters
    ----------
    scenario
        As loaded; `[files] roll` is needed.
    samples
        Courses of the forecast to look at.
    years
        Years ahead, 1 to 15.
    scheduler, workers
        See `run_each`.

    Raises
    ------
    InputError
        With every problem of the input, if one of them is blocking.
    UsageError
        If `samples`, `years` or the workers make no sense.
    """
    from enroll.planning.forecasting import MOST_YEARS

    if not 1 <= samples <= MOST_SAMPLES:
        words = {"samples": samples, "most": MOST_SAMPLES}
        raise UsageError(translate(_SAMPLES_WRONG, language, words))
    if not 1 <= years <= MOST_YEARS:
        words = {"years": years, "most": MOST_YEARS}
        raise UsageError(translate(_YEARS_WRONG, language, words))
    settings = scenario.settings
    once = settings.model_copy(
        update={"forecast": settings.forecast.model_copy(update={"samples": 1})}
    )
    outlook, _ = look_ahead(replace(scenario, settings=once), years, tell=tell)
    parts = [
        (number, min(_PART, samples - first))
        for number, first in enumerate(range(0, samples, _PART))
    ]
    job = partial(_courses, outlook.history, method_of(settings), settings)
    drawn = run_each(job, parts, scheduler=scheduler, workers=workers, tell=tell, language=language)
    told = replace(outlook.told, samples=np.concatenate(drawn))
    return risk_of(replace(outlook, scenario=scenario, told=told))


def risk_to(
    path: str | Path,
    folder: str | Path | None = None,
    samples: int = 1000,
    years: int = 6,
    *,
    scheduler: str | None = None,
    workers: int | None = None,
    overwrite: bool = False,
    language: Language = "en",
    tell: Tell = silent,
) -> tuple[Risk, Path]:
    """Find the risk of a scenario file and write the folder; default: `risks/NAME`."""
    from enroll.report import refuse_target, write_run
    from enroll.report.risk_files import risk_files
    from enroll.scenario import load

    scenario = load(path)
    target = Path("risks", scenario.name) if folder is None else Path(folder)
    refuse_target(target, overwrite=overwrite, language=language)
    found = risk(
        scenario,
        samples,
        years,
        scheduler=scheduler,
        workers=workers,
        tell=tell,
        language=language,
    )
    write_run(target, risk_files(found), overwrite=overwrite, language=language)
    return found, target


def risk_of(outlook: Outlook) -> Risk:
    """Return how often classes are large in the samples of a forecast."""
    from enroll.report.forecast_tables import classes_of
    from enroll.report.risk_files import Risk
    from enroll.watch.schools import OVERSIZED

    schools = outlook.inputs.schools
    pupils = outlook.told.samples.astype(np.int64)
    largest = classes_of(pupils, schools)[1]
    oversized = _with_any(largest >= OVERSIZED)
    above = _with_any(largest > schools.class_limit[:, None])
    large = _with_any((largest >= OVERSIZED) | (largest > schools.class_limit[:, None]))
    return Risk(
        scenario=outlook.scenario,
        inputs=outlook.inputs,
        years=outlook.told.years,
        grades=outlook.told.grades,
        samples=len(pupils),
        seed=outlook.scenario.settings.forecast.seed,
        oversized=oversized.sum(axis=0),
        above_limit=above.sum(axis=0),
        large=large.sum(axis=0),
        margin=_margin(_excess(pupils, schools)),
    )


def _courses(
    history: History, method: Method, settings: Scenario, part: tuple[int, int]
) -> npt.NDArray[np.int32]:
    """Return (s, Y, m, G) pupils of one part of the courses, given its number and size."""
    from enroll.forecast import project

    number, samples = part
    stream = words_of(settings, _PURPOSE + number)
    return np.asarray(project(history, method, stream, samples).samples)


def _with_any(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return (S, Y, m, G + 1) flags with one more column for any grade."""
    return np.concatenate([flags, flags.any(axis=-1, keepdims=True)], axis=-1)


def _excess(pupils: Ints, schools: Schools) -> Ints:
    """Return (S, Y, m, G + 1) pupils beyond the largest classes that are not large.

    The last column is the largest excess of any grade. A school that plans no class opens as
    many as its pupils need, and has no excess.
    """
    from enroll.watch.schools import OVERSIZED

    size = np.minimum(schools.class_limit, OVERSIZED - 1)
    room = (schools.classes * size)[:, None]
    excess = np.where((schools.classes > 0)[:, None], pupils - room, 0).astype(np.int64)
    return np.concatenate([excess, excess.max(axis=-1, keepdims=True)], axis=-1)


def _margin(excess: Ints) -> Ints:
    """Return (Y, m, G + 1) the fewest seats more that few enough courses still pass."""
    from enroll.report.risk_files import PERMITTED

    samples = len(excess)
    passing = (PERMITTED * samples - 1) // 100  # the most that are still under the share
    kept = np.partition(excess, samples - 1 - passing, axis=0)[samples - 1 - passing]
    margin: Ints = np.maximum(kept, 0)
    return margin
