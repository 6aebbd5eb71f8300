"""What is shown of classes to open: why each school opens what it opens, and who is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import numpy as np

from enroll.notices import Notice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    from enroll.classes.opening_plan import ClassesToOpen, Reached
    from enroll.planning.county import County
    from enroll.records import Flags, Inputs, Ints, Overload, Schools, SeatLevel
    from enroll.report.opening_tables import OpeningResult
    from enroll.scenario import LoadedScenario


class Asked(TypedDict):
    """What was asked of classes to open, and how far each goal was reached."""

    goals: tuple[str, ...]
    seats: SeatLevel
    years: int
    reached: tuple[Reached, ...]
    frontier: tuple[tuple[int, int], ...] | None


def pupils_of(county: County, place: Ints) -> tuple[Ints, Ints]:
    """Return the rows of the placed children, and (m,) how many each school takes."""
    rows = np.flatnonzero(place < county.problem.schools)
    return rows, np.bincount(place[rows], minlength=county.problem.schools)


def result_of(
    scenario: LoadedScenario,
    inputs: Inputs,
    county: County,
    classes: Ints,
    place: Ints,
    **asked: Unpack[Asked],
) -> OpeningResult:
    """Return what is shown of classes to open, and of where the children sit.

    Parameters
    ----------
    place
        (n,) school of each child of `county.ways`; the number of schools for none.
    asked
        What was asked and reached, as `OpeningResult` holds it.
    """
    from enroll.report.opening_tables import OpeningResult

    rows, taken = pupils_of(county, place)
    pupils = taken + county.fixed + county.reserved
    sitting = pupils + county.mixed
    farthest = np.full(len(taken), -1, dtype=np.int64)
    np.maximum.at(farthest, place[rows], county.ways[rows, place[rows]])
    held_by = _held_by(county, classes, taken)
    return OpeningResult(
        scenario=scenario,
        inputs=inputs,
        classes=classes,
        pupils=pupils,
        largest=np.where(classes > 0, -(-sitting // np.maximum(classes, 1)), 0),
        rooms=county.problem.rooms,
        why=_why(county, classes),
        held_by=held_by,
        next_entrants=None if county.ahead is None else county.ahead.entrants,
        farthest=farthest,
        notices=_notices(county, inputs.schools, pupils, held_by),
        reach=county.reach,
        children=len(county.ways) + int(county.fixed.sum()),
        **asked,
    )


def _why(county: County, classes: Ints) -> tuple[str, ...]:
    problem = county.problem
    cases = [
        problem.rooms == 0,
        classes == problem.planned,
        classes == 0,
        classes > problem.planned,
    ]
    return tuple(np.select(cases, ["no_room", "as_planned", "none", "more"], "fewer").tolist())


def _held_by(county: County, classes: Ints, taken: Ints) -> tuple[str, ...]:
    """Return what keeps each full school from taking one more."""
    problem = county.problem
    full: Flags = (taken == problem.seats(classes)) & (classes > 0)
    before = county.fixed + county.reserved
    most = county.in_school if county.ahead is None else county.ahead.most
    in_school = taken + before >= county.in_school
    in_classes = taken + problem.taken >= problem.size * classes
    cases = [
        ~full,
        ~in_school & (taken + before >= most),
        in_school,
        # All children there are come here, and more would fit.
        ~in_classes,
        classes == problem.rooms,
    ]
    return tuple(np.select(cases, ["", "next_year", "school", "", "rooms"], "classes").tolist())


def _notices(
    county: County, schools: Schools, pupils: Ints, held_by: Sequence[str]
) -> tuple[Notice, ...]:
    found = list(county.notices)
    for at, held in enumerate(held_by):
        if held == "next_year":
            params = {"school": str(schools.name[at]), "pupils": int(pupils[at])}
            found.append(Notice("OPENING_HELD_BACK", str(schools.school_id[at]), params=params))
    if county.not_near:
        params = {"reach": county.reach, "children": county.not_near}
        found.append(Notice("OPENING_NOT_NEAR", value=county.not_near, params=params))
    return tuple(found)


def shortages(
    county: County,
    plan: ClassesToOpen,
    inputs: Inputs,
    crowds: Sequence[Overload],
    unplaceable: int,
    seats: SeatLevel,
) -> tuple[Notice, ...]:
    """Return who stays without a place, and for want of what.

    Parameters
    ----------
    crowds, unplaceable
        Sets of schools that lack seats with every room in use, and children without any way.
    """
    from enroll.classes.opening_plan import open_best

    found: list[Notice] = []
    code = "OPENING_OVERLOAD_AT_LIMIT" if seats == "limit" else "OPENING_OVERLOAD"
    ids = inputs.schools.school_id
    for crowd in crowds:
        names = tuple(str(ids[school]) for school in crowd.schools)
        params = {
            "schools": names,
            "children": crowd.demand,
            "seats": crowd.seats,
            "more": crowd.demand - crowd.seats,
        }
        found.append(Notice(code, names[0], crowd.demand, crowd.seats, params=params))
    if unplaceable:
        params = {"children": unplaceable}
        found.append(Notice("OPENING_NO_WAY", value=unplaceable, params=params))
    short = unplaceable + sum(crowd.demand - crowd.seats for crowd in crowds)
    if plan.value("left_out") > short:
        alone = open_best(county.problem.unbounded(), ("classes",))
        count = plan.value("left_out") - short
        params = {"children": count, "classes": alone.value("classes")}
        found.append(Notice("OPENING_TEACHERS_SHORT", value=count, params=params))
    return tuple(found)
