"""Shapefile: points and polygons taken apart from their bytes, no driver involved."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import numpy as np

from enroll.records import Table
from enroll.tables.cleaning import tidy
from enroll.tables.crs_names import crs_of_wkt
from enroll.tables.dbf_in import read_dbf
from enroll.tables.geometry_in import MalformedGeometryError, checked_ring, polygon_of
from enroll.tables.grid import MOST_COLUMNS, source_of, text_array
from enroll.tables.problems import Unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from enroll.tables.opening import OpenedFile
    from enroll.tables.problems import FileReport

_HEADER_BYTES = 100
_NULL = 0
_POINTS = (1, 11, 21)
_POLYGONS = (5, 15, 25)
_RECORD = struct.Struct(">ii")
_KIND = struct.Struct("<i")
_COUNTS = struct.Struct("<36xii")


def read_shapefile(file: OpenedFile, report: FileReport) -> Table:
    """Return the features of a Shapefile; features are counted from 1.

    Raises
    ------
    Unreadable
        When a part is damaged, or the parts do not have the same number of rows.
    """
    records = _records(file.content)
    cells, rows, encoding = read_dbf(file.parts[".dbf"], file.parts.get(".cpg", b""))
    if rows != len(records):
        raise Unreadable("FILE_BROKEN", kind="Shapefile (.shp, .dbf)")
    if len(cells) > MOST_COLUMNS:
        raise Unreadable("TOO_MANY_COLUMNS", count=len(cells), most=MOST_COLUMNS)
    geometries: list[object] = []
    for number, record in enumerate(records, start=1):
        geometry = None
        try:
            geometry = _geometry(record)
        except (MalformedGeometryError, struct.error, ValueError) as error:
            known = isinstance(error, MalformedGeometryError)
            report.add("GEOMETRY_BROKEN", number, reason=str(error) if known else "SHP")
        geometries.append(geometry)
    columns = {tidy(header): text_array(column) for header, column in cells.items()}
    numbers = np.arange(1, rows + 1, dtype=np.int64)
    wkt = file.parts.get(".prj", b"").decode("utf-8", "replace")
    source = source_of(file, encoding, rows)
    shapes = text_array(geometries)  # type: ignore[arg-type]
    return Table(source, columns, numbers, shapes, crs_of_wkt(wkt) if wkt else "")


def _records(content: bytes) -> list[bytes]:
    """Return the content of every record of the .shp part."""
    found: list[bytes] = []
    at = _HEADER_BYTES
    while at + _RECORD.size <= len(content):
        _, words = _RECORD.unpack_from(content, at)
        start, end = at + _RECORD.size, at + _RECORD.size + 2 * words
        if words < 2 or end > len(content):
            break
        found.append(content[start:end])
        at = end
    if at != len(content):
        raise Unreadable("FILE_BROKEN", kind="Shapefile (.shp)")
    return found


def _geometry(record: bytes) -> Any:
    import shapely

    (kind,) = _KIND.unpack_from(record)
    if kind == _NULL:
        return None
    if kind in _POINTS:
        place = np.frombuffer(record, "<f8", 2, 4)
        if not np.isfinite(place).all():
            raise MalformedGeometryError("coordinates")
        return shapely.points(*place)
    if kind not in _POLYGONS:
        raise MalformedGeometryError(f"SHP {kind}")
    return _polygons(_rings(record))


def _rings(record: bytes) -> list[npt.NDArray[np.float64]]:
    parts, places = _COUNTS.unpack_from(record)
    if parts < 1 or places < 4:
        raise MalformedGeometryError("ring < 4")
    starts = np.frombuffer(record, "<i4", parts, 44)
    coordinates = np.frombuffer(record, "<f8", 2 * places, 44 + 4 * parts).reshape(-1, 2)
    if starts[0] != 0 or (np.diff(starts) <= 0).any() or starts[-1] >= places:
        raise MalformedGeometryError("parts")
    if not np.isfinite(coordinates).all():
        raise MalformedGeometryError("coordinates")
    return [checked_ring(ring) for ring in np.split(coordinates, starts[1:])]


def _polygons(rings: Sequence[npt.NDArray[np.float64]]) -> Any:
    """Return one polygon per outer ring; clockwise rings are outer, the others holes.

    A hole goes to the smallest outer ring that holds its first corner; one that none holds
    is an outer ring drawn the wrong way round.
    """
    import shapely

    turned = [bool(shapely.is_ccw(shapely.linearrings(ring))) for ring in rings]
    shells = [[ring] for ring, hole in zip(rings, turned, strict=True) if not hole]
    areas: list[Any] = [shapely.polygons(shell[0]) for shell in shells]
    extra: list[list[npt.NDArray[np.float64]]] = []
    for ring, hole in zip(rings, turned, strict=True):
        if not hole:
            continue
        corner = shapely.points(*ring[0])
        around = [number for number, area in enumerate(areas) if area.covers(corner)]
        if around:
            shells[min(around, key=lambda number: areas[number].area)].append(ring)
        else:
            extra.append([ring])
    polygons = [polygon_of(parts) for parts in shells + extra]
    return polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons)
