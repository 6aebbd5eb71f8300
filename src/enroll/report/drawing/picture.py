"""The map of a run as a picture: load of the zones, schools, redirects, legend, scale bar."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from math import cos, log10, radians
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from enroll.notices import formats, translate
from enroll.notices.kinds import N_
from enroll.notices.masking import printable
from enroll.report.drawing.fonts import fonts_for, style_for
from enroll.report.drawing.formats import FORMATS
from enroll.report.layers.palette import FLOW_COLOUR, LEVEL_SHADES, LOADS, RING_MM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.figure import Figure
    from matplotlib.legend import Legend
    from matplotlib.lines import Line2D
    from matplotlib.path import Path
    from matplotlib.text import Text

    from enroll.notices import Language
    from enroll.records import Floats
    from enroll.report.layers import Layer

LOAD_TITLE = N_("Children against seats within the standard")
LEVEL_TITLE = N_("Schools: ringed by the worst notice")
SIZE_TITLE = N_("Schools: sized by classes")
FLOW_TITLE = N_("Redirected children")
REHEARSAL = N_("Rehearsal: this draw decides nothing.")

_INCHES = (11.69, 8.27)
_DPI = 150
_METRES_PER_DEGREE = 111_320.0
_POINTS_PER_MM = 72 / 25.4
_MOST_LABELS = 150


@dataclass(frozen=True)
class Scene:
    """What is drawn.

    Parameters
    ----------
    layers
        Of the run's map.
    title
        Over the picture.
    language
        Of the legend.
    rehearsal
        Whether the draw decides nothing, which is written under the title.
    """

    layers: Mapping[str, Layer]
    title: str
    language: Language
    rehearsal: bool

    def say(self, sentence: str) -> str:
        """Return a sentence in the picture's language."""
        return translate(sentence, self.language)

    def texts(self) -> list[str]:
        """Return all that is written in the picture."""
        shades = [shade.label for shade in (*LOADS, *LEVEL_SHADES)]
        titles = [LOAD_TITLE, LEVEL_TITLE, SIZE_TITLE, FLOW_TITLE, REHEARSAL]
        names = [printable(str(name)) for name in self.layers["schools"].columns["name"]]
        plain = [self.title, "0123456789 km,", *names]
        return plain + [self.say(each) for each in (*shades, *titles)]


def draw_map(scene: Scene, kind: str) -> bytes:
    """Return a picture of a run's map.

    Parameters
    ----------
    scene
        What is drawn.
    kind
        `png`, `svg` or `pdf`.

    Raises
    ------
    MissingSignsError
        Where no font of this machine holds some signs of a name.
    ImportError
        Where matplotlib is not installed.
    """
    from matplotlib import style
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    stream = BytesIO()
    with style.context(["default", style_for(fonts_for(scene.texts()))]):
        figure = Figure(figsize=_INCHES, dpi=_DPI)
        ruler = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
        _compose(figure, scene, ruler)
        figure.savefig(stream, format=kind, metadata=FORMATS[kind])
    return stream.getvalue()


def _compose(figure: Figure, scene: Scene, ruler: RendererAgg) -> None:
    axes = figure.add_axes((0.02, 0.03, 0.74, 0.88))
    axes.set_axis_off()
    axes.set_aspect("equal")
    plane = _plane(scene)
    _draw_zones(axes, scene, plane)
    _draw_flows(axes, scene, plane)
    _draw_schools(axes, scene, plane)
    axes.margins(0.04)
    axes.autoscale_view()
    _draw_scale(axes, scene.language)
    figure.text(0.02, 0.95, scene.title, fontsize=15, color="#222222")
    if scene.rehearsal:
        figure.text(0.02, 0.92, scene.say(REHEARSAL), fontsize=9, color=LEVEL_SHADES[0].colour)
    _draw_legends(figure, scene)
    _draw_labels(ruler, axes, scene, plane)


@dataclass(frozen=True)
class Plane:
    """Metres east and north of a corner; a county is small enough for a plain grid."""

    west: float
    south: float
    width: float

    def of(self, degrees: Floats) -> Floats:
        """Return (k, 2) metres of (k, 2) degrees."""
        east = (degrees[:, 0] - self.west) * _METRES_PER_DEGREE * self.width
        return np.column_stack([east, (degrees[:, 1] - self.south) * _METRES_PER_DEGREE])


