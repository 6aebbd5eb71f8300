"""Finding the zone of places that are no homes of applicants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.geo.locating import zones_at
from enroll.geo.plane import choose_plane
from enroll.geo.points import points_of
from enroll.geo.zones import shape_zones
from enroll.records import NONE

if TYPE_CHECKING:
    from enroll.notices import Problem
    from enroll.records import Floats, Inputs, Ints
    from enroll.scenario.schema import Scenario


def zones_at_points(
    lon: Floats, lat: Floats, system: str, inputs: Inputs, settings: Scenario
) -> tuple[Ints, list[Problem]]:
    """Return (k,) the zone at each point, -1 outside all of them; and what forbids to look.

    Parameters
    ----------
    lon, lat
        (k,) in `system`; NaN where there is no point.
    inputs
        Its zones, and its schools, whose middle tells which plane fits.
    settings
        `[coordinates]` may name the plane.
    """
    plane, problems = choose_plane(inputs, settings.coordinates)
    if problems:
        return np.full(len(lon), NONE, dtype=np.int64), problems
    shapes = shape_zones(inputs.zones, plane)
    return zones_at(points_of(lon, lat, system, plane), shapes)[0], []
