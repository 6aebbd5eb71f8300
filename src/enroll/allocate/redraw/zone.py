"""A zone round under many lotteries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.allocate.acceptance import Capacity, Proposals, accept, accept_skipping
from enroll.allocate.redraw.contest import settle
from enroll.allocate.zone_round import _of_units, _units, _zone_options
from enroll.records import NONE

if TYPE_CHECKING:
    from enroll.allocate.ledger import Ledger
    from enroll.records import Flags, Ints
    from enroll.scenario.policy import Round


class ZoneRedraw:
    """What a zone round does from one state, whatever the lottery.

    Parameters
    ----------
    ledger
        The state before the round; it is not changed.
    rule
        The round.

    Attributes
    ----------
    sure
        (n,) whether a child gets its seat in this round under every lottery.
    constant
        Whether no lottery changes anything.
    deciding
        Children whose ranks alone decide the round; nobody where bundles may be passed over,
        since the order of all proposals counts there.
    """

    def __init__(self, ledger: Ledger, rule: Round) -> None:
        self._school, self._redirected = ledger.school, ledger.redirected
        self._schools = len(ledger.inputs.schools)
        self._waiting = ledger.waiting
        self.sure: Flags = np.zeros(len(ledger.school), dtype=bool)
        self.constant = True
        self.deciding: Ints = np.zeros(0, dtype=np.int64)
        options = _zone_options(ledger, rule)
        if not len(options.child):
            return
        units = _units(ledger, options)
        options = _of_units(options, units)
        self._units, self._options = units, options
        self._skipping = rule.last_seat == "skip"
        seats = ledger.open_seats(rule.seats)
        limit = seats if self._skipping else ledger.open_seats("limit")
        start = np.append(np.searchsorted(options.child, units.ids), len(options.child))
        asking = Proposals(start, options.school, np.zeros_like(options.child), units.size)
        tie = _ties(options.school, options.keys)
        facts = settle(asking, tie, Capacity(seats, limit), skipping=self._skipping)
        self._base = np.full(len(units.of), NONE, dtype=np.int64)
        seated = np.flatnonzero(facts.held >= 0)
        self._base[units.ids[seated]] = options.school[facts.held[seated]]
        self.sure = self._waiting & (self._base[units.of] != NONE)
        self.constant = not facts.open.any()
        taken = np.bincount(
            options.school[facts.held[seated]], weights=units.size[seated], minlength=len(seats)
        ).astype(np.int64)
        self._capacity = Capacity(seats - taken, limit - taken)
        self._narrow(asking, tie, facts.open, facts.never)
        self._possible = np.flatnonzero(~facts.never)

    def _narrow(self, asking: Proposals, tie: Ints, open_units: Flags, never: Flags) -> None:
        """Keep the proposals that the lottery is left to decide."""
        number = np.repeat(np.arange(len(asking.size)), np.diff(asking.start))
        kept = np.flatnonzero(open_units[number] & ~never)
        self._open = np.flatnonzero(open_units)
        self._pair_unit = np.searchsorted(self._open, number[kept])
        self._pair_school = asking.school[kept]
        self._pair_tie = tie[kept]
        self._start = np.searchsorted(self._pair_unit, np.arange(len(self._open) + 1))
        self._size = asking.size[self._open]
        self._ids = self._units.ids[self._open]
        if not self._skipping:
            self.deciding = self._ids

    def may_have(self, children: Ints, schools: Ints) -> Flags:
        """Return (k,) whether some lottery might give a child a school in this round."""
        if not hasattr(self, "_possible"):
            return np.zeros(len(children), dtype=bool)
        wide = np.int64(self._schools)
        pairs = self._options.child[self._possible] * wide + self._options.school[self._possible]
        return np.isin(self._units.of[children] * wide + schools, pairs)

    def outcome(self, rank: Ints) -> bytes:
        """Return what a lottery decides, as a key for `after`.

        Parameters
        ----------
        rank
            (n,) lottery ranks; only their order among children who are not sure counts.
        """
        if self.constant:
            return b""
        lottery = rank[self._ids]
        order = np.lexsort((self._ids[self._pair_unit], lottery[self._pair_unit], self._pair_tie))
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        proposals = Proposals(self._start, self._pair_school, place, self._size)
        if self._skipping:
            turn = np.lexsort((self._ids, lottery))
            held, _, _ = accept_skipping(proposals, self._capacity, turn)
        else:
            held, _ = accept(proposals, self._capacity)
        return held.tobytes()

    def after(self, outcome: bytes) -> tuple[Ints, Flags]:
        """Return (n,) schools and (n,) whether redirected, after the round."""
        if not self.constant:
            held = np.frombuffer(outcome, dtype=np.int64)
            taken = np.flatnonzero(held >= 0)
            base = self._base.copy()
            base[self._ids[taken]] = self._pair_school[held[taken]]
        elif hasattr(self, "_base"):
            base = self._base
        else:
            return self._school, self._redirected
        placed = self._waiting & (base[self._units.of] != NONE)
        return np.where(placed, base[self._units.of], self._school), self._redirected


def _ties(school: Ints, keys: tuple[Ints, ...]) -> Ints:
    """Return (p,) the number of each pair's class of equals, by school and then best first."""
    order = np.lexsort((*keys[::-1], school))
    new = np.zeros(len(order), dtype=bool)
    for column in (school, *keys):
        new |= np.diff(column[order], prepend=column[order[:1]]) != 0
    tie = np.empty(len(order), dtype=np.int64)
    tie[order] = np.cumsum(new)
    return tie
