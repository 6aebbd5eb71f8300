"""Names of coordinate systems: `EPSG:n` out of what the formats write."""

from __future__ import annotations

import re

_LON_LAT = re.compile(r"(urn:ogc:def:crs:)?OGC:(1\.3|2)?:?CRS84", re.IGNORECASE)
_EPSG = re.compile(r"(?:urn:ogc:def:crs:)?EPSG:[0-9.]*:?([0-9]{4,6})", re.IGNORECASE)
_DEGREES = {"wgs84", "cgcs2000", "gcj02", "bd09", "EPSG:4326", "EPSG:4490"}


def crs_of_name(name: str) -> str:
    """Return `EPSG:n` for a name as GeoJSON files give it, or "" when it is not known."""
    if _LON_LAT.fullmatch(name.strip()):
        return "EPSG:4326"
    match = _EPSG.fullmatch(name.strip())
    return f"EPSG:{match[1]}" if match else ""


def crs_of_wkt(text: str) -> str:
    """Return `EPSG:n` for a system spelled out in well-known text, or "" when none fits."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        code = CRS.from_wkt(text).to_epsg()
    except CRSError:
        return ""
    return f"EPSG:{code}" if code else ""


def in_degrees(crs: str) -> bool | None:
    """Return whether a system measures in degrees; None when there is no such system.

    Parameters
    ----------
    crs
        A name as in `[coordinates]`.
    """
    if crs in _DEGREES:
        return True
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        return bool(CRS.from_user_input(crs).is_geographic)
    except CRSError:
        return None
