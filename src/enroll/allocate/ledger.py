"""Who sits where so far, while the rounds of an allocation go on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from enroll.records import NONE

if TYPE_CHECKING:
    from enroll.records import (
        Certificate,
        Cutoff,
        Flags,
        Ground,
        Inputs,
        Ints,
        Ranking,
        SeatLevel,
        Seats,
    )


@dataclass
class Ledger:
    """The state that one round hands to the next.

    Parameters
    ----------
    inputs, ground, ranking, seats
        What the rounds decide on.
    school, round
        (n,) school index and round number of each place so far, -1 for none.
    redirected
        (n,) whether the place comes from a redirect round.
    in_reach
        (n,) whether some redirect round had a school that the child could have gone to.
    """

    inputs: Inputs
    ground: Ground
    ranking: Ranking
    seats: Seats
    school: Ints
    round: Ints
    redirected: Flags
    in_reach: Flags
    cutoffs: list[Cutoff] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    passed_over: list[tuple[str, int, int]] = field(default_factory=list)

    @classmethod
    def open(cls, inputs: Inputs, ground: Ground, ranking: Ranking, seats: Seats) -> Ledger:
        """Return the state before the first round: nobody has a place."""
        children = len(inputs.applicants)
        return cls(
            inputs,
            ground,
            ranking,
            seats,
            school=np.full(children, NONE, dtype=np.int64),
            round=np.full(children, NONE, dtype=np.int64),
            redirected=np.zeros(children, dtype=bool),
            in_reach=np.zeros(children, dtype=bool),
        )

    @property
    def waiting(self) -> Flags:
        """(n,) eligible children without a place."""
        return np.asarray((self.school == NONE) & (self.ranking.ineligible == ""))

    def open_seats(self, level: SeatLevel, leaving: Flags | None = None) -> Ints:
        """Return (m,) seats not yet taken at a level.

        Parameters
        ----------
        leaving
            (n,) children whose present places count as free.
        """
        staying = self.school != NONE
        if leaving is not None:
            staying &= ~leaving
        taken = np.bincount(self.school[staying], minlength=len(self.inputs.schools))
        left: Ints = np.maximum(self.seats.at(level) - taken, 0)
        return left

    def place(self, children: Ints, schools: Ints, number: int, *, redirected: bool) -> None:
        """Give children places in a round; who stays where it was keeps its round."""
        moved = self.school[children] != schools
        self.school[children[moved]] = schools[moved]
        self.round[children[moved]] = number
        self.redirected[children[moved]] = redirected
