"""Where a run's zones and schools lie, and the drawing of several runs on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING, Any

import numpy as np

from enroll.report.json_out import json_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.records import Floats, JsonValue
    from enroll.report.pages.sketch import Frame

MAP = "map.gpkg"
_FORMAT = 1
_SIMPLER = 20.0
"""Corners that a small map leaves out, in units of its drawing."""

_DEGREE_DM = 1_113_200.0
"""Decimetres of one degree of latitude, about: enough for a drawing as wide as a thumb."""


@dataclass(frozen=True)
class ZonePlan:
    """One zone of a run.

    Parameters
    ----------
    children, seats
        As the notice `ZONE_FULL` counts them: zones that share schools together.
    percent
        Children per 100 seats; None without a seat.
    shape
        In WGS 84; None where nothing is known.
    """

    zone_id: str
    name: str
    children: int
    seats: int
    percent: int | None
    shape: Any


@dataclass(frozen=True)
class SchoolPlan:
    """One school of a run: its place in WGS 84, None where it is not known, and class sizes."""

    school_id: str
    shape: Any
    standard: int
    limit: int


@dataclass(frozen=True)
class Plan:
    """Zones and schools of a run."""

    zones: tuple[ZonePlan, ...] = ()
    schools: tuple[SchoolPlan, ...] = ()


def plan_of(files: Mapping[str, bytes]) -> Plan:
    """Return zones and schools of a run that has a map; nothing of one that has none."""
    from enroll.report.layers.reading import read_layers

    if MAP not in files:
        return Plan()
    layers = read_layers(files[MAP])
    zones, schools = layers["zones"], layers["schools"]
    return Plan(
        tuple(
            ZonePlan(zone, name or "", children, seats, percent, shape)
            for (zone, name, children, seats, percent), shape in zip(
                _rows(zones.columns, "zone_id", "name", "demand", "seats", "percent"),
                zones.shapes,
                strict=True,
            )
        ),
        tuple(
            SchoolPlan(str(name), shape, standard, limit)
            for (name, standard, limit), shape in zip(
                _rows(schools.columns, "school_id", "class_standard", "class_limit"),
                schools.shapes,
                strict=True,
            )
        ),
    )


def _rows(columns: Mapping[str, list[Any]], *names: str) -> Sequence[tuple[Any, ...]]:
    return list(zip(*(columns[name] for name in names), strict=True))


def plans_json(plans: Mapping[str, Plan]) -> bytes | None:
    """Return `compare-map.json`: every scenario's zones and schools in units of one drawing.

    Nothing where no zone of any scenario has a place.
    """
    import shapely

    zones = [zone.shape for plan in plans.values() for zone in plan.zones]
    schools = [school.shape for plan in plans.values() for school in plan.schools]
    if not any(map(_is_somewhere, zones)):
        return None
    known = np.array([each for each in zones + schools if _is_somewhere(each)], dtype=object)
    middle = shapely.total_bounds(known)[[1, 3]].mean()
    east = _DEGREE_DM * cos(radians(float(middle)))
    drawing = _Drawing(known, np.array([east, _DEGREE_DM]))
    scenarios: dict[str, JsonValue] = {
        name: {
            "zones": [
                {"zone_id": zone.zone_id, "outline": drawing.number(zone.shape)}
                for zone in plan.zones
            ],
            "schools": [
                {"school_id": school.school_id, "at": drawing.place(school.shape)}
                for school in plan.schools
            ],
        }
        for name, plan in plans.items()
    }
    told: JsonValue = {
        "format": _FORMAT,
        "height": drawing.frame.height,
        "outlines": list(drawing.outlines),
        "scenarios": scenarios,
    }
    return json_bytes(told)


def _is_somewhere(shape: Any) -> bool:
    return shape is not None and not shape.is_empty


class _Drawing:
    """The frame around everything, and the outlines in it, each once."""

    def __init__(self, shapes: Any, scale: Floats) -> None:
        import shapely

        from enroll.report.pages.sketch import frame_of

        self.scale = scale
        west, south, east, north = shapely.total_bounds(shapes).tolist()
        (low, high) = (np.array([[west, south], [east, north]]) * scale).tolist()
        self.frame: Frame = frame_of((*low, *high))
        self.outlines: dict[str, int] = {}

    def number(self, shape: Any) -> int | None:
        """Return the number of an outline, None for a zone that lies nowhere."""
        if not _is_somewhere(shape):
            return None
        path = self._path(shape)
        return self.outlines.setdefault(path, len(self.outlines))

    def _path(self, shape: Any) -> str:
        import shapely

        from enroll.report.pages.sketch import outline

        path = outline(shapely.transform(shape, self._moved), self.frame, _SIMPLER)
        if path:
            return path
        right, down = self._place(shapely.point_on_surface(shape))
        return f"M{right - 150} {down - 150}h300v300h-300z"

    def _moved(self, points: Floats) -> Floats:
        moved: Floats = points * self.scale
        return moved

    def _place(self, point: Any) -> tuple[int, int]:
        return self.frame.place(point.x * self.scale[0], point.y * self.scale[1])

    def place(self, shape: Any) -> JsonValue:
        """Return a school's place, None where it is not known."""
        return list(self._place(shape)) if _is_somewhere(shape) else None
