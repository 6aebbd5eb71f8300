"""What every map draws alike: its frame, its scale bar and the marks of schools."""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enroll.report.pages.sketch import Frame

SCALES_M = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
"""Lengths that a scale bar may have."""

_LONGEST_SCALE = 2500

Place = tuple[int, int]
"""Whole units of a drawing, right and down."""


class Site(NamedTuple):
    """A school on the ground: decimetres of the plane, and its entry classes."""

    school_id: str
    x_dm: int
    y_dm: int
    classes: int


class SchoolMark(NamedTuple):
    """A school as drawn: its place and radius."""

    school_id: str
    x: int
    y: int
    radius: int


class ScaleBar(NamedTuple):
    """The length of a scale bar in metres and in units of the drawing."""

    scale_m: int
    scale: int


def bounds_of(
    shapes: Iterable[Any], points: Iterable[tuple[int, int]]
) -> tuple[float, float, float, float]:
    """Return the bounds of shapes and points together: west, south, east, north."""
    drawn = np.array([*shapes, *map(shapely.Point, points)], dtype=object)
    west, south, east, north = shapely.total_bounds(drawn).tolist()
    return west, south, east, north


def scale_bar(frame: Frame) -> ScaleBar:
    """Return the longest scale bar that takes less than a quarter of the drawing."""
    fits = [metres for metres in SCALES_M if units(metres, frame) < _LONGEST_SCALE]
    longest = max(fits, default=SCALES_M[0])
    return ScaleBar(longest, units(longest, frame))


def units(metres: int, frame: Frame) -> int:
    """Return a length in units of the drawing."""
    return round(10 * metres / frame.scale)


def inside(shape: Any) -> tuple[float, float]:
    """Return a point inside a shape."""
    point = shapely.point_on_surface(shape)
    return float(shapely.get_x(point)), float(shapely.get_y(point))


def school_marks(sites: Iterable[Site], frame: Frame) -> list[SchoolMark]:
    """Return the schools as drawn, larger ones first so that they hide no smaller one."""
    marks = []
    for site in sites:
        x, y = frame.place(site.x_dm, site.y_dm)
        marks.append(SchoolMark(site.school_id, x, y, 45 + isqrt(900 * site.classes)))
    return sorted(marks, key=lambda mark: (-mark.radius, mark.school_id))
