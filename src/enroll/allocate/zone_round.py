"""Zone rounds: deferred acceptance over the schools of each child's zone (design R6, R8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.allocate.acceptance import (
    NOBODY_REFUSED,
    Capacity,
    Proposals,
    accept,
    accept_skipping,
)
from enroll.records import NONE, Cutoff

if TYPE_CHECKING:
    from enroll.allocate.ledger import Ledger
    from enroll.records import Applicants, Ints
    from enroll.scenario.policy import Round

_NO_DATE = np.iinfo(np.int64).max // 2


@dataclass(frozen=True)
class Options:
    """Child and school pairs of one round with the parts of their ranking keys.

    Parameters
    ----------
    child, school
        (p,) applicant (or unit) and school index.
    keys
        One (p,) column per key of the round's order, without the lottery; smaller is better.
    sibling, metres
        (p,) 0 where an older sibling is at the school, else 1; the way, 0 where unknown.
    """

    child: Ints
    school: Ints
    keys: tuple[Ints, ...]
    sibling: Ints
    metres: Ints

    def at(self, chosen: Ints) -> Options:
        """Return some of the pairs."""
        return Options(
            self.child[chosen],
            self.school[chosen],
            tuple(key[chosen] for key in self.keys),
            self.sibling[chosen],
            self.metres[chosen],
        )


@dataclass(frozen=True)
class Units:
    """What proposes: a child, or a bundle as one.

    Parameters
    ----------
    of
        (n,) the unit of each applicant: the smallest applicant index of its bundle where
        the bundle asks as one, else its own.
    ids
        (u,) the units that take part, ascending.
    size
        (u,) children in each.
    lottery
        (u,) lottery rank of each one's ticket.
    """

    of: Ints
    ids: Ints
    size: Ints
    lottery: Ints


def run_zone_round(ledger: Ledger, rule: Round, number: int) -> None:
    """Place the waiting children at the schools of their zones."""
    options = _zone_options(ledger, rule)
    if not len(options.child):
        return
    units = _units(ledger, options)
    options = _of_units(options, units)
    proposals = _proposals(options, units)
    seats = ledger.open_seats(rule.seats)
    skipping = rule.last_seat == "skip"
    # A bundle may take a school past the round's seats only where the round says so (R8).
    capacity = Capacity(seats, seats if skipping else ledger.open_seats("limit"))
    if skipping:
        order = np.lexsort((units.ids, units.lottery))
        held, line, passed = accept_skipping(proposals, capacity, order)
        bundle = ledger.ranking.bundle[units.ids].tolist()
        ledger.passed_over += sorted({(rule.id, school, bundle[unit]) for school, unit in passed})
    else:
        held, line = accept(proposals, capacity)
    ledger.cutoffs += _cutoffs(rule, options, units, proposals, held, line, capacity)
    _settle(ledger, options, units, held, number)


def _zone_options(ledger: Ledger, rule: Round) -> Options:
    """Return every waiting child with every school of its zone it can be measured to."""
    zones = ledger.inputs.zones
    count = np.array([len(schools) for schools in zones.schools], dtype=np.int64)
    flat = np.array([s for schools in zones.schools for s in schools], dtype=np.int64)
    start = np.cumsum(count) - count
    children = np.flatnonzero(ledger.waiting & (ledger.ground.zone != NONE))
    zone = ledger.ground.zone[children]
    child = np.repeat(children, count[zone])
    within = np.arange(len(child)) - np.repeat(np.cumsum(count[zone]) - count[zone], count[zone])
    school = flat[np.repeat(start[zone], count[zone]) + within]
    metres = ledger.ground.ways.pairs(child, school).astype(np.int64)
    # A pair missing from a matrix is not allowed (R4); a child that nothing can be measured
    # for may still have the school of its zone.
    kept = (metres >= 0) | (ledger.ground.distance_from[child] == "")
    child, school, metres = child[kept], school[kept], np.maximum(metres[kept], 0)
    sibling = (ledger.inputs.applicants.sibling_school[child] != school).astype(np.int64)
    keys = _keys(ledger, rule, child, sibling, metres)
    return Options(child, school, keys, sibling, metres)


def _keys(
    ledger: Ledger, rule: Round, child: Ints, sibling: Ints, metres: Ints
) -> tuple[Ints, ...]:
    applicants = ledger.inputs.applicants
    columns = {
        "group": ledger.ranking.groups.of[child],
        "sibling": sibling,
        "distance": metres,
        "points": -applicants.points[child],
        "since": days_of(applicants)[child],
    }
    return tuple(columns[key] for key in rule.order if key != "lottery")


def days_of(applicants: Applicants) -> Ints:
    """Return (n,) days since 1970, a late one where no date is given."""
    days = applicants.since.astype("datetime64[D]")
    return np.where(np.isnat(days), _NO_DATE, days.astype(np.int64))


def _units(ledger: Ledger, options: Options) -> Units:
    """Return what proposes.

    A bundle whose waiting members have no school of their zones in common asks singly.
    """
    asking = np.unique(options.child)
    bundle = ledger.ranking.bundle
    schools: dict[int, set[int]] = {}
    pairs = np.flatnonzero(bundle[options.child] != NONE)
    for child, school in zip(
        options.child[pairs].tolist(), options.school[pairs].tolist(), strict=True
    ):
        schools.setdefault(child, set()).add(school)
    of = np.arange(len(bundle))
    members: dict[int, list[int]] = {}
    for child in np.flatnonzero(ledger.waiting & (bundle != NONE)).tolist():
        members.setdefault(int(bundle[child]), []).append(child)
    for together in members.values():
        if set.intersection(*(schools.get(child, set()) for child in together)):
            of[together] = together[0]
    ids, size = np.unique(of[asking], return_counts=True)
    return Units(of, ids, size.astype(np.int64), ledger.ranking.draw.rank[ids])


def _of_units(options: Options, units: Units) -> Options:
    """Return one pair per unit and school, with its best member's key, in proposal order.

    Only schools that every member of a unit may have are kept. A sibling's school comes
    first, then the nearest: the shortest sum of the members' ways.
    """
    unit = units.of[options.child]
    order = np.lexsort((*options.keys[::-1], options.school, unit))
    options, unit = options.at(order), unit[order]
    new = np.diff(unit, prepend=-1).astype(bool) | np.diff(options.school, prepend=-1).astype(bool)
    first = np.flatnonzero(new)
    members = np.diff(np.append(first, len(unit)))
    merged = Options(
        child=unit[first],
        school=options.school[first],
        keys=tuple(key[first] for key in options.keys),
        sibling=np.minimum.reduceat(options.sibling, first),
        metres=np.add.reduceat(options.metres, first),
    )
    size = units.size[np.searchsorted(units.ids, merged.child)]
    order = np.lexsort((merged.school, merged.metres, merged.sibling, merged.child))
    return merged.at(order[members[order] == size[order]])


def _proposals(options: Options, units: Units) -> Proposals:
    number = np.searchsorted(units.ids, options.child)
    order = np.lexsort((options.child, units.lottery[number], *options.keys[::-1], options.school))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    start = np.searchsorted(options.child, units.ids)
    return Proposals(np.append(start, len(order)), options.school, rank, units.size)


def _settle(ledger: Ledger, options: Options, units: Units, held: Ints, number: int) -> None:
    school_of = np.full(len(units.of), NONE, dtype=np.int64)
    placed = held >= 0
    school_of[units.ids[placed]] = options.school[held[placed]]
    children = np.flatnonzero(ledger.waiting & (school_of[units.of] != NONE))
    ledger.place(children, school_of[units.of[children]], number, redirected=False)


def _cutoffs(
    rule: Round,
    options: Options,
    units: Units,
    proposals: Proposals,
    held: Ints,
    line: Ints,
    capacity: Capacity,
) -> list[Cutoff]:
    """Return the line of each school that refused somebody, ascending by school."""
    admitted = held[held >= 0]
    school = options.school[admitted]
    filled = np.bincount(school, weights=units.size[held >= 0], minlength=len(line))
    worst = np.full(len(line), -1, dtype=np.int64)
    for proposal in admitted[np.argsort(proposals.rank[admitted])].tolist():
        worst[options.school[proposal]] = proposal
    return [
        Cutoff(
            round_id=rule.id,
            school=int(refusing),
            offered=int(capacity.seats[refusing]),
            filled=int(filled[refusing]),
            key=_key(options, units, int(worst[refusing])),
        )
        for refusing in np.flatnonzero(line < NOBODY_REFUSED)
    ]


def _key(options: Options, units: Units, proposal: int) -> tuple[int, ...]:
    if proposal < 0:
        return ()
    unit = int(np.searchsorted(units.ids, options.child[proposal]))
    return (*(int(key[proposal]) for key in options.keys), int(units.lottery[unit]))
