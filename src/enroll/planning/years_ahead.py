"""Every grade of every school in the years ahead, under each scenario of a comparison.

The forecast of the first scenario is the county as it goes on. Every later year is allocated
under each scenario, with as many children of each zone as the forecast has more or fewer of
them. Of a hundred entrants whom the forecast expects at a school, as many then go to each other
school as of the hundred whom the first scenario places there in the same year.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from enroll.errors import UsageError
from enroll.forecast import bounds, share_out
from enroll.forecast.following import follow, shares_sent
from enroll.forecast.reconcile import round_years
from enroll.notices import translate
from enroll.notices.kinds import N_
from enroll.planning.forecasting import MOST_YEARS, look_ahead, stop_if_blocking
from enroll.records import MADE, NONE
from enroll.scenario.changes import AddHomes, ScaleDemand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.notices import Language
    from enroll.records import Floats, Inputs, Ints
    from enroll.report.comparison.ahead import Ahead
    from enroll.report.outlook import Outlook
    from enroll.scenario import LoadedScenario
    from enroll.scenario.changes import Changing

    Files = Mapping[str, bytes]
    Placed = Mapping[str, tuple[str, str]]
    """School and zone of every child with a place."""

_NO_SEED = "0" * 64
_DIGITS = 3
"""Decimals of a factor: no more, so that it is the same on every machine."""

_MOST_FACTOR = 10.0

_YEARS = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")
_FORM = N_("--years {years} is no year and no span of years such as 2026-2032.")
_RANGE = N_("--years {years} is not within {first} to {last}: the roll ends in the year before.")
_FIRST_CHANGES = N_(
    "{name} has [[change]] entries, but with --years the first scenario is the county as it is,"
    " whose roll goes on: name its base first."
)


def span_of(years: str, language: Language) -> tuple[int, int]:
    """Return the first and the last year of what `--years` says.

    Raises
    ------
    UsageError
        If it is no span of years.
    """
    match = _YEARS.fullmatch(years)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if first > last:
        raise UsageError(translate(_FORM, language, {"years": years}))
    return first, last


def outlook_of(first: LoadedScenario, span: tuple[int, int], language: Language) -> Outlook:
    """Return the forecast of the county as it is.

    Parameters
    ----------
    first
        The scenario that the others are compared with.
    span
        First and last year.

    Raises
    ------
    InputError
        With every problem of roll, births and homes, if one is blocking.
    UsageError
        If the scenario tries changes, which its roll knows nothing of, or the roll does not
        reach to these years.
    """
    from enroll.tables import read_past

    if first.settings.change:
        raise UsageError(translate(_FIRST_CHANGES, language, {"name": first.name}))
    reading = read_past(first)
    stop_if_blocking(reading.problems)
    begin = int(reading.past.roll.years[-1]) + 1
    last = begin + MOST_YEARS - 1
    if not begin <= span[0] <= span[1] <= last:
        said = {"years": f"{span[0]}-{span[1]}", "first": str(begin), "last": str(last)}
        raise UsageError(translate(_RANGE, language, said))
    return look_ahead(first, span[1] - begin + 1)[0]


def scenarios_of_years(
    outlook: Outlook, scenarios: Sequence[LoadedScenario]
) -> list[dict[int, LoadedScenario]]:
    """Return each scenario as it stands in every year after its own.

    The children of each zone rise or fall as the forecast of its entrants does, and estates
    are as full as they are then.
    """
    told = outlook.told
    return [
        {
            year: _in_year(scenario, year, _trends(outlook, scenario, place))
            for place, year in enumerate(told.years.tolist())
            if year > scenario.settings.year
        }
        for scenario in scenarios
    ]


def _trends(outlook: Outlook, scenario: LoadedScenario, place: int) -> dict[str, float]:
    """Return the entrants of each zone for each one in the scenario's year; "" is the county."""
    own = np.flatnonzero(outlook.told.years == scenario.settings.year)
    base = int(own[0]) if len(own) else 0
    by_zone = share_out(outlook.told.expected[:, :, 0], outlook.shares)
    ids = outlook.inputs.zones.zone_id.tolist()
    before, after = by_zone[base], by_zone[place]
    county = after.sum() / before.sum() if before.sum() > 0 else 1.0
    trends = np.where(before > 0, after / np.where(before > 0, before, 1.0), county)
    return {"": county, **dict(zip(ids, trends.tolist(), strict=False))}


