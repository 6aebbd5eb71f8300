"""A redirect round as it ended: who took part, what each place costs, what room would cost.

The round is not solved again. Its places are the best there are, so what a changed child would
get follows from the cheapest way in which the others make room for it: one moves on to another
school, somebody there moves on again, until a free seat or the child's own is reached. That way
is a shortest path between schools (design R7). What families took before is left as it is.
"""

from __future__ import annotations

from collections import Counter
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from enroll.explain.run import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from enroll.explain.run import Child, RunFiles, Ways

    Costs = NDArray[np.object_]
    """Whole numbers without bound, so that the first level comes before all others."""

_DIGIT = 48
"""Bits of one level of a cost: more than all ways of a round together can fill."""

_FAR = 2**32
"""One way beyond `far_m` in a key: more than any way in metres."""

_NO_KEY = 2**60


class NotTheBest(Exception):  # noqa: N818 - it says what is the matter with a round
    """The places of a round are not the best there are, so that nothing follows from them."""


class Redirected:
    """One redirect round of a run whose goal can be added up: not `farthest`.

    A node is a school's number, then `out` for staying out, then `free` for a free seat.

    Parameters
    ----------
    run, step
        The run, and the number of the round.

    Attributes
    ----------
    children
        Who took part, families that were given a place before left out, in the order of choice.
    at
        (n,) the node of each.
    """

    def __init__(self, run: RunFiles, step: int) -> None:
        self.run, self.step, self.rule = run, step, run.steps[step]
        self.out, self.free = len(run.schools), len(run.schools) + 1
        seated, everybody = self._entrants()
        self.children = [child for child in everybody if child.id not in seated]
        self.of = {child.number: at for at, child in enumerate(self.children)}
        self.at = [self._node(child) for child in self.children]
        self.held = [child.place_before(step) != NONE for child in self.children]
        self.within, self.above = self._seats(everybody, seated)
        self._units()
        self.used = Counter(self.at)
        self._more: dict[int, Redirected | None] = {}

    def _entrants(self) -> tuple[set[str], list[Child]]:
        families = self.run.families
        seated = {
            child
            for (step, child), family in families.items()
            if step == self.step and family["school_id"] is not None
        }
        entrants = [child for child in self.run.children if self._takes_part(child)]
        return seated, sorted(entrants, key=lambda one: (one.group, one.rank, one.number))

    def _takes_part(self, child: Child) -> bool:
        if not child.after or child.record["ineligible"]:
            return False
        if child.place_before(self.step) == NONE:
            return True
        redirected = self.run.steps[child.round]["rule"] == "redirect"
        return bool(redirected and self.rule["seats"] == "limit")

    def _node(self, child: Child) -> int:
        place = child.place_before(self.step + 1)
        return self.out if place == NONE else place

    def _seats(self, everybody: Sequence[Child], seated: set[str]) -> tuple[list[int], list[int]]:
        """Return the seats within and above the standard that are left to the children."""
        leaving = Counter(child.place_before(self.step) for child in everybody)
        gone = Counter(self._node(child) for child in everybody if child.id in seated)
        within, above = [], []
        for at, school in enumerate(self.run.schools):
            staying = self.run.taken[self.step][at] - leaving[at]
            total = max(school["seats_" + self.rule["seats"]] - staying, 0)
            standard = min(max(school["seats_standard"] - staying, 0), total)
            within.append(max(standard - gone[at], 0))
            above.append(total - standard - max(gone[at] - standard, 0))
        return within, above

    def _units(self) -> None:
        """Give each level its unit: the better group's is larger than all of the next one's."""
        groups = range(len(self.run.rules["groups"]))
        levels = [("kept", NONE), *(("placed", group) for group in groups), ("over", NONE)]
        levels += [(what, group) for group in groups for what in ("far", "ways")]
        self.levels = levels
        self.unit = {level: 1 << _DIGIT * at for at, level in enumerate(reversed(levels))}
        self.never = 1 << _DIGIT * (len(levels) + 2)
        self.over = self.unit["over", NONE]

    def parts(self, cost: int) -> list[tuple[str, int, int]]:
        """Return the levels at which a cost is not zero, the first one first: what, group, cost."""
        found: list[tuple[str, int, int]] = []
        for what, group in reversed(self.levels):
            low = cost & ((1 << _DIGIT) - 1)
            low -= (low >> (_DIGIT - 1)) << _DIGIT
            cost = (cost - low) >> _DIGIT
            found += [(what, group, low)] if low else []
        return found[::-1]

    def keys(self, ways: Ways) -> Ways:
        """Return what ways count inside their group's levels: far ones, then metres."""
        keys = np.where(ways >= 0, ways, _NO_KEY)
        if self.rule["goal"] == "fewest_far":
            keys += _FAR * (ways > self.run.rules["far_m"])
        return keys

    @cached_property
    def key(self) -> Ways:
        """(n, schools) what `keys` returns of everybody's options."""
        rows = [self.keys(options(self.run, self.step, child)) for child in self.children]
        return np.array(rows, dtype=np.int64).reshape(len(rows), self.out)

    def pack(self, keys: Ways, group: int) -> Costs:
        """Return keys, or differences of keys, of a group as costs."""
        far, metres = self.unit["far", group], self.unit["ways", group]
        return np.array(
            [
                self.never if key > _NO_KEY // 2 else self._cost(key, far, metres)
                for key in keys.tolist()
            ],
            dtype=object,
        )

    @staticmethod
    def _cost(key: int, far: int, metres: int) -> int:
        ways = (key + _FAR // 2) % _FAR - _FAR // 2
        return (key - ways) // _FAR * far + ways * metres

    def costs(self, at: int, *, keys: Ways | None = None, group: int | None = None) -> Costs:
        """Return (schools + 1,) what each place costs a child, staying out last.

        Parameters
        ----------
        at
            The child.
        keys, group
            What it has instead of its own.
        """
        group = self.children[at].group if group is None else group
        out = self.unit["placed", group] + self.held[at] * self.unit["kept", NONE]
        return np.append(self.pack(self.key[at] if keys is None else keys, group), out)

    @cached_property
    def _at(self) -> dict[int, list[int]]:
        members: dict[int, list[int]] = {}
        for child, node in enumerate(self.at):
            members.setdefault(node, []).append(child)
        return members

    @cached_property
    def graph(self) -> Costs:
        """(nodes, nodes) the cheapest move of one child from node to node."""
        return np.array([self._row(node) for node in range(self.free + 1)], dtype=object)

    def _row(self, node: int, left_out: Iterable[int] = ()) -> Costs:
        row = np.full(self.free + 1, self.never, dtype=object)
        if node == self.free:
            for school, used in self.used.items():
                if used:
                    many = school != self.out and used > self.within[school]
                    row[school] = -self.over if many else 0
            return row
        classes: dict[tuple[int, bool], list[int]] = {}
        for child in set(self._at.get(node, ())).difference(left_out):
            classes.setdefault((self.children[child].group, self.held[child]), []).append(child)
        for (group, held), members in classes.items():
            row[: self.free] = np.minimum(row[: self.free], self._moves(node, members, group, held))
        if node == self.out or self.used[node] < self.within[node]:
            row[self.free] = 0
        elif self.used[node] < self.within[node] + self.above[node]:
            row[self.free] = self.over
        return row

    def _moves(self, node: int, members: list[int], group: int, held: bool) -> Costs:
        """Return the cheapest move from a node to each school, and to staying out."""
        out = self.unit["placed", group] + held * self.unit["kept", NONE]
        if node == self.out:
            found = self.pack(self.key[members].min(axis=0), group)
            found[found < self.never] -= out
            return np.append(found, self.never)
        own = self.key[members, node]
        found = self.pack((self.key[members] - own[:, None]).min(axis=0), group)
        leaving = out - self.pack(own.max(keepdims=True), group)[0]
        return np.append(found, leaving)

    def room(self, at: int, first: Iterable[int] = ()) -> Costs:
        """Return (schools + 1,) what it costs the others that a child is at a node instead.

        Parameters
        ----------
        at
            The child; its own node costs nothing.
        first
            Children who stay where they are.
        """
        graph, node = self.graph.copy(), self.at[at]
        left_out = [at, *first]
        for touched in {self.at[child] for child in left_out}:
            graph[touched] = self._row(touched, left_out)
        return _shortest(graph, node, self.never)[0][: self.free]

    def ends(self, costs: Costs, room: Costs) -> set[int]:
        """Return the nodes at which a child with these costs is in some best outcome."""
        total = costs + room
        return {int(node) for node in np.flatnonzero(total == total.min())}

    def with_one_more(self, school: int) -> Redirected | None:
        """Return the round with one more seat within the standard; None if it changes nothing."""
        if school not in self._more:
            self._more[school] = self._augmented(school)
        return self._more[school]

    def _augmented(self, school: int) -> Redirected | None:
        dist, hops = _shortest(self.graph, school, self.never)
        if dist[self.free] >= 0:
            return None
        other = copy(self)
        other._more = {}  # noqa: SLF001 - of the copy
        other.at, other.within = [*self.at], [*self.within]
        other.within[school] += 1
        node = self.free
        while node != school:
            tight = self.graph[node] + dist == dist[node]
            after = int(np.flatnonzero(tight & (hops < hops[node]))[0])
            if node != self.free and after != self.free:
                other.at[self._mover(node, after)] = after
            node = after
        other.used = Counter(other.at)
        for name in ("graph", "_at"):
            other.__dict__.pop(name, None)
        return other

    def _mover(self, node: int, after: int) -> int:
        """Return the child at a node that the cheapest move to another one is of."""
        least = self.graph[node][after]
        return next(
            child
            for child in self._at[node]
            if self.costs(child)[after] - self.costs(child)[node] == least
        )


def options(run: RunFiles, step: int, child: Child, *, accepts: bool | None = None) -> Ways:
    """Return (schools,) the ways that a redirect round allows a child, -1 where it allows none.

    Parameters
    ----------
    run, step, child
        The run, the number of the round and the child.
    accepts
        Whether the family accepts a redirect; None for what it said.
    """
    ways, longest = run.ways(child), run.steps[step]["max_m"]
    fits = run.redirecting[step] & (ways >= 0)
    if longest is not None:
        fits &= ways <= longest
    if not (child.record["accepts_redirect"] if accepts is None else accepts):
        own = np.zeros_like(fits)
        own[run.zone_schools(child)] = True
        fits &= own
    held = child.place_before(step)
    if held != NONE:
        fits &= ways <= ways[held]
        fits[held] = True
    return np.where(fits, ways, NONE)


def _shortest(graph: Costs, goal: int, never: int) -> tuple[Costs, NDArray[np.int64]]:
    """Return the cost of the cheapest path from each node to one, and how many moves it has.

    Raises
    ------
    NotTheBest
        Where some path gets ever cheaper.
    """
    nodes = len(graph)
    dist = np.full(nodes, never, dtype=object)
    dist[goal] = 0
    hops = np.zeros(nodes, dtype=np.int64)
    fresh = np.array([goal])
    for moves in range(1, nodes + 1):
        # Only what became cheaper last time can make something else cheaper now.
        further = (graph[:, fresh] + dist[fresh]).min(axis=1)
        fresh = np.flatnonzero((further < dist) & (further <= never // 2))
        if not len(fresh):
            return dist, hops
        hops[fresh] = moves
        dist[fresh] = further[fresh]
    raise NotTheBest
