"""What is checked, as plain arrays and small frozen records.

n children and m schools are numbered from 0 in the order of their ids; -1 means none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Ints = npt.NDArray[np.int64]
Metres = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]

NONE = -1


@dataclass(frozen=True)
class Children:
    """The applicants, n of them.

    Parameters
    ----------
    name
        Gives a child's name in a sentence.
    ineligible
        (n,) the status that keeps a child out, or "".
    zone, group, bundle, sibling_school, placed_school
        (n,) numbers.
    lottery
        (n,) rank of the child's ticket; members of a bundle share one.
    points, since
        (n,) points (more is better); days since 1970 (earlier is better), a late day where
        there is none.
    accepts_redirect, measured
        (n,) whether the family takes a seat outside its zone; whether any way is known.
    """

    name: Callable[[int], str]
    ineligible: Texts
    zone: Ints
    group: Ints
    bundle: Ints
    sibling_school: Ints
    placed_school: Ints
    lottery: Ints
    points: Ints
    since: Ints
    accepts_redirect: Flags
    measured: Flags


@dataclass(frozen=True)
class Schools:
    """The schools, m of them.

    Parameters
    ----------
    name
        Gives a school's name in a sentence.
    classes, class_standard, class_limit, reserved
        (m,) planned entry classes, class sizes, seats held back.
    other_grades, leavers, school_limit
        (m,) pupils of the other grades, last summer's top grade, most pupils in all.
    headroom
        (m,) pupils the school may still take under its school limit.
    standard, limit
        (m,) seats at both levels.
    sector, kind
        (m,) text.
    zones
        Per zone the schools that serve it.
    """

    name: Callable[[int], str]
    classes: Ints
    class_standard: Ints
    class_limit: Ints
    reserved: Ints
    other_grades: Ints
    leavers: Ints
    school_limit: Ints
    headroom: Ints
    standard: Ints
    limit: Ints
    sector: Texts
    kind: Texts
    zones: tuple[tuple[int, ...], ...]

    def seats(self, level: str) -> Ints:
        """Return the (m,) seats at `standard` or `limit`."""
        return self.standard if level == "standard" else self.limit


@dataclass(frozen=True)
class Rule:
    """One round of the policy; see the keys of `[[round]]`."""

    id: str
    rule: str
    seats: str
    order: tuple[str, ...]
    last_seat: str
    max_m: int | None
    goal: str
    sectors: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Level:
    """One level of a redirect round with its prices.

    Parameters
    ----------
    prices
        (m,), or (levels, m) for `farthest` (what proves that no smaller value can be) and
        for every level after one (all prices so far, on the ways that are left).
    """

    what: str
    group: int
    value: int
    prices: Ints


@dataclass(frozen=True)
class Family:
    """Children who sit together by rule, or a bundle that could not (`school` is -1)."""

    kind: str
    applicants: tuple[int, ...]
    school: int


@dataclass(frozen=True)
class Overload:
    """A set of schools with more children who have nowhere else than seats."""

    schools: tuple[int, ...]
    demand: int
    seats: int


@dataclass(frozen=True)
class Proof:
    """What a redirect round puts forward for its places.

    Parameters
    ----------
    levels
        For the children that are left when families have taken their places.
    counted
        Where they have: the levels that count places, for everybody.
    """

    round_id: str
    levels: tuple[Level, ...]
    families: tuple[Family, ...]
    overloads: tuple[Overload, ...]
    counted: tuple[Level, ...]


@dataclass(frozen=True)
class Cutoff:
    """The worst key that a school admitted in a round in which it refused somebody."""

    round_id: str
    school: int
    offered: int
    filled: int
    key: tuple[int, ...]


@dataclass(frozen=True)
class Result:
    """What is claimed.

    Parameters
    ----------
    school, round, metres
        (n,) school, number of the round, way to school; -1 for none.
    reason
        (n,) text.
    history
        (n,) schools after each round.
    passed_over
        Bundles passed over: (round id, school, bundle).
    """

    school: Ints
    round: Ints
    reason: Texts
    metres: Ints
    history: tuple[Ints, ...]
    cutoffs: tuple[Cutoff, ...]
    proofs: tuple[Proof, ...]
    passed_over: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Plan:
    """Classes of each school, (m,): pupils, classes, smallest and largest class."""

    pupils: Ints
    classes: Ints
    smallest: Ints
    largest: Ints


@dataclass(frozen=True)
class Case:
    """Everything that the checks look at.

    Parameters
    ----------
    rules
        The rounds in order.
    far_m
        Ways longer than this count as far.
    way_rows, way_pairs
        Give (k, m) ways of k children to every school, and (k,) ways of k pairs, in whole
        metres; -1 = no way.
    """

    children: Children
    schools: Schools
    rules: tuple[Rule, ...]
    far_m: int
    way_rows: Callable[[Ints], Metres]
    way_pairs: Callable[[Ints, Ints], Metres]
    result: Result
    plan: Plan

    @classmethod
    def of(cls, evidence: Mapping[str, Any]) -> Case:
        """Return the case that plain nested dictionaries and lists describe.

        The keys are the parameters of these classes.
        """
        result = dict(evidence["result"])
        result["cutoffs"] = tuple(Cutoff(**cutoff) for cutoff in result["cutoffs"])
        result["proofs"] = tuple(_proof(proof) for proof in result["proofs"])
        return cls(
            children=Children(**evidence["children"]),
            schools=Schools(**evidence["schools"]),
            rules=tuple(Rule(**rule) for rule in evidence["rules"]),
            far_m=evidence["far_m"],
            way_rows=evidence["way_rows"],
            way_pairs=evidence["way_pairs"],
            result=Result(**result),
            plan=Plan(**evidence["plan"]),
        )


def _proof(evidence: Mapping[str, Any]) -> Proof:
    return Proof(
        round_id=evidence["round_id"],
        levels=tuple(Level(**level) for level in evidence["levels"]),
        families=tuple(Family(**family) for family in evidence["families"]),
        overloads=tuple(Overload(**overload) for overload in evidence["overloads"]),
        counted=tuple(Level(**level) for level in evidence["counted"]),
    )
