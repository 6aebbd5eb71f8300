"""A boundary that a planner might move: communities of a full zone go to the zone next to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from nanxian_lib.plane import distance_km

if TYPE_CHECKING:
    from nanxian_lib.plane import Point
    from nanxian_lib.siting import Land, Zone


def move_boundary(
    land: Land, zones: list[Zone], full: str, roomy: str, school: Point, communities: int
) -> list[Zone]:
    """Return two neighbouring zones with some communities of the first given to the second.

    Parameters
    ----------
    full, roomy
        Zone ids.
    school
        Where the school of the second one is, in kilometres: the communities next to it go
        first, as long as the zone that they leave hangs together.
    communities
        How many go.
    """
    by_id = {zone.zone_id: zone for zone in zones}
    left, taken = list(by_id[full].villages), list(by_id[roomy].villages)
    for _ in range(communities):
        near = sorted(left, key=lambda village: distance_km(land.villages[village].middle, school))
        going = next(village for village in near if _may_go(land, village, left, taken))
        left.remove(going)
        taken.append(going)
    return [
        replace(by_id[full], villages=tuple(left), ground=_union(land, left)),
        replace(by_id[roomy], villages=tuple(sorted(taken)), ground=_union(land, taken)),
    ]


def _may_go(land: Land, village: int, left: list[int], taken: list[int]) -> bool:
    if not set(land.neighbours[village]) & set(taken):
        return False
    rest = [other for other in left if other != village]
    both = (_union(land, rest), _union(land, [*taken, village]))
    return all(isinstance(ground, shapely.Polygon) for ground in both)


def _union(land: Land, villages: list[int]) -> shapely.Geometry:
    grounds = [land.villages[village].ground for village in villages]
    return shapely.normalize(shapely.coverage_union_all(grounds))
