"""What would have changed a refusal in a zone round: computed, and followed to the end.

A change is told only if the round, run anew with it, gives the child the place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from enroll.explain.contest import nearer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.explain.contest import Asker, Contest
    from enroll.explain.run import Key


class Change(NamedTuple):
    """One thing that would have been enough alone.

    Parameters
    ----------
    what
        `group`, `distance`, `points`, `lottery` or `seat`.
    value
        The group's number, metres at most, points at least, or the rank to come before.
    """

    what: str
    value: int


CHANGEABLE = ("group", "distance", "points", "lottery")


def find_changes(contest: Contest, at: int, school: int) -> list[Change]:
    """Return what would have given an asker a place at a school that refused it.

    A family that asks as one is told of the seat only: its key is that of its best member.

    Parameters
    ----------
    contest, at, school
        The round, the number of the asker, and the number of the school.
    """
    if not contest.foreseeable[school]:
        return []
    changes = []
    if len(contest.askers[at].children) == 1:
        changes = [
            change
            for change in _enough_for_the_cutoff(contest, at, school)
            if contest.with_change(at, changed(contest, at, school, change), school) == school
        ]
    if contest.with_seat(school)[at] == school:
        changes.append(Change("seat", 1))
    return changes


def _enough_for_the_cutoff(contest: Contest, at: int, school: int) -> Iterator[Change]:
    """Yield what brings a key before the cutoff, one part of it changed."""
    cutoff = contest.run.cutoffs.get((contest.step, school), ())
    if not cutoff:
        return
    asker = contest.askers[at]
    own = (*asker.parts[school], asker.lottery // 2)
    names = (*contest.rule["order"], "lottery")
    measured = contest.run.children[asker.children[0]].record["distance_from"] != ""
    for position, name in enumerate(names):
        value = _needed(own, cutoff, position)
        if value is None:
            return
        if name == "distance":
            value = value // int(contest.run.rules["round_m"]) * int(contest.run.rules["round_m"])
        if name == "lottery":
            yield Change(name, cutoff[position])
        elif name == "points":
            yield Change(name, -value)
        elif name in CHANGEABLE and value >= 0 and (measured or name != "distance"):
            yield Change(name, value)


def _needed(own: Key, cutoff: Key, position: int) -> int | None:
    """Return the largest part that brings a key before the cutoff; None if no part does."""
    if own[:position] != cutoff[:position] or own[position] < cutoff[position]:
        return None
    return cutoff[position] - int(own[position + 1 :] >= cutoff[position + 1 :])


def changed(contest: Contest, at: int, school: int, change: Change) -> Asker:
    """Return an asker as it would have been with a change."""
    asker = contest.askers[at]
    if change.what == "lottery":
        return replace(asker, lottery=2 * change.value - 1)
    value = -change.value if change.what == "points" else change.value
    position = contest.rule["order"].index(change.what)
    parts = {one: _with(key, position, value) for one, key in asker.parts.items()}
    if change.what == "distance":
        return nearer(asker, school, value, parts[school])
    return replace(asker, parts=parts)


def _with(key: Key, position: int, value: int) -> Key:
    return (*key[:position], value, *key[position + 1 :])
