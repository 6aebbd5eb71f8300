"""What would have changed a place in a redirect round, and what a nearer one would have cost.

Only one thing is changed at a time, with the rounds before as they were and the families where
they are, and only what follows for certain is told: where several places are equally good for
all together, so that the order of the draw decides, a change is left out.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from enroll.explain.redirected import NotTheBest, Redirected, options
from enroll.explain.run import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enroll.explain.run import Child, RunFiles, Ways


class Turn(NamedTuple):
    """One thing that would have been enough alone.

    Parameters
    ----------
    what
        `seat`, `group`, `lottery` or `distance`.
    school
        The school that would have had one more seat, or to which the way would be shorter;
        -1 for the others.
    value
        The group's number, the rank to come before, metres at most; 1 for a seat.
    to
        The school that the child would have been placed at.
    """

    what: str
    school: int
    value: int
    to: int


class Trial:
    """A child of a redirect round, as something other than it was.

    Parameters
    ----------
    around
        The round.
    child
        One of its children, and no member of a bundle.
    """

    def __init__(self, around: Redirected, child: Child) -> None:
        self.around, self.child = around, child
        self._at = around.of[child.number]
        self.ways = options(around.run, around.step, child)
        self._here = around.at[self._at]
        self._costs = around.costs(self._at)
        self._room = around.room(self._at)

    def loss(self, school: int) -> list[tuple[str, int, int]] | None:
        """Return what all together would lose with the child at another school.

        Returns
        -------
        Level, group and loss, the first level first; empty where nothing is lost, None where
        nobody there can be elsewhere.
        """
        if self._room[school] >= self.around.never:
            return None
        total = self._room[school] + self._costs[school] - self._costs[self._here]
        return self.around.parts(total)

    def turns(self, schools: Sequence[int]) -> Iterator[Turn]:
        """Yield what would have placed the child, or placed it nearer.

        What leads to a school that the child asked in a zone round is left out, but for a seat:
        that round would have come first.

        Parameters
        ----------
        schools
            Those at which one more seat and a shorter way are tried.
        """
        asked = self._asked()
        for found in (self._group(), self._lottery(), *map(self._distance, schools)):
            if found is not None and found.to not in asked:
                yield found
        for school in schools:
            seat = self._seat(school)
            if seat is not None:
                yield seat

    def _asked(self) -> Sequence[int]:
        """Return the schools that the child asked before the round."""
        run = self.around.run
        earlier = any(rule["rule"] == "zone" for rule in run.steps[: self.around.step])
        return run.zone_schools(self.child) if earlier else ()

    def _nearest(self, ends: set[int]) -> int:
        """Return the nearest of some nodes, -1 where it is no better than the child's own."""
        schools = [(int(self.ways[one]), one) for one in ends if one != self.around.out]
        here = (np.inf if self._here == self.around.out else self.ways[self._here],)
        return min(schools)[1] if schools and min(schools)[:1] < here else NONE

    def _group(self) -> Turn | None:
        """Return the next better group that brings something."""
        for group in reversed(range(self.child.group)):
            ends = self.around.ends(self.around.costs(self._at, group=group), self._room)
            to = self._nearest(ends)
            if to != NONE and len(ends) == 1:
                return Turn("group", NONE, group, to)
        return None

    def _lottery(self) -> Turn | None:
        """Return the rank that the child's had to come before, inside its own group.

        Equally good places go to whoever chooses first, and the children before a child keep
        theirs: the fewer are before it, the more are left to it.
        """
        around = self.around
        if self._nearest(around.ends(self._costs, self._room)) == NONE:
            return None
        first = next(
            at for at, child in enumerate(around.children) if child.group == self.child.group
        )
        found: dict[int, int] = {}

        def is_late(before: int) -> bool:
            room = around.room(self._at, range(before))
            found[before] = self._nearest(around.ends(self._costs, room))
            return found[before] == NONE

        before = bisect_left(range(first, self._at), True, key=is_late) + first - 1
        if before < first:
            return None
        return Turn("lottery", NONE, around.children[before].rank, found[before])

    def _distance(self, school: int) -> Turn | None:
        """Return the longest way to a school that brings it for certain."""
        around, unit = self.around, int(self.around.run.rules["round_m"])
        if self.child.unmeasured or self._room[school] >= around.never:
            return None
        shorter = np.arange(0, int(self.ways[school]), unit)
        costs = around.pack(around.keys(shorter), self.child.group)
        enough = int((costs < self._costs[self._here] - self._room[school]).sum())
        return Turn("distance", school, int(shorter[enough - 1]), school) if enough else None

    def _seat(self, school: int) -> Turn | None:
        """Return one more seat at a school, where it is for certain of use to the child."""
        other = self.around.with_one_more(school)
        if other is None:
            return None
        ends = other.ends(self._costs, other.room(self._at))
        to = self._nearest(ends)
        return Turn("seat", school, 1, to) if to != NONE and len(ends) == 1 else None


class Redirects:
    """The redirect rounds of a run, followed when they are asked for.

    Parameters
    ----------
    run
        The run.
    """

    def __init__(self, run: RunFiles) -> None:
        self.run = run
        self._rounds: dict[int, Redirected] = {}

    def trial(self, step: int, child: Child) -> Trial | None:
        """Return a child of a round to try other things with; None where nothing is certain.

        That is so with the goal `farthest`, whose longest way cannot be added up, and for
        children whom the round would have placed with their family.
        """
        if not self._certain(step, child, options(self.run, step, child)):
            return None
        try:
            return Trial(self._round(step), child)
        except NotTheBest:
            return None

    def _round(self, step: int) -> Redirected:
        if step not in self._rounds:
            self._rounds[step] = Redirected(self.run, step)
        return self._rounds[step]

    def _certain(self, step: int, child: Child, ways: Ways) -> bool:
        additive = self.run.steps[step]["goal"] != "farthest" and step in self.run.certificates
        sibling = self.run.number_of.get(child.record["sibling_school"], NONE)
        with_family = child.record["bundle"] or (sibling != NONE and ways[sibling] >= 0)
        return additive and not with_family

    def had_it_accepted(self, child: Child) -> tuple[int, int, int] | None:
        """Return what a redirect would have given a child whose family declined it.

        Returns
        -------
        Round, school and way; -1 for all where no round would have given it a place; None where
        that is not certain.
        """
        redirects = [step for step, rule in enumerate(self.run.steps) if rule["rule"] == "redirect"]
        for step in redirects:
            ways = options(self.run, step, child, accepts=True)
            ends = self._ends(step, child, ways) if self._certain(step, child, ways) else set()
            if len(ends) != 1:
                return None
            (to,) = ends
            if to < len(ways):
                return step, to, int(ways[to])
        return NONE, NONE, NONE

    def _ends(self, step: int, child: Child, ways: Ways) -> set[int]:
        """Return where a child would have been with other ways allowed; empty if unknown."""
        around = self._round(step)
        at = around.of[child.number]
        try:
            room = around.room(at)
        except NotTheBest:
            return set()
        return around.ends(around.costs(at, keys=around.keys(ways)), room)
