"""Applicant-proposing deferred acceptance (Gale and Shapley 1962), in vectorised rounds.

Proposers are units: a child, or a bundle of children that wants one school (design R8). A
school takes units in rank order while it has seats; the first that does not fit closes it
to everyone ranked below, for good. Such a school never wants back whom it has refused, so
the order of the proposals does not matter and all of them can be made at once.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from enroll.records import Flags, Ints

NOBODY_REFUSED = np.iinfo(np.int64).max
"""The line of a school that refused nobody."""


@dataclass(frozen=True)
class Proposals:
    """Every unit's schools in the order in which it will ask.

    Parameters
    ----------
    start
        (u + 1,) where each unit's proposals begin in the arrays below.
    school, rank
        (p,) school asked, and the unit's rank there: smaller is better, no two equal at
        one school.
    size
        (u,) children in each unit.
    """

    start: Ints
    school: Ints
    rank: Ints
    size: Ints


@dataclass(frozen=True)
class Capacity:
    """What schools may take in a round.

    Parameters
    ----------
    seats
        (m,) a unit may come while fewer than this are taken.
    limit
        (m,) and only if no more than this are taken then.
    """

    seats: Ints
    limit: Ints


def accept(proposals: Proposals, capacity: Capacity) -> tuple[Ints, Ints]:
    """Match units to schools.

    Returns
    -------
    (u,) the proposal each unit ends with, -1 for none; and (m,) the best rank that each
    school refused, `NOBODY_REFUSED` where it refused none.
    """
    pointer = proposals.start[:-1].copy()
    end = proposals.start[1:]
    held = np.full(len(pointer), -1, dtype=np.int64)
    line = np.full(len(capacity.seats), NOBODY_REFUSED)
    asking = np.flatnonzero(pointer < end)
    while len(asking):
        asking = _skip_closed(proposals, pointer, end, asking, line)
        if not len(asking):
            break
        contest = _contest(proposals, held, pointer, asking, len(line))
        units, asked = contest
        taken = _take(proposals, units, asked, capacity, line)
        held[units] = np.where(taken, asked, -1)
        pointer[units[~taken]] = asked[~taken] + 1
        asking = units[~taken]
        asking = asking[pointer[asking] < end[asking]]
    return held, line


def _skip_closed(proposals: Proposals, pointer: Ints, end: Ints, asking: Ints, line: Ints) -> Ints:
    """Move on from schools that are closed to a unit; return those still asking."""
    left = asking
    while len(left):
        asked = pointer[left]
        closed = proposals.rank[asked] >= line[proposals.school[asked]]
        left = left[closed]
        pointer[left] += 1
        left = left[pointer[left] < end[left]]
    return asking[pointer[asking] < end[asking]]


def _contest(
    proposals: Proposals, held: Ints, pointer: Ints, asking: Ints, schools: int
) -> tuple[Ints, Ints]:
    """Return the units, and their proposals, at all schools that are asked now."""
    contested = np.zeros(schools, dtype=bool)
    contested[proposals.school[pointer[asking]]] = True
    holding = np.flatnonzero(held >= 0)
    holding = holding[contested[proposals.school[held[holding]]]]
    units = np.concatenate([holding, asking])
    asked = np.concatenate([held[holding], pointer[asking]])
    order = np.lexsort((proposals.rank[asked], proposals.school[asked]))
    return units[order], asked[order]


def _take(proposals: Proposals, units: Ints, asked: Ints, capacity: Capacity, line: Ints) -> Flags:
    """Return who is taken, of units sorted by school and rank; move the schools' lines."""
    school = proposals.school[asked]
    size = proposals.size[units]
    first = np.flatnonzero(np.diff(school, prepend=-1))
    count = np.diff(np.append(first, len(school)))
    before = np.cumsum(size) - size
    before -= np.repeat(before[first], count)
    fits = (before < capacity.seats[school]) & (before + size <= capacity.limit[school])
    position = np.arange(len(school))
    closing = np.minimum.reduceat(np.where(fits, len(school), position), first)
    closed = closing < len(school)
    line[school[first[closed]]] = np.minimum(
        line[school[first[closed]]], proposals.rank[asked[closing[closed]]]
    )
    return np.asarray(position < np.repeat(closing, count))


