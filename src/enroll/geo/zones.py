"""Zones as clean shapes on the plane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from enroll.geo.coordinates import to_plane_floats

if TYPE_CHECKING:
    from enroll.records import Floats, Ints, Texts, Zones

TOUCH_DM = 0.5
"""Decimetres: a point this near to a zone is 0 away from it in whole decimetres."""


@dataclass(frozen=True)
class Shapes:
    """The zones' polygons, in decimetres of the plane.

    Parameters
    ----------
    polygons
        (z,) valid Polygon or MultiPolygon; None where the zone covers nothing.
    repaired
        Indices of zones whose rings crossed themselves, ascending.
    empty
        Indices of zones that cover nothing, ascending.
    """

    polygons: Texts
    repaired: Ints
    empty: Ints


def shape_zones(zones: Zones, metric_crs: str) -> Shapes | None:
    """Bring the zones' polygons onto the plane and repair their rings.

    Parameters
    ----------
    zones
        As read.
    metric_crs
        The plane.

    Returns
    -------
    Shapes or None
        None for a table of zones without geometry.
    """
    if zones.geometry is None:
        return None

    def move(corners: Floats) -> Floats:
        return to_plane_floats(corners[:, 0], corners[:, 1], zones.crs, metric_crs)

    moved = shapely.transform(zones.geometry, move)
    broken = ~(shapely.is_valid(moved) | shapely.is_missing(moved))
    moved[broken] = shapely.make_valid(moved[broken], method="structure", keep_collapsed=False)
    polygons = np.array([_polygonal(shape) for shape in moved], dtype=object)
    empty = np.array([shape is None for shape in polygons], dtype=bool)
    return Shapes(polygons, np.flatnonzero(broken & ~empty), np.flatnonzero(empty))


def same_shapes(shapes: Shapes) -> list[tuple[int, ...]]:
    """Return the sets of zones that have one and the same shape.

    Returns
    -------
    list
        Zone indices, each set ascending and of two or more, by first zone.
    """
    drawn = np.flatnonzero(~shapely.is_missing(shapes.polygons))
    normal = shapely.to_wkb(shapely.normalize(shapes.polygons[drawn]))
    by_shape: dict[bytes, list[int]] = {}
    for zone, shape in zip(drawn.tolist(), normal, strict=True):
        by_shape.setdefault(shape, []).append(zone)
    return [tuple(zones) for zones in by_shape.values() if len(zones) > 1]


def _polygonal(shape: shapely.Geometry | None) -> shapely.Geometry | None:
    """Return the part of a shape that covers ground, or None."""
    if isinstance(shape, (shapely.Polygon, shapely.MultiPolygon)):
        return None if shape.is_empty else shape
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon)]
    return shapely.MultiPolygon(parts) if parts else None
