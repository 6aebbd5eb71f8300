"""Findings about zones: demand against the seats within the class standard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.notices import Notice, mask
from enroll.notices.about_defaults import own_group
from enroll.records import NONE
from enroll.watch.scene import count_by, counted, named, phrase, where_words, zone_words
from enroll.watch.schools import seats_below_nine_tenths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from enroll.notices import Phrase
    from enroll.records import Ints, Zones
    from enroll.watch.scene import Scene


@dataclass(frozen=True)
class Catchment:
    """Zones that share schools, directly or through other zones, with those schools.

    Parameters
    ----------
    zones, schools
        Indices, ascending; at least one of each.
    """

    zones: tuple[int, ...]
    schools: tuple[int, ...]


def find_catchments(zones: Zones) -> list[Catchment]:
    """Return the zones counted together, by their first zone; zones without schools left out.

    Zones are joined where they have a school in common (disjoint sets with path halving).
    """
    root = list(range(len(zones)))
    first_of: dict[int, int] = {}
    for zone, members in enumerate(zones.schools):
        for school in members:
            one, other = _root(root, zone), _root(root, first_of.setdefault(school, zone))
            root[max(one, other)] = min(one, other)
    joined: dict[int, list[int]] = {}
    for zone, members in enumerate(zones.schools):
        if members:
            joined.setdefault(_root(root, zone), []).append(zone)
    return [_catchment(zones, members) for members in joined.values()]


def _root(root: list[int], zone: int) -> int:
    while root[zone] != zone:
        root[zone] = root[root[zone]]
        zone = root[zone]
    return zone


def _catchment(zones: Zones, members: list[int]) -> Catchment:
    schools = sorted({school for zone in members for school in zones.schools[zone]})
    return Catchment(zones=tuple(members), schools=tuple(schools))


def watch_full_zones(scene: Scene) -> Iterator[Notice]:
    """Hold the children of each catchment against its seats, cumulatively by group."""
    by_zone = demand_by_zone(scene)
    fixed = count_by(scene.placement.school[scene.fixed], len(scene.schools))
    free = np.maximum(scene.seats.standard - fixed, 0)
    for catchment in find_catchments(scene.inputs.zones):
        cumulative = np.cumsum(by_zone[list(catchment.zones)].sum(axis=0))
        demand = int(cumulative[-1])
        seats = int(free[list(catchment.schools)].sum())
        if demand and demand * 10 >= seats * 9:
            yield _full(scene, catchment, cumulative, seats)


def demand_by_zone(scene: Scene) -> Ints:
    """Return (z, groups) eligible children of each zone who are not placed by decision."""
    groups = len(scene.ranking.groups.ids)
    asking = scene.eligible & ~scene.fixed & (scene.ground.zone != NONE)
    cell = scene.ground.zone[asking] * groups + scene.ranking.groups.of[asking]
    counts = np.bincount(cell, minlength=len(scene.inputs.zones) * groups)
    return counts.reshape(-1, groups)


def _full(scene: Scene, catchment: Catchment, cumulative: Ints, seats: int) -> Notice:
    zones, demand = scene.inputs.zones, int(cumulative[-1])
    return Notice(
        "ZONE_FULL",
        ";".join(str(zones.zone_id[zone]) for zone in catchment.zones),
        value=demand,
        bound=seats,
        level="red" if demand >= seats else "yellow",
        params={
            "zones": _zones_words(scene, catchment.zones),
            "children": counted("children", demand),
            "bound": seats,
            "fit": _fit_words(scene, cumulative, seats),
            "seats": counted("seats", max(demand - seats, 0)),
            "more": counted("seats", seats_below_nine_tenths(demand) - seats),
            "where": where_words(scene.schools, catchment.schools),
        },
    )


def _zones_words(scene: Scene, members: tuple[int, ...]) -> Phrase:
    zones = scene.inputs.zones
    if len(members) == 1:
        return phrase("one_zone", **zone_words(zones, members[0]).params)
    ids = tuple(mask(str(zones.zone_id[zone])) for zone in members)
    return phrase("zones", names=ids)


def _fit_words(scene: Scene, cumulative: Ints, seats: int) -> Phrase:
    """Return which group is the first that does not fit beside the better ones."""
    fitting = int(np.searchsorted(cumulative, seats, side="right"))
    if fitting == len(cumulative):
        return phrase("all_fit")
    groups, policy = scene.ranking.groups, {entry.id for entry in scene.settings.group}
    group_id = groups.ids[fitting]
    called = own_group(group_id, policy) or named(groups.names[fitting], group_id)
    return phrase("fit_until", group=called)


ZONE_RULES: tuple[Callable[[Scene], Iterator[Notice]], ...] = (watch_full_zones,)