def has_places(layers: Mapping[str, Layer]) -> bool:
    """Return whether the place of any zone or school is known."""
    return bool(_places(layers))


def _places(layers: Mapping[str, Layer]) -> list[shapely.Geometry]:
    shapes = [shape for name in ("zones", "schools") for shape in layers[name].shapes]
    return [shape for shape in shapes if shape is not None and not shape.is_empty]


def _plane(scene: Scene) -> Plane:
    shapes = _places(scene.layers)
    west, south, _, north = shapely.total_bounds(shapes)
    return Plane(float(west), float(south), cos(radians(float(south + north) / 2)))


def _draw_zones(axes: Axes, scene: Scene, plane: Plane) -> None:
    from matplotlib.patches import PathPatch

    layer = scene.layers["zones"]
    colours = {shade.value: shade.colour for shade in LOADS}
    for shape, load in zip(layer.shapes, layer.columns["load"], strict=True):
        colour = colours[str(load)]
        if shape is None or shape.is_empty:
            continue
        if shape.geom_type == "Point":
            place = plane.of(shapely.get_coordinates(shape))
            axes.plot(*place[0], marker="s", markersize=14, color=colour, zorder=1)
            continue
        path = _path(shape, plane)
        axes.add_patch(PathPatch(path, facecolor=colour, edgecolor="#555555", linewidth=0.6))


def _path(shape: shapely.Geometry, plane: Plane) -> Path:
    """Return the rings of a shape as one path; holes run the other way round."""
    from matplotlib.path import Path

    rings = [
        plane.of(shapely.get_coordinates(ring))
        for part in shapely.get_parts(shapely.orient_polygons(shape))
        for ring in shapely.get_rings(part)
    ]
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))


def _draw_flows(axes: Axes, scene: Scene, plane: Plane) -> None:
    layer = scene.layers["flows"]
    for shape, children in zip(layer.shapes, layer.columns["children"], strict=True):
        if shape is not None:
            line = plane.of(shapely.get_coordinates(shape))
            width = _flow_width(int(str(children)))
            axes.plot(*line.T, color=FLOW_COLOUR, alpha=0.75, linewidth=width, zorder=3)


def _flow_width(children: int) -> float:
    return 0.6 + float(np.sqrt(children)) * 0.45


def _draw_schools(axes: Axes, scene: Scene, plane: Plane) -> None:
    columns = scene.layers["schools"].columns
    for shape, classes, level in zip(
        scene.layers["schools"].shapes, columns["classes"], columns["level"], strict=True
    ):
        if shape is not None:
            place = plane.of(shapely.get_coordinates(shape))[0]
            axes.plot(*place, **_school(int(str(classes)), str(level)), zorder=4)


def _school(classes: int, level: str) -> dict[str, Any]:
    colours = {shade.value: shade.colour for shade in LEVEL_SHADES}
    return {
        "marker": "o",
        "linestyle": "none",
        "markersize": 4.0 + 2.0 * float(np.sqrt(max(classes, 0))),
        "markerfacecolor": "white",
        "markeredgecolor": colours[level],
        "markeredgewidth": RING_MM[level] * _POINTS_PER_MM,
    }


def _draw_labels(ruler: RendererAgg, axes: Axes, scene: Scene, plane: Plane) -> None:
    """Write the schools' names, worst level and largest first, where there is room for them."""
    layer = scene.layers["schools"]
    columns = layer.columns
    rank = {shade.value: at for at, shade in enumerate(LEVEL_SHADES)}
    order = sorted(
        (rank[str(level)], -int(str(classes)), at)
        for at, (level, classes) in enumerate(
            zip(columns["level"], columns["classes"], strict=True)
        )
        if layer.shapes[at] is not None
    )
    places = {at: plane.of(shapely.get_coordinates(layer.shapes[at]))[0] for *_, at in order}
    taken = [_mark_box(axes, places[at]) for *_, at in order]
    for _, classes, at in order[:_MOST_LABELS]:
        place = places[at]
        name = printable(str(columns["name"][at])) or str(columns["school_id"][at])
        away = 4.5 + float(np.sqrt(-classes))
        _label(ruler, axes, name, (float(place[0]), float(place[1])), away, taken)


