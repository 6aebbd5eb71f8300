"""Changes to schools: new ones, closed ones, and other values in their columns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from enroll.changing.frames import order_of, rows_of, text_column, together, with_schools
from enroll.notices import mask
from enroll.records import NONE, Schools
from enroll.scenario.changes import AddSchool, CloseSchool, SetSchool

if TYPE_CHECKING:
    from enroll.changing.trial import Trial
    from enroll.records import Flags


def add_schools(trial: Trial) -> None:
    """Add the new schools to the table of schools; zones come in a later step."""
    for number, change in trial.of_kind(AddSchool):
        if change.school_id in trial.inputs.schools.school_id.tolist():
            trial.wrong("CHANGE_SCHOOL_EXISTS", number, "school_id", change.school_id)
            continue
        if trial.settings.travel.mode == "matrix":
            trial.wrong("CHANGE_NEEDS_WAYS", number, "school_id", change.school_id)
        schools = together(trial.inputs.schools, _school(change, trial))
        order = order_of(schools.school_id)
        position = np.argsort(order)
        trial.inputs = with_schools(trial.inputs, rows_of(schools, order), position[:-1])
        _check(trial, number, change.school_id)


def _school(change: AddSchool, trial: Trial) -> Schools:
    """Return a new school as a frame of one row, with the defaults of the table of schools."""
    limits = trial.settings.limits
    cells: dict[str, Any] = {
        "rooms": change.classes,
        "class_standard": limits.class_standard,
        "class_limit": limits.class_limit,
        "reserved": 0,
        "reserved_for": "",
        "other_grades": 0,
        "leavers": 0,
        "school_limit": limits.school_limit,
        "sector": "public",
        "kind": "full",
        "setting": "",
        "area": "",
        "beds": NONE,
        **change.columns(),
    }
    columns: dict[str, Any] = {
        name: text_column([cell]) if isinstance(cell, str) else np.array([cell])
        for name, cell in cells.items()
    }
    return Schools(
        school_id=text_column([change.school_id]),
        row=np.zeros(1, dtype=np.int64),
        crs=trial.inputs.schools.crs,
        outlook={name: np.array([cost]) for name, cost in change.costs().items()},
        **columns,
    )


def close_schools(trial: Trial) -> None:
    """Take closed schools out of the table, and out of everything that names them."""
    for number, change in trial.of_kind(CloseSchool):
        if not trial.knows_school(number, "school_id", change.school_id):
            continue
        schools = trial.inputs.schools
        closed = schools.school_id == change.school_id
        _release(trial, number, closed)
        _count_siblings(trial, number, closed)
        kept = np.flatnonzero(~closed)
        position = np.where(closed, NONE, np.cumsum(~closed) - 1)
        trial.inputs = with_schools(trial.inputs, rows_of(schools, kept), position)


def _release(trial: Trial, number: int, closed: Flags) -> None:
    """Let the placements by decision at a school without classes lapse, with a notice."""
    applicants = trial.inputs.applicants
    lapsed = np.append(closed, False)[applicants.placed_school]
    if not lapsed.any():
        return
    school = mask(trial.inputs.schools.school_id[closed][0])
    count = int(np.count_nonzero(lapsed))
    trial.wrong("CLOSED_SCHOOL_PLACED", number, count=count, school=school)
    names = set(applicants.applicant_id[lapsed].tolist())
    reasons = applicants.override_reasons
    trial.inputs = replace(
        trial.inputs,
        applicants=replace(
            applicants,
            placed_school=np.where(lapsed, NONE, applicants.placed_school),
            placed_reason=np.where(lapsed, "", applicants.placed_reason),
            placed_authority=np.where(lapsed, "", applicants.placed_authority),
            placed_date=np.where(lapsed, "", applicants.placed_date),
            override_reasons={name: why for name, why in reasons.items() if name not in names},
        ),
    )


def _count_siblings(trial: Trial, number: int, closed: Flags) -> None:
    apart = np.append(closed, False)[trial.inputs.applicants.sibling_school]
    if apart.any():
        school = mask(trial.inputs.schools.school_id[closed][0])
        count = int(np.count_nonzero(apart))
        trial.wrong("CLOSED_SCHOOL_SIBLINGS", number, count=count, school=school)


def set_schools(trial: Trial) -> None:
    """Give the columns of schools their new values."""
    for number, change in trial.of_kind(SetSchool):
        if not trial.knows_school(number, "school_id", change.school_id):
            continue
        _set_columns(trial, change)
    for number, change in trial.of_kind(SetSchool):
        closed = trial.inputs.schools.school_id == change.school_id
        if closed.any():
            _check(trial, number, change.school_id)
            if change.classes == 0:
                _release(trial, number, closed)


def _set_columns(trial: Trial, change: SetSchool) -> None:
    schools = trial.inputs.schools
    at = schools.school_id.tolist().index(change.school_id)
    columns = {name: getattr(schools, name).copy() for name in change.columns()}
    for name, cell in change.columns().items():
        columns[name][at] = cell
    if change.classes is not None and change.rooms is None:
        rooms = columns["rooms"] = schools.rooms.copy()
        rooms[at] = max(change.classes, int(rooms[at]))
    trial.inputs = replace(trial.inputs, schools=replace(schools, **columns))


def _check(trial: Trial, number: int, school_id: str) -> None:
    """Note what the columns of a changed school say against each other."""
    schools = trial.inputs.schools
    at = schools.school_id.tolist().index(school_id)
    standard, limit = int(schools.class_standard[at]), int(schools.class_limit[at])
    if standard > limit:
        trial.wrong(
            "CHANGE_STANDARD_ABOVE_LIMIT", number, "class_limit", standard=standard, limit=limit
        )
    if schools.rooms[at] < schools.classes[at]:
        trial.wrong("CHANGE_ROOMS_BELOW_CLASSES", number, "rooms")
    if schools.reserved[at] and not schools.reserved_for[at]:
        trial.wrong("CHANGE_RESERVED_WITHOUT_PURPOSE", number, "reserved_for")