def accept_skipping(
    proposals: Proposals, capacity: Capacity, order: Ints
) -> tuple[Ints, Ints, list[tuple[int, int]]]:
    """Match units where a bundle too large for the last seats is passed over (`skip`).

    A school that passes a bundle over may still take a smaller unit ranked below, so the
    order of proposals matters: units propose one at a time in `order` (by lottery), and
    whoever is displaced proposes next (McVitie and Wilson 1971). Whoever finds no seat at
    all closes the school to everyone ranked below, for good: a seat that a bundle has to
    give back later must not go past those who were refused before.

    Parameters
    ----------
    order
        (u,) units in lottery order.

    Returns
    -------
    (u,) the proposal each unit ends with, -1 for none; (m,) the best rank that found no seat
    at each school; and the bundles passed over, as (school, unit).
    """
    desk = _Desk.open(proposals, len(capacity.seats))
    held = [-1] * len(desk.size)
    at_school: list[list[int]] = [[] for _ in capacity.seats]
    filled = [0] * len(at_school)
    seats, limit = capacity.seats.tolist(), capacity.limit.tolist()
    passed_over: list[int] = []
    waiting = order[::-1].tolist()
    while waiting:
        unit = waiting.pop()
        asked = desk.next_open(unit)
        if asked < 0:
            continue
        school = desk.school[asked]
        held[unit] = asked
        insort(at_school[school], asked, key=desk.rank.__getitem__)
        filled[school] += desk.size[unit]
        if filled[school] <= min(seats[school], limit[school]):
            continue  # Nobody is displaced while there is a seat for each.
        taken, passed, refused = desk.choose(at_school[school], seats[school], limit[school])
        at_school[school] = taken
        filled[school] = sum(desk.size[desk.unit[proposal]] for proposal in taken)
        passed_over += passed
        for proposal in sorted([*passed, *refused], key=desk.rank.__getitem__):
            loser = desk.unit[proposal]
            held[loser] = -1
            desk.pointer[loser] = proposal + 1
            waiting.append(loser)
        if refused:
            desk.line[school] = desk.rank[refused[0]]
    full = [taken >= most for taken, most in zip(filled, seats, strict=True)]
    settled = desk.settle(passed_over, at_school, full)
    return np.array(held, dtype=np.int64), np.array(desk.line, dtype=np.int64), settled


@dataclass(frozen=True)
class _Desk:
    """Proposals as plain lists, which are faster than arrays one element at a time."""

    school: list[int]
    rank: list[int]
    unit: list[int]
    size: list[int]
    pointer: list[int]
    end: list[int]
    line: list[int]

    @classmethod
    def open(cls, proposals: Proposals, schools: int) -> _Desk:
        units = np.repeat(np.arange(len(proposals.size)), np.diff(proposals.start))
        return cls(
            proposals.school.tolist(),
            proposals.rank.tolist(),
            units.tolist(),
            proposals.size.tolist(),
            proposals.start[:-1].tolist(),
            proposals.start[1:].tolist(),
            [NOBODY_REFUSED] * schools,
        )

    def next_open(self, unit: int) -> int:
        """Return a unit's next proposal to a school not closed to it, -1 if none is left."""
        for asked in range(self.pointer[unit], self.end[unit]):
            if self.rank[asked] < self.line[self.school[asked]]:
                return asked
        return -1

    def choose(
        self, contest: list[int], seats: int, limit: int
    ) -> tuple[list[int], list[int], list[int]]:
        """Return who is taken, passed over, and refused because no seat is left, by rank."""
        taken: list[int] = []
        passed: list[int] = []
        refused: list[int] = []
        filled = 0
        for proposal in contest:
            size = self.size[self.unit[proposal]]
            if filled >= seats:
                refused.append(proposal)
            elif filled + size > limit:
                passed.append(proposal)
            else:
                taken.append(proposal)
                filled += size
        return taken, passed, refused

    def settle(
        self, passed_over: list[int], at_school: list[list[int]], full: list[bool]
    ) -> list[tuple[int, int]]:
        """Return who was passed over, as (school, unit), when all is done.

        Where all seats went to units ranked above it in the end, a bundle was refused like
        anybody else.
        """
        kept = []
        for proposal in passed_over:
            school, rank = self.school[proposal], self.rank[proposal]
            last = max((self.rank[taken] for taken in at_school[school]), default=-1)
            if full[school] and last < rank:
                self.line[school] = min(self.line[school], rank)
            else:
                kept.append((school, self.unit[proposal]))
        return kept
