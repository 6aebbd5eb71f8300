"""Who gets which school where askers and seats are given (design R8)."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from enroll.explain.run import NONE, Key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Asker:
    """A child, or a bundle that asks as one, in a zone round.

    Parameters
    ----------
    children
        Numbers of its children, ascending.
    sibling, metres
        Per school it may ask: 0 where an older sibling is, else 1; the way (a bundle: the sum).
    parts
        Per school, the key by the round's order, without the lottery.
    lottery
        Twice its rank in the draw, so that a place between two ranks is a whole number too.
    """

    children: tuple[int, ...]
    sibling: Mapping[int, int]
    metres: Mapping[int, int]
    parts: Mapping[int, Key]
    lottery: int

    @cached_property
    def schools(self) -> tuple[int, ...]:
        """The schools in the order in which it asks."""
        order = sorted((self.sibling[one], self.metres[one], one) for one in self.metres)
        return tuple(school for *_, school in order)

    def key(self, school: int) -> Key:
        """Return its key at a school; no two askers have the same."""
        return self._keys[school]

    @cached_property
    def _keys(self) -> dict[int, Key]:
        return {at: (*key, self.lottery, self.children[0]) for at, key in self.parts.items()}


@dataclass(frozen=True)
class Seats:
    """Open seats: a school takes while fewer than `round` are taken and `limit` holds."""

    round: Sequence[int]
    limit: Sequence[int]

    def with_one_more(self, school: int) -> Seats:
        """Return the seats with one more at a school."""
        more = [int(at == school) for at in range(len(self.round))]
        return Seats(
            [seats + one for seats, one in zip(self.round, more, strict=True)],
            [seats + one for seats, one in zip(self.limit, more, strict=True)],
        )


def nearer(asker: Asker, school: int, metres: int, parts: Key) -> Asker:
    """Return an asker with another way to one school, and its key there."""
    return replace(
        asker,
        metres={**asker.metres, school: metres},
        parts={**asker.parts, school: parts},
    )


def match(askers: Sequence[Asker], seats: Seats) -> list[int]:
    """Return each asker's school by deferred acceptance, -1 for none.

    Who is refused closes the school to every larger key, for good, so that the order of asking
    does not matter (design R8, `exceed`).
    """
    asked = [0] * len(askers)
    largest = max((len(asker.children) for asker in askers), default=0)
    held: dict[int, list[tuple[Key, int]]] = {}
    line: dict[int, Key] = {}
    taken: dict[int, int] = {}
    waiting = list(range(len(askers)))
    while waiting:
        at = waiting.pop()
        asker = askers[at]
        while asked[at] < len(asker.schools):
            school = asker.schools[asked[at]]
            key = asker.key(school)
            if school not in line or key < line[school]:
                break
            asked[at] += 1
        else:
            continue
        there = held.setdefault(school, [])
        insort(there, (key, at))
        taken[school] = taken.get(school, 0) + len(asker.children)
        if taken[school] <= min(seats.round[school], seats.limit[school]):
            continue
        cut = _first_refused(
            there, askers, (taken[school], largest), (seats.round[school], seats.limit[school])
        )
        for refused, loser in there[cut:]:
            line[school] = min(line.get(school, refused), refused)
            taken[school] -= len(askers[loser].children)
            asked[loser] += 1
            waiting.append(loser)
        del there[cut:]
    return [
        asker.schools[at] if at < len(asker.schools) else NONE
        for at, asker in zip(asked, askers, strict=True)
    ]


def match_skipping(askers: Sequence[Asker], seats: Sequence[int]) -> list[int]:
    """Return each asker's school where families too large for the last seats are passed over.

    Proposals are made one at a time in lottery order, and who is displaced asks next
    (design R8, `skip`).
    """
    asked = [0] * len(askers)
    held: dict[int, list[tuple[Key, int]]] = {}
    line: dict[int, Key] = {}
    filled: dict[int, int] = {}
    order = sorted(range(len(askers)), key=lambda at: (askers[at].lottery, askers[at].children[0]))
    waiting = order[::-1]
    while waiting:
        at = waiting.pop()
        asker = askers[at]
        while asked[at] < len(asker.schools) and _closed(asker, asker.schools[asked[at]], line):
            asked[at] += 1
        if asked[at] == len(asker.schools):
            continue
        school = asker.schools[asked[at]]
        insort(held.setdefault(school, []), (asker.key(school), at))
        filled[school] = filled.get(school, 0) + len(asker.children)
        if filled[school] <= seats[school]:
            continue
        taken, passed, refused = _choose(held[school], askers, filled[school], seats[school])
        held[school] = taken
        for _, loser in sorted(passed + refused):
            asked[loser] += 1
            filled[school] -= len(askers[loser].children)
            waiting.append(loser)
        if refused:
            line[school] = refused[0][0]
    return [
        asker.schools[at] if at < len(asker.schools) else NONE
        for at, asker in zip(asked, askers, strict=True)
    ]


def _closed(asker: Asker, school: int, line: Mapping[int, Key]) -> bool:
    return school in line and asker.key(school) >= line[school]


_Line = list[tuple[Key, int]]


def _choose(
    there: _Line, askers: Sequence[Asker], filled: int, seats: int
) -> tuple[_Line, _Line, _Line]:
    """Return who is taken, passed over, and refused because no seat is left.

    Looked for from the end: whoever comes while all up to it find room is taken.

    Parameters
    ----------
    there, askers
        Keys and askers at a school, ascending, and all askers.
    filled, seats
        Children of all who are there, and the seats.
    """
    first = len(there)
    while filled > seats:
        first -= 1
        filled -= len(askers[there[first][1]].children)
    taken = there[:first]
    passed: _Line = []
    refused: _Line = []
    for one in there[first:]:
        size = len(askers[one[1]].children)
        if filled >= seats:
            refused.append(one)
        elif filled + size > seats:
            passed.append(one)
        else:
            taken.append(one)
            filled += size
    return taken, passed, refused


def _first_refused(
    there: Sequence[tuple[Key, int]],
    askers: Sequence[Asker],
    counted: tuple[int, int],
    seats: tuple[int, int],
) -> int:
    """Return the position of the first who is not taken, the number of all if there is none.

    Looked for from the end: nobody is refused before whom there is room for the largest family.

    Parameters
    ----------
    there, askers
        Keys and askers at a school, ascending, and all askers.
    counted
        Children of all who are there, and of the largest family.
    seats
        Seats of the round, and the limit.
    """
    before, largest = counted
    first = len(there)
    for position in range(len(there) - 1, -1, -1):
        size = len(askers[there[position][1]].children)
        before -= size
        if before >= seats[0] or before + size > seats[1]:
            first = position
        elif before + largest <= seats[1]:
            break
    return first
