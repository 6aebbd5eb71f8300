"""The planner's forecast: from a scenario's roll, births and homes to the years ahead."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from enroll.errors import InputError, UsageError
from enroll.notices import Notice, Problem, level_of, mask, translate
from enroll.notices.kinds import N_
from enroll.notices.telling import silent
from enroll.planning.seats_ahead import look_closer
from enroll.records import NONE, History
from enroll.report.run_folder import Folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.forecast import Method, Score
    from enroll.forecast.chance import Words
    from enroll.notices import Language
    from enroll.notices.telling import Tell
    from enroll.records import Births, Flags, Floats, Forecast, Inputs, Ints, Past
    from enroll.report.outlook import Outlook
    from enroll.scenario import LoadedScenario
    from enroll.scenario.schema import Scenario


READING = N_("Reading the roll")
PROJECTING = N_("Following the children through the grades")
TESTING = N_("Forecasting the past years again")
WRITING = N_("Preparing the files of the forecast")

MOST_YEARS = 15
"""Years ahead that a forecast may have."""

BACKTEST_LEADS = 5
"""Years ahead that the back-test looks at: so long are the entrants born already."""

BACKTEST_SAMPLES = 400
"""Courses for each past year of the back-test."""

_FOLLOWED = {"set_limits", "set_round"}
"""Kinds of change that are settings already when a forecast begins."""

_NO_SUCH_YEAR = N_("--demand {year} is not among the years {first} to {last} of this forecast.")
_YEARS_WRONG = N_("--years {years} is not between 1 and {most}.")


@dataclass(frozen=True)
class Made(Folder):
    """A finished forecast as the content of its folder.

    Parameters
    ----------
    outlook
        What was found.
    files
        Content by file name, `SHA256SUMS` included.
    problems
        What was found in the inputs and did not stop the forecast.
    """

    outlook: Outlook
    files: Mapping[str, bytes]
    problems: Sequence[Problem]


def forecast(
    scenario: LoadedScenario,
    years: int = 6,
    *,
    demand: int | None = None,
    backtest: bool = False,
    language: Language | None = None,
    tell: Tell = silent,
) -> Made:
    """Return how many pupils will stand at each school's door, year by year.

    Parameters
    ----------
    scenario
        As loaded; `[files] roll` is needed, births and homes count where they are given.
    years
        Years ahead, 1 to 15.
    demand
        Also make the blocks of demand of this year.
    backtest
        Also forecast each past year again and say how far that was off.
    language
        Of a refusal; None for that of the scenario.

    Raises
    ------
    InputError
        With every problem of the input, if one of them is blocking.
    UsageError
        If `years` or `demand` cannot be.
    """
    from enroll.report.forecast_tables import forecast_files

    spoken = language or scenario.settings.language
    _refuse_years(years, spoken)
    found, problems = look_ahead(scenario, years, backtest=backtest, tell=tell)
    found = look_closer(found)
    tell(WRITING)
    if demand is not None and demand not in found.told.years.tolist():
        first, last = found.told.years[0], found.told.years[-1]
        words = {"year": str(demand), "first": str(first), "last": str(last)}
        raise UsageError(translate(_NO_SUCH_YEAR, spoken, words))
    return Made(found, forecast_files(found, demand), problems)


def forecast_to(
    path: str | Path,
    folder: str | Path | None = None,
    years: int = 6,
    *,
    demand: int | None = None,
    backtest: bool = False,
    overwrite: bool = False,
    language: Language = "en",
    tell: Tell = silent,
) -> tuple[Made, Path]:
    """Forecast the pupils of a scenario file and write the folder; default: `forecasts/NAME`."""
    from enroll.report import refuse_target, write_run
    from enroll.scenario import load

    scenario = load(path)
    target = Path("forecasts", scenario.name) if folder is None else Path(folder)
    refuse_target(target, overwrite=overwrite, language=language)
    made = forecast(scenario, years, demand=demand, backtest=backtest, language=language, tell=tell)
    write_run(target, made.files, overwrite=overwrite, language=language)
    return made, target


def look_ahead(
    scenario: LoadedScenario, years: int, *, backtest: bool = False, tell: Tell = silent
) -> tuple[Outlook, list[Problem]]:
    """Return a forecast with its samples, and every problem that did not stop it.

    Raises
    ------
    InputError
        With every problem of the input, if one of them is blocking.
    """
    from enroll.forecast import project
    from enroll.report.outlook import Outlook
    from enroll.tables import read_past

    settings = scenario.settings
    tell(READING)
    reading = read_past(scenario)
    inputs, past, problems = reading.inputs, reading.past, reading.problems
    stop_if_blocking(problems)
    history, found = history_of(inputs, past, settings, years)
    problems = [*problems, *found]
    stop_if_blocking(problems)
    tell(PROJECTING)
    told = project(history, method_of(settings), words_of(settings), settings.forecast.samples)
    shares = zone_shares(inputs, past)
    scores = _tested(history, shares, settings, tell) if backtest else ()
    notices = [*_changes_left_out(settings), *_breaks(told, past), *_assumed(told)]
    return Outlook(scenario, inputs, past, history, told, shares, notices, scores), problems


def stop_if_blocking(problems: Sequence[Problem]) -> None:
    """Raise every problem where one of them is blocking."""
    if any(level_of(problem) == "blocking" for problem in problems):
        raise InputError(problems)


def method_of(settings: Scenario) -> Method:
    """Return how ratios are averaged."""
    from enroll.forecast import Method

    asked = settings.forecast
    return Method(asked.average, asked.years, asked.shrink, asked.breaks == "leave_out")


def words_of(settings: Scenario, *purpose: int) -> Words:
    """Return the stream of chance of a forecast; another one for each purpose."""
    seed = np.random.SeedSequence([settings.forecast.seed, *purpose])
    return np.random.PCG64(seed).random_raw


def history_of(
    inputs: Inputs, past: Past, settings: Scenario, ahead: int
) -> tuple[History, list[Problem]]:
    """Return what a forecast starts from, with births and homes brought to the schools."""
    roll = past.roll
    births, born, problems = _births_by_school(inputs, past, settings, ahead)
    homes, found = _homes_by_school(inputs, past, settings, ahead)
    takes = inputs.schools.classes > 0
    without = takes & (roll.pupils[-1].sum(axis=1) == 0)
    names = inputs.schools.school_id[without].tolist()
    role = settings.files.roll.path.split("/")[-1] if settings.files.roll else ""
    problems += found
    problems += [
        Problem("ROLL_SCHOOL_WITHOUT", mask(role), params={"school": mask(name)}) for name in names
    ]
    return History(roll, births, born, homes, takes), problems


def zones_of_schools(inputs: Inputs) -> list[list[int]]:
    """Return for each school the zones that it serves, ascending."""
    served: list[list[int]] = [[] for _ in range(len(inputs.schools))]
    for zone, schools in enumerate(inputs.zones.schools):
        for school in schools:
            served[school].append(zone)
    return served


def zone_shares(inputs: Inputs, past: Past) -> Floats:
    """Return (m, z) part of each school's pupils that lives in each zone.

    A school's pupils live in the zones that it serves, by the children born there since the
    first year of the roll, else in equal parts; those of a school without a zone live in all.
    """
    zones = len(inputs.zones)
    if not zones:
        return np.ones((len(inputs.schools), 1))
    born = np.zeros(zones)
    if past.births is not None:
        own = past.births.zone != NONE
        np.add.at(born, past.births.zone[own], past.births.births[own])
    shares = np.zeros((len(inputs.schools), zones))
    for school, served in enumerate(zones_of_schools(inputs)):
        held = served or list(range(zones))
        weight = born[held] if born[held].sum() > 0 else np.ones(len(held))
        shares[school, held] = weight / weight.sum()
    return shares


def _births_by_school(
    inputs: Inputs, past: Past, settings: Scenario, ahead: int
) -> tuple[Floats | None, Flags, list[Problem]]:
    """Return (T + Y, m) children born for each entrance, and whether they are all counted."""
    from enroll.forecast import cohorts, fed_by
    from enroll.scenario.forecasting import ENTRY_AGE

    first, known = int(past.roll.years[0]), len(past.roll.years)
    years = first + np.arange(known + ahead)
    if past.births is None:
        return None, years < first + known, []
    asked = settings.forecast
    age = ENTRY_AGE[settings.stage] if asked.entry_age is None else asked.entry_age
    children, born = cohorts(
        past.births,
        years,
        len(inputs.zones),
        age=age,
        cutoff=asked.cutoff_month,
        change=asked.births_change,
    )
    fed = fed_by(children, zones_of_schools(inputs))
    if not np.isfinite(fed[1:known]).any():
        return fed, born, [_too_late(past.births, first + 1 - age - 1, settings)]
    return fed, born, []


def _too_late(births: Births, needed: int, settings: Scenario) -> Problem:
    named = settings.files.births
    file = mask(named.path.split("/")[-1]) if named else ""
    params = {"first": str(int(births.year.min())), "needed": str(needed)}
    return Problem("BIRTHS_TOO_LATE", file, params=params)


def _homes_by_school(
    inputs: Inputs, past: Past, settings: Scenario, ahead: int
) -> tuple[Floats, list[Problem]]:
    """Return (Y, m, G) pupils of new homes, and homes that no school can be found for."""
    from enroll.forecast import moved_in

    roll, homes = past.roll, past.homes
    schools, grades = roll.pupils.shape[1:]
    if homes is None or not len(homes):
        return np.zeros((ahead, schools, grades)), []
    zone, problems = _zones_of_homes(inputs, past, settings)
    shares = np.zeros((len(homes), schools))
    size = roll.pupils[-1].sum(axis=1) * (inputs.schools.classes > 0)
    file = mask(settings.files.homes.path.split("/")[-1]) if settings.files.homes else ""
    for row, one in enumerate(zone.tolist()):
        served = [] if one == NONE else list(inputs.zones.schools[one])
        if size[served].sum() > 0:
            shares[row, served] = size[served] / size[served].sum()
        elif one != NONE:
            params = {"zone": mask(inputs.zones.zone_id[one])}
            at = int(homes.row[row])
            problems.append(Problem("HOMES_WITHOUT_SCHOOL", file, at, "zone_id", params=params))
    years = roll.years[-1] + np.arange(ahead + 1)
    return moved_in(homes, shares, years, grades, settings.forecast.occupancy), problems


def _zones_of_homes(inputs: Inputs, past: Past, settings: Scenario) -> tuple[Ints, list[Problem]]:
    """Return (h,) the zone of each row of homes, -1 with a problem where there is none."""
    from enroll.geo.finding import zones_at_points

    homes = past.homes
    assert homes is not None  # noqa: S101 - the caller looked
    zone = homes.zone.copy()
    sought = np.flatnonzero(zone == NONE)
    if not len(sought):
        return zone, []
    found, problems = zones_at_points(
        homes.lon[sought], homes.lat[sought], homes.crs, inputs, settings
    )
    zone[sought] = found
    file = mask(settings.files.homes.path.split("/")[-1]) if settings.files.homes else ""
    if not problems:
        problems = [
            Problem("HOMES_OUTSIDE", file, int(homes.row[row]), "lon")
            for row in sought[found == NONE].tolist()
        ]
    return zone, problems


def _tested(history: History, shares: Floats, settings: Scenario, tell: Tell) -> tuple[Score, ...]:
    from enroll.forecast import backtest

    tell(TESTING)
    return backtest(
        history,
        method_of(settings),
        lambda end: words_of(settings, end),
        shares,
        leads=BACKTEST_LEADS,
        samples=BACKTEST_SAMPLES,
    )


def _changes_left_out(settings: Scenario) -> list[Notice]:
    """Return one notice of the changes to tables, which no roll of the past knows."""
    kinds = sorted({change.do for change in settings.change} - _FOLLOWED)
    return [Notice("FORECAST_WITHOUT_CHANGES", params={"kinds": tuple(kinds)})] if kinds else []


def _breaks(told: Forecast, past: Past) -> list[Notice]:
    """Return one notice for each year whose ratios fall outside those of the others."""
    return [
        Notice(
            "FORECAST_BREAK",
            str(int(past.roll.years[1 + step])),
            params={
                "year": str(int(past.roll.years[1 + step])),
                "grades": tuple(map(str, told.grades[told.breaks[step]].tolist())),
                "ratios": _per_1000(told.pooled[step][told.breaks[step]]),
                "usual": _per_1000(np.nanmedian(told.pooled[:, told.breaks[step]], axis=0)),
            },
        )
        for step in np.flatnonzero(told.breaks.any(axis=1)).tolist()
    ]


def _per_1000(ratios: Floats) -> tuple[str, ...]:
    return tuple(str(round(ratio * 1000)) for ratio in ratios.tolist())


def _assumed(told: Forecast) -> list[Notice]:
    years = tuple(map(str, told.years[told.assumed].tolist()))
    return [Notice("FORECAST_ASSUMED", params={"years": years})] if years else []


def _refuse_years(years: int, language: Language) -> None:
    if not 1 <= years <= MOST_YEARS:
        words = {"years": str(years), "most": MOST_YEARS}
        raise UsageError(translate(_YEARS_WRONG, language, words))
