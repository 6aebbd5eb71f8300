"""Who gets which school where askers and seats are given (design R8)."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from enroll.explain.run import NONE, Key
from enroll.explain.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


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

    def with_one_more(self, schools: Iterable[int]) -> Seats:
        """Return the seats with one more at some schools."""
        more = {*schools}
        return Seats(
            *(
                [seats + (at in more) for at, seats in enumerate(level)]
                for level in (self.round, self.limit)
            )
        )


def taker_of(school: int) -> Asker:
    """Return somebody who asks for a school alone, before every key that there can be."""
    return Asker((NONE,), {school: 0}, {school: 0}, {school: (-(2**62),)}, NONE)


def nearer(asker: Asker, school: int, metres: int, parts: Key) -> Asker:
    """Return an asker with another way to one school, and its key there."""
    return replace(
        asker,
        metres={**asker.metres, school: metres},
        parts={**asker.parts, school: parts},
    )


def match(askers: Sequence[Asker], seats: Seats) -> list[int]:
    """Return each asker's school by deferred acceptance, -1 for none (design R8, `exceed`)."""
    standing = Standing(seats, largest_family(askers))
    entries = [standing.enter(asker) for asker in askers]
    return [entry.school for entry in entries]


def largest_family(askers: Iterable[Asker]) -> int:
    """Return how many children ask as one at most."""
    return max((len(asker.children) for asker in askers), default=0)


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
