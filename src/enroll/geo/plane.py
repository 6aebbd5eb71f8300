"""Which plane a scenario measures on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from enroll.geo.coordinates import (
    fitting_utm,
    is_known,
    is_plane_in_metres,
    length_error,
    to_wgs84,
)
from enroll.geo.points import is_given
from enroll.notices import Problem, mask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.records import Floats, Inputs, Zones
    from enroll.scenario.schema import Coordinates

_MOST_LENGTH_ERROR = 0.01


def choose_plane(inputs: Inputs, declared: Coordinates) -> tuple[str, list[Problem]]:
    """Choose the metric system, and check every system that is named.

    Parameters
    ----------
    inputs
        The tables as read; the middle of the schools decides which UTM zone fits.
    declared
        `[coordinates]`.

    Returns
    -------
    tuple
        A code such as `EPSG:32649`, and the problems found, all of them blocking.
    """
    problems = _unknown_systems(inputs, declared)
    if problems:
        return "", problems
    middle = _middle(inputs)
    # Without any coordinates nothing will be measured, and one plane is as good as another.
    fitting = fitting_utm(*(middle or (0.0, 0.0)))
    if declared.metric_crs is None:
        return fitting, []
    return declared.metric_crs, _unfit(declared.metric_crs, middle, fitting)


def _unknown_systems(inputs: Inputs, declared: Coordinates) -> list[Problem]:
    named = {
        "applicants": inputs.applicants.crs,
        "schools": inputs.schools.crs,
        "zones": inputs.zones.crs if _has_ground(inputs.zones) else None,
        "metric_crs": declared.metric_crs,
    }
    return [
        Problem("SYSTEM_UNKNOWN", column=f"coordinates.{key}", params={"system": mask(system)})
        for key, system in named.items()
        if system is not None and not is_known(system)
    ]


def _unfit(system: str, middle: tuple[float, float] | None, fitting: str) -> list[Problem]:
    if not is_plane_in_metres(system):
        code = "METRIC_CRS_NOT_METRES"
    elif middle is not None and length_error(system, *middle) > _MOST_LENGTH_ERROR:
        code = "METRIC_CRS_DISTORTS"
    else:
        return []
    params = {"system": system, "fitting": fitting}
    return [Problem(code, column="coordinates.metric_crs", params=params)]


def _middle(inputs: Inputs) -> tuple[float, float] | None:
    """Return the median WGS 84 position of the first table that has any on Earth."""
    for lon, lat, system in _positions(inputs):
        given = is_given(lon, lat)
        east, north = to_wgs84(lon[given], lat[given], system)
        on_earth = (np.abs(east) <= 180.0) & (np.abs(north) <= 90.0)
        if on_earth.any():
            return float(np.median(east[on_earth])), float(np.median(north[on_earth]))
    return None


def _positions(inputs: Inputs) -> Iterator[tuple[Floats, Floats, str]]:
    """Yield coordinates, the most telling first: schools, homes, anchors, corners of zones."""
    schools, applicants, zones = inputs.schools, inputs.applicants, inputs.zones
    yield schools.lon, schools.lat, schools.crs
    yield applicants.lon, applicants.lat, applicants.crs
    if _has_ground(zones):
        yield zones.lon, zones.lat, zones.crs
        corners = shapely.get_coordinates(zones.geometry)
        yield corners[:, 0], corners[:, 1], zones.crs


def _has_ground(zones: Zones) -> bool:
    return zones.geometry is not None or bool(is_given(zones.lon, zones.lat).any())
