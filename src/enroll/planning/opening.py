"""The planner's question: how many entry classes each school should open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from enroll.errors import InputError, UsageError, assert_lawful
from enroll.notices import translate
from enroll.notices.kinds import N_
from enroll.notices.telling import silent
from enroll.report.run_folder import Folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.allocate.redirect.problem import Problem as Round
    from enroll.allocate.redirect.round import Solved
    from enroll.classes.opening_plan import ClassesToOpen, Reached
    from enroll.notices import Language, Problem
    from enroll.notices.telling import Tell
    from enroll.planning.county import County
    from enroll.records import Inputs, Ints, Overload, SeatLevel
    from enroll.report.opening_tables import OpeningResult
    from enroll.scenario import LoadedScenario


COUNTING = N_("Finding the classes to open")
PLACING = N_("Placing the children and proving the ways")
TRADING = N_("Trading classes for metres")

GOALS = ("classes", "metres")
_GOALS_WRONG = N_("--goal {goal} is neither classes,metres nor metres,classes.")
_YEARS_WRONG = N_("--years {years} is neither 1 nor 2.")
_ANY_WAY = 2**40
"""Longer than any way."""


@dataclass(frozen=True)
class Opened(Folder):
    """Classes to open as the content of their folder.

    Parameters
    ----------
    result
        What was found.
    files
        Content by file name, `SHA256SUMS` included.
    problems
        What was found in the inputs and did not stop the plan.
    """

    result: OpeningResult
    files: Mapping[str, bytes]
    problems: Sequence[Problem]


def open_classes(
    scenario: LoadedScenario,
    *,
    goals: Sequence[str] = GOALS,
    seats: SeatLevel = "standard",
    years: int = 1,
    frontier: bool = False,
    language: Language | None = None,
    tell: Tell = silent,
) -> Opened:
    """Return how many entry classes each school should open.

    Parameters
    ----------
    scenario
        As loaded; its `[planning]` says how many teachers and how much money there are.
    goals
        `classes` and `metres`, the more important first; most children always come before.
    seats
        Fill classes to their `standard` or to their `limit`.
    years
        2 refuses an intake that would break a limit next year.
    frontier
        Also find all pairs of classes and metres of which none is better in both.
    language
        Of the sentences in `warnings.csv`; default: the scenario's.

    Raises
    ------
    InputError
        With every problem of the input, if one of them is blocking.
    UsageError
        If `goals` or `years` cannot be.
    """
    from enroll.office import prepare
    from enroll.planning.county import county_of
    from enroll.report.opening_tables import opening_files

    spoken = language or scenario.settings.language
    _refuse(goals, years, spoken)
    ready, problems = prepare(scenario, tell)
    if ready is None:
        raise InputError(problems)
    county = county_of(ready, scenario.settings, seats, years)
    asked = (tuple(goals), seats, years, frontier)
    result = _answer(scenario, ready.inputs, county, asked, tell)
    return Opened(result, opening_files(result, spoken), problems)


def _answer(
    scenario: LoadedScenario,
    inputs: Inputs,
    county: County,
    asked: tuple[tuple[str, ...], SeatLevel, int, bool],
    tell: Tell,
) -> OpeningResult:
    """Return the best classes for what was asked: goals, seats, years and whether all pairs."""
    from enroll.classes.opening_plan import frontier as pairs_of
    from enroll.classes.opening_plan import open_best
    from enroll.planning.opening_result import result_of, shortages

    goals, seats, years, frontier = asked
    tell(COUNTING)
    plan = open_best(county.problem, goals)
    tell(PLACING)
    placed = _place(county, plan.classes)
    crowds, unplaceable = _crowds(county)
    reached = _checked(county, plan, placed, crowds)
    if frontier:
        tell(TRADING)
    result = result_of(
        scenario,
        inputs,
        county,
        plan.classes,
        placed.place,
        goals=goals,
        seats=seats,
        years=years,
        reached=reached,
        frontier=tuple(pairs_of(county.problem)) if frontier else None,
    )
    short = shortages(county, plan, inputs, crowds, unplaceable, seats)
    return replace(result, notices=(*result.notices, *short))


def open_classes_to(
    path: str | Path,
    folder: str | Path | None = None,
    *,
    goals: Sequence[str] = GOALS,
    seats: SeatLevel = "standard",
    years: int = 1,
    frontier: bool = False,
    overwrite: bool = False,
    language: Language = "en",
    tell: Tell = silent,
) -> tuple[Opened, Path]:
    """Find the classes to open for a scenario file and write them; default: `openings/NAME`."""
    from enroll.report import refuse_target, write_run
    from enroll.scenario import load

    scenario = load(path)
    target = Path("openings", scenario.name) if folder is None else Path(folder)
    refuse_target(target, overwrite=overwrite, language=language)
    opened = open_classes(
        scenario,
        goals=goals,
        seats=seats,
        years=years,
        frontier=frontier,
        language=language,
        tell=tell,
    )
    write_run(target, opened.files, overwrite=overwrite, language=language)
    return opened, target


def _refuse(goals: Sequence[str], years: int, language: Language) -> None:
    if sorted(goals) != sorted(GOALS):
        raise UsageError(translate(_GOALS_WRONG, language, {"goal": ",".join(goals)}))
    if years not in (1, 2):
        raise UsageError(translate(_YEARS_WRONG, language, {"years": years}))


def _place(county: County, classes: Ints) -> Solved:
    """Place the children by the rules of a redirect round, whose prices prove the ways."""
    from enroll.allocate.redirect.round import solve_round

    problem = _round(county.ways, county.problem.seats(classes))
    return solve_round(problem, [], goal="total", far_m=0, limit=False)


def _crowds(county: County) -> tuple[tuple[Overload, ...], int]:
    """Return the sets of schools that even with every room lack seats, and who has no way."""
    from enroll.allocate.redirect.overload import overloads
    from enroll.allocate.redirect.round import solve_round

    ways = np.where(county.ways >= 0, 0, -1)
    problem = _round(ways, county.problem.seats(county.problem.rooms))
    solved = solve_round(problem, [], goal="total", far_m=0, limit=False)
    seeking = np.ones(len(ways), dtype=bool)
    unplaceable = int((ways < 0).all(axis=1).sum())
    return overloads(problem, solved.place, seeking), unplaceable


def _round(ways: Ints, seats: Ints) -> Round:
    from enroll.allocate.redirect.problem import Problem as Round

    children = len(ways)
    return Round(
        ways=ways.astype(np.int32),
        reach=np.full(children, _ANY_WAY),
        group=np.zeros(children, dtype=np.int64),
        kept=np.zeros(children, dtype=bool),
        standard=seats,
        over=np.zeros_like(seats),
    )


def _checked(
    county: County, plan: ClassesToOpen, placed: Solved, crowds: Sequence[Overload]
) -> tuple[Reached, ...]:
    """Hold the solver's plan against code that knows no solver, and return its bounds.

    Raises
    ------
    UnlawfulError
        If the plan breaks what it must keep, or is not what the solver said: a bug in enroll.
    """
    from enroll.classes.opening_bounds import children_bound, faults, is_shortest
    from enroll.planning.opening_result import pupils_of

    rows, pupils = pupils_of(county, placed.place)
    left_out = len(county.ways) - len(rows)
    metres = int(county.ways[rows, placed.place[rows]].sum())
    found = faults(county.problem, plan.classes, pupils)
    if (left_out, metres) != (plan.value("left_out"), plan.value("metres")):
        found.append("the children's ways are not those that the classes were chosen for")
    prices = _prices(placed, county.problem.schools)
    if not is_shortest(county.problem, plan.classes, prices, left_out, metres):
        found.append("no prices prove that the ways are the shortest for these classes")
    assert_lawful(found)
    bound = children_bound(county.problem, [crowd.schools for crowd in crowds])
    return tuple(
        replace(each, checked=bound) if each.what == "left_out" else each for each in plan.reached
    )


def _prices(placed: Solved, schools: int) -> tuple[Ints, Ints]:
    of = {level.what: level.prices for level in placed.levels}
    nothing = np.zeros(schools, dtype=np.int64)
    return of.get("placed", nothing), of.get("ways", nothing)
