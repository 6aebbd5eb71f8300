"""Where the schools stand, and the zones around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from nanxian_lib.chance import Chance
from nanxian_lib.ground import Village, find_neighbours, grow, share_among_towns, village_at
from nanxian_lib.places import TOWNS, Closed, Plan, Stage
from nanxian_lib.plane import Point, distance_km, lines_to_km, to_km

if TYPE_CHECKING:
    from collections.abc import Sequence

SEATS = {town.name: to_km(town.seat) for town in TOWNS}
HANZI = {town.name: town.hanzi for town in TOWNS}


@dataclass(frozen=True)
class Zone:
    """A catchment zone.

    Parameters
    ----------
    zone_id, name, town
        Its identity.
    plans
        Plans of the schools that serve it.
    villages
        Villages it is made of.
    ground
        Their union, on the grid of millionths of a degree.
    children
        How many entrants live in it.
    """

    zone_id: str
    name: str
    town: str
    plans: tuple[Plan, ...]
    villages: tuple[int, ...]
    ground: shapely.Polygon
    children: int


class Land:
    """Villages, who neighbours whom, and which town each belongs to."""

    def __init__(self, villages: list[Village]) -> None:
        self.villages = villages
        self.neighbours = find_neighbours(villages)
        self.town = share_among_towns(villages, self.neighbours)
        self.of_town = {
            name: [i for i, town in enumerate(self.town) if town == name] for name in SEATS
        }
        self._border = {name: self._border_of(name) for name in SEATS}

    def _border_of(self, town: str) -> shapely.Geometry:
        grounds = [self.villages[i].ground for i in self.of_town[town]]
        return shapely.boundary(lines_to_km(shapely.coverage_union_all(grounds)))

    def far_spot(self, town: str, taken: list[Point]) -> Point:
        """Return the middle of the village that is farthest from schools and the town's edge."""

        def room(number: int) -> float:
            middle = self.villages[number].middle
            edge = float(shapely.distance(self._border[town], shapely.Point(middle)))
            return min(2.2 * edge, *(distance_km(middle, point) for point in taken))

        return self.villages[max(self.of_town[town], key=room)].middle


def site_schools(
    land: Land,
    plans: Sequence[Plan],
    closed: Sequence[Closed] = (),
    standing: dict[str, Point] | None = None,
) -> dict[str, Point]:
    """Return where schools, and the villages that lost theirs, lie, in kilometres.

    Parameters
    ----------
    standing
        Sites of schools that already stand, such as nine-year schools of the other stage.

    Returns
    -------
    dict
        By school_id, and by name for closed schools.
    """
    chance = Chance(f"sites of {len(plans)} schools")
    sites = {plan.school_id: standing[plan.school_id]
             for plan in plans if standing and plan.school_id in standing}  # fmt: skip
    for plan in plans:
        if plan.place is not None and plan.school_id not in sites:
            seat = SEATS[plan.town]
            sites[plan.school_id] = (seat[0] + plan.place[0], seat[1] + plan.place[1])
    towns = {plan.school_id: plan.town for plan in plans} | {c.name: c.town for c in closed}
    for key, town in towns.items():
        if key not in sites:
            taken = [sites[other] for other in sites if towns[other] == town]
            spot = land.far_spot(town, taken or [SEATS[town]])
            sites[key] = (spot[0] + 0.06 * chance.bell(), spot[1] + 0.06 * chance.bell())
    return sites


def _name(stage: Stage, plan: Plan) -> str:
    """Return the name of the zone around a school."""
    alone = f"{plan.hanzi}片区" if stage.chinese else plan.name
    return stage.shared_names.get(plan.zone, alone)


def draw_zones(land: Land, stage: Stage, sites: dict[str, Point]) -> list[Zone]:
    """Return the zones of one stage; together they tile the county.

    Each grows from its schools over land, inside its town, so it hangs together and keeps to one
    side of the channels.
    """
    shared: dict[str, list[Plan]] = {}
    for plan in stage.plans:
        if plan.zone:
            shared.setdefault(plan.zone, []).append(plan)
    drafts = [
        (_name(stage, plans[0]), plans[0].town, tuple(plans),
         [plan.school_id for plan in plans], round(sum(map(stage.entrants_of, plans))))
        for plans in shared.values()
    ]  # fmt: skip
    by_id = {plan.school_id: plan for plan in stage.plans}
    drafts += [
        (f"{lost.name} village", lost.town, (by_id[lost.served_by],), [lost.name], lost.children)
        for lost in stage.closed
    ]
    cores = [[village_at(land.villages, sites[key]) for key in keys] for *_, keys, _ in drafts]
    zone_of = [-1] * len(land.villages)
    for town, members in land.of_town.items():
        seeds = [core if drafts[i][1] == town else [] for i, core in enumerate(cores)]
        for number, zone in enumerate(grow(land.villages, land.neighbours, seeds, set(members))):
            zone_of[number] = max(zone_of[number], zone)
    return [
        _zone(land, f"SYN-Z{stage.letter}{number + 1:02}", draft, number, zone_of)
        for number, draft in enumerate(drafts)
    ]


def _zone(
    land: Land,
    zone_id: str,
    draft: tuple[str, str, tuple[Plan, ...], list[str], int],
    number: int,
    zone_of: list[int],
) -> Zone:
    name, town, plans, _, children = draft
    villages = tuple(i for i, zone in enumerate(zone_of) if zone == number)
    ground = shapely.coverage_union_all([land.villages[i].ground for i in villages])
    if not isinstance(ground, shapely.Polygon):
        raise TypeError(f"{zone_id} does not hang together")
    return Zone(zone_id, name, town, plans, villages, shapely.normalize(ground), children)
