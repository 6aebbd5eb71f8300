"""A run's map in other formats, with the run's tables where a format can hold them."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Literal

import shapely

from enroll.report.layers.contents import TITLES, WHOLE_NUMBERS
from enroll.report.layers.geopackage import geopackage
from enroll.report.layers.reading import read_layers
from enroll.tables.csv_out import unguarded

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas
    import pandas as pd

    from enroll.notices import Language
    from enroll.report.layers.contents import Layer

Format = Literal["gpkg", "parquet", "geojson"]


def export_gpkg(files: Mapping[str, bytes], language: Language) -> bytes:
    """Return the map as one GeoPackage that holds the run's tables too, all cells as text."""
    tables = {
        name: {str(column): list(cells) for column, cells in frame.items()}
        for name, frame in _tables(files).items()
    }
    layers = list(read_layers(files["map.gpkg"]).values())
    rehearsal = json.loads(files["manifest.json"])["draw"]["rehearsal"] is not False
    return geopackage(layers, language, tables, rehearsal=rehearsal)


def export_geojson(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return each layer as a GeoJSON file (RFC 7946) by file name."""
    layers = read_layers(files["map.gpkg"])
    return {f"{name}.geojson": _geojson(layer) for name, layer in layers.items()}


def export_parquet(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return each layer as GeoParquet and each table as Parquet, by file name.

    Raises
    ------
    ImportError
        Where pyarrow is not installed.
    """
    layers = read_layers(files["map.gpkg"])
    frames = {**{name: frame_of(layer) for name, layer in layers.items()}, **_tables(files)}
    return {f"{name}.parquet": _parquet(frame) for name, frame in frames.items()}


def frame_of(layer: Layer) -> geopandas.GeoDataFrame:
    """Return a layer as a table with shapes in WGS 84."""
    import geopandas
    import pandas as pd

    columns = {
        name: pd.Series(cells, dtype="Int64" if name in WHOLE_NUMBERS else "str")
        for name, cells in layer.columns.items()
    }
    shapes = geopandas.GeoSeries(list(layer.shapes), crs="EPSG:4326")
    return geopandas.GeoDataFrame(columns, geometry=shapes)


def _tables(files: Mapping[str, bytes]) -> dict[str, pd.DataFrame]:
    """Return the CSV files that no layer holds already, all cells as text.

    No spreadsheet takes a cell of a map or of Parquet for a formula: what guards it in CSV goes.
    """
    import pandas as pd

    names = [name.removesuffix(".csv") for name in sorted(files) if name.endswith(".csv")]
    return {
        name: pd.read_csv(BytesIO(files[f"{name}.csv"]), dtype=str, keep_default_na=False).map(
            unguarded
        )
        for name in names
        if "/" not in name and name not in TITLES
    }


def _geojson(layer: Layer) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(layer.columns, row[:-1], strict=True)),
            "geometry": None if row[-1] is None else json.loads(shapely.to_geojson(row[-1])),
        }
        for row in zip(*layer.columns.values(), layer.shapes, strict=True)
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    whole = f'{{"type": "FeatureCollection", "name": "{layer.name}", "features": [\n{lines}\n]}}\n'
    return whole.encode()


def _parquet(frame: pd.DataFrame) -> bytes:
    stream = BytesIO()
    frame.to_parquet(stream, index=False)
    return stream.getvalue()
