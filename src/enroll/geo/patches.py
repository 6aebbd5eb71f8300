"""Ground that two zones claim, and ground inside the map that none claims.

Maps are drawn border by border, so almost every real one has hundreds of hair-thin slivers
where two drawings of one border do not quite meet. Those are counted. A patch is named where
a home could stand on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from enroll.geo.zones import TOUCH_DM

if TYPE_CHECKING:
    from enroll.geo.zones import Shapes
    from enroll.records import Flags, Floats, Ints, Texts

LEAST_AREA_M2 = 100
"""A smaller patch is dust: about the ground of one house."""

LEAST_WIDTH_M = 0.4
"""A patch that is narrower on average (twice its area over its outline) is dust, however long:
it is the trace of one border drawn twice."""

_DM2 = 100.0


@dataclass(frozen=True)
class Overlap:
    """Ground claimed by two zones."""

    first: int
    second: int
    area_m2: int


@dataclass(frozen=True)
class Gap:
    """Ground claimed by no zone, surrounded by the zones named (ascending)."""

    zones: tuple[int, ...]
    area_m2: int


@dataclass(frozen=True)
class Patches:
    """What is wrong between zones.

    Parameters
    ----------
    overlaps, gaps
        The real ones, by first zone; gaps of the same zones by area.
    slivers, pinholes
        How many pairs of zones overlap by dust only; how many holes are dust.
    largest_m2
        Area of the largest piece of dust, rounded up.
    """

    overlaps: tuple[Overlap, ...]
    gaps: tuple[Gap, ...]
    slivers: int
    pinholes: int
    largest_m2: int


def find_patches(shapes: Shapes, same: list[tuple[int, ...]]) -> Patches:
    """Find overlaps and gaps between zones.

    Parameters
    ----------
    shapes
        The zones on the plane.
    same
        Sets of zones with one shape: they share all their ground, which is said elsewhere.
    """
    copies = {zone for zones in same for zone in zones[1:]}
    zones = np.array(
        [
            zone
            for zone, shape in enumerate(shapes.polygons)
            if shape is not None and zone not in copies
        ],
        np.int64,
    )
    polygons = shapes.polygons[zones]
    # A map whose neighbours share every corner cannot overlap and is joined by its edges
    # alone, which is thirty times quicker than the general way.
    exact = bool(shapely.coverage_is_valid(polygons))
    overlaps, slivers, widest = ([], 0, 0.0) if exact else _overlaps(polygons, zones)
    union = shapely.coverage_union_all(polygons) if exact else shapely.union_all(polygons)
    gaps, pinholes, largest = _gaps(union, polygons, zones)
    dust = int(np.ceil(max(widest, largest) / _DM2))
    return Patches(tuple(overlaps), tuple(gaps), slivers, pinholes, dust)


def _overlaps(polygons: Texts, zones: Ints) -> tuple[list[Overlap], int, float]:
    first, second = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    once = first < second
    order = np.lexsort((second[once], first[once]))
    first, second = first[once][order], second[once][order]
    shared = shapely.intersection(polygons[first], polygons[second])
    parts, pair = shapely.get_parts(shared, return_index=True)
    area = np.bincount(pair, shapely.area(parts), minlength=len(first))
    real = np.bincount(pair, _is_real(parts), minlength=len(first)) > 0
    dust = (area > 0) & ~real
    found = [
        Overlap(int(zones[first[k]]), int(zones[second[k]]), _square_metres(area[k]))
        for k in np.flatnonzero(real)
    ]
    return found, int(dust.sum()), float(area[dust].max(initial=0.0))


def _gaps(union: shapely.Geometry, polygons: Texts, zones: Ints) -> tuple[list[Gap], int, float]:
    holes = _holes(union)
    area = shapely.area(holes)
    real = _is_real(holes)
    tree = shapely.STRtree(polygons)
    found = [
        Gap(
            tuple(zones[np.sort(tree.query(hole, "dwithin", TOUCH_DM))].tolist()),
            _square_metres(hole.area),
        )
        for hole in holes[real]
    ]
    found.sort(key=lambda gap: (gap.zones, gap.area_m2))
    return found, int((~real).sum()), float(area[~real].max(initial=0.0))


def _holes(union: shapely.Geometry) -> Texts:
    parts = shapely.get_parts(union)
    rings = shapely.get_rings(parts)
    # Of the rings of a polygon the first is its outline.
    outline = np.cumsum(shapely.get_num_interior_rings(parts) + 1)[:-1]
    inner = np.ones(len(rings), bool)
    inner[:1] = False
    inner[outline] = False
    return np.asarray(shapely.polygons(rings[inner]), dtype=object)


def _is_real(patches: Texts) -> Flags:
    """Tell which patches (in decimetres) are large and wide enough to hold a home."""
    area: Floats = shapely.area(patches)
    width = 2.0 * area / np.maximum(shapely.length(patches), 1.0)
    real: Flags = (area >= LEAST_AREA_M2 * _DM2) & (width >= LEAST_WIDTH_M * 10.0)
    return real


def _square_metres(area: float) -> int:
    return int(area / _DM2 + 0.5)
