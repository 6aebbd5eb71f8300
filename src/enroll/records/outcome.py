"""Who got which seat, and what proves it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.records.kinds import Ints, Texts


@dataclass(frozen=True)
class Cutoff:
    """One school's line in one zone or choice round where somebody was refused.

    Parameters
    ----------
    key
        The worst ranking key admitted, as integers in the round's order, lottery last;
        empty where nobody was admitted.
    """

    round_id: str
    school: int
    offered: int
    filled: int
    key: tuple[int, ...]


@dataclass(frozen=True)
class Level:
    """One solved level of a redirect round, with the prices that prove it.

    Parameters
    ----------
    what
        `kept`, `placed`, `over`, `farthest`, `far` or `ways`.
    group
        Group number, or -1 where the level is about everybody.
    value
        The value reached: children, seats or metres.
    prices
        (m,) this level's part of each school's price. For `farthest` a (levels, m) table of
        earlier levels' prices that proves no smaller value can be; for every level after
        it a (levels so far, m) table of all prices, found on the ways that are left.
    """

    what: str
    group: int
    value: int
    prices: Ints


@dataclass(frozen=True)
class FamilyPlace:
    """A bundle or a younger sibling placed before the ways were solved (design R8).

    Parameters
    ----------
    kind
        `bundle` or `sibling`.
    applicants
        Applicant indices, ascending.
    school
        School index, or -1 where the family had to be split.
    """

    kind: Literal["bundle", "sibling"]
    applicants: tuple[int, ...]
    school: int


@dataclass(frozen=True)
class Overload:
    """A set of schools with more children who have nowhere else than seats.

    Parameters
    ----------
    schools
        School indices, ascending.
    demand
        Children of the round whose every allowed school is in the set.
    seats
        Seats the set has for the round.
    """

    schools: tuple[int, ...]
    demand: int
    seats: int


@dataclass(frozen=True)
class Certificate:
    """What proves one redirect round.

    Parameters
    ----------
    levels
        In the order in which they were solved.
    families
        Bundles and siblings placed first, in the order of the rule.
    family_cost
        Metres per group that the families' places cost the ways, by group number.
    overloads
        One witness per connected part, ascending by first school.
    counted
        Where families took places: the levels that count places, of the whole round, whose
        prices prove that the families cost nobody a place.
    """

    round_id: str
    levels: tuple[Level, ...]
    families: tuple[FamilyPlace, ...] = ()
    family_cost: Mapping[int, int] = field(default_factory=dict)
    overloads: tuple[Overload, ...] = ()
    counted: tuple[Level, ...] = ()


@dataclass(frozen=True)
class Placement:
    """The result: each applicant exactly once.

    Parameters
    ----------
    school
        (n,) school index or -1.
    round
        (n,) round number (index into `round_ids`) of the place, or -1.
    reason
        (n,) `FIXED ZONE CHOICE REDIRECT` for the placed, `NO_SEAT NO_SCHOOL_IN_REACH
        DECLINED` for the unplaced, `TOO_YOUNG TOO_OLD REVIEW_PENDING REVIEW_REJECTED` for the
        rest.
    metres
        (n,) way to the school placed at, -1 where there is none.
    round_ids
        Round ids in order.
    cutoffs, certificates
        One per school refused at, one per redirect round.
    """

    school: Ints
    round: Ints
    reason: Texts
    metres: Ints
    round_ids: tuple[str, ...]
    cutoffs: tuple[Cutoff, ...]
    certificates: tuple[Certificate, ...]
    passed_over: tuple[tuple[str, int, int], ...] = ()
    """Bundles passed over at a last seat: (round id, school index, bundle number)."""
    history: tuple[Ints, ...] = ()
    """(n,) school index or -1 of each child after each round, in the order of `round_ids`."""


@dataclass(frozen=True)
class ClassPlan:
    """Classes each school opens for the children it takes (design R11).

    Parameters
    ----------
    pupils
        (m,) placed and reserved.
    classes
        (m,) classes opened, at most those planned.
    smallest, largest
        (m,) class sizes; they differ by at most 1; 0 where no class opens.
    proposed
        (m,) classes that would be needed to keep within the standard, at most `rooms`.
    """

    pupils: Ints
    classes: Ints
    smallest: Ints
    largest: Ints
    proposed: Ints
