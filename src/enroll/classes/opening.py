"""How many entry classes each school should open: the problem, in plain arrays.

A school's seats for children who may still choose are classes times class size, less what is
taken already, and never more than the school may still take. Parts of a county that share no
child are solved one by one: the sum of their best is the best of all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.records import Flags, Ints


@dataclass(frozen=True)
class Opening:
    """Children by the ways they have, and schools by the classes they could open.

    Parameters
    ----------
    ways
        (b, m) whole metres from each block of children to each school, -1 = not allowed.
    children
        (b,) children in each block.
    size
        (m,) pupils in one class.
    taken
        (m,) seats of opened classes that are taken before: fixed children, reserved seats, and
        pupils of other grades in mixed classes; at most `size` times `rooms`.
    most
        (m,) children a school may take besides, however many classes it opens.
    rooms
        (m,) most classes of each school.
    planned, cost
        (m,) planned classes, and what each class beyond them costs.
    teachers, budget
        Most classes in all, and most that classes beyond the planned may cost; None for no bound.
    floor
        (m,) classes that every best plan opens, where they are known already; None for `least`.
    """

    ways: Ints
    children: Ints
    size: Ints
    taken: Ints
    most: Ints
    rooms: Ints
    planned: Ints
    cost: Ints
    teachers: int | None = None
    budget: int | None = None
    floor: Ints | None = None

    @property
    def schools(self) -> int:
        """Number of schools."""
        return len(self.size)

    @property
    def least(self) -> Ints:
        """(m,) classes that a school cannot do without: those for the seats taken before."""
        return -(-self.taken // self.size)

    @property
    def fewest(self) -> Ints:
        """(m,) classes that a best plan opens at least."""
        return self.least if self.floor is None else np.maximum(self.floor, self.least)

    def seats(self, classes: Ints) -> Ints:
        """Return (m,) children each school may still take with so many classes."""
        left = np.clip(self.size * classes - self.taken, 0, self.most)
        return np.asarray(left, dtype=np.int64)

    def extra_cost(self, classes: Ints) -> int:
        """Return what the classes beyond the planned ones cost."""
        return int((self.cost * np.maximum(classes - self.planned, 0)).sum())

    def allows(self, classes: Ints) -> bool:
        """Tell whether teachers and budget are enough for so many classes."""
        enough = self.teachers is None or int(classes.sum()) <= self.teachers
        return enough and (self.budget is None or self.extra_cost(classes) <= self.budget)

    def unbounded(self) -> Opening:
        """Return the problem without bounds on teachers and money."""
        return replace(self, teachers=None, budget=None)

    def merged(self) -> Opening:
        """Return the same problem with equal blocks made one."""
        ways, block = np.unique(self.ways, axis=0, return_inverse=True)
        children = np.bincount(block.ravel(), self.children, minlength=len(ways))
        return replace(self, ways=ways, children=children.astype(np.int64))

    def without_metres(self) -> Opening:
        """Return the problem of who can be placed at all: every allowed way is 0 m long."""
        return replace(self, ways=np.where(self.ways >= 0, 0, -1)).merged()


def blocks_of(ways: Ints) -> tuple[Ints, Ints]:
    """Return the different rows of ways, and how many children have each."""
    rows, count = np.unique(ways, axis=0, return_counts=True)
    return rows.astype(np.int64), count.astype(np.int64)


def parts(problem: Opening) -> Iterator[tuple[Ints, Opening]]:
    """Give the parts that share no child, by their first school: school numbers and problem.

    Teachers and budget bind all parts together and are left out.
    """
    allowed = problem.ways >= 0
    of_school = _part_of_school(np.unique(allowed, axis=0))
    for part in np.unique(of_school).tolist():
        schools = np.flatnonzero(of_school == part)
        yield schools, _part(problem, schools, np.asarray(allowed[:, schools].any(axis=1)))


def _part(problem: Opening, schools: Ints, inside: Flags) -> Opening:
    ways = problem.ways[np.ix_(inside, schools)]
    names = ("size", "taken", "most", "rooms", "planned", "cost")
    columns = {name: getattr(problem, name)[schools] for name in names}
    floor = problem.fewest[schools]
    return Opening(ways=ways, children=problem.children[inside], floor=floor, **columns)


def _part_of_school(allowed: Flags) -> Ints:
    """Return (m,) the smallest school number of each one's part."""
    schools = allowed.shape[1]
    part = np.arange(schools)
    while True:
        least = np.where(allowed, part, schools).min(axis=1, initial=schools)
        pulled = np.where(allowed, least[:, None], schools).min(axis=0, initial=schools)
        smaller = np.minimum(part, pulled)
        if (smaller == part).all():
            return part
        part = smaller
