"""A redirect round under many lotteries.

The values of a redirect round, its prices and the ways that some optimum takes do not know
the lottery: it only says in which order families, and then children, choose among equal
optima. So each set of children is solved once, and a draw only chooses again. Often even
that makes no difference: where what everybody takes can be had by all together, and whatever
they had liked better could not be had by them alone, every order ends in the same places.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from enroll.allocate.redirect.choice import Seating, SparseOptions, tight_options
from enroll.allocate.redirect.families import PlacedOptions, seat_families, seat_family
from enroll.allocate.redirect.levels import Solution
from enroll.allocate.redirect.optimum import COUNTED, solve_levels
from enroll.allocate.redirect.prices import FREE, FULL, Pools
from enroll.allocate.redirect.problem import goals_of
from enroll.allocate.redirect_round import _entrants, _families, _named, _problem
from enroll.records import NONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.allocate.ledger import Ledger
    from enroll.allocate.redirect.families import Family
    from enroll.allocate.redirect.problem import Goal, Problem
    from enroll.records import Flags, Ints
    from enroll.scenario.policy import Round


def may_redirect(ledger: Ledger, rule: Round, children: Ints, schools: Ints) -> Flags:
    """Return (k,) whether a redirect round allows a child a school, seats or not."""
    ways = ledger.ground.ways.pairs(children, schools)
    allowed = (ways >= 0) & _named(ledger.inputs.schools, rule)[schools]
    if rule.max_m is not None:
        allowed &= ways <= rule.max_m
    accepts = ledger.inputs.applicants.accepts_redirect[children]
    own = [
        zone != NONE and school in ledger.inputs.zones.schools[zone]
        for zone, school in zip(
            ledger.ground.zone[children].tolist(), schools.tolist(), strict=True
        )
    ]
    return np.asarray(allowed & (accepts | np.array(own, dtype=bool)))


class RedirectRedraw:
    """What a redirect round does from one state, whatever the lottery.

    Parameters
    ----------
    ledger
        The state before the round, with any lottery; it is not changed.
    rule, far_m
        The round, and the metres beyond which a way is far.
    """

    def __init__(self, ledger: Ledger, rule: Round, far_m: int) -> None:
        self._school, self._redirected = ledger.school, ledger.redirected
        self.sure: Flags = np.zeros(len(ledger.school), dtype=bool)
        self._entrants = _entrants(ledger, rule)
        self._children = self._entrants.children
        self._group = ledger.ranking.groups.of[self._children]
        self._solver = _Solver(rule, far_m)
        self._rests: dict[tuple[int, ...], _Rest] = {}
        self.constant = True
        if not len(self._children):
            return
        problem = _problem(ledger, self._entrants, rule)
        families, kinds = _families(ledger, self._entrants, problem)
        self._bundles = kinds.count("bundle")
        self._families = _Families(self._solver.counted(problem), families)
        self.constant = self._families.fixed is not None and self._rest(self._families.fixed).fixed

    def outcome(self, rank: Ints) -> bytes:
        """Return what a lottery decides, as a key for `after`; see `ZoneRedraw.outcome`."""
        if not len(self._children):
            return b""
        schools = self._families.fixed
        if schools is None:
            schools = self._families.choose(self._turns(rank))
        chosen = self._rest(schools).choose(rank[self._children], self._group, self._children)
        return np.array(schools, dtype=np.int64).tobytes() + chosen.tobytes()

    def after(self, outcome: bytes) -> tuple[Ints, Flags]:
        """Return (n,) schools and (n,) whether redirected, after the round."""
        if not len(self._children):
            return self._school, self._redirected
        numbers = np.frombuffer(outcome, dtype=np.int64)
        count = self._families.count
        place = self._rest(tuple(numbers[:count].tolist())).place(numbers[count:])
        placed = np.flatnonzero(place < len(self._entrants.schools))
        children, schools = self._children[placed], self._entrants.schools[place[placed]]
        school, redirected = self._school.copy(), self._redirected.copy()
        moved = school[children] != schools
        school[children[moved]] = schools[moved]
        redirected[children[moved]] = True
        return school, redirected

    def _turns(self, rank: Ints) -> list[int]:
        """Return the families in the order in which they choose: bundles, then siblings."""
        order = np.lexsort((self._children, rank[self._children], self._group))
        turn = np.empty(len(order), dtype=np.int64)
        turn[order] = np.arange(len(order))
        first = [int(turn[list(each.children)].min()) for each in self._families.families]
        return sorted(range(len(first)), key=lambda each: (each >= self._bundles, first[each]))

    def _rest(self, schools: tuple[int, ...]) -> _Rest:
        known = self._rests.get(schools)
        if known is None:
            known = self._rests[schools] = self._solver.rest(self._families, schools)
        return known


@dataclass(frozen=True)
class _Solver:
    """Solves a round up to its choices."""

    rule: Round
    far_m: int

    def counted(self, problem: Problem) -> Solution:
        """Return the round solved up to its last level that counts places."""
        goals = [goal for goal in self._goals(problem) if goal.what in COUNTED]
        return solve_levels(Solution.start(problem), goals)[0]

    def rest(self, families: _Families, schools: tuple[int, ...]) -> _Rest:
        """Return what is left when families sit at their schools, solved up to its choices."""
        seated, solution = families.seated(schools), families.solution
        place = families.places(schools) if seated else solution.place
        left = np.ones(solution.problem.children, dtype=bool)
        left[list(seated)] = False
        rest = _without(solution, np.flatnonzero(~left), place)
        for goal in self._goals(rest.problem):
            if goal.what not in COUNTED and not rest.hold_still(goal):
                rest, _ = solve_levels(rest, [goal])
        return _Rest(rest, np.flatnonzero(left), place)

    def _goals(self, problem: Problem) -> list[Goal]:
        return goals_of(problem, self.rule.goal, self.far_m, limit=self.rule.seats == "limit")


def _without(solution: Solution, children: Ints, place: Ints) -> Solution:
    """Return a round solved so far, without some children and the seats that they take.

    The children cost nobody a place where they are, so the prices go on to prove the levels
    and the same ways stay tight. The seats that had to be used, or left empty, still have.
    """
    problem = solution.problem
    left = np.ones(problem.children, dtype=bool)
    left[children] = False
    rest = problem.without(children, place[children])
    twin = solution.fork()
    arcs = solution.candidates.arcs
    kept = left[arcs.child] & (arcs.way <= problem.reach[arcs.child])
    return replace(
        twin,
        problem=rest,
        candidates=solution.candidates.passed_on(rest, np.flatnonzero(left)),
        place=place[left],
        pools=replace(twin.pools, standard=rest.standard, over=rest.over),
        have=[have[left] for have in solution.have],
        tight_arcs=solution.tight_arcs[kept],
        tight_out=solution.tight_out[left],
    )


class _Families:
    """Bundles and younger siblings, who choose first.

    Parameters
    ----------
    solution
        The round solved up to its last level that counts places.
    families
        Bundles, then younger siblings.

    Attributes
    ----------
    fixed
        The school of each family, -1 for none, where no order changes it; else None.
    """

    def __init__(self, solution: Solution, families: Sequence[Family]) -> None:
        self.solution = solution
        self.families = families
        self.count = len(families)
        self.fixed: tuple[int, ...] | None = (-1,) * self.count
        self._found: dict[tuple[int, ...], Ints] = {}
        room = solution.problem.standard + solution.problem.over > 0
        if not any(room[list(family.schools)].any() for family in families):
            return
        self._options = PlacedOptions(solution)
        self._seating = Seating(solution.place, solution.pools, self._options)
        schools = self.choose(list(range(self.count)))
        self.fixed = schools if self._no_order_matters(schools) else None

    def choose(self, turns: list[int]) -> tuple[int, ...]:
        """Return the school of each family when they choose in an order."""
        seating = self._seating.copy()
        in_turn = seat_families(seating, self._options, [self.families[each] for each in turns])
        chosen = [-1] * self.count
        for each, school in zip(turns, in_turn, strict=True):
            chosen[each] = school
        schools = tuple(chosen)
        if schools not in self._found:
            self._found[schools] = np.array(seating.place, dtype=np.int64)
        return schools

    def places(self, schools: tuple[int, ...]) -> Ints:
        """Return (n,) places at which the families sit at these schools, no place lost."""
        return self._found[schools]

    def seated(self, schools: tuple[int, ...]) -> dict[int, int]:
        """Return the school of each child that sits with its family."""
        return {
            child: school
            for family, school in zip(self.families, schools, strict=True)
            if school >= 0
            for child in family.children
        }

    def _no_order_matters(self, schools: tuple[int, ...]) -> bool:
        """Return whether no family could have had alone what it liked better."""
        seated = self.seated(schools)
        for family, taken in zip(self.families, schools, strict=True):
            if taken < 0 and not seated.keys().isdisjoint(family.children):
                continue  # Siblings do not choose where their bundle has, which comes first.
            for school in family.schools:
                if school == taken:
                    break
                if seat_family(self._seating.copy(), self._options, family, school):
                    return False
        return True


class _Rest:
    """The children that are left, with the places that equal optima give them.

    Parameters
    ----------
    solution
        Solved to the last level.
    rows
        (k,) their rows in the round's problem.
    place
        (n,) places of the round's problem, of which those of other rows count.

    Attributes
    ----------
    fixed
        Whether every order of choice ends in the same places.
    """

    def __init__(self, solution: Solution, rows: Ints, place: Ints) -> None:
        options = tight_options(solution)
        ways = [options.of(child) for child in range(solution.problem.children)]
        several = np.array([len(each) > 1 for each in ways], dtype=bool)
        self._chooser = np.flatnonzero(several)
        self._rows = rows[self._chooser]
        self._place = place.copy()
        self._place[rows] = solution.place
        self._ways = [ways[child].tolist() for child in self._chooser.tolist()]
        self._known: dict[bytes, Ints] = {}
        self.fixed = True
        if len(self._chooser):
            self._seating = self._seating_of(solution, several)
            first = self._seat(range(len(self._chooser)))
            self.fixed = self._no_order_matters(first)
            self._place[self._rows] = first

    def choose(self, rank: Ints, group: Ints, child: Ints) -> Ints:
        """Return the nodes of those who have a choice.

        Parameters
        ----------
        rank, group, child
            (n,) lottery rank, group and applicant index of the rows of the round's problem.
        """
        if self.fixed:
            return self._place[self._rows]
        order = np.lexsort((child[self._rows], rank[self._rows], group[self._rows]))
        key = order.tobytes()
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._seat(order.tolist())
        return known

    def place(self, chosen: Ints) -> Ints:
        """Return (n,) the node of each row of the round's problem."""
        place = self._place.copy()
        place[self._rows] = chosen
        return place

    def _seating_of(self, solution: Solution, several: Flags) -> Seating:
        """Return the seating of those who have a choice; the others' seats are taken."""
        nodes = solution.problem.schools + 1
        taken = np.bincount(solution.place[~several], minlength=nodes)[:-1]
        least = np.maximum(solution.pools.least - taken, 0)
        most = solution.pools.most - taken
        full, free = np.full(len(least), FULL), np.full(len(least), FREE)
        count = np.array([len(each) for each in self._ways])
        node = np.array([each for ways in self._ways for each in ways])
        # Ways are listed nearest first already: their place in the list stands for the cost.
        cost = np.arange(len(node))
        options = SparseOptions(
            np.repeat(np.arange(len(count)), count),
            node,
            cost,
            children=len(count),
            nodes=nodes,
        )
        pools = Pools(least, most - least, full, free)
        return Seating(solution.place[several], pools, options)

    def _seat(self, order: Sequence[int]) -> Ints:
        seating = self._seating.copy()
        for child in order:
            for node in self._ways[child]:
                if seating.seat(child, node):
                    break
        return np.array(seating.place, dtype=np.int64)

    def _no_order_matters(self, taken: Ints) -> bool:
        """Return whether nobody could have had alone what it liked better."""
        for child, node in enumerate(taken.tolist()):
            for better in self._ways[child]:
                if better == node:
                    break
                if self._seating.copy().seat(child, better):
                    return False
        return True
