"""The choice among equal optima, and whether a child can have a school at no cost.

The tight ways span all optima. A child can have another tight school if somebody can move
out of it, and so on along tight ways, until a seat that may be filled or the child's own
old seat is reached. The graph of schools is enough to see this: an arc stands for "some
child here may move there".
"""

from __future__ import annotations

import itertools
from copy import copy
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enroll.allocate.redirect.levels import Solution
    from enroll.allocate.redirect.prices import Pools
    from enroll.records import Ints


class Options(Protocol):
    """The nodes a child may be at without any value getting worse."""

    def of(self, child: int) -> Ints:
        """Return the nodes of one child, m for staying out."""

    def counts(self, place: Ints) -> Ints:
        """Return (m + 1, m + 1) how many children at a node may move to another."""

    def mover(self, children: Iterable[int], node: int) -> int:
        """Return one of the children that may be at a node."""


class SparseOptions:
    """Options given as a list of tight ways, for the final choice.

    Parameters
    ----------
    child, node, cost
        (a,) child, node and cost of the way.
    children, nodes
        n and m + 1.
    """

    def __init__(self, child: Ints, node: Ints, cost: Ints, *, children: int, nodes: int) -> None:
        order = np.lexsort((node, cost, node == nodes - 1, child))
        self._node = node[order]
        self._child = child[order]
        self._start = np.searchsorted(self._child, np.arange(children + 1))
        self._nodes = nodes
        self._sets: dict[int, frozenset[int]] = {}

    def of(self, child: int) -> Ints:
        """Return the nodes of one child, nearest first, staying out last."""
        return self._node[self._start[child] : self._start[child + 1]]

    def counts(self, place: Ints) -> Ints:
        """Return (m + 1, m + 1) how many children at a node may move to another."""
        key = place[self._child] * self._nodes + self._node
        count = np.bincount(key, minlength=self._nodes**2)
        return count.reshape(self._nodes, self._nodes)

    def mover(self, children: Iterable[int], node: int) -> int:
        """Return one of the children that may be at a node."""
        return next(child for child in children if node in self._set(child))

    def _set(self, child: int) -> frozenset[int]:
        known = self._sets.get(child)
        if known is None:
            known = self._sets[child] = frozenset(self.of(child).tolist())
        return known


