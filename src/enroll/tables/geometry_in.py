"""Geometries out of files: points and polygons in two dimensions, anything else named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from enroll.tables.grid import text_array

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from enroll.records import Flags, Ints, Texts
    from enroll.tables.problems import FileReport

POINT, POLYGON, MULTIPOLYGON = 0, 3, 6
"""Numbers that shapely gives to the kinds of geometry that are read."""

_FARTHEST = 1e9
"""No coordinate system of the earth reaches farther from its origin, in its own unit."""


class MalformedGeometryError(ValueError):
    """A geometry whose parts do not fit together; its text is a short reason."""


def geometries_from_geojson(
    found: Sequence[object], rows: Sequence[int], report: FileReport
) -> Texts:
    """Return shapely geometries of GeoJSON geometry objects; None where one is missing.

    A malformed one is a problem of its row and counts as missing. Self-crossing rings are
    well formed: they are found later, as faults of the map.
    """
    import shapely

    geometries: list[object] = [None] * len(found)
    points: list[int] = []
    places: list[tuple[float, float]] = []
    for number, geometry in enumerate(found):
        if geometry is None:
            continue
        try:
            kind, coordinates = _kind_and_coordinates(geometry)
            if kind == "Point":
                places.append(_pairs([coordinates])[0])
                points.append(number)
            else:
                geometries[number] = _area(kind, coordinates)
        except MalformedGeometryError as error:
            report.add("GEOMETRY_BROKEN", rows[number], reason=str(error))
    drawn: Any = shapely.points(np.array(places, dtype=np.float64).reshape(-1, 2))
    for number, point in zip(points, drawn, strict=True):
        geometries[number] = point
    return text_array(geometries)  # type: ignore[arg-type]


def geometries_from_wkb(
    found: Sequence[bytes | None], rows: Sequence[int], report: FileReport
) -> Texts:
    """Return shapely geometries of well-known binaries, in two dimensions."""
    import shapely

    geometries: Any = shapely.from_wkb(list(found), on_invalid="ignore")
    empty = np.asarray(shapely.is_empty(geometries))
    near = np.asarray((np.abs(shapely.bounds(geometries)) < _FARTHEST).all(axis=1))
    for number, given in enumerate(found):
        if given is None or near[number]:
            continue
        if not empty[number]:
            report.add("GEOMETRY_BROKEN", rows[number], reason="WKB")
        geometries[number] = None
    flat: Texts = shapely.force_2d(geometries)
    return flat


def kinds_of(geometries: Texts) -> Ints:
    """Return (n,) the kind of every geometry, -1 where there is none."""
    import shapely

    return np.asarray(shapely.get_type_id(geometries), dtype=np.int64)


def only(geometries: Texts, kept: Flags) -> Texts:
    """Return the geometries with those not kept taken out."""
    left = geometries.copy()
    left[~kept] = None
    return left


def polygon_of(rings: Sequence[npt.NDArray[np.float64]]) -> Any:
    """Return the polygon of an outer ring and its holes, each (k, 2) and closed."""
    import shapely

    drawn: list[Any] = [shapely.linearrings(ring) for ring in rings]
    return shapely.polygons(drawn[0], holes=drawn[1:] or None)


def checked_ring(places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return a ring of (k, 2) coordinates, which must be closed and have a corner.

    Raises
    ------
    MalformedGeometryError
        With fewer than four places, or when the last is not the first.
    """
    if len(places) < 4:
        raise MalformedGeometryError("ring < 4")
    if (places[0] != places[-1]).any():
        raise MalformedGeometryError("ring[0] != ring[-1]")
    return places


def _kind_and_coordinates(geometry: object) -> tuple[str, object]:
    if not isinstance(geometry, dict) or not isinstance(geometry.get("type"), str):
        raise MalformedGeometryError("type")
    kind = geometry["type"]
    if kind not in ("Point", "Polygon", "MultiPolygon"):
        raise MalformedGeometryError(kind[:20] if kind.isalpha() else "type")
    return kind, geometry.get("coordinates")


def _area(kind: str, coordinates: object) -> Any:
    import shapely

    if kind == "Polygon":
        return _polygon(coordinates)
    return shapely.multipolygons([_polygon(part) for part in _several(coordinates)])


def _polygon(coordinates: object) -> Any:
    return polygon_of([checked_ring(_pairs(_several(ring))) for ring in _several(coordinates)])


def _several(found: object) -> list[object]:
    if not isinstance(found, list) or not found:
        raise MalformedGeometryError("coordinates")
    return found


def _pairs(places: Sequence[object]) -> npt.NDArray[np.float64]:
    """Return (k, 2) coordinates; a height is dropped."""
    try:
        pairs = np.array([(place[0], place[1]) for place in places])  # type: ignore[index]
    except (TypeError, IndexError, KeyError, ValueError):
        raise MalformedGeometryError("coordinates") from None
    if pairs.dtype.kind not in "if" or pairs.shape != (len(places), 2):
        raise MalformedGeometryError("coordinates")
    if not (np.abs(pairs) < _FARTHEST).all():
        raise MalformedGeometryError("|coordinate| > 1e9")
    return pairs.astype(np.float64)
