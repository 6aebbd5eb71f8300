"""From declared coordinate systems to whole decimetres of one plane (design R4).

Nothing is guessed: every table says which system its coordinates are in. GCJ-02 read as
WGS 84 would put every home some 500 m off, which is further than many children walk.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from enroll.geo.shifts import gcj02_from_bd09, wgs84_from_gcj02

if TYPE_CHECKING:
    from pyproj import CRS, Transformer

    from enroll.records import Floats, Ints

BEYOND_DM = 10**9
"""Decimetres; stands for a coordinate that the projection cannot take."""

# CGCS2000 agrees with WGS 84 to centimetres. It keeps its own code so that a plane system
# on CGCS2000 is reached without any datum step.
_GEOGRAPHIC = {
    "wgs84": "EPSG:4326",
    "gcj02": "EPSG:4326",
    "bd09": "EPSG:4326",
    "cgcs2000": "EPSG:4490",
}


def to_plane(lon: Floats, lat: Floats, system: str, metric_crs: str) -> Ints:
    """Transform coordinates to whole decimetres of the plane, halves up.

    Parameters
    ----------
    lon, lat
        (k,) degrees, or easting and northing where `system` is projected; finite.
    system
        `wgs84`, `cgcs2000`, `gcj02`, `bd09`, or a code such as `EPSG:4546`.
    metric_crs
        A projected system in metres, such as `EPSG:32649`.

    Returns
    -------
    Ints
        (k, 2) easting and northing in decimetres; `BEYOND_DM` where the projection ends.

    Raises
    ------
    pyproj.exceptions.CRSError
        If a system is not known; see `is_known`.
    """
    plane: Ints = np.floor(to_plane_floats(lon, lat, system, metric_crs) + 0.5).astype(np.int64)
    return plane


def to_plane_floats(lon: Floats, lat: Floats, system: str, metric_crs: str) -> Floats:
    """Transform coordinates to the plane without rounding, as the corners of zones need it.

    Parameters and errors are those of `to_plane`; returns (k, 2) decimetres.
    """
    x, y = _transformer(system, metric_crs).transform(*_unshifted(lon, lat, system))
    plane = np.nan_to_num(10.0 * np.column_stack([x, y]), nan=BEYOND_DM, posinf=BEYOND_DM)
    return np.clip(plane, -BEYOND_DM, BEYOND_DM)


def to_wgs84(lon: Floats, lat: Floats, system: str) -> tuple[Floats, Floats]:
    """Transform coordinates to WGS 84 degrees; infinite where that is not possible.

    Parameters and errors are those of `to_plane`; returns longitudes and latitudes, (k,) each.
    """
    x, y = _unshifted(lon, lat, system)
    if code_of(system) == "EPSG:4326":
        return x, y
    degrees_east, degrees_north = _transformer(system, "EPSG:4326").transform(x, y)
    return np.atleast_1d(degrees_east), np.atleast_1d(degrees_north)


def code_of(system: str) -> str:
    """Return the code under which PROJ knows a system, its shift left aside."""
    return _GEOGRAPHIC.get(system, system)


def is_known(system: str) -> bool:
    """Tell whether a system can be read at all."""
    from pyproj.exceptions import CRSError

    try:
        _crs(system)
    except CRSError:
        return False
    return True


def is_plane_in_metres(system: str) -> bool:
    """Tell whether a known system is projected, with both axes in metres."""
    crs = _crs(system)
    return crs.is_projected and all(
        axis.unit_conversion_factor == 1.0 for axis in crs.axis_info[:2]
    )


def fitting_utm(lon: float, lat: float) -> str:
    """Return the UTM zone of a WGS 84 point, by the plain six-degree rule.

    The exceptions around Norway and Svalbard are left out: there too the plain zone measures
    within a tenth of a percent.
    """
    number = int((lon + 180.0) // 6.0) % 60 + 1
    return f"EPSG:{(32600 if lat >= 0 else 32700) + number}"


def length_error(metric_crs: str, lon: float, lat: float) -> float:
    """Return how wrong one kilometre is in a plane at a WGS 84 point.

    Returns
    -------
    float
        The larger error of the two directions, as a share: 0.0004 is 0.4 m in a kilometre.
        Infinite where the plane does not reach.
    """
    from pyproj import Geod

    east_north = [90.0, 0.0]
    ends_lon, ends_lat, _ = Geod(ellps="WGS84").fwd(
        [lon, lon], [lat, lat], east_north, [1000.0, 1000.0]
    )
    x, y = _transformer("wgs84", metric_crs).transform(
        np.array([lon, *ends_lon]), np.array([lat, *ends_lat])
    )
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        return float("inf")
    return float(np.abs(np.hypot(x[1:] - x[0], y[1:] - y[0]) / 1000.0 - 1.0).max())


def _unshifted(lon: Floats, lat: Floats, system: str) -> tuple[Floats, Floats]:
    if system == "bd09":
        lon, lat = gcj02_from_bd09(lon, lat)
    if system in ("bd09", "gcj02"):
        lon, lat = wgs84_from_gcj02(lon, lat)
    return lon, lat


@lru_cache(maxsize=8)
def _transformer(source: str, target: str) -> Transformer:
    """Return what transforms one system into another; making one takes longer than using it."""
    from pyproj import Transformer
    from pyproj.network import set_network_enabled  # type: ignore[attr-defined]

    # A grid fetched on one machine and not on another would move homes between runs.
    set_network_enabled(active=False)
    return Transformer.from_crs(code_of(source), code_of(target), always_xy=True)


def _crs(system: str) -> CRS:
    from pyproj import CRS

    return CRS.from_user_input(code_of(system))
