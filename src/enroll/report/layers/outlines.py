"""Where things are on a map, in WGS 84 degrees of seven decimals: a centimetre."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from enroll.geo.coordinates import to_wgs84

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enroll.records import Floats, Schools, Texts, Zones

_DECIMALS = 7
"""Libraries of other versions may differ in the last digits of a double, never in these."""


def zone_shapes(zones: Zones) -> Texts:
    """Return (z,) outlines in WGS 84, an anchor point where a zone has no outline."""
    if zones.geometry is None:
        return _points(zones.lon, zones.lat, zones.crs)
    return np.asarray(shapely.transform(zones.geometry, lambda points: _degrees(points, zones.crs)))


def zone_outlines(zones: Zones) -> Texts:
    """Return (z,) outlines, each as a multipolygon, as a layer of one kind needs them."""
    found = zone_shapes(zones)
    for at in np.flatnonzero(shapely.get_type_id(found) == shapely.GeometryType.POLYGON):
        found[at] = shapely.multipolygons([found[at]])
    return found


def inner_points(shapes: Texts) -> Texts:
    """Return a point inside each shape: its centroid where that is inside; None for none."""
    shapes = shapes.copy()
    shapes[shapely.is_empty(shapes)] = None
    middle = shapely.centroid(shapes)
    inside = shapely.intersects(middle, shapes)
    points = np.where(inside, middle, shapely.point_on_surface(shapes))
    return np.asarray(shapely.transform(points, lambda found: np.round(found, _DECIMALS)))


def school_points(schools: Schools) -> Texts:
    """Return (m,) points in WGS 84, None where a school has none."""
    return _points(schools.lon, schools.lat, schools.crs)


def together(points: Iterable[shapely.Point | None]) -> shapely.MultiPoint | None:
    """Return the points that exist as one shape, None where there are none."""
    there = [point for point in points if point is not None]
    return shapely.multipoints(there) if there else None


def _points(lon: Floats, lat: Floats, system: str) -> Texts:
    known = np.isfinite(lon) & np.isfinite(lat)
    points = np.full(len(lon), None, dtype=object)
    degrees = _degrees(np.column_stack([lon[known], lat[known]]), system)
    points[known] = np.asarray(shapely.points(degrees))
    return points


def _degrees(points: Floats, system: str) -> Floats:
    degrees = np.column_stack(to_wgs84(points[:, 0], points[:, 1], system))
    return np.round(degrees, _DECIMALS)
