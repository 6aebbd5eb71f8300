"""Prices that prove a redirect round (rule R7): weak duality in tuples, over all ways."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from enroll.verify.prices import make_scale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from enroll.verify.case import Flags, Ints, Level
    from enroll.verify.entrants import Block, Entrants
    from enroll.verify.prices import Scale
    from enroll.verify.reached import Reached


@dataclass(frozen=True)
class System:
    """Levels with their prices, on the ways that the levels before left.

    Parameters
    ----------
    levels, prices
        Levels without `farthest`, and their (levels, m) prices.
    longest
        Longer ways of a group have dropped out.
    whole
        Whether it is about everybody, or without those whom families seated.
    """

    levels: tuple[Level, ...]
    prices: Ints
    far_m: int
    longest: Mapping[int, int] = field(default_factory=dict)
    whole: bool = False
    scales: dict[int, Scale] = field(default_factory=dict)

    def scale(self, group: int) -> Scale:
        """Return what things cost for a group."""
        if group not in self.scales:
            self.scales[group] = make_scale(self.levels, self.prices, group, self.far_m)
        return self.scales[group]

    def allowed(self, block: Block) -> Flags:
        """Return (r, m) the ways that are left."""
        if block.group not in self.longest:
            return block.allowed
        return block.allowed & (block.ways <= self.longest[block.group])

    @property
    def above(self) -> tuple[int, ...]:
        """What a seat above the standard costs."""
        return tuple(int(level.what == "over") for level in self.levels)


class Proving:
    """Whether places are optimal at given prices, and the prices the smallest that show it.

    Every child must be where cost and price together are least for it, and only a full
    school may have a price. A price is the smallest if a chain of children who are content
    with either of two schools leads to it from a school whose price cannot be less.
    """

    def __init__(self, system: System, entrants: Entrants) -> None:
        self._system = system
        self._entrants = entrants
        nodes = entrants.schools + 1
        self._content = np.zeros((nodes, nodes), dtype=bool)
        self._unhappy: list[tuple[int, int]] = []

    def look(self, block: Block) -> None:
        """Take in some entrants."""
        scale = self._system.scale(block.group)
        rows = np.arange(len(block.place)) if self._system.whole else np.flatnonzero(~block.seated)
        have = scale.cost_at(block.own, block.place, block.kept)
        out = np.where(block.kept, scale.out_kept, scale.out)
        here = self._entrants.schools
        self._note(block, rows, np.full(len(rows), here), out[rows] - have[rows])
        if scale.flat:
            self._look_flat(block, rows, scale, have)
            return
        cost = scale.cost(block.ways)
        tempting = (cost <= have[:, None]) & self._system.allowed(block)
        row, school = np.nonzero(tempting)
        if len(rows) < len(block.place):
            ours = ~block.seated[row]
            row, school = row[ours], school[ours]
        self._note(block, row, school, cost[row, school] - have[row])

    def _look_flat(self, block: Block, rows: Ints, scale: Scale, have: Ints) -> None:
        """Do the same where a school costs everybody the same: by place, not by child."""
        if not len(rows):
            return
        rows = rows[np.lexsort((have[rows], block.place[rows]))]
        change = np.diff(block.place[rows], prepend=-1).astype(bool)
        change[1:] |= have[rows][1:] != have[rows][:-1]
        first = np.flatnonzero(change)
        allowed = self._system.allowed(block)
        some = np.logical_or.reduceat(allowed[rows], first, axis=0)
        at, school = np.nonzero(some & (scale.near <= have[rows[first]][:, None]))
        row = rows[first][at]
        self._note(block, row, school, scale.near[school] - have[row])

    def _note(self, block: Block, row: Ints, node: Ints, gain: Ints) -> None:
        content = gain == 0
        self._content[block.place[row[content]], node[content]] = True
        for at in np.flatnonzero(gain < 0)[:5].tolist():
            self._unhappy.append((block.rows.start + int(row[at]), int(node[at])))

    def breaches(self, reached: Reached) -> Iterator[str]:
        """Yield what the prices do not prove."""
        entrants = self._entrants
        rule, case = entrants.step.rule.id, entrants.case
        for row, node in self._unhappy[:5]:
            where = "to stay out" if node == entrants.schools else case.schools.name(node)
            child = case.children.name(int(entrants.child[row]))
            yield f"R7: the prices of round {rule} offer {child} {where} for less than its place."
        anchored = np.zeros(entrants.schools + 1, dtype=bool)
        anchored[-1] = True
        seats = self._seats(reached)
        for school, price in enumerate(map(tuple, self._system.prices.T.tolist())):
            low, high = _bounds(self._system.above, *(int(part[school]) for part in seats))
            anchored[school] = price == low
            if price < low or (high is not None and price > high):
                yield (
                    f"R7: the price of {case.schools.name(school)} in round {rule} does not go"
                    " with its seats."
                )
        if not self._unhappy:
            for school in np.flatnonzero(~self._supported(anchored)[:-1]).tolist():
                yield (
                    f"R7: the price of {case.schools.name(school)} in round {rule} is not the"
                    " smallest that proves the places."
                )

    def _seats(self, reached: Reached) -> tuple[Ints, Ints, Ints]:
        """Return (m,) seats used, seats within standard, and seats in all."""
        entrants = self._entrants
        if self._system.whole:
            used = np.bincount(entrants.place, minlength=entrants.schools + 1)[:-1]
            return used, entrants.standard, entrants.standard + entrants.over
        within, above = reached.seats_used()
        standard, over = reached.seats_left()
        return within + above, standard, standard + over

    def _supported(self, anchored: Flags) -> Flags:
        """Return the nodes to which a chain of content children leads from an anchored one."""
        supported, new = anchored.copy(), anchored
        while new.any():
            new = self._content[new].any(axis=0) & ~supported
            supported |= new
        return supported


def _bounds(
    above: tuple[int, ...], used: int, standard: int, total: int
) -> tuple[tuple[int, ...], tuple[int, ...] | None]:
    """Return the least and greatest price that goes with the seats used; None is no bound."""
    nothing = (0,) * len(above)
    low = above if used > standard else nothing
    if used < standard:
        return low, nothing
    return low, above if used < total else None


class Bounding:
    """Whether prices show that earlier levels get worse without a group's longest ways.

    Whatever the prices, cheapest places less what the seats are worth is a bound: no
    assignment of these ways costs less.
    """

    def __init__(self, system: System, entrants: Entrants) -> None:
        self._system = system
        self._entrants = entrants
        self._count = np.zeros(entrants.schools, dtype=np.int64)
        self._own = np.zeros(len(system.levels), dtype=np.int64)

    def look(self, block: Block) -> None:
        """Take in some entrants."""
        system = self._system
        scale = system.scale(block.group)
        cost = scale.cost(block.ways)
        # Above every cost of the scale, so that what is not allowed is never the least.
        never = int(cost.max(initial=0)) + 1
        cost = np.where(system.allowed(block), cost, never)
        school = cost.argmin(axis=1)
        rows = np.arange(len(school))
        out = np.where(block.kept, scale.out_kept, scale.out)
        going = (cost[rows, school] < np.minimum(out, never)) & ~block.seated
        staying = ~going & ~block.seated
        self._count += np.bincount(school[going], minlength=len(self._count))
        ways = block.ways[rows, school][going].sum(dtype=np.int64)
        for at, level in enumerate(system.levels):
            if level.what == "kept":
                self._own[at] += (staying & block.kept).sum()
            elif level.group == block.group:
                self._own[at] += staying.sum() if level.what == "placed" else ways

    def breaches(self, reached: Reached, level: Level) -> Iterator[str]:
        """Yield if the bound is no worse than what was reached."""
        system, rule = self._system, self._entrants.step.rule.id
        standard, over = reached.seats_left()
        prices = system.prices.astype(object)
        bound = self._own + prices @ self._count
        nothing = (0,) * len(system.levels)
        for school, price in enumerate(map(tuple, prices.T.tolist())):
            beyond = tuple(part - cost for part, cost in zip(price, system.above, strict=True))
            bound = bound - np.array(max(price, nothing), dtype=object) * int(standard[school])
            bound = bound - np.array(max(beyond, nothing), dtype=object) * int(over[school])
        if tuple(bound.tolist()) <= tuple(map(reached.cost, system.levels)):
            yield (
                f"R7: round {rule} does not prove that group {level.group} needs a way of"
                f" {level.value} m."
            )
