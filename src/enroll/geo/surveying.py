"""The survey: from coordinates as written to everybody's zone and ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from enroll.geo.frame_problems import file_of
from enroll.geo.inspecting import inspect_zones
from enroll.geo.locating import locate, zones_at
from enroll.geo.measuring import measure
from enroll.geo.placing import Places, place_everybody
from enroll.geo.plane import choose_plane
from enroll.geo.zones import Shapes, shape_zones
from enroll.notices import Problem
from enroll.records import Ground

if TYPE_CHECKING:
    from enroll.geo.points import Points
    from enroll.records import Inputs, Ints, Texts
    from enroll.scenario.schema import Scenario


def survey_ground(inputs: Inputs, settings: Scenario) -> tuple[Ground | None, list[Problem]]:
    """Find everybody's zone and make every way measurable; see `enroll.geo.survey`."""
    plane, problems = choose_plane(inputs, settings.coordinates)
    if problems:
        return None, problems
    places = place_everybody(inputs, plane)
    shapes = shape_zones(inputs.zones, plane)
    zone, how = locate(inputs.applicants.zone, places.homes.points, shapes)
    measured = measure(inputs, settings, places, zone)
    problems += inspect_zones(inputs, shapes, places.schools.points)
    problems += _elsewhere(inputs, places, shapes, how)
    problems += measured.problems
    ground = Ground(
        zone=zone,
        zone_how=how,
        distance_from=measured.start,
        ways=measured.ways,
        school_point=places.schools.points.at,
        home_point=measured.starts.at,
    )
    return ground, problems


class Sites(NamedTuple):
    """Where schools and zones are, before anybody has registered.

    Parameters
    ----------
    schools
        (m,) points in decimetres of the plane.
    zones
        (z,) shapely shapes on the same plane: the outline, else the anchor point, else None.
    """

    schools: Points
    zones: Texts


def survey_sites(inputs: Inputs, settings: Scenario) -> tuple[Sites | None, list[Problem]]:
    """Find where schools and zones are; see `enroll.geo.survey_sites`."""
    plane, problems = choose_plane(inputs, settings.coordinates)
    if problems:
        return None, problems
    places = place_everybody(inputs, plane)
    shapes = shape_zones(inputs.zones, plane)
    problems += inspect_zones(inputs, shapes, places.schools.points)
    problems += _elsewhere(inputs, places, shapes, np.full(0, "", dtype=object))
    anchors = np.full(len(inputs.zones), None, dtype=object)
    known = places.anchors.points.known
    anchors[known] = shapely.points(places.anchors.points.at[known].astype(float))
    drawn = anchors if shapes is None else np.where(shapes.polygons, shapes.polygons, anchors)
    return Sites(places.schools.points, drawn), problems


def find_zones(inputs: Inputs, settings: Scenario) -> Ints | None:
    """Return everybody's zone alone; see `enroll.geo.find_zones`."""
    plane, problems = choose_plane(inputs, settings.coordinates)
    if problems:
        return None
    homes = place_everybody(inputs, plane).homes.points
    return locate(inputs.applicants.zone, homes, shape_zones(inputs.zones, plane))[0]


def _elsewhere(inputs: Inputs, places: Places, shapes: Shapes | None, how: Texts) -> list[Problem]:
    """Name a map that nobody lies in: its coordinate system must be wrong."""
    if shapes is None or len(shapes.empty) == len(shapes.polygons):
        return []
    if (how == "map").any() or (how == "border").any():
        return []
    everybody = (places.schools.points, places.homes.points)
    if not any(points.known.any() for points in everybody):
        return []
    if any((zones_at(points, shapes)[1] > 0).any() for points in everybody):
        return []
    return [Problem("ZONES_ELSEWHERE", file_of(inputs, "zones"))]
