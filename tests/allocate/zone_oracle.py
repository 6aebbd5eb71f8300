"""A zone round by trying every outcome: units, wishes, keys and the rule of the last seat."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from enroll.records import NONE

LATE = 10**9


@dataclass(frozen=True)
class Unit:
    """A child, or a bundle as one; `keys` by school, schools as it wants them."""

    children: tuple[int, ...]
    wishes: tuple[int, ...]
    keys: dict[int, tuple]


def units_of(county, taken, order) -> list[Unit]:
    """Who asks in a zone round, given the children placed before it."""
    waiting = [
        child
        for child in range(len(county.inputs.applicants))
        if child not in taken and not county.ranking.ineligible[child]
    ]
    bundles: dict[int, list[int]] = {}
    for child in waiting:
        bundles.setdefault(int(county.ranking.bundle[child]), []).append(child)
    groups = [[child] for child in bundles.pop(NONE, [])]
    for members in bundles.values():
        common = set.intersection(*(schools_of(county, child) for child in members))
        groups += [members] if common else [[child] for child in members]
    return sorted((unit(county, members, order) for members in groups), key=lambda u: u.children)


def unit(county, members, order) -> Unit:
    common = set.intersection(*(schools_of(county, child) for child in members))
    lottery = int(county.ranking.draw.rank[members[0]])
    keys = {
        school: (*min(key(county, child, school, order) for child in members), lottery, members[0])
        for school in common
    }

    def liking(school):
        sibling = any(county.inputs.applicants.sibling_school[c] == school for c in members)
        return not sibling, sum(way(county, c, school) for c in members), school

    return Unit(tuple(members), tuple(sorted(common, key=liking)), keys)


def schools_of(county, child) -> set[int]:
    """The schools of a child's zone to which there is a way, or no way is known at all."""
    zone = county.ground.zone[child]
    schools = county.inputs.zones.schools[zone] if zone != NONE else ()
    unmeasured = county.ground.distance_from[child] == ""
    row = county.ground.ways.rows([child])[0]
    return {school for school in schools if unmeasured or row[school] >= 0}


def way(county, child, school) -> int:
    return max(int(county.ground.ways.rows([child])[0][school]), 0)


def key(county, child, school, order) -> tuple[int, ...]:
    applicants = county.inputs.applicants
    since = str(applicants.since[child])
    parts = {
        "group": int(county.ranking.groups.of[child]),
        "sibling": int(applicants.sibling_school[child] != school),
        "distance": way(county, child, school),
        "points": -int(applicants.points[child]),
        "since": LATE if since == "NaT" else int(since.replace("-", "")),
    }
    return tuple(parts[name] for name in order if name != "lottery")


def taken_by(school, asking, seats, limit) -> list[Unit]:
    """Whom a school takes of those who ask: in rank order, up to the first that does not fit."""
    taken, filled = [], 0
    for each in sorted(asking, key=lambda u: u.keys[school]):
        if filled >= seats[school] or filled + len(each.children) > limit[school]:
            break
        taken.append(each)
        filled += len(each.children)
    return taken


def stable_outcomes(units, seats, limit):
    """Every outcome that leaves each school with whom it takes of all who would rather come."""
    for outcome in itertools.product(*([*each.wishes, NONE] for each in units)):
        if all(_content(school, units, outcome, seats, limit) for school in range(len(seats))):
            yield outcome


def _content(school, units, outcome, seats, limit) -> bool:
    here = [each for each, got in zip(units, outcome, strict=True) if got == school]
    asking = [
        each
        for each, got in zip(units, outcome, strict=True)
        if school in each.wishes and (got == NONE or likes(each, school) <= likes(each, got))
    ]
    return sorted(here, key=lambda u: u.keys[school]) == taken_by(school, asking, seats, limit)


def likes(each: Unit, school: int) -> int:
    return each.wishes.index(school) if school != NONE else len(each.wishes)


def best_outcome(units, seats, limit) -> list[int]:
    """The stable outcome that is best for every unit at once."""
    found = list(stable_outcomes(units, seats, limit))
    best = [
        min((outcome[at] for outcome in found), key=lambda school, u=each: likes(u, school))
        for at, each in enumerate(units)
    ]
    assert tuple(best) in found
    return best
