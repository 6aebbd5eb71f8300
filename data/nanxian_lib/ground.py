"""The county's ground: polders between the channels, and villages that tile them exactly.

Every border lies on the grid of whole millionths of a degree and is noded there once, so the
villages (and whatever is put together from them) share their edges vertex by vertex.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import shapely

from nanxian_lib.chance import Chance
from nanxian_lib.places import CHANNELS, OUTLINE, TOWNS
from nanxian_lib.plane import (
    Point,
    distance_km,
    grid_to_km,
    lines_to_grid,
    meander,
    to_grid,
    to_km,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

VILLAGE_KM = 1.9
"""Distance of neighbouring villages."""
BLOCK_KM = 0.55
"""Distance of neighbouring communities in the county seat."""
CITY_KM = (3.6, 2.7)
"""Half axes of the county seat's built-up ellipse, east and north."""


@dataclass(frozen=True)
class Village:
    """A village, or a community of the county seat; the smallest piece of ground.

    Parameters
    ----------
    ground
        Polygon on the grid of millionths of a degree.
    middle
        A point well inside it, in kilometres.
    polder
        Number of the polder it lies in.
    city
        Whether it belongs to the built-up county seat.
    """

    ground: shapely.Polygon
    middle: Point
    polder: int
    city: bool


def in_city(point: Point) -> bool:
    """Return whether a point (kilometres) lies in the built-up county seat."""
    return (point[0] / CITY_KM[0]) ** 2 + (point[1] / CITY_KM[1]) ** 2 < 1


def _bent(line: Sequence[Point], words: str) -> list[Point]:
    return meander([to_km(point) for point in line], 0.7, 0.16, Chance(words))


def draw_polders() -> list[shapely.Polygon]:
    """Return the county cut along its channels, in kilometres, from west to east."""
    county = shapely.Polygon(_bent((*OUTLINE, OUTLINE[0]), "outline"))
    channels = [shapely.LineString(_bent(line, name)) for name, line in CHANNELS.items()]
    inside = [line.intersection(county.buffer(0.5)) for line in channels]
    noded = shapely.union_all([county.exterior, *inside])
    polders = [piece for piece in _faces(noded) if county.contains(piece.representative_point())]
    return sorted(polders, key=lambda piece: piece.centroid.x)


def _faces(lines: shapely.Geometry) -> list[shapely.Polygon]:
    """Return the polygons that noded lines enclose."""
    return [face for face in shapely.polygonize([lines]).geoms if isinstance(face, shapely.Polygon)]


def _scattered(step: float, wobble: float, words: str) -> list[Point]:
    """Return a jittered honeycomb of points over the county's bounding box."""
    chance = Chance(words)
    points = []
    for row in range(int(60 / step / 0.87)):
        for column in range(int(70 / step)):
            east = -22.5 + step * (column + 0.5 * (row % 2)) + step * wobble * chance.bell()
            north = -36.0 + step * 0.87 * row + step * wobble * chance.bell()
            points.append((east, north))
    return points


def _village_points() -> list[Point]:
    fields = [p for p in _scattered(VILLAGE_KM, 0.16, "villages") if not in_city(p)]
    blocks = [p for p in _scattered(BLOCK_KM, 0.16, "blocks") if in_city(p)]
    return fields + blocks


def _village_borders(polder: shapely.Polygon, points: list[Point]) -> shapely.Geometry:
    """Return the lines that part a polder into the ground nearest to each point."""
    here = [point for point in points if polder.contains(shapely.Point(point))]
    lines = shapely.voronoi_polygons(shapely.MultiPoint(here), only_edges=True, extend_to=polder)
    return shapely.intersection(lines, polder)


def draw_villages() -> list[Village]:
    """Return the villages that tile the county, from west to east."""
    polders = draw_polders()
    points = _village_points()
    lines: list[shapely.Geometry] = [polder.exterior for polder in polders]
    lines += [_village_borders(polder, points) for polder in polders]
    noded = shapely.union_all([lines_to_grid(line) for line in lines], grid_size=1)
    villages = [_village(shapely.normalize(face), polders) for face in _faces(noded)]
    return sorted(villages, key=lambda village: village.middle)


def _village(ground: shapely.Polygon, polders: list[shapely.Polygon]) -> Village:
    inside = ground.representative_point()
    middle = grid_to_km((inside.x, inside.y))
    spot = shapely.Point(middle)
    polder = min(range(len(polders)), key=lambda number: polders[number].distance(spot))
    return Village(ground, middle, polder, in_city(middle))


def find_neighbours(villages: list[Village]) -> list[list[int]]:
    """Return each village's neighbours on its own side of the channels, ascending."""
    sides: dict[frozenset[Point], list[int]] = {}
    for number, village in enumerate(villages):
        ring = [(x, y) for x, y in village.ground.exterior.coords]
        for edge in pairwise(ring):
            sides.setdefault(frozenset(edge), []).append(number)
    near: list[set[int]] = [set() for _ in villages]
    for pair in sides.values():
        if len(pair) == 2 and villages[pair[0]].polder == villages[pair[1]].polder:
            near[pair[0]].add(pair[1])
            near[pair[1]].add(pair[0])
    return [sorted(numbers) for numbers in near]


def village_at(villages: list[Village], point: Point) -> int:
    """Return the village that holds a point given in kilometres."""
    spot = shapely.Point(to_grid(point))
    return next(i for i, village in enumerate(villages) if village.ground.intersects(spot))


def grow(
    villages: list[Village],
    neighbours: list[list[int]],
    seeds: list[list[int]],
    within: set[int],
) -> list[int]:
    """Share villages out among seeds, each to the seed with the shortest way over land.

    A region grown this way always hangs together.

    Parameters
    ----------
    seeds
        Villages from which each region grows.
    within
        Villages to be shared out.

    Returns
    -------
    list
        Region of each village, or -1 for those not in `within` and those out of reach.
    """
    region = [-1] * len(villages)
    queue = [(0.0, number, seed) for number, group in enumerate(seeds) for seed in group]
    heapq.heapify(queue)
    while queue:
        way, number, here = heapq.heappop(queue)
        if region[here] >= 0:
            continue
        region[here] = number
        for there in neighbours[here]:
            if there in within and region[there] < 0:
                step = distance_km(villages[here].middle, villages[there].middle)
                heapq.heappush(queue, (way + step, number, there))
    return region


def share_among_towns(villages: list[Village], neighbours: list[list[int]]) -> list[str]:
    """Return the name of each village's town."""
    seeds = [[village_at(villages, to_km(town.seat))] for town in TOWNS]
    region = grow(villages, neighbours, seeds, set(range(len(villages))))
    return [TOWNS[number].name for number in region]
