"""Who asks for which school in a zone round, and how each school ranks them (R5, R6, R8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.verify.case import NONE

if TYPE_CHECKING:
    from enroll.verify.case import Case, Ints
    from enroll.verify.steps import Step


@dataclass(frozen=True)
class Pairs:
    """Children with the schools of their zones; p pairs.

    Parameters
    ----------
    child, school, way
        (p,) numbers, and the way in metres.
    key
        (p, q) the ranking key without the lottery; smaller is better.
    elsewhere
        (p,) 0 where an older sibling is at the school, else 1.
    """

    child: Ints
    school: Ints
    way: Ints
    key: Ints
    elsewhere: Ints


@dataclass(frozen=True)
class Wishes:
    """Units (a child, or a bundle as one) with the schools they may have; w wishes.

    Wishes are sorted by unit, and inside a unit as it wants them: a sibling's school first,
    then the nearest (ways of a bundle are summed), then the smallest number.

    Parameters
    ----------
    unit
        (w,) smallest child of the unit.
    school, size
        (w,) school, and children in the unit.
    key
        (w, q + 1) ranking key, the lottery last.
    rank
        (w,) place in the order of keys at all schools together: smaller is better, no two
        equal.
    members
        Children of each bundle that asks as one, by unit.
    """

    unit: Ints
    school: Ints
    size: Ints
    key: Ints
    rank: Ints
    members: dict[int, list[int]]


def find_wishes(case: Case, step: Step) -> Wishes:
    """Return the wishes of everybody who takes part in a zone round."""
    pairs = _pairs(case, step)
    members = _bundles(case, step, pairs)
    together = {child: unit for unit, children in members.items() for child in children}
    alone = np.array([child not in together for child in pairs.child.tolist()], dtype=bool)
    singles = tuple(part[alone] for part in _singly(pairs))
    bundles = [_joint(pairs, children) for children in members.values()]
    columns = [np.concatenate(parts) for parts in zip(singles, *bundles, strict=True)]
    unit, school, size, key, elsewhere, way = columns
    order = np.lexsort((school, way, elsewhere, unit))
    lottery = case.children.lottery[unit]
    key = np.column_stack([key, lottery])[order]
    unit, school, size = unit[order], school[order], size[order]
    rank = np.empty(len(order), dtype=np.int64)
    rank[np.lexsort((unit, *key.T[::-1]))] = np.arange(len(order))
    return Wishes(unit, school, size, key, rank, members)


def _pairs(case: Case, step: Step) -> Pairs:
    children, zones = case.children, case.schools.zones
    size = np.array([len(schools) for schools in zones], dtype=np.int64)
    asking = np.flatnonzero(step.waiting & (children.zone != NONE))
    child = np.repeat(asking, size[children.zone[asking]])
    lists = [zones[zone] for zone in children.zone[asking].tolist()]
    school = np.fromiter((s for schools in lists for s in schools), dtype=np.int64)
    way = case.way_pairs(child, school).astype(np.int64)
    # Without any way known, the school of the zone is still the school of the zone.
    possible = (way >= 0) | ~children.measured[child]
    child, school, way = child[possible], school[possible], np.maximum(way[possible], 0)
    elsewhere = (children.sibling_school[child] != school).astype(np.int64)
    columns = {
        "group": children.group[child],
        "sibling": elsewhere,
        "distance": way,
        "points": -children.points[child],
        "since": children.since[child],
    }
    used = [columns[name] for name in step.rule.order if name != "lottery"]
    key = np.column_stack([np.zeros((len(child), 0), dtype=np.int64), *used])
    return Pairs(child, school, way, key, elsewhere)


def _bundles(case: Case, step: Step, pairs: Pairs) -> dict[int, list[int]]:
    """Return the children of each bundle whose waiting members all have some school in common."""
    bundle = case.children.bundle
    members: dict[int, list[int]] = {}
    for child in np.flatnonzero(step.waiting & (bundle != NONE)).tolist():
        members.setdefault(int(bundle[child]), []).append(child)
    twins = np.flatnonzero(bundle[pairs.child] != NONE)
    schools: dict[int, set[int]] = {}
    for child, school in zip(
        pairs.child[twins].tolist(), pairs.school[twins].tolist(), strict=True
    ):
        schools.setdefault(child, set()).add(school)
    return {
        min(children): children
        for children in members.values()
        if len(children) > 1
        and set.intersection(*(schools.get(child, set()) for child in children))
    }


def _singly(pairs: Pairs) -> tuple[Ints, ...]:
    one = np.ones_like(pairs.child)
    return pairs.child, pairs.school, one, pairs.key, pairs.elsewhere, pairs.way


def _joint(pairs: Pairs, children: list[int]) -> tuple[Ints, ...]:
    """Return the wishes of a bundle: the best key of its members at each common school."""
    ends = np.searchsorted(pairs.child, [[child, child + 1] for child in children])
    mine = np.concatenate([np.arange(first, last) for first, last in ends.tolist()])
    schools, count = np.unique(pairs.school[mine], return_counts=True)
    common = schools[count == len(children)]
    keys, elsewhere, way = [], [], []
    for school in common.tolist():
        here = mine[pairs.school[mine] == school]
        keys.append(min(map(tuple, pairs.key[here].tolist())))
        elsewhere.append(int(pairs.elsewhere[here].min()))
        way.append(int(pairs.way[here].sum()))
    key = np.array(keys, dtype=np.int64).reshape(len(common), pairs.key.shape[1])
    unit = np.full(len(common), min(children), dtype=np.int64)
    size = np.full(len(common), len(children), dtype=np.int64)
    return unit, common, size, key, np.array(elsewhere), np.array(way)
