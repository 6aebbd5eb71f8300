"""GeoPackage: an SQLite database read from memory, one layer, no driver involved."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np

from enroll.notices import mask
from enroll.records import Table
from enroll.tables.cleaning import tidy
from enroll.tables.geojson_in import property_text
from enroll.tables.geometry_in import geometries_from_wkb
from enroll.tables.grid import MOST_COLUMNS, source_of, text_array
from enroll.tables.problems import Unreadable

if TYPE_CHECKING:
    from enroll.tables.opening import OpenedFile
    from enroll.tables.problems import FileReport

_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_READING = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
}
_STEP = 100_000
_MOST_STEPS = 50_000
"""Times `_STEP` steps of the database's machine; a plain reading of 2 GiB takes fewer."""


def read_geopackage(file: OpenedFile, report: FileReport) -> Table:
    """Return one layer of a GeoPackage; features are counted from 1 in stored order.

    Raises
    ------
    Unreadable
        When the database is damaged, or the layer is not named or not there.
    """
    try:
        with closing(_opened(file.content)) as database:
            stored = _stored_tables(database)
            layer = _layer(database, stored, file.sheet)
            headers, records = _records(database, layer)
            mapped = "gpkg_geometry_columns" in stored
            place, crs = _place_and_crs(database, layer) if mapped else ("", "")
    except (sqlite3.Error, UnicodeDecodeError, OverflowError, ValueError) as error:
        raise Unreadable("FILE_BROKEN", kind="GeoPackage") from error
    rows = range(1, len(records) + 1)
    geometries = None
    if place in headers:
        at = headers.index(place)
        blobs = [_wkb(record[at]) for record in records]
        geometries = geometries_from_wkb(blobs, rows, report)
    columns = {
        tidy(header): text_array([_cell(record[at]) for record in records])
        for at, header in enumerate(headers)
        if header != place
    }
    numbers = np.arange(1, len(records) + 1, dtype=np.int64)
    return Table(source_of(file, "UTF-8", len(records)), columns, numbers, geometries, crs)


def _opened(content: bytes) -> sqlite3.Connection:
    """Open a database from its bytes; it can run nothing but plain reading."""
    database = sqlite3.connect(":memory:")
    # Bytes 18 and 19 say "write-ahead log"; without the log, the file is the whole database.
    database.deserialize(content[:18] + b"\x01\x01" + content[20:])
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA query_only = ON")
    database.set_authorizer(_only_reading)
    steps = iter(range(_MOST_STEPS))
    database.set_progress_handler(lambda: next(steps, None) is None, _STEP)
    return database


def _only_reading(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY


def _stored_tables(database: sqlite3.Connection) -> set[str]:
    """Return the names of the ordinary tables: no view and no virtual table."""
    found = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    return {name for name, text in found if str(text).upper().startswith("CREATE TABLE")}


def _layer(database: sqlite3.Connection, stored: set[str], wanted: str | None) -> str:
    """Return the name of the layer to read."""
    listed = database.execute(
        "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes')"
    )
    layers = sorted(name for (name,) in listed if name in stored)
    known = ", ".join(mask(name) for name in layers) or "-"
    if wanted is None and len(layers) > 1:
        raise Unreadable("LAYER_NOT_NAMED", known=known)
    layer = wanted if wanted is not None else "".join(layers)
    if layer not in layers:
        raise Unreadable("SHEET_MISSING", sheet=mask(layer or "-"), known=known)
    return layer


def _records(
    database: sqlite3.Connection, layer: str
) -> tuple[list[str], list[tuple[object, ...]]]:
    quoted = layer.replace('"', '""')
    found = database.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608 - quoted, and read-only
    headers = [str(entry[0]) for entry in found.description]
    if len(headers) > MOST_COLUMNS:
        raise Unreadable("TOO_MANY_COLUMNS", count=len(headers), most=MOST_COLUMNS)
    return headers, found.fetchall()


def _place_and_crs(database: sqlite3.Connection, layer: str) -> tuple[str, str]:
    """Return the geometry column of a layer and its coordinate system, "" where there is none."""
    found = database.execute(
        "SELECT column_name, organization, organization_coordsys_id FROM gpkg_geometry_columns"
        " LEFT JOIN gpkg_spatial_ref_sys USING (srs_id) WHERE table_name = ?",
        (layer,),
    ).fetchone()
    if not found:
        return "", ""
    column, organization, code = found
    known = str(organization).upper() == "EPSG" and isinstance(code, int) and code > 0
    return str(column), f"EPSG:{code}" if known else ""


def _wkb(blob: object) -> bytes | None:
    """Return the well-known binary behind a GeoPackage header; b"" when that is damaged."""
    if blob is None:
        return None
    if not isinstance(blob, bytes) or len(blob) < 8 or not blob.startswith(b"GP"):
        return b""
    envelope = (blob[3] >> 1) & 7
    if envelope >= len(_ENVELOPE_BYTES):
        return b""
    return blob[8 + _ENVELOPE_BYTES[envelope] :]


def _cell(value: object) -> str:
    return "" if isinstance(value, bytes) else property_text(value)
