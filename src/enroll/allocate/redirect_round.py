"""Redirect rounds: the waiting children at the nearest schools with seats (design R7, R8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.allocate.redirect.families import Family
from enroll.allocate.redirect.overload import overloads
from enroll.allocate.redirect.problem import Problem
from enroll.allocate.redirect.round import solve_round
from enroll.records import NONE, Certificate, FamilyPlace

if TYPE_CHECKING:
    from enroll.allocate.ledger import Ledger
    from enroll.allocate.redirect.round import Solved
    from enroll.records import Flags, Ints, Metres, Schools
    from enroll.scenario.policy import Round

_ANY_WAY = 2**40
"""Longer than any way: the reach of a child that nothing limits."""


@dataclass(frozen=True)
class Entrants:
    """The children of a redirect round in their order of choice.

    Parameters
    ----------
    children
        (k,) applicant indices: by group, inside a group by lottery.
    reopened
        (k,) whether the child holds a place of an earlier redirect round.
    """

    children: Ints
    reopened: Flags


def run_redirect_round(ledger: Ledger, rule: Round, number: int, far_m: int) -> None:
    """Place the waiting children, and reopen earlier redirects where seats go to the limit."""
    entrants = _entrants(ledger, rule)
    if not len(entrants.children):
        return
    problem = _problem(ledger, entrants, rule)
    families, kinds = _families(ledger, entrants, problem)
    solved = solve_round(
        problem, families, goal=rule.goal, far_m=far_m, limit=rule.seats == "limit"
    )
    _settle(ledger, entrants, solved, number)
    ledger.in_reach[entrants.children] |= _has_option(problem)
    seeking = ledger.inputs.applicants.accepts_redirect[entrants.children]
    ledger.certificates.append(
        Certificate(
            round_id=rule.id,
            levels=solved.levels,
            families=_family_places(entrants, families, kinds, solved),
            family_cost=solved.family_cost,
            overloads=overloads(problem, solved.place, seeking),
            counted=solved.counted,
        )
    )


def _entrants(ledger: Ledger, rule: Round) -> Entrants:
    reopened = ledger.redirected & (rule.seats == "limit")
    children = np.flatnonzero(ledger.waiting | reopened)
    ranking = ledger.ranking
    order = np.lexsort((children, ranking.draw.rank[children], ranking.groups.of[children]))
    children = children[order]
    return Entrants(children, reopened[children])


def _problem(ledger: Ledger, entrants: Entrants, rule: Round) -> Problem:
    ways = _allowed_ways(ledger, entrants, rule)
    reach = np.full(len(entrants.children), _ANY_WAY)
    held = np.flatnonzero(entrants.reopened)
    reach[held] = ways[held, ledger.school[entrants.children[held]]]
    leaving = np.zeros(len(ledger.school), dtype=bool)
    leaving[entrants.children] = True
    total = ledger.open_seats(rule.seats, leaving)
    standard = np.minimum(ledger.open_seats("standard", leaving), total)
    return Problem(
        ways=ways,
        reach=reach,
        group=ledger.ranking.groups.of[entrants.children],
        kept=entrants.reopened,
        standard=standard,
        over=total - standard,
    )


def _allowed_ways(ledger: Ledger, entrants: Entrants, rule: Round) -> Metres:
    """Return (k, m) metres, -1 where the round or the family's wish does not allow a way."""
    children = entrants.children
    ways = ledger.ground.ways.rows(children)
    held = np.flatnonzero(entrants.reopened)
    school = ledger.school[children[held]]
    kept = ways[held, school]
    ways[:, ~_named(ledger.inputs.schools, rule)] = -1
    if rule.max_m is not None:
        ways[ways > rule.max_m] = -1
    declining = np.flatnonzero(~ledger.inputs.applicants.accepts_redirect[children])
    ways[declining] = np.where(_own_zone(ledger, children[declining]), ways[declining], -1)
    ways[held, school] = kept
    return ways


def _named(schools: Schools, rule: Round) -> Flags:
    """Return (m,) schools of the sectors and kinds that the round names, with an entry class.

    A list of schools holds closed ones and ones of other stages; no child could ever go there,
    so they are neither within reach nor part of a shortage.
    """
    sectors, kinds = np.array(rule.sectors, dtype=object), np.array(rule.kinds, dtype=object)
    named = np.isin(schools.sector, sectors) & np.isin(schools.kind, kinds)
    return np.asarray(named & (schools.classes > 0))


def _own_zone(ledger: Ledger, children: Ints) -> Flags:
    """Return (k, m) whether a school serves the child's zone."""
    own = np.zeros((len(children), len(ledger.inputs.schools)), dtype=bool)
    for row, zone in enumerate(ledger.ground.zone[children].tolist()):
        if zone != NONE:
            own[row, list(ledger.inputs.zones.schools[zone])] = True
    return own


def _has_option(problem: Problem) -> Flags:
    return np.asarray(((problem.ways >= 0) & (problem.ways <= problem.reach[:, None])).any(axis=1))


def _families(
    ledger: Ledger, entrants: Entrants, problem: Problem
) -> tuple[list[Family], list[str]]:
    """Return bundles, then younger siblings, each in order of choice, and which is which."""
    bundle = ledger.ranking.bundle[entrants.children]
    members: dict[int, list[int]] = {}
    for row in np.flatnonzero(bundle != NONE).tolist():
        members.setdefault(int(bundle[row]), []).append(row)
    # Rows are in order of choice, so a bundle's first row holds its best group; a bundle's
    # members share one lottery rank.
    bundles = [
        Family(tuple(rows), _together(problem, rows)) for rows in members.values() if len(rows) > 1
    ]
    sibling = ledger.inputs.applicants.sibling_school[entrants.children]
    siblings = [
        Family((row,), (int(sibling[row]),))
        for row in np.flatnonzero(sibling != NONE).tolist()
        if 0 <= problem.ways[row, sibling[row]] <= problem.reach[row]
    ]
    return bundles + siblings, ["bundle"] * len(bundles) + ["sibling"] * len(siblings)


def _together(problem: Problem, rows: list[int]) -> tuple[int, ...]:
    """Return the schools with seats that all members may have, nearest first."""
    ways = problem.rows(np.array(rows))
    seats = problem.standard + problem.over
    common = np.flatnonzero((ways < problem.never).all(axis=0) & (seats >= len(rows)))
    total = ways[:, common].sum(axis=0, dtype=np.int64)
    return tuple(common[np.lexsort((common, total))].tolist())


def _settle(ledger: Ledger, entrants: Entrants, solved: Solved, number: int) -> None:
    placed = solved.place < len(ledger.inputs.schools)
    ledger.place(entrants.children[placed], solved.place[placed], number, redirected=True)


def _family_places(
    entrants: Entrants, families: list[Family], kinds: list[str], solved: Solved
) -> tuple[FamilyPlace, ...]:
    """Return every bundle, and the siblings that were placed together."""
    return tuple(
        FamilyPlace(
            kind="bundle" if kind == "bundle" else "sibling",
            applicants=tuple(sorted(entrants.children[list(family.children)].tolist())),
            school=school,
        )
        for family, kind, school in zip(families, kinds, solved.family_schools, strict=True)
        if kind == "bundle" or school != NONE
    )