def _in_year(scenario: LoadedScenario, year: int, trends: Mapping[str, float]) -> LoadedScenario:
    """Return a scenario with the children of a later year; a committed draw gives way."""
    settings = scenario.settings
    zones, everywhere = _scaled(scenario)
    changes: list[Changing] = [
        _filled(change, settings.year, year) if isinstance(change, AddHomes) else change
        for change in settings.change
        if not isinstance(change, ScaleDemand)
    ]
    known = _inputs_of(scenario).zones.zone_id.tolist()
    changes.append(_scaling((), trends[""] * everywhere))
    for zone in known:
        factor = trends.get(zone, trends[""]) * zones.get(zone, everywhere)
        changes.append(_scaling((zone,), factor))
    seed = settings.lottery.seed or _NO_SEED
    lottery = settings.lottery.model_copy(update={"draw": None, "seed": seed})
    held = {"change": tuple(changes), "lottery": lottery}
    return replace(scenario, settings=settings.model_copy(update=held))


def _filled(change: AddHomes, own: int, year: int) -> AddHomes:
    """Return an estate that is as full in the scenario's year as it will be in a later one."""
    held = {"delivered": own, "occupancy": {str(own): change.occupied(year)}}
    return change.model_copy(update=held)


def _scaling(zones: tuple[str, ...], factor: float) -> ScaleDemand:
    shown = min(round(factor, _DIGITS), _MOST_FACTOR)
    return ScaleDemand(do="scale_demand", zones=zones, factor=shown)


def carry_forward(
    outlook: Outlook,
    scenarios: Sequence[LoadedScenario],
    runs: Sequence[Files],
    courses: Sequence[Mapping[int, Files]],
    begin: int,
) -> tuple[Ahead, ...]:
    """Return the years ahead of every scenario.

    Parameters
    ----------
    outlook
        The forecast of the first.
    scenarios, runs
        With the content of each run folder; the first is the county as it is.
    courses
        For each scenario the runs of later years.
    begin
        First year to show.
    """
    placed = [
        {
            scenario.settings.year: _placed(run),
            **{year: _placed(each) for year, each in course.items()},
        }
        for scenario, run, course in zip(scenarios, runs, courses, strict=True)
    ]
    pairs = zip(scenarios, placed, strict=True)
    return tuple(_ahead(outlook, placed[0], scenario, own, begin) for scenario, own in pairs)


def _ahead(
    outlook: Outlook,
    first: Mapping[int, Placed],
    scenario: LoadedScenario,
    own: Mapping[int, Placed],
    begin: int,
) -> Ahead:
    from enroll.report.comparison.ahead import Ahead

    told, since = outlook.told, scenario.settings.year
    inputs = _inputs_of(scenario)
    old = outlook.inputs.schools.school_id.tolist()
    new = {name: place for place, name in enumerate(inputs.schools.school_id.tolist())}
    kept = np.array([new.get(name, NONE) for name in old], dtype=np.int64)
    sent = {
        year: _sent(outlook, scenario, inputs, kept, (first[year], placed))
        for year, placed in own.items()
    }
    estates = _estates(scenario, inputs, own, told.years, told.grades)
    ways = (since, sent, kept == NONE, kept)
    shown = np.flatnonzero(told.years >= begin)
    expected = follow(told.expected, told.years, *ways) + estates
    pupils = round_years(expected)[shown]
    low: list[Ints] = []
    high: list[Ints] = []
    for place in shown.tolist():  # one year at a time: courses are many
        year = slice(place, place + 1)
        drawn = follow(told.samples[:, year], told.years[year], *ways) + estates[year]
        below, above = bounds(np.floor(drawn[:, 0] + 0.5), pupils[len(low)])
        low.append(below)
        high.append(above)
    ranges = np.stack(low), np.stack(high)
    return Ahead(scenario.name, inputs.schools, told.years[shown], told.grades, pupils, *ranges)


def _inputs_of(scenario: LoadedScenario) -> Inputs:
    """Return schools and zones as the scenario's changes leave them."""
    from enroll.changing import try_changes
    from enroll.tables import read_inputs

    return try_changes(scenario, read_inputs(scenario)).inputs


