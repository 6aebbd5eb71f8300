"""What the map of a run draws: zones, schools, flows, overloads and cells of homes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import shapely

from enroll.report.pages.counting import cells_of, demand_of_zones, flows_of
from enroll.report.pages.marks import SCALES_M as _SCALES_M
from enroll.report.pages.marks import Place, SchoolMark, Site, bounds_of, school_marks
from enroll.report.pages.marks import inside as _inside
from enroll.report.pages.marks import units as _units
from enroll.report.pages.reading import RECORDS
from enroll.report.pages.sketch import WIDTH, Frame, around, frame_of, outline, wedge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.report.pages.counting import Cell, Demand, Flow
    from enroll.report.pages.outlines import Outlines
    from enroll.report.pages.reading import RunData

DEMAND_STEPS = (75, 90, 100, 120)
"""Children per 100 seats at which the colour of a zone changes."""

CELL_STEPS = (5, 10, 20, 50)
"""Children at which the colour of a cell of homes changes."""

MOST_FLOWS = 1500
"""Flows that are drawn; the largest."""

_WIDEST_FLOW = 240


class ZoneShape(NamedTuple):
    """A zone as drawn: path or anchor place, step of its colour, demand; -1 without seats."""

    zone_id: str
    path: str
    anchor: Place | None
    step: int
    demand: Demand | None


class FlowLine(NamedTuple):
    """A flow as drawn."""

    flow: Flow
    path: str


class Witness(NamedTuple):
    """The schools that too many children depend on, as drawn."""

    round_id: str
    schools: Sequence[str]
    children: int
    seats: int
    path: str
    at: Place


class RunMap(NamedTuple):
    """Everything on the map.

    Parameters
    ----------
    height
        Of the drawing in units; its width is `WIDTH`.
    unit_m
        Metres that one unit is.
    scale_m, scale
        Length of the scale bar in metres and in units.
    flows_left_out
        Flows that are too small to be drawn among so many.
    cells
        One path per step of `CELL_STEPS`.
    cell_m
        Side of a cell in metres, 0 where there are none.
    """

    height: int
    unit_m: float
    scale_m: int
    scale: int
    zones: Sequence[ZoneShape]
    schools: Sequence[SchoolMark]
    flows: Sequence[FlowLine]
    flows_left_out: int
    witnesses: Sequence[Witness]
    cells: Sequence[str]
    cell_m: int


class Figures(NamedTuple):
    """What is drawn of children: the demand of each zone, and who went where, largest first."""

    demands: Mapping[str, Demand]
    flows: Sequence[Flow]


def draw_map(
    files: Mapping[str, bytes], data: RunData, outlines: Outlines, figures: Figures | None = None
) -> RunMap | None:
    """Return the drawing, or None where no zone lies anywhere.

    Parameters
    ----------
    files, data, outlines
        The run; without its records no homes are drawn.
    figures
        What to draw instead of the figures that the data gives.
    """
    if figures is None:
        figures = Figures(demand_of_zones(data), flows_of(data))
    known = [shape is not None and not shapely.is_empty(shape) for shape in outlines.shapes]
    shapes = dict(zip(outlines.zone_id[known], outlines.shapes[known], strict=True))
    if not shapes:
        return None
    frame = frame_of(_bounds(data, list(shapes.values())))
    schools = _schools(data, frame)
    places = {mark.school_id: (mark.x, mark.y) for mark in schools}
    flows = figures.flows
    lines = _flows(flows[:MOST_FLOWS], shapes, places, frame)
    cells = cells_of(files[RECORDS]) if RECORDS in files else []
    scale_m = max(each for each in _SCALES_M if each == _SCALES_M[0] or _units(each, frame) < 2500)
    return RunMap(
        height=frame.height,
        unit_m=frame.scale / 10,
        scale_m=scale_m,
        scale=_units(scale_m, frame),
        zones=_zones(figures.demands, shapes, frame),
        schools=schools,
        flows=lines,
        flows_left_out=len(flows) - len(lines),
        witnesses=_witnesses(data, places),
        cells=_cells(cells, frame),
        cell_m=cells[0].side // 10 if cells else 0,
    )


def _bounds(data: RunData, shapes: list[Any]) -> tuple[float, float, float, float]:
    """Return the bounds of all zones and of the schools that children go to."""
    rows = [row for row in data.rules["schools"] if row["x_dm"] is not None and row["classes"]]
    return bounds_of(shapes, [(row["x_dm"], row["y_dm"]) for row in rows])


def _zones(
    demands: Mapping[str, Demand], shapes: Mapping[str, Any], frame: Frame
) -> list[ZoneShape]:
    drawn = []
    for zone_id, shape in shapes.items():
        demand = demands.get(zone_id)
        path = outline(shape, frame)
        anchor = None if path else frame.place(*_inside(shape))
        drawn.append(ZoneShape(zone_id, path, anchor, _step_of(demand), demand))
    return drawn


def _step_of(demand: Demand | None) -> int:
    if demand is None or demand.percent is None:
        return len(DEMAND_STEPS) if demand is not None and demand.children else -1
    return _step(demand.percent, DEMAND_STEPS)


def _step(value: int, steps: Sequence[int]) -> int:
    return sum(value >= bound for bound in steps)


def _schools(data: RunData, frame: Frame) -> list[SchoolMark]:
    """Return the schools, larger ones first so that they hide no smaller one."""
    table = data.tables["schools"]
    classes = dict(zip(table["school_id"], table["classes"], strict=True))
    return school_marks(
        [
            Site(row["id"], row["x_dm"], row["y_dm"], int(classes[row["id"]]))
            for row in data.rules["schools"]
            if row["x_dm"] is not None
        ],
        frame,
    )


def _flows(
    flows: Sequence[Flow], shapes: Mapping[str, Any], places: Mapping[str, Place], frame: Frame
) -> list[FlowLine]:
    most = max((flow.children for flow in flows), default=1)
    drawn = []
    for flow in flows:
        if flow.zone_id in shapes and flow.school_id in places:
            start = frame.place(*_inside(shapes[flow.zone_id]))
            width = max(_WIDEST_FLOW * (flow.children / most) ** 0.5, 24)
            drawn.append(FlowLine(flow, wedge(start, places[flow.school_id], width)))
    return drawn


def _witnesses(data: RunData, places: Mapping[str, Place]) -> list[Witness]:
    drawn = []
    for step in data.certificate["rounds"]:
        for overload in step["overloads"]:
            points = [places[school] for school in overload["schools"] if school in places]
            if points:
                at = (sum(x for x, _ in points) // len(points), min(y for _, y in points) - 260)
                figures = (overload["schools"], overload["demand"], overload["seats"])
                drawn.append(Witness(step["round"], *figures, around(points, 220), at))
    return drawn


def _cells(cells: Sequence[Cell], frame: Frame) -> list[str]:
    """Return one path of squares per step, fewest children first."""
    paths = []
    for low, high in pairwise([*CELL_STEPS, 10**9]):
        squares = [_square(cell, frame) for cell in cells if low <= cell.children < high]
        paths.append("".join(squares))
    return paths


def _square(cell: Cell, frame: Frame) -> str:
    left, low = frame.place(cell.x, cell.y)
    right, high = frame.place(cell.x + cell.side, cell.y + cell.side)
    if right < 0 or left > WIDTH or low < 0 or high > frame.height:
        return ""
    return f"M{left} {high}H{right}V{low}H{left}z"
