"""Column frames taken apart and put together again."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from enroll.records import NONE, Applicants, Inputs, Schools, TravelMatrix, Zones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.records import Ints, Texts

Frame = TypeVar("Frame", Applicants, Schools, Zones)


def rows_of(frame: Frame, at: Ints) -> Frame:
    """Return some rows of a frame, in the order of `at`; a row may come several times."""
    changed: dict[str, Any] = {}
    for column in fields(frame):
        part = getattr(frame, column.name)
        if isinstance(part, np.ndarray):
            changed[column.name] = part[at]
    if isinstance(frame, Applicants):
        changed["facts"] = {name: texts[at] for name, texts in frame.facts.items()}
    if isinstance(frame, Schools):
        changed["outlook"] = {name: column[at] for name, column in frame.outlook.items()}
    if isinstance(frame, Zones):
        changed["schools"] = tuple(frame.schools[row] for row in at.tolist())
    return replace(frame, **changed)


def together(frame: Frame, more: Frame) -> Frame:
    """Return the rows of two frames of one system, those of `frame` first."""
    changed: dict[str, Any] = {}
    for column in fields(frame):
        part, other = getattr(frame, column.name), getattr(more, column.name)
        if isinstance(part, np.ndarray) and isinstance(other, np.ndarray):
            changed[column.name] = np.concatenate([part, other])
    if isinstance(frame, Applicants) and isinstance(more, Applicants):
        changed["facts"] = {
            name: np.concatenate([texts, more.facts[name]]) for name, texts in frame.facts.items()
        }
    if isinstance(frame, Schools) and isinstance(more, Schools):
        unknown = np.full(len(more), NONE, dtype=np.int64)
        changed["outlook"] = {
            name: np.concatenate([column, more.outlook.get(name, unknown)])
            for name, column in frame.outlook.items()
        }
    if isinstance(frame, Zones) and isinstance(more, Zones):
        changed["schools"] = (*frame.schools, *more.schools)
    return replace(frame, **changed)


def order_of(ids: Texts) -> Ints:
    """Return the order that sorts ids as UTF-8 bytes do."""
    names = ids.tolist()
    return np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)


def text_column(cells: Sequence[object]) -> Texts:
    """Return cells as a column of objects."""
    column = np.empty(len(cells), dtype=object)
    column[:] = cells
    return column


def with_schools(inputs: Inputs, schools: Schools, number: Ints) -> Inputs:
    """Return the inputs with other schools; whatever pointed to a school follows it.

    Parameters
    ----------
    schools
        The new frame.
    number
        (m,) the new index of every school there was, -1 for one that is gone.
    """
    moved = np.append(number, NONE)
    applicants = inputs.applicants
    choices = moved[applicants.choices]
    closed_up = np.argsort(choices == NONE, axis=1, kind="stable")
    applicants = replace(
        applicants,
        sibling_school=moved[applicants.sibling_school],
        placed_school=moved[applicants.placed_school],
        choices=np.take_along_axis(choices, closed_up, axis=1),
    )
    served = tuple(
        tuple(sorted(int(number[school]) for school in old if number[school] != NONE))
        for old in inputs.zones.schools
    )
    return replace(
        inputs,
        applicants=applicants,
        schools=schools,
        zones=replace(inputs.zones, schools=served),
        travel=_to_schools(inputs.travel, number),
    )


def _to_schools(travel: TravelMatrix | None, number: Ints) -> TravelMatrix | None:
    if travel is None:
        return None
    school = number[travel.school]
    kept = np.flatnonzero(school != NONE)
    kept = kept[np.lexsort((school[kept], travel.key[kept]))]
    return replace(travel, key=travel.key[kept], school=school[kept], metres=travel.metres[kept])


def with_children(inputs: Inputs, at: Ints, ids: Texts) -> Inputs:
    """Return the inputs with some of their applicants, ascending by new ids.

    Parameters
    ----------
    at
        (k,) the applicant that each is, or is a copy of.
    ids
        (k,) new ids, no two alike. A copy has no place by decision and no family: it is
        nobody's twin.
    """
    order = order_of(ids)
    at, ids = at[order], ids[order]
    chosen = rows_of(inputs.applicants, at)
    copied = chosen.applicant_id != ids
    applicants = replace(
        chosen,
        applicant_id=ids,
        row=np.where(copied, 0, chosen.row),
        family=np.where(copied, NONE, chosen.family),
        placed_school=np.where(copied, NONE, chosen.placed_school),
        placed_reason=np.where(copied, "", chosen.placed_reason),
        placed_authority=np.where(copied, "", chosen.placed_authority),
        placed_date=np.where(copied, "", chosen.placed_date),
        override_reasons=_still_there(chosen, ids),
    )
    return replace(inputs, applicants=applicants, travel=_from_children(inputs, at))


def _still_there(applicants: Applicants, ids: Texts) -> dict[str, str]:
    present = set(ids.tolist())
    reasons = applicants.override_reasons
    return {name: reason for name, reason in reasons.items() if name in present}


def _from_children(inputs: Inputs, at: Ints) -> TravelMatrix | None:
    """Return the ways of the applicants `at`, under their new numbers."""
    travel = inputs.travel
    if travel is None or travel.keyed_by != "applicant":
        return travel
    ways = np.bincount(travel.key, minlength=len(inputs.applicants))
    first = np.concatenate(([0], np.cumsum(ways)))[:-1]
    key = np.repeat(np.arange(len(at)), ways[at])
    within = np.arange(len(key)) - np.repeat(np.cumsum(ways[at]) - ways[at], ways[at])
    where = np.repeat(first[at], ways[at]) + within
    return replace(travel, key=key, school=travel.school[where], metres=travel.metres[where])
