"""GeoJSON: read with the standard library, features one by one, no driver involved."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

import numpy as np

from enroll.records import Table
from enroll.tables.cleaning import tidy
from enroll.tables.crs_names import crs_of_name
from enroll.tables.csv_in import decode
from enroll.tables.geometry_in import geometries_from_geojson
from enroll.tables.grid import MOST_COLUMNS, source_of, text_array
from enroll.tables.problems import Unreadable
from enroll.tables.workbook_in import number_text

if TYPE_CHECKING:
    from enroll.tables.opening import OpenedFile
    from enroll.tables.problems import FileReport


def read_geojson(file: OpenedFile, report: FileReport) -> Table:
    """Return the features of a GeoJSON file; features are counted from 1.

    Parameters
    ----------
    file
        Its `crs` member is honoured where it names a system; otherwise coordinates are
        longitude and latitude in WGS 84, as the format says.

    Raises
    ------
    Unreadable
        When it is not JSON or holds no collection of features.
    """
    text, encoding = decode(file.content)
    document = _parsed(text)
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise Unreadable("FILE_CONTENT_WRONG", suffix=".geojson", found="JSON")
    rows = range(1, len(features) + 1)
    geometries = geometries_from_geojson(
        [feature.get("geometry") if isinstance(feature, dict) else {} for feature in features],
        rows,
        report,
    )
    columns = _columns([_properties(feature) for feature in features])
    source = source_of(file, encoding, len(features))
    numbers = np.arange(1, len(features) + 1, dtype=np.int64)
    named = {header: text_array(cells) for header, cells in columns.items()}
    return Table(source, named, numbers, geometries, _crs(document))


def property_text(value: object) -> str:
    """Return a feature's property as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return number_text(value)
    return json.dumps(value, ensure_ascii=False)


def _parsed(text: str) -> dict[str, object]:
    try:
        document = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Unreadable("FILE_BROKEN", kind="GeoJSON") from None
    if not isinstance(document, dict):
        raise Unreadable("FILE_CONTENT_WRONG", suffix=".geojson", found="JSON")
    return document


def _refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which JSON does not have."""
    raise ValueError(name)


def _properties(feature: object) -> dict[str, object]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return properties if isinstance(properties, dict) else {}


def _columns(features: list[dict[str, object]]) -> dict[str, list[str]]:
    """Return cells by header, in the order in which the headers first appear."""
    headers = dict.fromkeys(header for properties in features for header in properties)
    if len(headers) > MOST_COLUMNS:
        raise Unreadable("TOO_MANY_COLUMNS", count=len(headers), most=MOST_COLUMNS)
    columns: dict[str, list[str]] = {}
    for header in headers:
        cells = [property_text(properties.get(header)) for properties in features]
        columns.setdefault(tidy(header), cells)
    return columns


def _crs(document: dict[str, object]) -> str:
    named = document.get("crs")
    if named is None:
        return "EPSG:4326"
    properties = named.get("properties") if isinstance(named, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return crs_of_name(name) if isinstance(name, str) else ""
