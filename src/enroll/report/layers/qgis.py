"""How QGIS draws the layers: styles in its own XML (QML), read by QGIS 3.22 and later."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from enroll.notices import translate
from enroll.report.layers.contents import ALIASES
from enroll.report.layers.palette import FLOW_COLOUR, LEVEL_SHADES, LOADS, RING_MM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.notices import Language
    from enroll.report.layers.contents import Layer
    from enroll.report.layers.palette import Shade

_HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_FORMS = {"red": "triangle", "orange": "square", "yellow": "diamond", "info": "circle"}
_KINDS = {"MULTIPOLYGON": 2, "LINESTRING": 1}


def qml(layer: Layer, language: Language) -> str:
    """Return a layer's style: symbols, legend, labels and the names of its columns."""
    labelled = layer.name in ("zones", "schools")
    parts = [
        _tag("flags", _tag("Identifiable", "1")),
        _renderer(layer, language),
        _labels(layer) if labelled else "",
        _aliases(layer, language),
        _tag("layerGeometryType", str(_KINDS.get(layer.kind, 0))),
    ]
    known = {
        "version": "3.22.0",
        "styleCategories": "Symbology|Labeling|Fields",
        "labelsEnabled": str(int(labelled)),
    }
    return _HEAD + _tag("qgis", "".join(parts), **known)


def _renderer(layer: Layer, language: Language) -> str:
    if layer.name == "flows":
        symbols = _tag("symbols", _flow())
        return _tag("renderer-v2", symbols, type="singleSymbol", symbollevels="0")
    column = "load" if layer.name == "zones" else "level"
    shades: tuple[Shade, ...] = LOADS if layer.name == "zones" else LEVEL_SHADES
    drawn = [_symbol(layer, str(at), shade) for at, shade in enumerate(shades)]
    content = _categories(shades, language) + _tag("symbols", "".join(drawn))
    return _tag("renderer-v2", content, type="categorizedSymbol", attr=column, symbollevels="0")


def _categories(shades: tuple[Shade, ...], language: Language) -> str:
    lines = [
        _tag(
            "category",
            value=shade.value,
            label=translate(shade.label, language),
            symbol=str(at),
            render="true",
            type="string",
        )
        for at, shade in enumerate(shades)
    ]
    return _tag("categories", "".join(lines))


def _symbol(layer: Layer, name: str, shade: Shade) -> str:
    if layer.kind == "MULTIPOLYGON":
        return _fill(name, shade)
    if layer.name == "zones":
        return _marker(name, {"name": "square", "color": shade.colour, "size": "5"})
    if layer.name == "schools":
        ring = {"outline_color": shade.colour, "outline_width": str(RING_MM[shade.value])}
        white = {"name": "circle", "color": "#ffffff", "size": "3"}
        return _marker(name, {**white, **ring}, {"size": '1.5 + sqrt("classes")'})
    form = _FORMS.get(shade.value, "circle")
    return _marker(name, {"name": form, "color": shade.colour, "size": "2.6"})


def _fill(name: str, shade: Shade) -> str:
    options = {
        "color": _rgba(shade.colour, 200),
        "outline_color": _rgba("#4d4d4d"),
        "outline_width": "0.26",
        "outline_width_unit": "MM",
        "style": "solid",
    }
    return _drawn(name, "fill", "SimpleFill", options)


def _marker(
    name: str, options: Mapping[str, str], measured: Mapping[str, str] | None = None
) -> str:
    full = {"outline_color": "#333333", "outline_width": "0.2", "size_unit": "MM", **options}
    for colour in ("color", "outline_color"):
        full[colour] = _rgba(full[colour])
    return _drawn(name, "marker", "SimpleMarker", full, measured)


def _flow() -> str:
    options = {
        "line_color": _rgba(FLOW_COLOUR, 200),
        "line_width": "0.5",
        "line_width_unit": "MM",
        "capstyle": "round",
    }
    width = {"outlineWidth": '0.3 + sqrt("children") / 4'}
    return _drawn("0", "line", "SimpleLine", options, width)


def _drawn(
    name: str,
    kind: str,
    drawing: str,
    options: Mapping[str, str],
    measured: Mapping[str, str] | None = None,
) -> str:
    """Return a symbol of one layer; `measured` holds expressions for sizes."""
    content = _map(options) + (_expressions(measured) if measured else "")
    layer = _tag("layer", content, **{"class": drawing, "enabled": "1", "pass": "0", "locked": "0"})
    return _tag("symbol", layer, name=name, type=kind, alpha="1", clip_to_extent="1")


def _map(options: Mapping[str, str]) -> str:
    content = [
        _tag("Option", name=name, type="QString", value=value) for name, value in options.items()
    ]
    return _tag("Option", "".join(content), type="Map")


def _expressions(measured: Mapping[str, str]) -> str:
    lines = []
    for name, expression in measured.items():
        content = (
            _tag("Option", name="active", type="bool", value="true")
            + _tag("Option", name="expression", type="QString", value=expression)
            + _tag("Option", name="type", type="int", value="3")
        )
        lines.append(_tag("Option", content, name=name, type="Map"))
    whole = (
        _tag("Option", name="name", type="QString", value="")
        + _tag("Option", "".join(lines), name="properties", type="Map")
        + _tag("Option", name="type", type="QString", value="collection")
    )
    return _tag("data_defined_properties", _tag("Option", whole, type="Map"))


def _labels(layer: Layer) -> str:
    """Return labels with the names, in whatever font the machine has, on a white rim.

    A label without a priority is drawn only where nothing else is, and zones as obstacles would
    keep the schools' names out of every zone.
    """
    over = "1" if layer.name == "zones" else "0"
    rim = _tag("text-buffer", bufferDraw="1", bufferSize="0.8", bufferColor="255,255,255,255")
    style = _tag(
        "text-style",
        rim,
        fieldName="name",
        isExpression="0",
        fontFamily="Sans Serif",
        fontSize="8" if layer.name == "schools" else "9",
        fontSizeUnit="Point",
        fontWeight="50",
        fontItalic="1" if layer.name == "zones" else "0",
        textColor="26,26,26,255",
        textOpacity="1",
    )
    place = _tag(
        "placement",
        placement=over,
        priority="5" if layer.name == "schools" else "3",
        quadOffset="4",
        centroidInside="1",
        polygonPlacementFlags="2",
        dist="1",
        distUnits="MM",
    )
    drawing = _tag("rendering", obstacle=str(int(layer.name == "schools")))
    return _tag("labeling", _tag("settings", style + place + drawing), type="simple")


def _aliases(layer: Layer, language: Language) -> str:
    lines = [
        _tag("alias", field=name, index=str(at), name=translate(ALIASES[name], language))
        for at, name in enumerate(layer.columns, 1)
    ]
    return _tag("aliases", "".join(lines))


def _rgba(colour: str, opacity: int = 255) -> str:
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return ",".join(map(str, [*parts, opacity]))


def _tag(name: str, content: str = "", /, **known: str) -> str:
    said = "".join(f' {key}="{escape(value)}"' for key, value in known.items())
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"
