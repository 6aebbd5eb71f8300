"""How full zones are, as far as the public may know: the office's figure, or only its band."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from enroll.report.pages.run_map import DEMAND_STEPS, step_of
from enroll.report.publication.cells import ALL
from enroll.report.publication.contents import HOWS, INELIGIBLE
from enroll.report.publication.elimination import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set

    from enroll.report.pages.counting import Demand
    from enroll.report.publication.contents import Contents
    from enroll.report.publication.suppression import Cell, Tables

_NOT_ASKING = ("FIXED", INELIGIBLE)
_ASKING = tuple(how for how in HOWS if how not in _NOT_ASKING)


class Told(NamedTuple):
    """The demand of zones by zone id, counted as in the notice `ZONE_FULL`.

    Parameters
    ----------
    exact
        Where its figures follow from counts that are open.
    banded
        Where the public may know into which band of `DEMAND_STEPS` it falls; all of `exact` too.
    """

    exact: Mapping[str, Demand]
    banded: Mapping[str, Demand]


class Bounds(NamedTuple):
    """What a band says of hidden cells.

    Parameters
    ----------
    zones
        Of the band.
    sums
        As in `Tables`: each a sum of hidden cells less a rest and a number that is known.
    rests, known
        Their counts; a rest is not known, but not below zero.
    """

    zones: Sequence[str]
    sums: Sequence[Mapping[Cell, int]]
    rests: Mapping[Cell, int]
    known: Mapping[Cell, int]


def told_demand(contents: Contents, tables: Tables, hidden: Set[Cell]) -> Told:
    """Return what may be told of how full zones are.

    A band is told where, beside all other bands that are told, each hidden cell still has another
    count that agrees with everything that is public.
    """
    office = contents.demand
    exact = {
        zone: office[zone]
        for zones, schools in contents.catchments
        if _is_open(zones, schools, hidden)
        for zone in zones
    }
    banded = dict(exact)
    for one in _harmless(tables, hidden, list(band_bounds(contents, tables, hidden))):
        banded |= {zone: office[zone] for zone in one.zones}
    return Told(exact, banded)


def _is_open(zones: Sequence[str], schools: Sequence[str], hidden: Set[Cell]) -> bool:
    """Return whether demand and free seats follow from what is open."""
    if any(("school", school, "FIXED") in hidden for school in schools):
        return False
    ways = (_ASKING, (ALL, *_NOT_ASKING))
    return all(
        any(hidden.isdisjoint([("zone", zone, column) for column in way]) for way in ways)
        for zone in zones
    )


def band_bounds(contents: Contents, tables: Tables, hidden: Set[Cell]) -> Iterator[Bounds]:
    """Yield what each band says of hidden cells, where it says something."""
    office = contents.demand
    standard = {row["school_id"]: row["seats_standard"] for row in contents.schools}
    for zones, schools in contents.catchments:
        demand = office[zones[0]]
        if _is_open(zones, schools, hidden) or step_of(demand) < 0:
            continue
        asking = sorted(hidden & {("zone", zone, how) for zone in zones for how in _ASKING})
        decided = sorted(hidden & {("school", school, "FIXED") for school in schools})
        left = {cell: standard[cell[1]] - tables.counts[cell] for cell in decided}
        taken = [cell for cell in decided if left[cell] >= 0]
        sums = [{cell: 1, ("left", *cell): 1 if left[cell] >= 0 else -1} for cell in left]
        rests = {("left", *cell): abs(seats) for cell, seats in left.items()}
        for side, bound, rest in _ends(demand):
            name = ("band", zones[0], str(side))
            both = dict.fromkeys(asking, 100 * side) | dict.fromkeys(taken, bound * side)
            sums.append({**both, name: -1})
            rests[name] = rest
        yield _closed(zones, sums, {**tables.counts, **rests}, rests)


def _closed(
    zones: Sequence[str],
    sums: Sequence[Mapping[Cell, int]],
    counts: Mapping[Cell, int],
    rests: Mapping[Cell, int],
) -> Bounds:
    """Return bounds of which each sum is made 0 by a number that is known."""
    known: dict[Cell, int] = {}
    closed: list[Mapping[Cell, int]] = []
    for number, one in enumerate(sums):
        name: Cell = ("bound", zones[0], str(number))
        known[name] = sum(part * counts[cell] for cell, part in one.items())
        closed.append({**one, name: -1})
    return Bounds(zones, closed, rests, known)


def _ends(demand: Demand) -> Iterator[tuple[int, int, int]]:
    """Yield the lower and the upper end of a band: side, percent, and how far away it is."""
    step = step_of(demand)
    if step:
        low = DEMAND_STEPS[step - 1]
        yield 1, low, 100 * demand.children - low * demand.seats
    if step < len(DEMAND_STEPS):
        high = DEMAND_STEPS[step]
        yield -1, high, high * demand.seats - 100 * demand.children - 1


def _harmless(tables: Tables, hidden: Set[Cell], offered: list[Bounds]) -> list[Bounds]:
    """Return those that together leave each hidden cell the other counts that it has without."""
    if not offered:
        return []
    secret = alternatives(tables.sums, tables.counts, hidden)
    while offered:
        sums = [*tables.sums, *(sum_ for one in offered for sum_ in one.sums)]
        rests = {cell: rest for one in offered for cell, rest in one.rests.items()}
        counts = {**tables.counts, **rests}
        lost = secret - alternatives(sums, counts, hidden | rests.keys())
        if not lost:
            break
        near = [one for one in offered if any(lost & sum_.keys() for sum_ in one.sums)]
        offered = [one for one in offered if one not in near] if near else []
    return offered
