"""What the map of a plan draws: the zones by how many schools serve them, and the schools."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import shapely

from enroll.report.pages.marks import (
    Place,
    SchoolMark,
    Site,
    bounds_of,
    inside,
    scale_bar,
    school_marks,
)
from enroll.report.pages.sketch import frame_of, outline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.report.announcement.plan import Plan

SERVED = ("nobody", "one", "several")
"""How many schools serve a zone; the class of its shape."""


class PlanZone(NamedTuple):
    """A zone as drawn: its path or the place of its anchor, and how many schools serve it."""

    zone_id: str
    path: str
    anchor: Place | None
    served: str


class PlanMap(NamedTuple):
    """Everything on the map; see `RunMap`."""

    height: int
    unit_m: float
    scale_m: int
    scale: int
    zones: Sequence[PlanZone]
    schools: Sequence[SchoolMark]


def draw_plan(plan: Plan) -> PlanMap | None:
    """Return the drawing, or None where no zone lies anywhere."""
    zones, schools = plan.inputs.zones, plan.inputs.schools
    shapes = {
        at: shape
        for at, shape in enumerate(plan.sites.zones)
        if shape is not None and not shapely.is_empty(shape)
    }
    if not shapes:
        return None
    points = plan.sites.schools
    ids, classes = schools.school_id.tolist(), schools.classes.tolist()
    sites = [
        Site(ids[at], east, north, classes[at])
        for at, (east, north) in enumerate(points.at.tolist())
        if points.known[at] and classes[at]
    ]
    frame = frame_of(bounds_of(shapes.values(), [(site.x_dm, site.y_dm) for site in sites]))
    drawn = []
    for at, shape in shapes.items():
        path = outline(shape, frame)
        anchor = None if path else frame.place(*inside(shape))
        served = SERVED[min(len(zones.schools[at]), len(SERVED) - 1)]
        drawn.append(PlanZone(zones.zone_id[at], path, anchor, served))
    bar = scale_bar(frame)
    marks = school_marks(sites, frame)
    return PlanMap(frame.height, frame.scale / 10, *bar, drawn, marks)