def _sent(
    outlook: Outlook,
    scenario: LoadedScenario,
    inputs: Inputs,
    kept: Ints,
    placed: tuple[Placed, Placed],
) -> Floats:
    """Return (m, k) where the entrants of each school go, times what demand is scaled by."""
    before, after = placed
    old = {name: place for place, name in enumerate(outlook.inputs.schools.school_id.tolist())}
    new = {name: place for place, name in enumerate(inputs.schools.school_id.tolist())}
    both = [child for child in before if child in after]
    was = np.array([old[before[child][0]] for child in both], dtype=np.int64)
    now = np.array([new[after[child][0]] for child in both], dtype=np.int64)
    sent, known = shares_sent(was, now, len(old), len(new))
    nearest = _nearest(outlook.inputs, inputs)
    unknown = np.flatnonzero(~known)
    sent[unknown, np.where(kept[unknown] == NONE, nearest[unknown], kept[unknown])] = 1.0
    return sent * _factors(scenario, before, old)[:, None]


def _placed(files: Files) -> Placed:
    """Return school and zone of every child with a place."""
    from enroll.report.comparison.rows import table_of

    return {
        row["applicant_id"]: (row["school_id"], row["zone_id"])
        for row in table_of(files, "allocation.csv")
        if row["school_id"]
    }


def _nearest(before: Inputs, after: Inputs) -> Ints:
    """Return (m,) the nearest school that has classes, for each school of the roll."""
    here, there = before.schools, after.schools
    north = here.lat[:, None] - there.lat[None, :]
    east = (here.lon[:, None] - there.lon[None, :]) * np.cos(np.radians(here.lat))[:, None]
    apart = np.where((there.classes > 0)[None, :], np.nan_to_num(north**2 + east**2), np.inf)
    nearest: Ints = apart.argmin(axis=1).astype(np.int64)
    return nearest


def _scaled(scenario: LoadedScenario) -> tuple[dict[str, float], float]:
    """Return the factor of `scale_demand` by zone, and that of all other children."""
    zones: dict[str, float] = {}
    everywhere = 1.0
    for change in scenario.settings.change:
        if isinstance(change, ScaleDemand):
            zones.update(dict.fromkeys(change.zones, change.factor))
            everywhere = everywhere if change.zones else change.factor
    return zones, everywhere


def _factors(scenario: LoadedScenario, placed: Placed, old: Mapping[str, int]) -> Floats:
    """Return (m,) the mean factor of `scale_demand` over each school's children."""
    zones, everywhere = _scaled(scenario)
    count, total = np.zeros(len(old)), np.zeros(len(old))
    for school, zone in placed.values():
        count[old[school]] += 1
        total[old[school]] += zones.get(zone, everywhere)
    return np.where(count > 0, total / np.maximum(count, 1), everywhere)


def _estates(
    scenario: LoadedScenario,
    inputs: Inputs,
    own: Mapping[int, Placed],
    years: Ints,
    grades: Ints,
) -> Floats:
    """Return (Y, k, G) pupils of the estates that the scenario adds, as their homes fill.

    Those of a grade are where the children of their year of entrance are placed.
    """
    added = np.zeros((len(years), len(inputs.schools), len(grades)))
    since = scenario.settings.year
    for change in scenario.settings.change:
        if not isinstance(change, AddHomes):
            continue
        shares = {
            year: _shares_of_estate(change, scenario, inputs, placed)
            for year, placed in own.items()
        }
        for place, year in enumerate(years.tolist()):
            for at, grade in enumerate(grades.tolist()):
                share = shares.get(year - at, shares[since])
                added[place, :, at] += change.pupils(grade, year) * share
    return added


def _shares_of_estate(
    change: AddHomes,
    scenario: LoadedScenario,
    inputs: Inputs,
    placed: Placed,
) -> Floats:
    """Return (k,) the part of an estate's children that goes to each school.

    As its own children are placed in a year; before it is delivered, as the children of its
    zone are; where there are none, as all children are.
    """
    own = [school for child, (school, _) in placed.items() if child.startswith(change.id + MADE)]
    if not own:
        zone = _zone_of(change, scenario, inputs)
        own = [school for school, lives in placed.values() if zone and lives == zone]
    names = own or [school for school, _ in placed.values()]
    at = {name: place for place, name in enumerate(inputs.schools.school_id.tolist())}
    count = np.bincount([at[name] for name in names], minlength=len(at))
    return np.asarray(count / max(int(count.sum()), 1), dtype=np.float64)


def _zone_of(change: AddHomes, scenario: LoadedScenario, inputs: Inputs) -> str:
    from enroll.geo.finding import zones_at_points

    corners = np.array([change.point] if change.point else change.polygon, dtype=np.float64)
    middle = corners.mean(axis=0)
    crs = inputs.applicants.crs
    found, _ = zones_at_points(middle[:1], middle[1:], crs, inputs, scenario.settings)
    return str(inputs.zones.zone_id[found[0]]) if found[0] != NONE else ""
