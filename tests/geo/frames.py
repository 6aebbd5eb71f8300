"""Tiny tables around a plane in metres: EPSG:32649 with its origin moved near Nan County."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from enroll.records import Applicants, Inputs, Schools, Source, TravelMatrix, Zones
from enroll.scenario.schema import Scenario

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.geo.zones import Shapes

PLANE = "EPSG:32649"
EAST_M, NORTH_M = 600_000.0, 3_250_000.0
Point = tuple[float, float] | None


def at(x: float, y: float) -> tuple[float, float]:
    """Return metres of PLANE for metres from the little county's corner."""
    return EAST_M + x, NORTH_M + y


def square(x: float, y: float, side: float = 1000.0) -> shapely.Polygon:
    """Return a square of PLANE with its lower left corner at (x, y) of the county."""
    return shapely.box(*at(x, y), *at(x + side, y + side))


def applicants(points: Sequence[Point], crs: str = PLANE, **columns: Any) -> Applicants:
    """Return children `C0`, `C1`, … at points in `crs`, in rows 2, 3, …"""
    n = len(points)
    lon, lat = _coordinates(points)
    empty = np.full(n, "", dtype=object)
    frame: dict[str, Any] = {
        "applicant_id": _ids("C", n),
        "row": np.arange(2, n + 2),
        "lon": lon,
        "lat": lat,
        "zone": np.full(n, -1),
        "group": empty,
        "facts": {},
        "review": np.full(n, "passed", dtype=object),
        "birth_date": np.full(n, "NaT", "datetime64[D]"),
        "since": np.full(n, "NaT", "datetime64[D]"),
        "sex": empty,
        "points": np.zeros(n, np.int64),
        "sibling_school": np.full(n, -1),
        "family": np.full(n, -1),
        "choices": np.full((n, 0), -1),
        "accepts_redirect": np.ones(n, bool),
        "placed_school": np.full(n, -1),
        "placed_reason": empty,
        "placed_authority": empty,
        "placed_date": empty,
        "crs": crs,
    }
    return Applicants(**{**frame, **_arrays(columns)})


def schools(points: Sequence[Point], crs: str = PLANE, **columns: Any) -> Schools:
    """Return schools `S0`, `S1`, … of one class at points in `crs`."""
    m = len(points)
    lon, lat = _coordinates(points)
    empty = np.full(m, "", dtype=object)
    one, none = np.ones(m, np.int64), np.zeros(m, np.int64)
    frame: dict[str, Any] = {
        "school_id": _ids("S", m),
        "name": _ids("School ", m),
        "row": np.arange(2, m + 2),
        "lon": lon,
        "lat": lat,
        "classes": one,
        "rooms": one,
        "class_standard": 45 * one,
        "class_limit": 55 * one,
        "reserved": none,
        "reserved_for": empty,
        "other_grades": none,
        "leavers": none,
        "school_limit": 2000 * one,
        "sector": np.full(m, "public", dtype=object),
        "kind": np.full(m, "full", dtype=object),
        "setting": empty,
        "area": empty,
        "beds": -one,
        "crs": crs,
    }
    return Schools(**{**frame, **_arrays(columns)})


def zones(
    shapes: Sequence[shapely.Geometry | None] | None = None,
    serves: Sequence[tuple[int, ...]] | None = None,
    anchors: Sequence[Point] | None = None,
    crs: str = PLANE,
) -> Zones:
    """Return zones `Z0`, `Z1`, … with shapes or, without them, a plain table."""
    count = len(shapes if shapes is not None else anchors or ())
    lon, lat = _coordinates(anchors or [None] * count)
    geometry = None
    if shapes is not None:
        geometry = np.empty(count, dtype=object)
        geometry[:] = shapes
    return Zones(
        zone_id=_ids("Z", count),
        name=_ids("Zone ", count),
        area=np.full(count, "", dtype=object),
        row=np.arange(1, count + 1),
        schools=tuple(serves) if serves is not None else ((0,),) * count,
        geometry=geometry,
        crs=crs,
        lon=lon,
        lat=lat,
    )


def inputs(
    children: Applicants, all_schools: Schools, all_zones: Zones, travel: TravelMatrix | None = None
) -> Inputs:
    """Return the tables as if read from three files."""
    names = {"applicants": "a.csv", "schools": "s.csv", "zones": "z.geojson"}
    sources = tuple(Source(role, name, "", "utf-8", 1) for role, name in names.items())
    return Inputs(children, all_schools, all_zones, travel, sources)


def settings(**tables: Any) -> Scenario:
    """Return a scenario of which only the tables that matter are given."""
    return Scenario.model_validate({"title": "t", "year": 2026, "stage": "primary", **tables})


def shaped(*polygons: shapely.Geometry | None) -> Shapes:
    """Return shapes as they stand, given in decimetres."""
    from enroll.geo.zones import Shapes

    drawn = np.empty(len(polygons), dtype=object)
    drawn[:] = polygons
    none = np.empty(0, np.int64)
    return Shapes(drawn, none, none)


def _coordinates(points: Sequence[Point]) -> tuple[Any, Any]:
    pairs = [point or (np.nan, np.nan) for point in points]
    table = np.array(pairs, np.float64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _ids(prefix: str, count: int) -> Any:
    return np.array([f"{prefix}{number}" for number in range(count)], dtype=object)


def _arrays(columns: dict[str, Any]) -> dict[str, Any]:
    texts = {"review"}
    return {
        name: np.array(column, dtype=object if name in texts else None)
        for name, column in columns.items()
    }
