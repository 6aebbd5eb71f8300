"""Priority groups: the first group whose conditions all hold takes the child."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from enroll.priority.facts import condition_holds, find_fact
from enroll.records import NONE, Groups

if TYPE_CHECKING:
    from enroll.records import Flags, Ground, Inputs, Ints
    from enroll.scenario.schema import Group, Scenario

OTHER = "other"
"""Id of the implicit last group, for children whom no entry of the policy takes."""


def sort_into_groups(inputs: Inputs, ground: Ground, settings: Scenario) -> Groups:
    """Return the group of every applicant, ineligible ones too.

    Groups come in the order in which their ids first appear; several entries with one id
    mean "or". Who fits none comes last, in the implicit group `other`. An entry without
    `when` takes the children whose `group` column names it; so does every entry with a child in
    no table of applicants whose group is given. Without any entry there is one group, everybody.
    """
    if not settings.group:
        everybody = np.zeros(len(inputs.applicants), dtype=np.int64)
        return Groups(ids=("all",), names=("everybody",), of=everybody, condition=everybody - 1)
    ids = tuple(dict.fromkeys(entry.id for entry in settings.group))
    condition = _first_that_holds(inputs, ground, settings.group, ids)
    number = np.array([*(ids.index(entry.id) for entry in settings.group), len(ids)])
    names = tuple(_name_of(name, settings.group) for name in ids)
    if np.any(condition == NONE):
        ids, names = (*ids, _unused_id(ids)), (*names, OTHER)
    return Groups(ids=ids, names=names, of=number[condition], condition=condition)


def _first_that_holds(
    inputs: Inputs, ground: Ground, entries: tuple[Group, ...], ids: tuple[str, ...]
) -> Ints:
    """Return (n,) the entry of the best group that takes each applicant, or -1."""
    by_group = sorted(range(len(entries)), key=lambda number: ids.index(entries[number].id))
    condition = np.full(len(inputs.applicants), NONE, dtype=np.int64)
    for number in by_group:
        fits = _fits(inputs, ground, entries[number])
        condition[fits & (condition == NONE)] = number
    return condition


def _fits(inputs: Inputs, ground: Ground, entry: Group) -> Flags:
    named: Flags = inputs.applicants.group == entry.id
    if entry.when is None:
        return named
    fits = np.ones(len(inputs.applicants), dtype=bool)
    for name, condition in entry.when.items():
        fits &= find_fact(name, inputs, ground).where(partial(condition_holds, condition))
    # Of children in no table only the group may be known: then it holds without any fact.
    made = inputs.applicants.made() & (inputs.applicants.group != "")
    return np.where(made, named, fits)


def _name_of(group_id: str, entries: tuple[Group, ...]) -> str:
    """Return the first name that an entry of the group gives, else its id."""
    names = [entry.name for entry in entries if entry.id == group_id and entry.name]
    return names[0] if names else group_id


def _unused_id(ids: tuple[str, ...]) -> str:
    """Return `other`, with a number where the policy itself has a group of that id.

    Joining a group of the policy would let a child come before groups that it should follow.
    """
    candidates = (OTHER, *(f"{OTHER}-{number}" for number in range(2, len(ids) + 2)))
    return next(name for name in candidates if name not in ids)
