"""What a redirect round reached, counted again from its places, and which ways it allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.verify.steps import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.verify.case import Level, Overload
    from enroll.verify.entrants import Block, Entrants


class Reached:
    """Values of the levels, and children placed where they may not be.

    Parameters
    ----------
    entrants
        The round.
    far_m
        Longer ways are far.
    """

    def __init__(self, entrants: Entrants, far_m: int) -> None:
        groups = int(entrants.group.max(initial=0)) + 1
        self._entrants = entrants
        self._far_m = far_m
        self.in_reach = np.zeros(len(entrants.child), dtype=bool)
        """(k,) whether some school is allowed at all."""
        self._forbidden = np.zeros(len(entrants.child), dtype=bool)
        self.asking = np.zeros(groups, dtype=np.int64)
        """Per group the children that families left to be solved."""
        self.placed, self.metres, self.farthest, self.far = np.zeros((4, groups), dtype=np.int64)
        self.kept_asking = self.kept_placed = 0

    def look(self, block: Block) -> None:
        """Take in some entrants."""
        placed = block.place < self._entrants.schools
        self.in_reach[block.rows] = block.allowed.any(axis=1)
        self._forbidden[block.rows] = placed & (block.own < 0)
        left = ~block.seated
        own = block.own[left & placed]
        self.asking[block.group] += left.sum()
        self.placed[block.group] += len(own)
        self.metres[block.group] += own.sum(dtype=np.int64)
        self.farthest[block.group] = max(self.farthest[block.group], own.max(initial=0))
        self.far[block.group] += (own > self._far_m).sum()
        self.kept_asking += int((left & block.kept).sum())
        self.kept_placed += int((left & block.kept & placed).sum())

    def forbidden(self) -> Iterator[str]:
        """Yield who was placed where the round does not allow."""
        entrants = self._entrants
        name, school_name = entrants.case.children.name, entrants.case.schools.name
        yield from tell(
            np.flatnonzero(self._forbidden),
            lambda row: (
                f"R7: round {entrants.step.rule.id} places {name(int(entrants.child[row]))} at"
                f" {school_name(int(entrants.place[row]))}, which it does not allow."
            ),
        )

    def value(self, level: Level) -> int:
        """Return what the places are worth at a level."""
        if level.what == "kept":
            return self.kept_placed
        if level.what == "over":
            return int(self.seats_used()[1].sum())
        by_group = {
            "placed": self.placed,
            "farthest": self.farthest,
            "far": self.far,
            "ways": self.metres,
        }
        return int(by_group[level.what][level.group])

    def cost(self, level: Level) -> int:
        """Return the same with smaller being better: children left out instead of placed."""
        if level.what == "kept":
            return self.kept_asking - self.kept_placed
        if level.what == "placed":
            return int(self.asking[level.group] - self.placed[level.group])
        return self.value(level)

    def seats_used(self) -> tuple[np.ndarray, np.ndarray]:
        """Return (m,) seats within and above standard that the children solved for take."""
        entrants, schools = self._entrants, self._entrants.schools
        left, _ = self.seats_left()
        used = np.bincount(entrants.place[~entrants.seated], minlength=schools + 1)[:schools]
        return np.minimum(used, left), np.maximum(used - left, 0)

    def seats_left(self) -> tuple[np.ndarray, np.ndarray]:
        """Return (m,) seats within and above standard that the families left."""
        entrants, schools = self._entrants, self._entrants.schools
        taken = np.bincount(entrants.place[entrants.seated], minlength=schools + 1)[:schools]
        from_standard = np.minimum(taken, entrants.standard)
        return entrants.standard - from_standard, entrants.over - (taken - from_standard)


class Shortage:
    """The witnesses of a shortage, counted again.

    Parameters
    ----------
    overloads
        The sets of schools that are said to have too few seats.
    """

    def __init__(self, entrants: Entrants, overloads: tuple[Overload, ...]) -> None:
        self._entrants = entrants
        self._overloads = overloads
        self._part = np.zeros(entrants.schools, dtype=np.int16)
        for number, overload in enumerate(overloads, 1):
            self._part[list(overload.schools)] = number
        self._inside = np.zeros(len(entrants.child), dtype=np.int16)
        self._in_reach = np.zeros(len(entrants.child), dtype=bool)

    def look(self, block: Block) -> None:
        """Take in some entrants."""
        self._in_reach[block.rows] = block.allowed.any(axis=1)
        if self._overloads:
            least = np.where(block.allowed, self._part, np.int16(2**15 - 1)).min(axis=1)
            greatest = np.where(block.allowed, self._part, np.int16(0)).max(axis=1)
            self._inside[block.rows] = np.where(least == greatest, greatest, 0)

    def breaches(self) -> Iterator[str]:
        """Yield witnesses that do not hold, and shortages that none explains."""
        entrants, case = self._entrants, self._entrants.case
        rule = entrants.step.rule.id
        seats = entrants.standard + entrants.over
        left_out = entrants.place == entrants.schools
        seeking = case.children.accepts_redirect[entrants.child] & left_out & self._in_reach
        for number, overload in enumerate(self._overloads, 1):
            inside = self._inside == number
            demand = int(inside.sum())
            offered = int(seats[self._part == number].sum())
            right = (demand, offered, demand - offered)
            if (overload.demand, overload.seats, int((inside & left_out).sum())) != right:
                first = case.schools.name(overload.schools[0]) if overload.schools else "no school"
                yield f"R7: the witness of a shortage at {first} in round {rule} does not hold."
        yield from tell(
            np.flatnonzero(seeking & (self._inside == 0)),
            lambda row: (
                f"R7: round {rule} leaves out {case.children.name(int(entrants.child[row]))}"
                " and no set of full schools shows why."
            ),
        )
