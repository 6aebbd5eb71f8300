"""What would have changed a refusal in a zone round: computed, and followed to the end.

A change is told only if the round, run anew with it, gives the child the place, and only the
least one: one step less of it, and the round run anew does not.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from enroll.explain.matching import nearer
from enroll.explain.run import NONE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from enroll.explain.contest import Contest
    from enroll.explain.matching import Asker
    from enroll.explain.run import Key


class Change(NamedTuple):
    """One thing that would have been enough alone.

    Parameters
    ----------
    what
        `group`, `sibling`, `distance`, `points`, `since`, `lottery` or `seat`.
    value
        The group's number, metres at most, points at least, the day at the latest as
        `since_rank` counts it, or the rank to come before; 0 for a sibling, 1 for a seat.
    """

    what: str
    value: int


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
    seat = [Change("seat", 1)] if contest.gains(at, school) else []
    if len(contest.askers[at].children) > 1:
        return seat
    if (at, school) not in contest.found:
        _find_own(contest, [at])
    return contest.found[at, school] + seat


def find_all_changes(contest: Contest) -> None:
    """Find what would have changed each refusal of a round at once, for `find_changes`."""
    rivals: dict[int, list[int]] = {}
    for at, asker in enumerate(contest.askers):
        first = asker.schools[0]
        refused = contest.place(at) != first and contest.foreseeable[first]
        if refused and len(asker.children) == 1:
            rivals.setdefault(contest.rivals[first][0], []).append(at)
    for together in rivals.values():
        _find_own(contest, together)


def _find_own(contest: Contest, wanted: Sequence[int]) -> None:
    """Find which changes of their own keys would have given some rivals a place."""
    names = (*contest.rule["order"], "lottery")
    for at, trial in contest.trials(wanted):
        for school in contest.refusing(at):
            found = (_least_change(contest, (at, trial), school, name) for name in names)
            contest.found[at, school] = [change for change in found if change is not None]


class _Steps:
    """The changes of one part of a key that can matter, the greatest first.

    What counts is only before whom a key comes: that may differ with each value that somebody
    has and with the value one step before it, and nowhere between.

    Parameters
    ----------
    what
        The part.
    values
        Those values, ascending: the smaller, the better.
    own, unit
        The value of the child, and one step.
    """

    def __init__(self, what: str, values: Sequence[int], own: int, unit: int) -> None:
        self._what, self._values, self._next = what, values, own - unit
        self._count = bisect_left(values, own)
        self._first = 0 if what == "points" else bisect_left(values, 0)

    def __len__(self) -> int:
        found = max(self._count - self._first, 0)
        return found + int(self._adds)

    @cached_property
    def _adds(self) -> bool:
        """Whether the smallest change is none of the values."""
        if self._what == "lottery" or (self._next < 0 and self._what != "points"):
            return False
        return self._count == 0 or self._values[self._count - 1] < self._next

    def __getitem__(self, position: int) -> Change:
        at = self._first + position
        value = self._values[at] if at < self._count else self._next
        return Change(self._what, -value if self._what == "points" else value)


def _least_change(
    contest: Contest, tried: tuple[int, Callable[[Asker], int]], school: int, what: str
) -> Change | None:
    """Return the least change of one part of the key that brings the place, if any does."""
    at, trial = tried
    asker = contest.askers[at]
    if what == "distance" and contest.run.children[asker.children[0]].unmeasured:
        return None
    unit = contest.unit(what)
    steps = _Steps(what, contest.turns(school, what), own_part(contest, at, school, what), unit)
    enough = asker.schools[: asker.schools.index(school) + 1]
    got: dict[int, int] = {}

    def brings(position: int) -> bool:
        if position not in got:
            other = changed(contest, at, school, steps[position])
            got[position] = trial(other)
        return got[position] in enough

    guess = _before_the_cutoff(contest, at, school, steps)
    # Where singles alone ask, who got nothing gets nothing by a key that is still behind the
    # cutoff: the places remain stable, and who is left out is the same in all stable ones.
    certain = contest.place(at) == NONE and not contest.families(school)
    least = _last_that(brings, guess if certain else len(steps), guess)
    return steps[least] if least is not None and got[least] == school else None


def _last_that(brings: Callable[[int], bool], end: int, guess: int) -> int | None:
    """Return the last position that brings the place, as the one after it does not.

    The better a key, the better the place, so that the positions that bring it come first.
    The search begins beside a guess, which is nearly always right.

    Parameters
    ----------
    brings
        Whether a position does.
    end
        A position that does not; the number of all if none is known.
    guess
        Where the first that does not should be.
    """
    first = 0
    for position in (guess - 1, guess):
        if first <= position < end:
            first, end = (position + 1, end) if brings(position) else (first, position)
    while first < end:
        middle = (first + end) // 2 if first else 0
        first, end = (middle + 1, end) if brings(middle) else (first, middle)
    return first - 1 if first else None


def _before_the_cutoff(contest: Contest, at: int, school: int, steps: _Steps) -> int:
    """Return how many of the changes, the greatest first, bring the key before the cutoff."""
    cutoff = contest.run.cutoffs.get((contest.step, school), ())
    if not cutoff:
        return 0
    line = (*cutoff[:-1], 2 * cutoff[-1])

    def is_behind(position: int) -> bool:
        asker = changed(contest, at, school, steps[position])
        return (*asker.parts[school], asker.lottery) >= line

    return bisect_left(range(len(steps)), True, key=is_behind)


def own_part(contest: Contest, at: int, school: int, what: str) -> int:
    """Return a part of an asker's key at a school, or its rank in the draw."""
    asker = contest.askers[at]
    if what == "lottery":
        return asker.lottery // 2
    position: int = contest.rule["order"].index(what)
    return asker.parts[school][position]


def changed(contest: Contest, at: int, school: int, change: Change) -> Asker:
    """Return an asker as it would have been with a change."""
    asker = contest.askers[at]
    if change.what == "lottery":
        return replace(asker, lottery=2 * change.value - 1)
    position = contest.rule["order"].index(change.what)
    if change.what == "distance":
        key = _with(asker.parts[school], position, change.value)
        return nearer(asker, school, change.value, key)
    if change.what == "sibling":
        sibling = {one: int(one != school) for one in asker.sibling}
        parts = {one: _with(key, position, sibling[one]) for one, key in asker.parts.items()}
        return replace(asker, sibling=sibling, parts=parts)
    value = -change.value if change.what == "points" else change.value
    parts = {one: _with(key, position, value) for one, key in asker.parts.items()}
    return replace(asker, parts=parts)


def _with(key: Key, position: int, value: int) -> Key:
    return (*key[:position], value, *key[position + 1 :])
