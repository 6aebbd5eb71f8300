"""Coordinates of the sample county.

Two systems are used: a plane in kilometres east and north of the county seat, in which the county
is laid out, and whole millionths of a degree (WGS 84), on which every border lies, so that
neighbours share their vertices to the last digit.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from nanxian_lib.chance import Chance

CENTRE = (112.40, 29.36)
KM_PER_DEGREE = (97.02, 110.85)
MILLION = 1_000_000
Point = tuple[float, float]

# The ellipsoid of Krassovsky, which the GCJ-02 shift is defined on.
AXIS_M = 6_378_245.0
ECCENTRICITY_SQUARED = 0.006693421622965943


def to_km(point: Point) -> Point:
    """Return kilometres (east, north) of degrees (lon, lat)."""
    return (
        (point[0] - CENTRE[0]) * KM_PER_DEGREE[0],
        (point[1] - CENTRE[1]) * KM_PER_DEGREE[1],
    )


def to_grid(point: Point) -> Point:
    """Return whole millionths of a degree (lon, lat) of kilometres (east, north)."""
    return (
        float(round((CENTRE[0] + point[0] / KM_PER_DEGREE[0]) * MILLION)),
        float(round((CENTRE[1] + point[1] / KM_PER_DEGREE[1]) * MILLION)),
    )


def grid_to_km(point: Point) -> Point:
    """Return kilometres (east, north) of millionths of a degree (lon, lat)."""
    return to_km((point[0] / MILLION, point[1] / MILLION))


def lines_to_grid(lines: shapely.Geometry) -> shapely.Geometry:
    """Return a geometry in kilometres with every vertex moved to the degree grid."""
    return shapely.transform(lines, lambda rows: np.array([to_grid((x, y)) for x, y in rows]))


def lines_to_km(lines: shapely.Geometry) -> shapely.Geometry:
    """Return a geometry of the degree grid in kilometres."""
    return shapely.transform(lines, lambda rows: np.array([grid_to_km((x, y)) for x, y in rows]))


def distance_km(a: Point, b: Point) -> float:
    """Return the distance of two points of the plane."""
    return math.hypot(a[0] - b[0], a[1] - b[1])


def meander(line: list[Point], step_km: float, bend: float, chance: Chance) -> list[Point]:
    """Return a line bent like a shore: midpoints are pushed aside until steps are short.

    Parameters
    ----------
    line
        Vertices in kilometres; they stay where they are.
    step_km
        Longest step left straight.
    bend
        Largest push, as a share of the step's length.
    """
    bent = [line[0]]
    for start, end in pairwise(line):
        if distance_km(start, end) > step_km:
            push = chance.between(-bend, bend)
            middle = (
                (start[0] + end[0]) / 2 - (end[1] - start[1]) * push,
                (start[1] + end[1]) / 2 + (end[0] - start[0]) * push,
            )
            bent += meander([start, middle, end], step_km, bend, chance)[1:]
        else:
            bent.append(end)
    return bent


def _wave(argument: float, parts: tuple[tuple[float, float], ...]) -> float:
    return sum(size * math.sin(argument * pace * math.pi) for size, pace in parts) * 2 / 3


def _shift_metres(x: float, y: float) -> Point:
    """Return the shift of GCJ-02 (east, north) at degrees east of 105 and north of 35."""
    root = math.sqrt(abs(x))
    ripple = _wave(x, ((20.0, 6.0), (20.0, 2.0)))
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    east += ripple + _wave(x, ((20.0, 1.0), (40.0, 1 / 3), (150.0, 1 / 12), (300.0, 1 / 30)))
    north += ripple + _wave(y, ((20.0, 1.0), (40.0, 1 / 3), (160.0, 1 / 12), (320.0, 1 / 30)))
    return east, north


def to_gcj02(lon: float, lat: float) -> Point:
    """Return GCJ-02 degrees (lon, lat) of a WGS 84 point, by the public formula."""
    east, north = _shift_metres(lon - 105.0, lat - 35.0)
    latitude = math.radians(lat)
    bulge = 1.0 - ECCENTRICITY_SQUARED * math.sin(latitude) ** 2
    across = AXIS_M / math.sqrt(bulge) * math.cos(latitude)
    along = AXIS_M * (1.0 - ECCENTRICITY_SQUARED) / (bulge * math.sqrt(bulge))
    return lon + math.degrees(east / across), lat + math.degrees(north / along)