def _mark_box(axes: Axes, place: Floats) -> tuple[float, float, float, float]:
    """Return the pixels in the middle of a school, which no name may cover."""
    across, up = axes.transData.transform(place)
    return float(across) - 4, float(up) - 4, float(across) + 4, float(up) + 4


def _label(
    ruler: RendererAgg,
    axes: Axes,
    name: str,
    place: tuple[float, float],
    away: float,
    taken: list[tuple[float, float, float, float]],
) -> None:
    """Write a name beside its place, on the first side that is free, or not at all."""
    from matplotlib.patheffects import withStroke

    sides = (
        ((away, 0), "left", "center"),
        ((-away, 0), "right", "center"),
        ((0, away), "center", "bottom"),
        ((0, -away), "center", "top"),
    )
    for offset, across, up in sides:
        text: Text = axes.annotate(
            name,
            place,
            offset,
            textcoords="offset points",
            ha=across,
            va=up,
            fontsize=6.5,
            color="#222222",
            zorder=5,
            annotation_clip=False,
            path_effects=[withStroke(linewidth=1.8, foreground="white")],
        )
        box = text.get_window_extent(ruler)
        here = (box.x0, box.y0, box.x1, box.y1)
        if not any(_overlap(here, other) for other in taken):
            taken.append(here)
            return
        text.remove()


def _overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    apart_across = one[2] < other[0] or other[2] < one[0]
    return not (apart_across or one[3] < other[1] or other[3] < one[1])


def _draw_scale(axes: Axes, language: Language) -> None:
    """Draw a bar of a round length, at most a quarter of the map."""
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    length = _round_length((right - left) / 4)
    start, low = left + (right - left) * 0.02, bottom + (top - bottom) * 0.02
    axes.plot([start, start + length], [low, low], color="#222222", linewidth=3.0, zorder=6)
    said = formats.length(int(length))
    words = translate(said.text, language, said.params)
    axes.annotate(words, (start, low), (0, 5), textcoords="offset points", fontsize=8, zorder=6)


def _round_length(most: float) -> float:
    """Return the largest of 1, 2 and 5 times a power of ten that is not longer than `most`."""
    power = 10.0 ** int(np.floor(log10(most)))
    return power * max(step for step in (1, 2, 5) if step * power <= most)


def _draw_legends(figure: Figure, scene: Scene) -> None:
    from matplotlib.patches import Patch

    loads = [Patch(facecolor=each.colour, edgecolor="#555555", linewidth=0.6) for each in LOADS]
    _legend(figure, scene, LOAD_TITLE, 0.93, [*zip(loads, [e.label for e in LOADS], strict=True)])
    rings = [(_mark(_school(6, each.value)), each.label) for each in LEVEL_SHADES]
    _legend(figure, scene, LEVEL_TITLE, 0.72, rings)
    sizes = [(_mark(_school(count, "")), str(count)) for count in (1, 4, 12)]
    _legend(figure, scene, SIZE_TITLE, 0.535, sizes)
    flows = [(_line(count), str(count)) for count in (5, 20, 80)]
    _legend(figure, scene, FLOW_TITLE, 0.40, flows)


def _legend(
    figure: Figure, scene: Scene, title: str, top: float, lines: Sequence[tuple[Artist, str]]
) -> Legend:
    return figure.legend(
        [mark for mark, _ in lines],
        [scene.say(words) if not words.isdecimal() else words for _, words in lines],
        title=scene.say(title),
        loc="upper left",
        bbox_to_anchor=(0.765, top),
        frameon=False,
        alignment="left",
        labelspacing=0.6,
        fontsize=8,
        title_fontsize=8.5,
    )


def _mark(look: dict[str, Any]) -> Line2D:
    from matplotlib.lines import Line2D

    return Line2D([], [], **look)


def _line(children: int) -> Line2D:
    return _mark({"color": FLOW_COLOUR, "alpha": 0.75, "linewidth": _flow_width(children)})
