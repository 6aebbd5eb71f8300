"""From places in decimetres to the whole numbers of a drawing."""

from __future__ import annotations

from math import atan2, cos, hypot, pi, sin
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enroll.records import Floats, Ints

WIDTH = 10_000
"""Width of every map in units of its drawing; places are whole units."""

_LEAST_HEIGHT, _MOST_HEIGHT = 4_000, 14_000
_MARGIN = 0.03
_SIMPLER = 4.0
"""Corners nearer than this to the simplified outline are left out, in units."""

_POLYGON = 3


class Frame(NamedTuple):
    """What a map shows: the north-western corner and how many decimetres one unit is."""

    west: float
    north: float
    scale: float
    height: int

    def places(self, points: Floats) -> Ints:
        """Return (k, 2) whole units, right and down, of (k, 2) decimetres, east and north."""
        moved = (points - [self.west, self.north]) / [self.scale, -self.scale]
        return np.floor(moved + 0.5).astype(np.int64)

    def place(self, x: float, y: float) -> tuple[int, int]:
        """Return one place in whole units."""
        right, down = self.places(np.array([[x, y]], dtype=np.float64))[0].tolist()
        return right, down


def frame_of(bounds: tuple[float, float, float, float]) -> Frame:
    """Return the frame around bounds (west, south, east, north) in decimetres."""
    west, south, east, north = bounds
    width, height = max(east - west, 10_000.0), max(north - south, 10_000.0)
    shown = max(width, height * WIDTH / _MOST_HEIGHT) * (1 + 2 * _MARGIN)
    scale = shown / WIDTH
    rows = max(_LEAST_HEIGHT, round(height * (1 + 2 * _MARGIN) / scale))
    return Frame(
        west=(west + east) / 2 - shown / 2,
        north=(south + north) / 2 + rows * scale / 2,
        scale=scale,
        height=rows,
    )


def outline(shape: shapely.Geometry, frame: Frame, simpler: float = _SIMPLER) -> str:
    """Return the path of a polygon's or multipolygon's rings, corners in relative whole units.

    Parameters
    ----------
    simpler
        Corners nearer than this to the simplified outline are left out, in units.
    """
    drawn = shapely.transform(shape, lambda points: _floats(points, frame))
    drawn = shapely.simplify(drawn, simpler, preserve_topology=True)
    parts = [part for part in shapely.get_parts(drawn) if shapely.get_type_id(part) == _POLYGON]
    rings = [ring for part in parts for ring in shapely.get_rings(part)]
    return "".join(_ring(shapely.get_coordinates(ring)) for ring in rings)


def _floats(points: Floats, frame: Frame) -> Floats:
    return (points - [frame.west, frame.north]) / [frame.scale, -frame.scale]


def _ring(points: Floats) -> str:
    corners = np.floor(points + 0.5).astype(np.int64)[:-1]
    steps = np.diff(corners, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    moves = " ".join(f"{right} {down}" for right, down in steps.tolist())
    right, down = corners[0].tolist()
    return f"M{right} {down}l{moves}z" if moves else ""


def wedge(start: tuple[int, int], end: tuple[int, int], width: float) -> str:
    """Return the path of a triangle that narrows from where something leaves to where it goes."""
    direction = atan2(end[1] - start[1], end[0] - start[0]) + pi / 2
    right, down = round(width / 2 * cos(direction)), round(width / 2 * sin(direction))
    first = f"M{start[0] + right} {start[1] + down}"
    return f"{first}L{start[0] - right} {start[1] - down}L{end[0]} {end[1]}z"


def around(places: Iterable[tuple[int, int]], distance: float) -> str:
    """Return the path of an outline that holds all places, at a distance."""
    hull = shapely.convex_hull(shapely.multipoints(np.array(list(places), dtype=np.float64)))
    grown = shapely.buffer(hull, distance, quad_segs=4)
    return _ring(shapely.get_coordinates(shapely.get_exterior_ring(grown)))


def length(start: tuple[int, int], end: tuple[int, int]) -> float:
    """Return how far apart two places are, in units."""
    return hypot(end[0] - start[0], end[1] - start[1])
