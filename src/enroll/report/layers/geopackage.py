"""GeoPackage 1.3 files with styles for QGIS, the same bytes on any machine.

Written without GDAL, which puts the hour into every file. Fixed here: the day of the last change
(the standard wants one; it says nothing) and all that `sqlite_file` fixes.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np
import shapely

from enroll.notices import translate
from enroll.notices.about_reasons import REHEARSAL
from enroll.report.layers.contents import TITLES, WHOLE_NUMBERS
from enroll.report.layers.qgis import qml
from enroll.report.layers.sqlite_file import Table, database

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.notices import Language
    from enroll.records import Texts
    from enroll.report.layers.contents import Layer
    from enroll.report.layers.sqlite_file import Row

LAYER_NAMES = tuple(TITLES)

CHANGED = "2000-01-01T00:00:00.000Z"
"""Stands where the standard wants a time; the same inputs must give the same bytes."""

_SYSTEM = 4326
_WKT = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)

_SYSTEMS_SQL = (
    "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,"
    " organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,"
    " definition TEXT NOT NULL, description TEXT)"
)
_CONTENTS_SQL = (
    "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,"
    " identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT"
    " (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE,"
    " max_y DOUBLE, srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES"
    " gpkg_spatial_ref_sys(srs_id))"
)
_GEOMETRY_SQL = (
    "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
    " geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,"
    " m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),"
    " CONSTRAINT uk_gc_table_name UNIQUE (table_name), CONSTRAINT fk_gc_tn FOREIGN KEY"
    " (table_name) REFERENCES gpkg_contents(table_name), CONSTRAINT fk_gc_srs FOREIGN KEY"
    " (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))"
)
_STYLES_SQL = (
    "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, f_table_catalog TEXT(256),"
    " f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),"
    " styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,"
    " owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT"
    " (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"
)


def geopackage(
    layers: Sequence[Layer],
    language: Language,
    tables: Mapping[str, Mapping[str, list[str]]] | None = None,
    *,
    rehearsal: bool = False,
) -> bytes:
    """Return a GeoPackage with a style for each layer.

    Parameters
    ----------
    layers
        From the lowest to the highest.
    language
        Of the titles, of the columns' aliases and of the legend.
    tables
        More tables without a place, of text columns, by name.
    rehearsal
        Whether the draw decides nothing, which every layer's description then says.
    """
    told = translate(REHEARSAL, language) if rehearsal else ""
    more = tables or {}
    contents: list[Row] = [_content(layer, language, told) for layer in layers]
    plain = ["layer_styles", *more]
    contents += [
        (name, "attributes", name, "", CHANGED, None, None, None, None, None) for name in plain
    ]
    geometry = [(layer.name, "geom", layer.kind, _SYSTEM, 0, 0) for layer in layers]
    styles = [_style(layer, language) for layer in layers]
    return database(
        [
            Table("gpkg_spatial_ref_sys", _SYSTEMS_SQL, _systems(), key=1),
            Table("gpkg_contents", _CONTENTS_SQL, contents, ((0,), (2,))),
            Table("gpkg_geometry_columns", _GEOMETRY_SQL, geometry, ((0, 1), (0,))),
            *(_features(layer) for layer in layers),
            *(_attributes(name, columns) for name, columns in more.items()),
            Table("layer_styles", _STYLES_SQL, styles),
        ],
        application=b"GPKG",
        version=10300,
    )


def _systems() -> list[Row]:
    undefined = "undefined"
    return [
        ("Undefined cartesian SRS", -1, "NONE", -1, undefined, undefined),
        ("Undefined geographic SRS", 0, "NONE", 0, undefined, undefined),
        ("WGS 84 geodetic", _SYSTEM, "EPSG", _SYSTEM, _WKT, "longitude and latitude in degrees"),
    ]


def _content(layer: Layer, language: Language, told: str) -> Row:
    known = [shape for shape in layer.shapes if shape is not None]
    bounds = shapely.total_bounds(known).tolist() if known else [None] * 4
    title = translate(TITLES[layer.name], language)
    return (layer.name, "features", title, told, CHANGED, *bounds, _SYSTEM)


def _style(layer: Layer, language: Language) -> Row:
    title = translate(TITLES[layer.name], language)
    style = qml(layer, language)
    return (None, "", "", layer.name, "geom", title, style, None, 1, title, "", None, CHANGED)


def _features(layer: Layer) -> Table:
    fields = [f'"{name}" {_type(name)}' for name in layer.columns]
    sql = _creation(layer.name, [f"geom {layer.kind}", *fields])
    rows = zip(_binary(layer.shapes), *layer.columns.values(), strict=True)
    return Table(layer.name, sql, [(None, *row) for row in rows])


def _attributes(name: str, columns: Mapping[str, list[str]]) -> Table:
    fields = [f'"{column}" TEXT' for column in columns]
    rows = [(None, *row) for row in zip(*columns.values(), strict=True)]
    return Table(name, _creation(name, fields), rows)


def _creation(name: str, fields: Sequence[str]) -> str:
    return f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY, {", ".join(fields)})'


def _type(name: str) -> str:
    return "INTEGER" if name in WHOLE_NUMBERS else "TEXT"


def _binary(shapes: Texts) -> list[bytes | None]:
    """Return shapes as GeoPackage stores them: a head with the bounds, and plain WKB."""
    there = np.array([shape is not None for shape in shapes], dtype=np.bool_)
    found: list[bytes | None] = [None] * len(shapes)
    chosen = shapes[there]
    content = shapely.to_wkb(chosen, byte_order=1, output_dimension=2)
    boxes = shapely.bounds(chosen)[:, [0, 2, 1, 3]].tolist() if len(chosen) else []
    for at, body, box in zip(np.flatnonzero(there).tolist(), content, boxes, strict=True):
        found[at] = struct.pack("<2sBBi4d", b"GP", 0, 0b11, _SYSTEM, *box) + body
    return found
