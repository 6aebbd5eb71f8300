"""Figures of a run that a page draws and that no table of the run holds."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from enroll.report.pages.reading import RunData

LEAST_CHILDREN = 5
"""Homes are drawn only as cells with at least so many children."""

_CELL_M = (500, 1000, 2000, 5000)
_MOST_CELLS = 4000


class Demand(NamedTuple):
    """Children and seats of zones that are counted together, as the notice ZONE_FULL counts.

    Parameters
    ----------
    children
        Eligible children of these zones who are not placed by decision.
    seats
        Seats within the class standard at their schools that decisions leave free.
    """

    children: int
    seats: int

    @property
    def percent(self) -> int | None:
        """Return children per 100 seats, rounded down so that 100 means full; None: no seats."""
        return 100 * self.children // self.seats if self.seats else None


class Flow(NamedTuple):
    """Children whom redirects took out of a zone to a school that does not serve it."""

    zone_id: str
    school_id: str
    children: int


class Cell(NamedTuple):
    """A square of homes: its south-western corner and side in decimetres, its children."""

    x: int
    y: int
    side: int
    children: int


def demand_of_zones(data: RunData) -> dict[str, Demand]:
    """Return demand and seats of every zone that has schools, by zone id.

    Zones that share schools, directly or through others, are counted together.
    """
    table = data.tables["allocation"]
    asking = zip(table["zone_id"], table["status"], table["reason"], strict=True)
    children = Counter(
        zone for zone, status, reason in asking if status != "ineligible" and reason != "FIXED"
    )
    decided = Counter(
        school
        for school, reason in zip(table["school_id"], table["reason"], strict=True)
        if reason == "FIXED"
    )
    seats = {
        row["id"]: max(row["seats_standard"] - decided[row["id"]], 0)
        for row in data.rules["schools"]
    }
    served = {row["id"]: row["schools"] for row in data.rules["zones"] if row["schools"]}
    found: dict[str, Demand] = {}
    for zones in catchments(served):
        schools = {school for zone in zones for school in served[zone]}
        demand = Demand(sum(children[zone] for zone in zones), sum(seats[each] for each in schools))
        found |= dict.fromkeys(zones, demand)
    return found


def catchments(served: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return the zones that share schools, directly or through others.

    Parameters
    ----------
    served
        The schools of each zone, one at least.
    """
    zones_of: dict[str, list[str]] = {}
    for zone, schools in served.items():
        for school in schools:
            zones_of.setdefault(school, []).append(zone)
    seen: set[str] = set()
    return [_reached(zone, served, zones_of, seen) for zone in served if zone not in seen]


def _reached(
    start: str,
    served: Mapping[str, Sequence[str]],
    zones_of: Mapping[str, Sequence[str]],
    seen: set[str],
) -> list[str]:
    reached, waiting = [], [start]
    seen.add(start)
    while waiting:
        zone = waiting.pop()
        reached.append(zone)
        beside = {other for school in served[zone] for other in zones_of[school]} - seen
        seen |= beside
        waiting += sorted(beside)
    return reached


def flows_of(data: RunData) -> list[Flow]:
    """Return the redirects by zone and school, the largest first."""
    served = {row["id"]: frozenset(row["schools"]) for row in data.rules["zones"]}
    table = data.tables["allocation"]
    rows = zip(table["zone_id"], table["school_id"], table["reason"], strict=True)
    counted = Counter(
        (zone, school)
        for zone, school, reason in rows
        if reason == "REDIRECT" and zone and school not in served[zone]
    )
    flows = [Flow(zone, school, children) for (zone, school), children in counted.items()]
    return sorted(flows, key=lambda flow: (-flow.children, flow.zone_id, flow.school_id))


def ways_by_group(data: RunData) -> dict[str, list[int]]:
    """Return the ways to school of the placed children in metres, by group."""
    table = data.tables["allocation"]
    ways: dict[str, list[int]] = {}
    for group, metres in zip(table["group"], table["distance_m"], strict=True):
        if metres:
            ways.setdefault(group, []).append(int(metres))
    return ways


def cells_of(records: bytes) -> list[Cell]:
    """Return the homes as squares of at least 500 m with at least five children each.

    Parameters
    ----------
    records
        `audit/records.jsonl`; children measured from an anchor or a matrix have no home in it.
    """
    homes = list(_homes(records))
    cells: list[Cell] = []
    for metres in _CELL_M:
        side = 10 * metres
        counted = Counter((x // side, y // side) for x, y in homes)
        cells = [
            Cell(x * side, y * side, side, children)
            for (x, y), children in sorted(counted.items())
            if children >= LEAST_CHILDREN
        ]
        if len(cells) <= _MOST_CELLS:
            break
    return cells


def _homes(records: bytes) -> Iterable[tuple[int, int]]:
    for line in records.splitlines():
        for child in json.loads(line)["record"]["children"]:
            if child["distance_from"] == "home" and child["x_dm"] is not None:
                yield child["x_dm"], child["y_dm"]
