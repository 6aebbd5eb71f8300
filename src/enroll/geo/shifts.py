"""The shifts between WGS 84 and the two systems of Chinese map makers.

GCJ-02 (Amap, Tencent) moves every point inside a rectangle around China by some hundred
metres, BD-09 (Baidu) moves GCJ-02 by some hundred more. Both are defined forward only; the
inverses here iterate, because the usual one-step inverse is up to 3 m off. The number of
steps is fixed, so that a point's result never depends on which other points are in the array.

All functions take and return longitudes and latitudes in degrees, (k,) each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from enroll.records import Flags, Floats

    LonLat = tuple[Floats, Floats]

_WEST, _EAST = 72.004, 137.8347
_SOUTH, _NORTH = 0.8293, 55.8271

# The ellipsoid of Krasovsky 1940, on which GCJ-02 is defined.
_AXIS_M = 6_378_245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323

_BD_FREQUENCY = np.pi * 3000.0 / 180.0
_BD_LON, _BD_LAT = 0.0065, 0.006

# A step shrinks the error about 100 times: measured over the whole rectangle, five steps leave
# less than 1e-11 degrees, which is a thousandth of a millimetre.
_STEPS = 5


def gcj02_from_wgs84(lon: Floats, lat: Floats) -> LonLat:
    """Shift WGS 84 to GCJ-02; outside the rectangle around China nothing moves."""
    return _where_shifted(lon, lat, _gcj02_forward)


def wgs84_from_gcj02(lon: Floats, lat: Floats) -> LonLat:
    """Shift GCJ-02 back to WGS 84, to far below 0.5 m."""
    return _where_shifted(lon, lat, lambda x, y: _inverse(_gcj02_forward, x, y))


def bd09_from_gcj02(lon: Floats, lat: Floats) -> LonLat:
    """Shift GCJ-02 to BD-09; outside the rectangle around China nothing moves."""
    return _where_shifted(lon, lat, _bd09_forward)


def gcj02_from_bd09(lon: Floats, lat: Floats) -> LonLat:
    """Shift BD-09 back to GCJ-02, to far below 0.5 m."""
    return _where_shifted(lon, lat, lambda x, y: _inverse(_bd09_forward, x, y))


def _where_shifted(lon: Floats, lat: Floats, shift: Callable[[Floats, Floats], LonLat]) -> LonLat:
    inside = _in_rectangle(lon, lat)
    shifted_lon, shifted_lat = lon.copy(), lat.copy()
    shifted_lon[inside], shifted_lat[inside] = shift(lon[inside], lat[inside])
    return shifted_lon, shifted_lat


def _in_rectangle(lon: Floats, lat: Floats) -> Flags:
    inside: Flags = (lon >= _WEST) & (lon <= _EAST) & (lat >= _SOUTH) & (lat <= _NORTH)
    return inside


def _inverse(forward: Callable[[Floats, Floats], LonLat], lon: Floats, lat: Floats) -> LonLat:
    """Find the point that `forward` takes to (lon, lat), by taking its error off again."""
    found_lon, found_lat = lon, lat
    for _ in range(_STEPS):
        reached_lon, reached_lat = forward(found_lon, found_lat)
        found_lon = found_lon + (lon - reached_lon)
        found_lat = found_lat + (lat - reached_lat)
    return found_lon, found_lat


def _gcj02_forward(lon: Floats, lat: Floats) -> LonLat:
    east_m, north_m = _gcj02_offset_m(lon - 105.0, lat - 35.0)
    latitude = np.radians(lat)
    flattening = 1.0 - _ECCENTRICITY_SQUARED * np.sin(latitude) ** 2
    prime_vertical = _AXIS_M / np.sqrt(flattening)
    meridional = prime_vertical * (1.0 - _ECCENTRICITY_SQUARED) / flattening
    return (
        lon + np.degrees(east_m / (prime_vertical * np.cos(latitude))),
        lat + np.degrees(north_m / meridional),
    )


def _gcj02_offset_m(x: Floats, y: Floats) -> LonLat:
    """Return the offset in metres at x degrees east of 105 E and y degrees north of 35 N."""
    root = np.sqrt(np.abs(x))
    ripple = _waves(x, (20.0, 6.0), (20.0, 2.0))
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple
    east += _waves(x, (20.0, 1.0), (40.0, 1 / 3), (150.0, 1 / 12), (300.0, 1 / 30))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple
    north += _waves(y, (20.0, 1.0), (40.0, 1 / 3), (160.0, 1 / 12), (320.0, 1 / 30))
    return east, north


def _waves(degrees: Floats, *waves: tuple[float, float]) -> Floats:
    total: Floats = np.zeros_like(degrees)
    for height, frequency in waves:
        total += height * np.sin(frequency * np.pi * degrees)
    return total * 2.0 / 3.0


def _bd09_forward(lon: Floats, lat: Floats) -> LonLat:
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BD_FREQUENCY)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD_FREQUENCY)
    return radius * np.cos(angle) + _BD_LON, radius * np.sin(angle) + _BD_LAT
