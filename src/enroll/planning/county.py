"""The county as the planner's class question sees it: children, schools and what binds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.classes.next_year import mixed_pupils, next_year
from enroll.classes.opening import Opening, blocks_of
from enroll.errors import InputError
from enroll.notices import Notice, Problem
from enroll.records import NONE

if TYPE_CHECKING:
    from enroll.classes.next_year import NextYear
    from enroll.office import Prepared
    from enroll.records import Flags, Ints, Schools, SeatLevel
    from enroll.scenario.schema import Scenario

_ENDLESS = np.iinfo(np.int64).max // 4


@dataclass(frozen=True)
class County:
    """What classes to open for.

    Parameters
    ----------
    problem
        Blocks of children and schools.
    ways
        (n, m) metres of the children without a fixed place, -1 = not allowed; in lottery order.
    fixed, reserved, mixed
        (m,) seats of each school that are taken before.
    reach
        Metres within which a way is allowed.
    not_near
        Children with no school within reach.
    ahead
        What next year leaves; None for a plan of one year.
    in_school
        (m,) entrants whom the size of the school allows.
    notices
        What was found on the way.
    """

    problem: Opening
    ways: Ints
    fixed: Ints
    reserved: Ints
    mixed: Ints
    reach: int
    not_near: int
    ahead: NextYear | None
    in_school: Ints
    notices: tuple[Notice, ...]


def county_of(ready: Prepared, settings: Scenario, level: SeatLevel, years: int) -> County:
    """Return the county of a scenario.

    Parameters
    ----------
    level
        The class size to which schools may fill.
    years
        2 keeps every limit next year too.

    Raises
    ------
    InputError
        If there is no room at all, or teachers or budget are too few for who is placed already.
    """
    schools, planning = ready.inputs.schools, settings.planning
    reach = planning.max_m or settings.limits.far_m
    rooms = np.maximum(schools.rooms, schools.classes)
    children = _free_children(ready)
    allowed = _allowed_ways(ready, settings, children)
    shortest = np.where(allowed >= 0, allowed, _ENDLESS).min(axis=1, initial=_ENDLESS)
    ways = np.where(allowed <= np.maximum(reach, shortest)[:, None], allowed, -1)
    size = schools.class_standard if level == "standard" else schools.class_limit
    fixed = _fixed(ready)
    mixed = np.maximum(mixed_pupils(schools), 0)
    reserved = np.where(rooms > 0, schools.reserved, 0)
    ahead = None
    if years > 1:
        ahead = next_year(schools, _nearest(allowed, fixed), planning.next_percent)
    in_school = np.minimum(ready.seats.headroom, _ENDLESS)
    entrants = in_school if ahead is None else np.minimum(in_school, ahead.most)
    blocks, count = blocks_of(ways)
    problem = Opening(
        ways=blocks,
        children=count,
        size=size,
        taken=np.minimum(fixed + reserved + mixed, size * rooms),
        most=np.clip(entrants - fixed - reserved, 0, len(children)),
        rooms=rooms,
        planned=schools.classes,
        cost=_costs(schools, planning.budget),
        teachers=planning.teachers,
        budget=planning.budget,
    )
    _refuse(problem, schools)
    notices = _over_limits(schools, fixed + reserved, problem, in_school, ahead)
    not_near = int(((shortest > reach) & (shortest < _ENDLESS)).sum())
    return County(
        problem, ways, fixed, reserved, mixed, reach, not_near, ahead, in_school, tuple(notices)
    )


def _free_children(ready: Prepared) -> Ints:
    """Return eligible children without a fixed place, in lottery order."""
    free = (ready.ranking.ineligible == "") & (ready.inputs.applicants.placed_school == NONE)
    children = np.flatnonzero(free)
    return children[np.lexsort((children, ready.ranking.draw.rank[children]))]


def _fixed(ready: Prepared) -> Ints:
    applicants = ready.inputs.applicants
    fixed = (ready.ranking.ineligible == "") & (applicants.placed_school != NONE)
    return np.bincount(applicants.placed_school[fixed], minlength=len(ready.inputs.schools))


def _allowed_ways(ready: Prepared, settings: Scenario, children: Ints) -> Ints:
    """Return (n, m) metres, -1 where no redirect round names the school and no zone gives it.

    Who accepts no redirect may have the schools of its zone only.
    """
    schools, applicants = ready.inputs.schools, ready.inputs.applicants
    own = _own_zone(ready, children)
    accepts = applicants.accepts_redirect[children]
    may = own | (_named(schools, settings)[None, :] & accepts[:, None])
    may &= np.maximum(schools.rooms, schools.classes) > 0
    ways = ready.ground.ways.rows(children).astype(np.int64)
    return np.where(may, ways, -1)


def _named(schools: Schools, settings: Scenario) -> Flags:
    """Return (m,) schools whose sector and kind some redirect round names."""
    named = np.zeros(len(schools), dtype=bool)
    for rule in settings.round:
        if rule.rule == "redirect":
            sectors = np.isin(schools.sector, np.array(rule.sectors, dtype=object))
            named |= sectors & np.isin(schools.kind, np.array(rule.kinds, dtype=object))
    return named


def _own_zone(ready: Prepared, children: Ints) -> Flags:
    own = np.zeros((len(children), len(ready.inputs.schools)), dtype=bool)
    for row, zone in enumerate(ready.ground.zone[children].tolist()):
        if zone != NONE:
            own[row, list(ready.inputs.zones.schools[zone])] = True
    return own


def _nearest(allowed: Ints, fixed: Ints) -> Ints:
    """Return (m,) children for whom each school is the nearest, those placed there included."""
    some = (allowed >= 0).any(axis=1)
    nearest = np.where(allowed >= 0, allowed, _ENDLESS)[some].argmin(axis=1)
    return fixed + np.bincount(nearest, minlength=len(fixed))


def _costs(schools: Schools, budget: int | None) -> Ints:
    """Return (m,) what a further class costs; more than the budget where nobody knows."""
    given = schools.outlook.get("class_cost", np.full(len(schools), NONE))
    unknown = 0 if budget is None else budget + 1
    return np.where(given == NONE, unknown, given)


def _refuse(problem: Opening, schools: Schools) -> None:
    """Stop where nothing can be planned."""
    found = []
    least = problem.least
    given = schools.outlook.get("class_cost")
    if not problem.rooms.any():
        found.append(Problem("OPENING_NO_ROOMS", column="rooms"))
    if problem.teachers is not None and int(least.sum()) > problem.teachers:
        params = {"least": int(least.sum()), "teachers": problem.teachers}
        found.append(Problem("TEACHERS_TOO_FEW", column="[planning] teachers", params=params))
    if problem.budget is not None and (given is None or (given == NONE).all()):
        found.append(Problem("CLASS_COST_MISSING", column="class_cost"))
    elif problem.budget is not None and problem.extra_cost(least) > problem.budget:
        found.append(Problem("OPENING_BUDGET_SHORT", column="[planning] budget"))
    if found:
        raise InputError(found)


def _over_limits(
    schools: Schools, placed: Ints, problem: Opening, in_school: Ints, ahead: NextYear | None
) -> list[Notice]:
    """Return where children placed by decision pass a limit, which they may."""
    over = (placed > 0) & (placed > np.minimum(problem.size * problem.rooms, in_school))
    found = [_about("OPENING_OVER_LIMIT", schools, at) for at in np.flatnonzero(over).tolist()]
    if ahead is not None:
        for at in np.flatnonzero(placed > ahead.most).tolist():
            pupils, most = int(placed[at]), int(ahead.most[at])
            found.append(_about("FUTURE_BREACH", schools, at, pupils=pupils, most=most))
    return found


def _about(code: str, schools: Schools, school: int, **params: object) -> Notice:
    params = {"school": str(schools.name[school]), **params}
    return Notice(code, str(schools.school_id[school]), params=params)
