"""What one redirect round has to solve, as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from enroll.records import Flags, Ints

NEVER = np.iinfo(np.int64).max // 4
"""Longer than any way: stands for "no such way" where ways are compared."""


@dataclass(frozen=True)
class Problem:
    """Children, schools and the ways between them.

    Rows are in the order in which the final choice is made: by group, inside a group by
    lottery. The number of schools, m, also stands for "stays out".

    Parameters
    ----------
    ways
        (n, m) whole non-negative costs, metres in a redirect round; -1 = not allowed.
    reach
        (n,) longer ways are not allowed to the child.
    group
        (n,) group number, 0 is best.
    kept
        (n,) whether the child holds a place that it may not lose.
    standard, over
        (m,) seats within the class standard, and further seats above it.
    """

    ways: npt.NDArray[np.signedinteger]
    reach: Ints
    group: Ints
    kept: Flags
    standard: Ints
    over: Ints

    @property
    def children(self) -> int:
        """Number of children, n."""
        return len(self.ways)

    @property
    def schools(self) -> int:
        """Number of schools, m, and the node number of staying out."""
        return len(self.standard)

    @property
    def never(self) -> int:
        """What stands for "not allowed" in `rows`: the largest number of their kind."""
        return int(np.iinfo(self.ways.dtype).max)

    def rows(self, children: Ints | slice) -> npt.NDArray[np.signedinteger]:
        """Return (k, m) ways of some children, `never` where not allowed."""
        ways = self.ways[children]
        if isinstance(children, slice):
            ways = ways.copy()
        reach = np.minimum(self.reach[children], self.never - 1).astype(ways.dtype)
        ways[(ways < 0) | (ways > reach[:, None])] = self.never
        return ways

    def within(self, group: int, longest: int) -> Problem:
        """Return the same problem with one group's ways longer than `longest` left out."""
        reach = np.where(self.group == group, np.minimum(self.reach, longest), self.reach)
        return replace(self, reach=reach)

    def without(self, children: Ints, places: Ints) -> Problem:
        """Return the problem that is left when some children take places first.

        They fill standard seats before seats above standard.
        """
        left = np.ones(self.children, dtype=bool)
        left[children] = False
        taken = np.bincount(places, minlength=self.schools)
        from_standard = np.minimum(taken, self.standard)
        return Problem(
            ways=self.ways[left],
            reach=self.reach[left],
            group=self.group[left],
            kept=self.kept[left],
            standard=self.standard - from_standard,
            over=self.over - (taken - from_standard),
        )


@dataclass(frozen=True)
class Goal:
    """One level of the lexicographic goal: a cost per way, per child left out, per seat.

    Parameters
    ----------
    what
        `kept`, `placed`, `over`, `farthest`, `far` or `ways`.
    group
        The group it is about, -1 for everybody.
    longest
        For `far`: ways longer than this count 1. Unused otherwise.
    """

    what: str
    group: int = -1
    longest: int = 0

    @property
    def over_cost(self) -> int:
        """Cost of one seat above the standard."""
        return int(self.what == "over")

    def way_cost(self, group: Ints, ways: Ints) -> Ints:
        """Return the cost of ways, given the group of each way's child."""
        if self.what == "ways":
            metres: Ints = np.where(group == self.group, ways, 0)
            return metres
        if self.what == "far":
            return np.asarray((group == self.group) & (ways > self.longest), dtype=np.int64)
        return np.zeros(np.broadcast_shapes(group.shape, ways.shape), dtype=np.int64)

    def out_cost(self, problem: Problem) -> Ints:
        """Return (n,) the cost of leaving each child out."""
        if self.what == "kept":
            return problem.kept.astype(np.int64)
        counted = (problem.group == self.group) & (self.what == "placed")
        return np.asarray(counted, dtype=np.int64)


def goals_of(problem: Problem, goal: str, far_m: int, *, limit: bool) -> list[Goal]:
    """Return the levels of a redirect round in order (design R7).

    Parameters
    ----------
    goal
        `total`, `farthest` or `fewest_far`.
    far_m
        Metres beyond which a way counts as far, for `fewest_far`.
    limit
        Whether the round fills to the class limit, so that seats above standard count.
    """
    groups = [int(group) for group in np.unique(problem.group)]
    goals = [Goal("kept")] if problem.kept.any() else []
    goals += [Goal("placed", group) for group in groups]
    if limit:
        goals.append(Goal("over"))
    for group in groups:
        if goal == "farthest":
            goals.append(Goal("farthest", group))
        elif goal == "fewest_far":
            goals.append(Goal("far", group, far_m))
        goals.append(Goal("ways", group))
    return goals
