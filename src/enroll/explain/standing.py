"""A zone round by deferred acceptance, one asker after another, any of whom can be taken back.

The order of asking does not matter (design R8, `exceed`). So what a changed child would get is
seen by letting it ask last, after everybody else, and taking that back for the next question.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING

from enroll.explain.run import NONE, Key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enroll.explain.matching import Asker, Seats


class Entry:
    """An asker in a round, and the position of the school that it asked last."""

    __slots__ = ("asked", "asker")

    def __init__(self, asker: Asker) -> None:
        self.asker, self.asked = asker, -1

    @property
    def school(self) -> int:
        """Return the school that holds it, -1 for none."""
        schools = self.asker.schools
        return schools[self.asked] if self.asked < len(schools) else NONE


_Line = list[tuple[Key, Entry]]
_key = itemgetter(0)


class Standing:
    """Who is held where after some have asked.

    Who is refused closes the school to every larger key, for good.

    Parameters
    ----------
    seats
        A school takes while fewer than `round` are taken and `limit` holds.
    largest
        Children of the largest family that will ask.
    """

    def __init__(self, seats: Seats, largest: int) -> None:
        self._round, self._limit, self._largest = seats.round, seats.limit, largest
        self._held: dict[int, _Line] = {}
        self._line: dict[int, Key] = {}
        self._taken: dict[int, int] = {}
        self._done: list[tuple[int, Key, _Line, Key | None, int]] = []

    def held(self, school: int) -> list[Asker]:
        """Return whom a school holds."""
        return [entry.asker for _, entry in self._held.get(school, ())]

    def enter(self, asker: Asker) -> Entry:
        """Let somebody ask, and whoever is displaced ask on; return its entry."""
        entry = Entry(asker)
        waiting = [entry]
        while waiting:
            self._ask(waiting.pop(), waiting)
        return entry

    def try_out(self, asker: Asker) -> int:
        """Return the school that somebody would get who asks now, -1 for none."""
        before = self.mark()
        school = self.enter(asker).school
        self.undo(before)
        return school

    def mark(self) -> int:
        """Return what `undo` goes back to."""
        return len(self._done)

    def undo(self, mark: int) -> None:
        """Take back all that was done since a mark."""
        while len(self._done) > mark:
            school, joined, refused, line, taken = self._done.pop()
            there = self._held[school]
            there += refused
            del there[bisect_left(there, joined, key=_key)]
            self._taken[school] = taken
            if line is not None:
                self._line[school] = line
            else:
                self._line.pop(school, None)
            for _, entry in refused:
                entry.asked = entry.asker.schools.index(school)

    def _ask(self, entry: Entry, waiting: list[Entry]) -> None:
        """Let one go on to the next school that is open to it; who is refused there waits."""
        asker, line = entry.asker, self._line
        schools = asker.schools
        for position in range(entry.asked + 1, len(schools)):
            school = schools[position]
            if school not in line or asker.key(school) < line[school]:
                entry.asked = position
                waiting += self._join(school, entry)
                return
        entry.asked = len(schools)

    def _join(self, school: int, entry: Entry) -> list[Entry]:
        """Let a school hold one more; return whom it refuses for that."""
        key, there = entry.asker.key(school), self._held.setdefault(school, [])
        there.insert(bisect_left(there, key, key=_key), (key, entry))
        before, line = self._taken.get(school, 0), self._line.get(school)
        taken = before + len(entry.asker.children)
        refused: _Line = []
        if taken > min(self._round[school], self._limit[school]):
            cut = self._first_refused(school, taken)
            refused = there[cut:]
            del there[cut:]
        if refused:
            self._line[school] = refused[0][0]
            taken -= sum(len(one.asker.children) for _, one in refused)
        self._taken[school] = taken
        self._done.append((school, key, refused, line, before))
        return [one for _, one in refused]

    def _first_refused(self, school: int, taken: int) -> int:
        """Return the position of the first who is not taken, the number of all if none is.

        Looked for from the end: nobody is refused before whom there is room for the largest
        family.
        """
        there, limit = self._held[school], self._limit[school]
        first = len(there)
        for position in range(len(there) - 1, -1, -1):
            size = len(there[position][1].asker.children)
            taken -= size
            if taken >= self._round[school] or taken + size > limit:
                first = position
            elif taken + self._largest <= limit:
                break
        return first


def each_left_out(standing: Standing, askers: Sequence[Asker]) -> Iterator[tuple[Asker, Standing]]:
    """Yield every asker, while the standing is what it is without that one alone.

    One half asks, for all of the other half, and so on, so that each asks only as often as
    their number can be halved.

    Parameters
    ----------
    standing
        What is the case without any of them; the same again in the end.
    askers
        Those to leave out.
    """
    if len(askers) == 1:
        yield askers[0], standing
        return
    middle = len(askers) // 2
    for left_out, others in (
        (askers[:middle], askers[middle:]),
        (askers[middle:], askers[:middle]),
    ):
        if left_out:
            before = standing.mark()
            for asker in others:
                standing.enter(asker)
            yield from each_left_out(standing, left_out)
            standing.undo(before)
