"""The levels of a redirect round, solved one after another (design R7).

The state after a level is: where everybody is, which candidate ways are still tight, and
what each school's seats may do. The next level is solved within that, so every earlier
value is held without any large weight. A level that the present places already satisfy
costs no solver call at all: the prices tell.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from enroll.allocate.redirect.candidates import Candidates
from enroll.allocate.redirect.flow import cheapest_places
from enroll.allocate.redirect.prices import Moves, Pools, smallest_prices
from enroll.records import Level
from enroll.solver.flow import SolverError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.allocate.redirect.candidates import Arcs
    from enroll.allocate.redirect.problem import Goal, Problem
    from enroll.records import Flags, Ints


@dataclass
class Solution:
    """A redirect round solved up to some level.

    Parameters
    ----------
    problem
        The problem.
    place
        (n,) school of each child, m where it stays out.
    """

    problem: Problem
    candidates: Candidates
    place: Ints
    pools: Pools
    goals: list[Goal] = field(default_factory=list)
    prices: list[Ints] = field(default_factory=list)
    have: list[Ints] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    tight_arcs: Flags = field(default_factory=lambda: np.zeros(0, dtype=bool))
    tight_out: Flags = field(default_factory=lambda: np.zeros(0, dtype=bool))

    @classmethod
    def start(
        cls, problem: Problem, place: Ints | None = None, candidates: Candidates | None = None
    ) -> Solution:
        """Return the state before any level.

        Parameters
        ----------
        problem
            The problem.
        place
            (n,) places to begin with; default: everybody stays out.
        candidates
            Ways to begin with; default: the nearest.
        """
        if candidates is None:
            candidates = Candidates.nearest(problem)
        if place is None:
            place = np.full(problem.children, problem.schools, dtype=np.int64)
        candidates.add([candidates.unlisted(place)])
        return cls(
            problem,
            candidates,
            place,
            Pools.of(problem),
            tight_arcs=np.ones(len(candidates.arcs), dtype=bool),
            tight_out=np.ones(problem.children, dtype=bool),
        )

    def fork(self) -> Solution:
        """Return a copy to try something with."""
        return replace(
            self,
            candidates=self.candidates.copy(),
            pools=copy(self.pools),
            goals=list(self.goals),
            prices=list(self.prices),
            have=list(self.have),
            values=list(self.values),
        )

    def solve(self, goal: Goal) -> int:
        """Solve the next level exactly, hold it, and return its value."""
        price, have = self.optimise(goal)
        self._hold(goal, price, have)
        return self.values[-1]

    def optimise(self, goal: Goal) -> tuple[Ints, Ints]:
        """Bring the places to the optimum of a level without holding it.

        Returns
        -------
        The level's (m + 1,) smallest prices and the (n,) cost plus price of each place.
        """
        while True:
            price = self._prove_or_solve(goal)
            have = self._cost_of_places(goal) + price[self.place]
            missing = self.candidates.missing(
                [*self.goals, goal], [*self.prices, price], [*self.have, have], ties=False
            )
            if not missing:
                return price, have
            self._add(missing)

    def hold_still(self, goal: Goal) -> bool:
        """Hold a level at which no child that it is about can move; return whether it is so.

        Then every price is 0, which proves the level as well as the smallest prices do.
        """
        several = np.bincount(self.moves(goal).child, minlength=self.problem.children) > 1
        if goal.over_cost or (several & (self.problem.group == goal.group)).any():
            return False
        price = np.zeros(self.problem.schools + 1, dtype=np.int64)
        have = self._cost_of_places(goal)
        levels = [*self.goals, goal], [*self.prices, price], [*self.have, have]
        if self.candidates.missing(*levels, ties=False):
            return False
        self._hold(goal, price, have)
        return True

    def moves(self, goal: Goal) -> Moves:
        """Return all tight candidate ways, staying out included, at a level's costs."""
        arcs, chosen = self.candidates.arcs, np.flatnonzero(self.tight_arcs)
        child, way = arcs.child[chosen], arcs.way[chosen]
        out = np.flatnonzero(self.tight_out)
        return Moves(
            child=np.concatenate([child, out]),
            node=np.concatenate([arcs.school[chosen], np.full(len(out), self.problem.schools)]),
            cost=np.concatenate(
                [
                    goal.way_cost(self.problem.group[child], way),
                    goal.out_cost(self.problem)[out],
                ]
            ),
        )

    def include_ties(self) -> None:
        """Make candidates of all ways that are as good as what their child has."""
        self._add(self.candidates.missing(self.goals, self.prices, self.have, ties=True))

    def _prove_or_solve(self, goal: Goal) -> Ints:
        moves = self.moves(goal)
        price = self._price(goal, moves)
        if price is None:
            self.place = cheapest_places(moves, self.place, self.pools, goal)
            price = self._price(goal, moves)
        if price is None:
            message = f"the prices refute the solver's answer at level {goal.what}"
            raise SolverError(message)
        return price

    def _price(self, goal: Goal, moves: Moves) -> Ints | None:
        return smallest_prices(moves, self.place, self._cost_of_places(goal), self.pools, goal)

    def _cost_of_places(self, goal: Goal) -> Ints:
        placed = np.flatnonzero(self.place < self.problem.schools)
        cost = goal.out_cost(self.problem)
        ways = self.problem.ways[placed, self.place[placed]].astype(np.int64)
        cost[placed] = goal.way_cost(self.problem.group[placed], ways)
        return cost

    def _hold(self, goal: Goal, price: Ints, have: Ints) -> None:
        arcs = self.candidates.arcs
        cost = goal.way_cost(self.problem.group[arcs.child], arcs.way)
        self.tight_arcs &= cost + price[arcs.school] == have[arcs.child]
        self.tight_out &= goal.out_cost(self.problem) == have
        self.values.append(self.value(goal))
        self.goals.append(goal)
        self.prices.append(price)
        self.have.append(have)
        self.pools.settle(price[:-1], goal.over_cost)

    def value(self, goal: Goal) -> int:
        """Return what the present places are worth at a level."""
        if goal.what == "over":
            used = np.bincount(self.place, minlength=self.problem.schools + 1)[:-1]
            return int(np.maximum(used - self.problem.standard, 0).sum())
        if goal.what in {"kept", "placed"}:
            wanted = goal.out_cost(self.problem)
            return int(wanted[self.place < self.problem.schools].sum())
        return int(self._cost_of_places(goal).sum())

    def _add(self, missing: Sequence[Arcs]) -> None:
        """Make candidates of more ways, tight where all levels held so far allow them."""
        self.candidates.add(missing)
        for arcs in missing:
            tight = np.ones(len(arcs), dtype=bool)
            for goal, price, have in zip(self.goals, self.prices, self.have, strict=True):
                cost = goal.way_cost(self.problem.group[arcs.child], arcs.way)
                tight &= cost + price[arcs.school] == have[arcs.child]
            self.tight_arcs = np.concatenate([self.tight_arcs, tight])

    def passed_on(self, problem: Problem, children: Ints, place: Ints) -> Solution:
        """Return the start of a narrower problem, with the ways looked at so far.

        Parameters
        ----------
        problem
            With fewer children or shorter reaches.
        children
            Row numbers here of the children there.
        place
            (problem.children,) places to begin with.
        """
        return Solution.start(problem, place, self.candidates.passed_on(problem, children))

    def prices_so_far(self) -> Ints:
        """Return (levels, m) the prices of all levels solved."""
        return np.stack([price[:-1] for price in self.prices])

    def level(self, number: int) -> Level:
        """Return the record of a solved level."""
        goal = self.goals[number]
        return Level(goal.what, goal.group, self.values[number], self.prices[number][:-1])
