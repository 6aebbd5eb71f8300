"""The rounds of an allocation under many lotteries.

A state is who sits where before a round. What a round does from a state is worked out once,
as far as no lottery changes it; a draw then walks from state to state. Most draws pass the
same few states: a lottery decides only between children whose keys are equal where a school
fills up.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from enroll.allocate.ledger import Ledger
from enroll.allocate.redraw.redirect import RedirectRedraw, may_redirect
from enroll.allocate.redraw.zone import ZoneRedraw
from enroll.records import NONE

if TYPE_CHECKING:
    from enroll.records import Flags, Ground, Inputs, Ints, Ranking, Seats
    from enroll.scenario.schema import Scenario

_MOST_STATES = 4_000
"""States kept in memory; beyond them a draw works out its own and forgets it."""


@dataclass
class _State:
    """Who sits where before a round, and what the round does from there.

    Parameters
    ----------
    number
        The round that comes next.
    """

    number: int
    school: Ints
    redirected: Flags
    stage: ZoneRedraw | RedirectRedraw | None = None
    after: dict[bytes, _State] = field(default_factory=dict)


class Lotteries:
    """The rounds of a scenario, ready to be run under any lottery.

    Parameters
    ----------
    inputs, ground, ranking, seats
        What was read, located and ranked; the lottery in `ranking` is not looked at but for
        who shares a ticket.
    settings
        The resolved scenario.
    """

    def __init__(
        self, inputs: Inputs, ground: Ground, ranking: Ranking, seats: Seats, settings: Scenario
    ) -> None:
        children = len(inputs.applicants)
        self.bearer = _bearers(ranking.bundle)
        draw = replace(ranking.draw, rank=self.bearer + 1)
        self._ledger = Ledger.open(inputs, ground, replace(ranking, draw=draw), seats)
        self._settings = settings
        self._states: dict[bytes, _State] = {}
        nobody = np.zeros(children, dtype=bool)
        self._root = _State(0, np.full(children, NONE, dtype=np.int64), nobody)
        self.sure, self.sure_school, self._parting = self._find_sure()

    def place(self, rank: Ints) -> Ints:
        """Return (n,) the school of each child under a lottery, -1 for none.

        Parameters
        ----------
        rank
            (n,) lottery ranks, the smaller the better, equal for children with one ticket.
            Only their order among the children who are not `sure` counts.
        """
        state = self._root
        while state.number < len(self._settings.round):
            state = self._next(state, rank)
        return state.school

    @property
    def deciding(self) -> Ints:
        """Children whose ranks alone decide where lotteries first part; often a few.

        Nobody where that is not in a zone round.
        """
        stage = self._parting.stage
        return stage.deciding if isinstance(stage, ZoneRedraw) else np.zeros(0, dtype=np.int64)

    def branch(self, rank: Ints) -> bytes:
        """Return how the zone round ends where lotteries first part; see `deciding`."""
        stage = self._parting.stage
        return stage.outcome(rank) if isinstance(stage, ZoneRedraw) else b""

    def may_have(self, children: Ints, schools: Ints) -> Flags:
        """Return (k,) whether some lottery might give a child a school; no means never."""
        certain = self.sure[children]
        may: Flags = certain & (self.sure_school[children] == schools)
        state = self._parting
        may |= ~certain & (state.school[children] == schools)
        for rule in self._settings.round[state.number :]:
            if rule.rule == "redirect":
                found = may_redirect(self._ledger, rule, children, schools)
            elif isinstance(state.stage, ZoneRedraw) and rule is self._settings.round[state.number]:
                found = state.stage.may_have(children, schools)
            else:
                found = np.ones(len(children), dtype=bool)
            may |= ~certain & found
        return may

    def _next(self, state: _State, rank: Ints) -> _State:
        if state.stage is None and self._is_fixed(state):
            return state.after.get(b"") or self._keep(state, b"", *self._placed_fixed(state))
        stage = self._stage(state)
        outcome = stage.outcome(rank)
        return state.after.get(outcome) or self._keep(state, outcome, *stage.after(outcome))

    def _is_fixed(self, state: _State) -> bool:
        return self._settings.round[state.number].rule == "fixed"

    def _placed_fixed(self, state: _State) -> tuple[Ints, Flags]:
        named = self._ledger.inputs.applicants.placed_school
        comes = self._ledger_at(state).waiting & (named != NONE)
        return np.where(comes, named, state.school), state.redirected

    def _stage(self, state: _State) -> ZoneRedraw | RedirectRedraw:
        if state.stage is None:
            rule, ledger = self._settings.round[state.number], self._ledger_at(state)
            if rule.rule == "zone":
                state.stage = ZoneRedraw(ledger, rule)
            else:
                state.stage = RedirectRedraw(ledger, rule, self._settings.limits.far_m)
        return state.stage

    def _ledger_at(self, state: _State) -> Ledger:
        return replace(self._ledger, school=state.school, redirected=state.redirected)

    def _keep(self, state: _State, outcome: bytes, school: Ints, redirected: Flags) -> _State:
        """Return the state after a round, the one known already where there is one."""
        number = state.number + 1
        digest = hashlib.sha256(b"%d" % number + school.tobytes() + redirected.tobytes()).digest()
        found = self._states.get(digest)
        if found is None:
            found = _State(number, school, redirected)
            if len(self._states) >= _MOST_STATES:
                return found
            self._states[digest] = found
        state.after[outcome] = found
        return found

    def _find_sure(self) -> tuple[Flags, Ints, _State]:
        """Return (n,) whose end no lottery changes, their schools, and the state that parts."""
        state = self._root
        sure = self._ledger.ranking.ineligible != ""
        any_rank = self.bearer + 1
        while state.number < len(self._settings.round):
            after = self._next(state, any_rank)
            if state.stage is not None and not state.stage.constant:
                settled = sure | state.stage.sure | ((state.school != NONE) & ~state.redirected)
                return settled, np.where(settled, after.school, NONE), state
            state = after
        return np.ones(len(sure), dtype=bool), state.school, state


def _bearers(bundle: Ints) -> Ints:
    """Return (n,) the applicant whose ticket each one carries: the first of its bundle."""
    bearer = np.arange(len(bundle), dtype=np.int64)
    members = np.flatnonzero(bundle != NONE)
    _, first, which = np.unique(bundle[members], return_index=True, return_inverse=True)
    bearer[members] = members[first[which]]
    return bearer
