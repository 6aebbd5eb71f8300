"""A zone round followed anew from the records: who asked where, with which key (design R6, R8)."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from enroll.explain.run import NONE, Child, Key, RunFiles, since_rank

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


class Contest:
    """One zone round of a run.

    Parameters
    ----------
    run, step
        The run, and the number of the round.
    """

    def __init__(self, run: RunFiles, step: int) -> None:
        self.run, self.step, self.rule = run, step, run.steps[step]
        self.askers = self._askers()
        self.of = {child: at for at, asker in enumerate(self.askers) for child in asker.children}
        taken = run.taken[step]
        levels = ("seats_" + str(self.rule["seats"]), "seats_limit")
        self.seats = Seats(
            *(
                [
                    max(school[level] - used, 0)
                    for school, used in zip(run.schools, taken, strict=True)
                ]
                for level in levels
            )
        )
        self._with_seat: dict[int, dict[int, int]] = {}

    def _askers(self) -> list[Asker]:
        waiting = [
            child
            for child in self.run.children
            if not child.record["ineligible"] and child.place_before(self.step) == NONE
        ]
        families: dict[str, list[Child]] = {}
        for child in waiting:
            families.setdefault(child.record["bundle"] or f"\0{child.number}", []).append(child)
        askers: list[Asker] = []
        for family in families.values():
            singles = [self.ask(child) for child in family]
            together = _together(singles)
            askers += [together] if together.metres else [one for one in singles if one.metres]
        return askers

    def ask(self, child: Child) -> Asker:
        """Return how a child asks on its own."""
        record = child.record
        ways = {school: self.run.way(child, school) for school in self.run.zone_schools(child)}
        anywhere = record["distance_from"] == ""
        metres = {s: max(way, 0) for s, way in ways.items() if anywhere or way >= 0}
        number = {at: self.run.schools[at]["id"] for at in metres}
        sibling = {at: int(record["sibling_school"] != number[at]) for at in metres}
        fixed = {
            "group": child.group,
            "points": -record["points"],
            "since": since_rank(record["since"]),
        }
        parts = {
            at: tuple(
                fixed[name] if name in fixed else {"sibling": sibling, "distance": metres}[name][at]
                for name in self.rule["order"]
            )
            for at in metres
        }
        return Asker((child.number,), sibling, metres, parts, 2 * child.rank)

    @cached_property
    def rivals(self) -> dict[int, list[int]]:
        """Askers by school, with everybody whom a change at the school could touch."""
        head = list(range(len(self.run.schools)))

        def find(school: int) -> int:
            while head[school] != school:
                head[school] = head[head[school]]
                school = head[school]
            return school

        for asker in self.askers:
            for school in asker.schools:
                head[find(school)] = find(asker.schools[0])
        parts: dict[int, list[int]] = {}
        for at, asker in enumerate(self.askers):
            parts.setdefault(find(asker.schools[0]), []).append(at)
        return {school: parts.get(find(school), []) for school in range(len(head))}

    def place(self, at: int) -> int:
        """Return the school that an asker got in this round, -1 for none."""
        child = self.run.children[self.askers[at].children[0]]
        return child.place_before(self.step + 1)

    @cached_property
    def foreseeable(self) -> dict[int, bool]:
        """Whether the round, followed anew, ends as the run says, by school."""
        told: dict[int, bool] = {}
        seen: dict[int, bool] = {}
        for school, rivals in self.rivals.items():
            first = rivals[0] if rivals else NONE
            if first not in seen:
                seen[first] = self._as_told(rivals)
            told[school] = seen[first]
        return told

    def _as_told(self, rivals: list[int]) -> bool:
        got = self._match([self.askers[at] for at in rivals], self.seats)
        return all(got[position] == self.place(at) for position, at in enumerate(rivals))

    def _match(self, askers: Sequence[Asker], seats: Seats) -> list[int]:
        families = any(len(one.children) > 1 for one in askers)
        if families and self.rule["last_seat"] == "skip":
            return match_skipping(askers, seats.round)
        return match(askers, replace(seats, limit=seats.round) if not families else seats)

    def with_seat(self, school: int) -> dict[int, int]:
        """Return who would be where with one more seat at a school, by asker."""
        if school not in self._with_seat:
            rivals = self.rivals[school]
            askers = [self.askers[at] for at in rivals]
            got = self._match(askers, self.seats.with_one_more(school))
            self._with_seat[school] = dict(zip(rivals, got, strict=True))
        return self._with_seat[school]

    def with_change(self, at: int, changed: Asker, school: int) -> int:
        """Return the school that an asker would have got as somebody else, -1 for none."""
        rivals = self.rivals[school]
        askers = [changed if one == at else self.askers[one] for one in rivals]
        return self._match(askers, self.seats)[rivals.index(at)]

    def queue(self, at: int, school: int) -> int:
        """Return how many were refused at a school and rank before an asker there."""
        key = self.askers[at].key(school)
        return sum(other < key for other in self._refused.get(school, ()))

    @cached_property
    def _refused(self) -> dict[int, list[Key]]:
        refused: dict[int, list[Key]] = {}
        for at, asker in enumerate(self.askers):
            got = self.place(at)
            for school in asker.schools:
                if school == got:
                    break
                refused.setdefault(school, []).append(asker.key(school))
        return refused


def _together(members: Sequence[Asker]) -> Asker:
    """Return a family as one: the schools all may ask, the best member's key, the sum of ways."""
    if len(members) == 1:
        return members[0]
    common = [at for at in members[0].metres if all(at in one.metres for one in members)]
    return Asker(
        children=tuple(one.children[0] for one in members),
        sibling={at: min(one.sibling[at] for one in members) for at in common},
        metres={at: sum(one.metres[at] for one in members) for at in common},
        parts={at: min(one.parts[at] for one in members) for at in common},
        lottery=members[0].lottery,
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
        taken, passed, refused = _choose(held[school], askers, seats[school])
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


def _choose(there: _Line, askers: Sequence[Asker], seats: int) -> tuple[_Line, _Line, _Line]:
    """Return who is taken, passed over, and refused because no seat is left."""
    taken: _Line = []
    passed: _Line = []
    refused: _Line = []
    filled = 0
    for one in there:
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
