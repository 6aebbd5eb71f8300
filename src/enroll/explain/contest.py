"""A zone round followed anew from the records: who asked where, with which key (design R6, R8)."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property, partial
from typing import TYPE_CHECKING

from enroll.explain.matching import (
    Asker,
    Seats,
    largest_family,
    match,
    match_skipping,
    taker_of,
)
from enroll.explain.run import NONE, Child, Key, RunFiles, since_rank
from enroll.explain.standing import Standing, each_left_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from enroll.explain.changes import Change


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
        self._largest = largest_family(self.askers)
        self.found: dict[tuple[int, int], list[Change]] = {}
        self._gaining: dict[int, dict[int, set[int]]] = {}
        self._families: dict[int, bool] = {}
        self._turns: dict[tuple[str, int], list[int]] = {}

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
        if self._skips(askers):
            return match_skipping(askers, seats.round)
        return match(askers, seats)

    def _skips(self, askers: Iterable[Asker]) -> bool:
        return self.rule["last_seat"] == "skip" and largest_family(askers) > 1

    def _standing(self, askers: Sequence[Asker], seats: Seats) -> Standing:
        standing = Standing(seats, self._largest)
        for asker in askers:
            standing.enter(asker)
        return standing

    def gains(self, at: int, school: int) -> bool:
        """Return whether an asker would be at a school with one more seat there."""
        first = self.rivals[school][0]
        if first not in self._gaining:
            self._gaining[first] = self._with_seats(self.rivals[school])
        return at in self._gaining[first].get(school, ())

    def _with_seats(self, rivals: list[int]) -> dict[int, set[int]]:
        """Return who would be at each school of some rivals with one more seat there."""
        askers = [self.askers[at] for at in rivals]
        schools = sorted({school for asker in askers for school in asker.schools})
        if self._skips(askers):
            found = {}
            for school in schools:
                got = self._match(askers, self.seats.with_one_more([school]))
                found[school] = {at for at, one in zip(rivals, got, strict=True) if one == school}
            return found
        # One more seat everywhere, and before all others somebody who takes it: where that one
        # is left out, the seat is there.
        standing = self._standing(askers, self.seats.with_one_more(schools))
        takers = [taker_of(school) for school in schools]
        return {
            taker.schools[0]: {self.of[one.children[0]] for one in without.held(taker.schools[0])}
            for taker, without in each_left_out(standing, takers)
        }

    def trials(self, wanted: Sequence[int]) -> Iterator[tuple[int, Callable[[Asker], int]]]:
        """Yield askers, with what tells the school that each would get as somebody else.

        A trial holds until the next is asked for.

        Parameters
        ----------
        wanted
            Numbers of askers who are rivals of each other, each with a school that it asks.
        """
        rivals = self.rivals[self.askers[wanted[0]].schools[0]]
        if self._skips([self.askers[at] for at in rivals]):
            for at in wanted:
                yield at, partial(self._anew, rivals, at)
            return
        left = set(wanted)
        others = [self.askers[at] for at in rivals if at not in left]
        standing = self._standing(others, self.seats)
        for asker, without in each_left_out(standing, [self.askers[at] for at in wanted]):
            yield self.of[asker.children[0]], without.try_out

    def _anew(self, rivals: list[int], at: int, changed: Asker) -> int:
        askers = [changed if one == at else self.askers[one] for one in rivals]
        return self._match(askers, self.seats)[rivals.index(at)]

    def unit(self, what: str) -> int:
        """Return one step of a part of the key."""
        return int(self.run.rules["round_m"]) if what == "distance" else 1

    def families(self, school: int) -> bool:
        """Return whether children who ask as one are among the rivals at a school."""
        first = self.rivals[school][0]
        if first not in self._families:
            askers = (self.askers[at] for at in self.rivals[school])
            self._families[first] = any(len(one.children) > 1 for one in askers)
        return self._families[first]

    def turns(self, school: int, what: str) -> Sequence[int]:
        """Return the values of a part of the key at which an outcome can turn, ascending.

        They are those of the rivals at a school and the ones a step before them; of the draw,
        their ranks.
        """
        at = (what, school if what == "distance" else self.rivals[school][0])
        if at not in self._turns:
            unit = self.unit(what)
            before = () if what == "lottery" else (unit,)
            self._turns[at] = sorted(
                {value - step for value in self._values(school, what) for step in (0, *before)}
            )
        return self._turns[at]

    def _values(self, school: int, what: str) -> set[int]:
        askers = [self.askers[at] for at in self.rivals[school]]
        if what == "lottery":
            return {one.lottery // 2 for one in askers}
        position = self.rule["order"].index(what)
        if what == "distance":
            return {one.parts[school][position] for one in askers if school in one.parts}
        return {key[position] for one in askers for key in one.parts.values()}

    def refusing(self, at: int) -> tuple[int, ...]:
        """Return the schools that refused an asker, in the order in which it asked."""
        schools, got = self.askers[at].schools, self.place(at)
        return schools[: schools.index(got)] if got in schools else schools

    def queue(self, at: int, school: int) -> int:
        """Return how many were refused at a school and rank before an asker there."""
        key = self.askers[at].key(school)
        return bisect_left(self._refused.get(school, ()), key)

    @cached_property
    def _refused(self) -> dict[int, list[Key]]:
        refused: dict[int, list[Key]] = {}
        for at, asker in enumerate(self.askers):
            for school in self.refusing(at):
                refused.setdefault(school, []).append(asker.key(school))
        return {school: sorted(keys) for school, keys in refused.items()}


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
