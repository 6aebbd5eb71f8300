"""Where the rows of a table are: two columns, or the points of a map file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.tables.crs_names import in_degrees
from enroll.tables.geometry_in import POINT, kinds_of, only

if TYPE_CHECKING:
    from enroll.records import Flags, Floats, Texts
    from enroll.tables.cells import Cells

_CHINESE = ("gcj02", "bd09", "cgcs2000", "EPSG:4490")
_CHINA = (70.0, 140.0, 0.0, 56.0)
_NO_SCHOOL_NORTH_OF = 73.0
"""Degrees; a "latitude" beyond it is a longitude of China in the wrong column."""


@dataclass(frozen=True)
class Places:
    """Coordinates of the rows of a table, in the order of the file.

    Parameters
    ----------
    lon, lat
        (n,) degrees, or easting and northing in metres; NaN where missing.
    crs
        Their system: a name as in `[coordinates]`.
    """

    lon: Floats
    lat: Floats
    crs: str


def read_places(cells: Cells, role: str, declared: str | None) -> Places:
    """Return the coordinates of applicants or schools.

    Parameters
    ----------
    cells
        The table; points of a map file take the place of the columns `lon` and `lat`.
    role
        The key under `[coordinates]`, for messages.
    declared
        The system under that key. A table of text has no other; a map file names its own.
    """
    geometry = cells.table.geometry
    if geometry is not None:
        crs = declared or cells.table.crs
        if not crs:
            cells.report.add("CRS_UNKNOWN", role=role)
        return believed(checked(cells, *points_of(cells, geometry, role), crs))
    if not cells.has("lon") and not cells.has("lat"):
        nowhere = np.full(len(cells), np.nan)
        return Places(nowhere, nowhere.copy(), declared or "wgs84")
    if declared is None:
        cells.report.add("COORDINATES_NOT_DECLARED", role=role)
    return believed(read_columns(cells, declared or ""))


def believed(places: Places) -> Places:
    """Return the places, or none at all where nobody knows in which system they are."""
    if places.crs:
        return places
    nowhere = np.full(len(places.lon), np.nan)
    return Places(nowhere, nowhere.copy(), "wgs84")


def read_columns(cells: Cells, crs: str) -> Places:
    """Return the coordinates in the columns `lon` and `lat`."""
    return checked(cells, cells.decimals("lon"), cells.decimals("lat"), crs)


def points_of(cells: Cells, geometry: Texts, role: str) -> tuple[Floats, Floats]:
    """Return the coordinates of (n,) points; NaN, and a problem, for other geometries."""
    import shapely

    kinds = kinds_of(geometry)
    other = (kinds != POINT) & (kinds >= 0)
    cells.problem_rows("GEOMETRY_NOT_POINT", "geometry", other, role=role)
    points = only(geometry, kinds == POINT)
    return np.asarray(shapely.get_x(points)), np.asarray(shapely.get_y(points))


def checked(cells: Cells, lon: Floats, lat: Floats, crs: str) -> Places:
    """Return the places after naming the rows whose coordinates cannot be meant."""
    header = "lon" if cells.has("lon") or not cells.has("lat") else "lat"
    alone = np.isnan(lon) != np.isnan(lat)
    if alone.any():
        alone &= cells.filled("lon") != cells.filled("lat")
        cells.problem_rows("COORDINATE_ALONE", header, alone, _hidden)
    zero = (lon == 0) & (lat == 0)
    cells.problem_rows("COORDINATES_ZERO", header, zero, _hidden)
    lon, lat = np.where(zero, np.nan, lon), np.where(zero, np.nan, lat)
    if crs and in_degrees(crs):
        swapped = _swapped(lon, lat)
        cells.problem_rows("COORDINATES_SWAPPED", header, swapped, _hidden)
        beyond = _beyond(lon, lat, crs) & ~swapped
        cells.problem_rows("COORDINATES_OUT_OF_RANGE", header, beyond, _hidden, crs=crs)
        wrong = swapped | beyond
        lon, lat = np.where(wrong, np.nan, lon), np.where(wrong, np.nan, lat)
    return Places(lon, lat, crs)


def _swapped(lon: Floats, lat: Floats) -> Flags:
    """Return which pairs make sense only the other way round; NaN never does."""
    impossible: Flags = (np.abs(lat) > 90) & (np.abs(lat) <= 180) & (np.abs(lon) <= 90)
    in_china: Flags = (lat >= _NO_SCHOOL_NORTH_OF) & (lat <= 136) & (lon >= 3) & (lon <= 54)
    return impossible | in_china


def _beyond(lon: Floats, lat: Floats, crs: str) -> Flags:
    west, east, south, north = _CHINA if crs in _CHINESE else (-180.0, 180.0, -90.0, 90.0)
    return (lon < west) | (lon > east) | (lat < south) | (lat > north)


def _hidden(_: str) -> str:
    """Show nothing: coordinates tell where a child lives."""
    return ""
