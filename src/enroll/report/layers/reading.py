"""The layers of a map read back from its file, by the house's own reader of GeoPackages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.report.layers.contents import TITLES, WHOLE_NUMBERS, Layer
from enroll.tables.geopackage_in import read_geopackage
from enroll.tables.opening import OpenedFile
from enroll.tables.problems import FileReport

if TYPE_CHECKING:
    from enroll.records import Texts

_KINDS = {"flows": "LINESTRING", "schools": "POINT", "notices": "MULTIPOINT"}


def read_layers(content: bytes) -> dict[str, Layer]:
    """Return the layers of a run's `map.gpkg` by name."""
    return {name: _layer(content, name) for name in TITLES}


def _layer(content: bytes, name: str) -> Layer:
    opened = OpenedFile("zones", "map.gpkg", "gpkg", content, sheet=name)
    table = read_geopackage(opened, FileReport("map.gpkg"))
    shapes = np.full(len(table), None, dtype=object)
    if table.geometry is not None:
        shapes[:] = table.geometry
    columns = {
        column: [_cell(column, cell) for cell in cells]
        for column, cells in table.columns.items()
        if column != "fid"
    }
    return Layer(name, _KINDS.get(name) or _zone_kind(shapes), columns, shapes)


def _cell(column: str, cell: str) -> object:
    if column in WHOLE_NUMBERS:
        return int(cell) if cell else None
    return cell


def _zone_kind(shapes: Texts) -> str:
    kinds = {shape.geom_type for shape in shapes if shape is not None}
    return "POINT" if "Point" in kinds else "MULTIPOLYGON"
