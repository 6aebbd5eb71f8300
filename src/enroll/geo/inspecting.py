"""What is wrong with a map of zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from enroll.geo.frame_problems import Address, address_of, listed
from enroll.geo.patches import Patches, find_patches
from enroll.geo.points import is_given
from enroll.geo.zones import TOUCH_DM, Shapes, same_shapes
from enroll.notices import Problem, mask

if TYPE_CHECKING:
    from enroll.geo.points import Points
    from enroll.records import Inputs, Zones


def inspect_zones(inputs: Inputs, shapes: Shapes | None, schools: Points) -> list[Problem]:
    """Name what is wrong with the zones, and count what is only dust.

    Parameters
    ----------
    inputs
        The tables as read.
    shapes
        The zones on the plane; None for zones without geometry.
    schools
        (m,) where the schools are.
    """
    zones = inputs.zones
    address = address_of(inputs, "zones", zones.row)
    problems = _without_school(zones, address)
    if shapes is not None:
        same = same_shapes(shapes)
        problems += _shape_problems(zones, shapes, same, address)
        problems += _patch_problems(zones, find_patches(shapes, same), address)
        problems += _schools_outside(inputs, shapes, schools)
    return problems


def _without_school(zones: Zones, address: Address) -> list[Problem]:
    return [
        address.problem("ZONE_WITHOUT_SCHOOL", zone, "schools", zone=mask(zones.zone_id[zone]))
        for zone, schools in enumerate(zones.schools)
        if not schools
    ]


def _shape_problems(
    zones: Zones, shapes: Shapes, same: list[tuple[int, ...]], address: Address
) -> list[Problem]:
    anchored = is_given(zones.lon, zones.lat)
    problems = [
        address.problem("ZONE_EMPTY", zone, zone=mask(zones.zone_id[zone]))
        for zone in shapes.empty.tolist()
        if not anchored[zone]
    ]
    problems += [
        address.problem("ZONE_REPAIRED", zone, zone=mask(zones.zone_id[zone]))
        for zone in shapes.repaired.tolist()
    ]
    problems += [
        address.problem(
            "ZONE_SAME_SHAPE",
            copies[0],
            zones=listed(zones.zone_id, copies),
            first=mask(zones.zone_id[copies[0]]),
        )
        for copies in same
    ]
    return problems


def _patch_problems(zones: Zones, patches: Patches, address: Address) -> list[Problem]:
    problems = [
        address.problem(
            "ZONE_OVERLAP",
            overlap.first,
            first=mask(zones.zone_id[overlap.first]),
            second=mask(zones.zone_id[overlap.second]),
            area=overlap.area_m2,
        )
        for overlap in patches.overlaps
    ]
    problems += [
        address.problem(
            "ZONE_GAP", gap.zones[0], zones=listed(zones.zone_id, gap.zones), area=gap.area_m2
        )
        for gap in patches.gaps
    ]
    if patches.slivers or patches.pinholes:
        counts: dict[str, object] = {
            "slivers": patches.slivers,
            "pinholes": patches.pinholes,
            "area": patches.largest_m2,
        }
        problems.append(Problem("ZONE_DUST", address.file, params=counts))
    return problems


def _schools_outside(inputs: Inputs, shapes: Shapes, points: Points) -> list[Problem]:
    """Name the schools that lie outside every zone that names them."""
    schools = inputs.schools
    address = address_of(inputs, "schools", schools.row)
    serves = _zones_of_schools(inputs.zones, shapes, len(schools))
    problems = []
    for school in np.flatnonzero(points.known).tolist():
        if serves[school]:
            ground = shapes.polygons[serves[school]]
            away = shapely.distance(shapely.Point(points.at[school]), ground).min()
            if away > TOUCH_DM:
                problems.append(
                    address.problem(
                        "SCHOOL_OUTSIDE_ZONE",
                        school,
                        school=mask(schools.school_id[school]),
                        metres=int(np.ceil(away / 10.0)),
                        zones=listed(inputs.zones.zone_id, serves[school]),
                    )
                )
    return problems


def _zones_of_schools(zones: Zones, shapes: Shapes, schools: int) -> list[list[int]]:
    """Return for each school the drawn zones that name it, ascending."""
    serves: list[list[int]] = [[] for _ in range(schools)]
    for zone, named in enumerate(zones.schools):
        if shapes.polygons[zone] is not None:
            for school in named:
                serves[school].append(zone)
    return serves
