"""Where children live: in hamlets along the dykes and in the estates of the county seat."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import shapely

from nanxian_lib.chance import Chance
from nanxian_lib.plane import Point, distance_km, to_grid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nanxian_lib.siting import Land, Zone

REACH_KM = {True: 1.3, False: 1.35}
"""How quickly homes thin out away from the schools, in the city and in the country."""
SPREAD_KM = {True: 0.11, False: 0.20}
"""How far homes scatter around the middle of an estate or a hamlet."""


class Cluster(NamedTuple):
    """An estate or a hamlet: its middle in kilometres, its spread, and how full it is."""

    middle: Point
    spread: float
    weight: float


def settle(land: Land, markets: Iterable[Point]) -> list[list[Cluster]]:
    """Return the clusters of every village; both stages live in the same ones.

    Parameters
    ----------
    markets
        Where people settle, in kilometres: primary schools stand in the middle of villages, and
        so did those that were closed.
    """
    chance = Chance("clusters")
    places = list(markets)
    settled = []
    for village in land.villages:
        count = chance.whole(2, 3)
        clusters = []
        for _ in range(count):
            reach = 0.12 if village.city else 0.45
            east = village.middle[0] + reach * chance.bell()
            north = village.middle[1] + reach * chance.bell()
            away = min(distance_km((east, north), place) for place in places)
            pull = 1.0 / (1.0 + (away / REACH_KM[village.city]) ** 2) ** 2
            size = chance.between(0.4, 1.6) * (1.0 if village.city else 4.0)
            clusters.append(Cluster((east, north), SPREAD_KM[village.city], size * pull))
        settled.append(clusters)
    return settled


class Homes:
    """Homes of one zone.

    Parameters
    ----------
    settled
        Clusters of every village.
    """

    def __init__(self, zone: Zone, settled: list[list[Cluster]], chance: Chance) -> None:
        self._ground = zone.ground
        self._clusters = [cluster for i in zone.villages for cluster in settled[i]]
        self._weights = [cluster.weight for cluster in self._clusters]
        self._chance = chance
        shapely.prepare(self._ground)

    def next(self) -> Point:
        """Return a home inside the zone, in millionths of a degree (lon, lat)."""
        while True:
            middle, spread, _ = self._chance.pick(self._clusters, self._weights)
            home = to_grid(
                (
                    middle[0] + spread * self._chance.bell(),
                    middle[1] + spread * self._chance.bell(),
                )
            )
            if shapely.contains_xy(self._ground, *home):
                return home
