"""Who takes part in a redirect round, and which ways the round allows (rules R7 and R8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.verify.case import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.verify.case import Case, Flags, Ints, Metres, Proof
    from enroll.verify.steps import Step

_CELLS = 1 << 19
"""Ways looked at together: few enough to stay near the processor."""


@dataclass(frozen=True)
class Entrants:
    """The children of a redirect round, by group and lottery; k of them.

    Parameters
    ----------
    child, group
        (k,) numbers.
    held
        (k,) school of an earlier redirect round that this one may better, -1 for none.
    place
        (k,) school after the round, m for none.
    seated
        (k,) whether the place was taken by rule R8, before the ways were solved.
    standard, over
        (m,) open seats within the class standard, and further ones above it.
    named
        (m,) schools of the sectors and kinds that the round names, with an entry class.
    """

    case: Case
    step: Step
    child: Ints
    group: Ints
    held: Ints
    place: Ints
    seated: Flags
    standard: Ints
    over: Ints
    named: Flags

    @property
    def schools(self) -> int:
        """Number of schools, which also stands for staying out."""
        return len(self.standard)

    def blocks(self) -> Iterator[Block]:
        """Yield all entrants with their ways, some children of one group at a time."""
        height = max(1, _CELLS // max(1, self.schools))
        first = 0
        while first < len(self.child):
            last = int(np.searchsorted(self.group, self.group[first], side="right"))
            last = min(last, first + height)
            yield self._block(slice(first, last))
            first = last

    def _block(self, rows: slice) -> Block:
        ways = self._ways(rows)
        place = self.place[rows]
        placed = place < self.schools
        own = ways[np.arange(len(place)), np.where(placed, place, 0)]
        return Block(
            rows=rows,
            group=int(self.group[rows.start]),
            ways=ways,
            allowed=ways >= 0,
            place=place,
            own=np.where(placed, own, 0),
            kept=self.held[rows] != NONE,
            seated=self.seated[rows],
        )

    def _ways(self, rows: slice) -> Metres:
        """Return (r, m) metres, -1 where the round or the family's wish does not allow a way."""
        rule, child, held = self.step.rule, self.child[rows], self.held[rows]
        ways: Metres = np.array(self.case.way_rows(child), dtype=np.int32)
        keeping = np.flatnonzero(held != NONE)
        own = ways[keeping, held[keeping]]
        ways[:, ~self.named] = NONE
        if rule.max_m is not None:
            ways[ways > rule.max_m] = NONE
        for row in np.flatnonzero(~self.case.children.accepts_redirect[child]).tolist():
            ways[row, self._other_zones(int(child[row]))] = NONE
        # Nobody goes farther than before, and to stay is always allowed.
        better = ways[keeping]
        ways[keeping] = np.where(better > own[:, None], NONE, better)
        ways[keeping, held[keeping]] = own
        return ways

    def _other_zones(self, child: int) -> Flags:
        other = np.ones(self.schools, dtype=bool)
        zone = int(self.case.children.zone[child])
        if zone != NONE:
            other[list(self.case.schools.zones[zone])] = False
        return other


@dataclass(frozen=True)
class Block:
    """Some entrants of one group.

    Parameters
    ----------
    rows
        Which entrants.
    ways, allowed
        (r, m) metres, -1 where not allowed; and whether they are.
    place, own
        (r,) node after the round, and the way to it (0 where it is none).
    kept, seated
        (r,) who holds a place that it may not lose; who was placed by rule R8.
    """

    rows: slice
    group: int
    ways: Metres
    allowed: Flags
    place: Ints
    own: Metres
    kept: Flags
    seated: Flags


def find_entrants(case: Case, step: Step, proof: Proof | None) -> Entrants:
    """Return who takes part in a redirect round."""
    reopened = step.reopened
    child = np.flatnonzero(step.waiting | reopened)
    group = case.children.group[child]
    child = child[np.lexsort((child, case.children.lottery[child], group))]
    place = step.after[child]
    total = step.open_seats(case, step.rule.seats)
    standard = np.minimum(step.open_seats(case, "standard"), total)
    families = proof.families if proof is not None else ()
    seated = [each for family in families if family.school != NONE for each in family.applicants]
    return Entrants(
        case=case,
        step=step,
        child=child,
        group=case.children.group[child],
        held=np.where(reopened[child], step.before[child], NONE),
        place=np.where(place == NONE, len(standard), place),
        seated=np.isin(child, seated),
        standard=standard,
        over=total - standard,
        named=_named(case, step),
    )


def _named(case: Case, step: Step) -> Flags:
    sectors, kinds = case.schools.sector.tolist(), case.schools.kind.tolist()
    named = np.array(
        [
            sector in step.rule.sectors and kind in step.rule.kinds
            for sector, kind in zip(sectors, kinds, strict=True)
        ],
        dtype=bool,
    )
    return named & (case.schools.classes > 0)