class Seating:
    """An optimum that can be changed into any other one, a child at a time.

    Parameters
    ----------
    place
        (n,) node of each child.
    pools
        How many children each school must and may have.
    options
        Where each child may be.
    """

    def __init__(self, place: Ints, pools: Pools, options: Options) -> None:
        self.place: list[int] = place.tolist()
        self._options = options
        nodes = len(pools.standard) + 1
        self._sink = nodes
        self._used: list[int] = np.bincount(place, minlength=nodes).tolist()
        self._least: list[int] = [*pools.least.tolist(), 0]
        self._most: list[int] = [*pools.most.tolist(), len(place)]
        self._pinned_at = [0] * nodes
        self._count = options.counts(place)
        self._members: list[dict[int, None]] = [{} for _ in range(nodes)]
        for child, node in enumerate(self.place):
            self._members[node][child] = None
        self._arcs: list[int | None] = [None] * nodes
        self._spare = 0
        for node in range(nodes):
            self._note_spare(node)

    def copy(self) -> Seating:
        """Return the same optimum to change in another way."""
        twin = copy(self)
        twin.__dict__.update(
            place=self.place.copy(),
            _used=self._used.copy(),
            _pinned_at=self._pinned_at.copy(),
            _count=self._count.copy(),
            _members=[members.copy() for members in self._members],
            _arcs=self._arcs.copy(),
        )
        return twin

    def can_hold(self, node: int, children: int) -> bool:
        """Return whether a school has that many seats not held by pinned children."""
        return self._most[node] - self._pinned_at[node] >= children

    def pin(self, child: int) -> None:
        """Leave a child where it is for good."""
        node = self.place[child]
        self._remove(child, node)
        self._pinned_at[node] += 1

    def unpin(self, child: int) -> None:
        """Let a pinned child move again."""
        node = self.place[child]
        self._pinned_at[node] -= 1
        self._insert(child, node)

    def seat(self, child: int, node: int) -> bool:
        """Move an unpinned child to a node and pin it there, if no value gets worse."""
        old = self.place[child]
        self._remove(child, old)
        path = [node] if node == old else self._path(node, old)
        if path is None:
            self._insert(child, old)
            return False
        self._shift(path)
        self._relocate(child, old, node)
        self._pinned_at[node] += 1
        return True

    def _path(self, start: int, goal: int) -> list[int] | None:
        """Return nodes from `start` to `goal` along which one child each can move on.

        The sink stands for a free seat: it is entered where one more child may be, and left
        where one less may be.
        """
        found = {start: -1}
        seen = 1 << start
        queue = [start]
        for node in queue:
            if node == goal:
                return _walk_back(found, node)
            fresh = self._next(node) & ~seen
            seen |= fresh
            if fresh >> goal & 1:
                found[goal] = node
                return _walk_back(found, goal)
            while fresh:
                low = fresh & -fresh
                reached = low.bit_length() - 1
                found[reached] = node
                queue.append(reached)
                fresh ^= low
        return None

    def _next(self, node: int) -> int:
        if node == self._sink:
            return self._spare
        arcs = self._arcs[node]
        if arcs is None:
            packed = np.packbits(self._count[node] > 0, bitorder="little")
            arcs = self._arcs[node] = int.from_bytes(packed.tobytes(), "little")
        return arcs | (1 << self._sink if self._used[node] < self._most[node] else 0)

    def _shift(self, path: list[int]) -> None:
        for tail, head in itertools.pairwise(path):
            if self._sink not in (tail, head):
                child = self._options.mover(self._members[tail], head)
                self._remove(child, tail)
                self._insert(child, head)
                self._relocate(child, tail, head)

    def _relocate(self, child: int, old: int, new: int) -> None:
        self.place[child] = new
        self._used[old] -= 1
        self._used[new] += 1
        self._note_spare(old)
        self._note_spare(new)

    def _remove(self, child: int, node: int) -> None:
        del self._members[node][child]
        self._count[node, self._options.of(child)] -= 1
        self._arcs[node] = None

    def _insert(self, child: int, node: int) -> None:
        self._members[node][child] = None
        self._count[node, self._options.of(child)] += 1
        self._arcs[node] = None

    def _note_spare(self, node: int) -> None:
        bit = 1 << node
        if self._used[node] > self._least[node]:
            self._spare |= bit
        else:
            self._spare &= ~bit


def _walk_back(found: dict[int, int], node: int) -> list[int]:
    path = [node]
    while found[path[-1]] >= 0:
        path.append(found[path[-1]])
    return path[::-1]


def tight_options(solution: Solution) -> SparseOptions:
    """Return every way that some optimum of a solved round takes, staying out included."""
    solution.include_ties()
    nodes = solution.problem.schools + 1
    arcs = solution.candidates.arcs
    chosen = np.flatnonzero(solution.tight_arcs)
    out = np.flatnonzero(solution.tight_out)
    return SparseOptions(
        np.concatenate([arcs.child[chosen], out]),
        np.concatenate([arcs.school[chosen], np.full(len(out), nodes - 1)]),
        np.concatenate([arcs.way[chosen], np.zeros(len(out), dtype=np.int64)]),
        children=solution.problem.children,
        nodes=nodes,
    )


def choose(solution: Solution) -> Ints:
    """Return (n,) the canonical optimum: every child in turn takes its nearest tight school.

    Rows are in order of choice; ties go to the smaller school number, staying out is last.
    """
    options = tight_options(solution)
    seating = Seating(solution.place, solution.pools, options)
    for child in range(solution.problem.children):
        for node in options.of(child).tolist():
            if seating.seat(child, node):
                break
    return np.array(seating.place, dtype=np.int64)
