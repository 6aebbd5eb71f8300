"""GeoJSON, GeoPackage and Shapefile."""

from __future__ import annotations

import json
import sqlite3

import geopandas as gpd
import numpy as np
import pytest
import shapely

from enroll.tables.crs_names import crs_of_name, crs_of_wkt, in_degrees
from enroll.tables.opening import open_file
from enroll.tables.problems import FileReport
from enroll.tables.reading import read_opened
from tests.tables.samples import feature, geojson, point, refusal, square, table_of


def problems_of(report):
    return [(problem.code, problem.row) for problem in report.listed()]


def frame(geometries, crs="EPSG:4326", **columns):
    return gpd.GeoDataFrame(columns, geometry=geometries, crs=crs)


def saved(folder, name, data, **more):
    """Write a frame with GDAL and read it with our reader."""
    data.to_file(folder / name, **more)
    return read_saved(folder, name)


def read_saved(folder, name, **more):
    report = FileReport(name)
    return read_opened(open_file("zones", folder, name, **more), report), report


# GeoJSON ------------------------------------------------------------------------------------


def test_features_become_rows():
    content = geojson(
        [feature(square(112, 29), zone_id="Z1", n=3, share=0.5, open=True, list=[1]), feature(None)]
    )
    table, report = table_of("z.geojson", content)
    first = {header: column[0] for header, column in table.columns.items()}
    assert first == {"zone_id": "Z1", "n": "3", "share": "0.5", "open": "yes", "list": "[1]"}
    assert table.columns["zone_id"][1] == ""
    assert table.row.tolist() == [1, 2]
    assert table.geometry[0].area > 0
    assert table.geometry[1] is None
    assert not report.listed()


@pytest.mark.parametrize(
    ("member", "crs"),
    [
        ({}, "EPSG:4326"),
        ({"crs": None}, "EPSG:4326"),
        (
            {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}},
            "EPSG:4326",
        ),
        (
            {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2263"}}},
            "EPSG:2263",
        ),
        ({"crs": {"type": "name", "properties": {"name": "local grid"}}}, ""),
        ({"crs": {"type": "link"}}, ""),
        ({"crs": 3}, ""),
    ],
)
def test_the_coordinate_system_of_a_geojson_file(member, crs):
    assert table_of("z.geojson", geojson([], **member))[0].crs == crs


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": None},
        {"type": "Polygon"},
        {"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 1]]]]},
        {"type": "Point", "coordinates": ["1", "2"]},
        {"type": "Point", "coordinates": [1]},
        {"type": "Point", "coordinates": [1, None]},
        {"type": "Point", "coordinates": [[1, 2], [3, 4]]},
        {"type": "Point", "coordinates": [1e300, 1]},
        {"type": "Point", "coordinates": [True, False]},
        {"type": "LineString", "coordinates": [[0, 0], [1, 1]]},
        {"type": "<b>", "coordinates": []},
        {"type": 3},
        "x",
        [],
    ],
)
def test_a_malformed_geometry_is_a_problem_of_its_row(geometry):
    table, report = table_of("z.geojson", geojson([feature(point(1, 2)), feature(geometry)]))
    assert problems_of(report) == [("GEOMETRY_BROKEN", 2)]
    assert table.geometry[1] is None


def test_a_ring_that_crosses_itself_is_kept_for_the_map_check():
    ring = [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]
    table, report = table_of(
        "z.geojson", geojson([feature({"type": "Polygon", "coordinates": [ring]})])
    )
    assert not report.listed()
    assert not table.geometry[0].is_valid


def test_heights_are_dropped_and_holes_kept():
    hole = [[0.1, 0.1, 5], [0.1, 0.2, 5], [0.2, 0.2, 5], [0.1, 0.1, 5]]
    outer = [[0, 0, 5], [1, 0, 5], [1, 1, 5], [0, 1, 5], [0, 0, 5]]
    content = geojson([feature({"type": "MultiPolygon", "coordinates": [[outer, hole]]})])
    geometry = table_of("z.geojson", content)[0].geometry[0]
    assert not geometry.has_z
    assert geometry.area == pytest.approx(0.995)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "FILE_BROKEN"),
        (b"{" * 100_000, "FILE_BROKEN"),
        (b'{"a":' + b"[" * 100_000, "FILE_BROKEN"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "FILE_BROKEN"),
        (b'{"n": ' + b"9" * 5000 + b"}", "FILE_BROKEN"),
        (b"[1]", "FILE_CONTENT_WRONG"),
        (b'{"type": "Topology"}', "FILE_CONTENT_WRONG"),
        (b'{"type": "FeatureCollection", "features": {}}', "FILE_CONTENT_WRONG"),
        (json.dumps({"type": "FeatureCollection"}).encode("utf-16"), "TEXT_IN_UTF16"),
    ],
)
def test_what_is_no_geojson(content, code):
    assert refusal("z.geojson", content) == code


def test_features_that_are_none():
    table, report = table_of("z.geojson", geojson([3, {"properties": 4}]))
    assert problems_of(report) == [("GEOMETRY_BROKEN", 1)]
    assert len(table) == 2


def test_too_many_properties():
    many = {f"p{number}": 1 for number in range(2000)}
    assert refusal("z.geojson", geojson([feature(None, **many)])) == "TOO_MANY_COLUMNS"


# GeoPackage ---------------------------------------------------------------------------------

ZONES = [shapely.box(112, 29, 112.1, 29.1), shapely.box(112.1, 29, 112.2, 29.1)]


def test_a_geopackage_as_gis_programs_write_it(tmp_path):
    data = frame(ZONES, "EPSG:2263", zone_id=["Z1", "Z2"], n=[1, None], 名=["西", "东"])
    table, report = saved(tmp_path, "z.gpkg", data)
    assert table.columns["zone_id"].tolist() == ["Z1", "Z2"]
    assert table.columns["n"].tolist() == ["1", ""]
    assert table.columns["名"].tolist() == ["西", "东"]
    assert [geometry.area for geometry in table.geometry] == pytest.approx([0.01, 0.01])
    assert (table.crs, table.row.tolist()) == ("EPSG:2263", [1, 2])
    assert not report.listed()


def test_missing_empty_and_solid_geometries(tmp_path):
    data = frame([None, shapely.Polygon(), shapely.force_3d(ZONES[0], 5)], n=[1, 2, 3])
    table, report = saved(tmp_path, "z.gpkg", data)
    assert table.geometry[:2].tolist() == [None, None]
    assert not table.geometry[2].has_z
    assert not report.listed()


def test_the_layer_must_be_named_where_there_are_several(tmp_path):
    frame(ZONES, zone_id=["a", "b"]).to_file(tmp_path / "z.gpkg", layer="one")
    frame(ZONES, zone_id=["c", "d"]).to_file(tmp_path / "z.gpkg", layer="two")
    content = (tmp_path / "z.gpkg").read_bytes()
    assert refusal("z.gpkg", content) == "LAYER_NOT_NAMED"
    assert refusal("z.gpkg", content, sheet="three") == "SHEET_MISSING"
    table, _ = table_of("z.gpkg", content, sheet="two")
    assert table.columns["zone_id"].tolist() == ["c", "d"]


def changed_database(folder, *statements):
    frame(ZONES, zone_id=["Z1", "Z2"]).to_file(folder / "z.gpkg", layer="zones")
    database = sqlite3.connect(folder / "z.gpkg")
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()
    return (folder / "z.gpkg").read_bytes()


def test_a_geopackage_in_write_ahead_mode(tmp_path):
    content = changed_database(tmp_path, "PRAGMA journal_mode = WAL")
    assert content[18] == 2
    assert len(table_of("z.gpkg", content)[0]) == 2


@pytest.mark.parametrize(
    "blob", ["'text'", "x'4750'", "x'4750000f00000000'", "x'47500001000000000102'", "x'00'"]
)
def test_damaged_geometry_is_a_problem_of_its_row(tmp_path, blob):
    triggers = ("rtree_zones_geom_update6", "rtree_zones_geom_update7")
    dropped = [f"DROP TRIGGER IF EXISTS {name}" for name in triggers]
    others = [
        f"DROP TRIGGER IF EXISTS rtree_zones_geom_{name}"
        for name in ("insert", "update1", "update2", "update3", "update4", "update5", "delete")
    ]
    content = changed_database(
        tmp_path,
        *dropped,
        *others,
        f"UPDATE zones SET geom = {blob} WHERE fid = 2",  # noqa: S608
    )
    table, report = table_of("z.gpkg", content)
    assert problems_of(report) == [("GEOMETRY_BROKEN", 2)]
    assert table.geometry[1] is None


def test_a_view_in_place_of_a_layer_is_not_run(tmp_path):
    content = changed_database(
        tmp_path,
        "CREATE VIEW trap AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c)"
        " SELECT x FROM c",
        "UPDATE gpkg_contents SET table_name = 'trap'",
    )
    assert refusal("z.gpkg", content) == "SHEET_MISSING"


def test_a_table_without_a_map(tmp_path):
    content = changed_database(
        tmp_path,
        "UPDATE gpkg_contents SET data_type = 'attributes'",
        "DELETE FROM gpkg_geometry_columns",
    )
    table, _ = table_of("z.gpkg", content)
    assert (table.geometry, table.crs) == (None, "")


def test_a_map_without_a_known_system(tmp_path):
    content = changed_database(tmp_path, "UPDATE gpkg_geometry_columns SET srs_id = -1")
    assert table_of("z.gpkg", content)[0].crs == ""


def test_a_geopackage_without_its_tables(tmp_path):
    content = changed_database(tmp_path, "DROP TABLE gpkg_contents")
    assert refusal("z.gpkg", content) == "FILE_BROKEN"


def test_a_truncated_geopackage(tmp_path):
    content = changed_database(tmp_path)
    assert refusal("z.gpkg", content[:3000]) == "FILE_BROKEN"


def test_a_database_that_never_ends_its_work(tmp_path, monkeypatch):
    monkeypatch.setattr("enroll.tables.geopackage_in._MOST_STEPS", 0)
    monkeypatch.setattr("enroll.tables.geopackage_in._STEP", 1)
    assert refusal("z.gpkg", changed_database(tmp_path)) == "FILE_BROKEN"


def test_too_wide_a_layer(tmp_path, monkeypatch):
    monkeypatch.setattr("enroll.tables.geopackage_in.MOST_COLUMNS", 2)
    assert refusal("z.gpkg", changed_database(tmp_path)) == "TOO_MANY_COLUMNS"


# Shapefile ----------------------------------------------------------------------------------


def test_a_shapefile_as_gis_programs_write_it(tmp_path):
    holed = ZONES[0].difference(shapely.box(112.04, 29.04, 112.06, 29.06))
    several = shapely.MultiPolygon([ZONES[1], shapely.box(113, 29, 113.1, 29.1)])
    data = frame([holed, several], "EPSG:4490", zone_id=["Z1", "Z2"], name=["南洲镇", "x"])
    table, report = saved(tmp_path, "z.shp", data, encoding="utf-8")
    assert table.columns["name"].tolist() == ["南洲镇", "x"]
    assert table.crs == "EPSG:4490"
    for found, given in zip(table.geometry, [holed, several], strict=True):
        assert found.equals(given)
    assert not report.listed()
    assert table.source.encoding == "UTF-8"


def test_points_and_missing_shapes(tmp_path):
    data = frame([shapely.Point(112, 29), None], n=[1, 2])
    table, _ = saved(tmp_path, "s.shp", data)
    assert table.geometry[0] == shapely.Point(112, 29)
    assert table.geometry[1] is None


@pytest.mark.parametrize("named", [True, False])
def test_a_shapefile_in_gbk_is_not_read_as_latin_letters(tmp_path, named):
    frame(ZONES, name=["南洲镇", "华阁镇"]).to_file(tmp_path / "z.shp", encoding="GBK")
    if not named:
        (tmp_path / "z.cpg").unlink()
        parts = bytearray((tmp_path / "z.dbf").read_bytes())
        parts[29] = 0
        (tmp_path / "z.dbf").write_bytes(parts)
    table, _ = read_saved(tmp_path, "z.shp")
    assert table.columns["name"].tolist() == ["南洲镇", "华阁镇"]
    assert table.source.encoding == "GB18030"


def test_parts_are_found_in_any_letter_case(tmp_path):
    frame(ZONES, n=[1, 2]).to_file(tmp_path / "z.shp")
    for suffix in (".shp", ".dbf", ".prj"):
        (tmp_path / f"z{suffix}").rename(tmp_path / f"z{suffix.upper()}")
    table, _ = read_saved(tmp_path, "z.SHP")
    assert (table.columns["n"].tolist(), table.crs) == (["1", "2"], "EPSG:4326")


def shape_parts(folder, geometries=ZONES):
    data = frame(geometries, zone_id=["Z1", "Z2"][: len(geometries)])
    data.to_file(folder / "z.shp", encoding="utf-8")
    names = (".dbf", ".prj", ".cpg")
    return (folder / "z.shp").read_bytes(), {
        name: (folder / f"z{name}").read_bytes() for name in names
    }


def test_truncated_parts(tmp_path):
    shape, parts = shape_parts(tmp_path)
    assert refusal("z.shp", shape[:-10], parts=parts) == "FILE_BROKEN"
    for length in (5, 40, len(parts[".dbf"]) - 12):
        cut = {**parts, ".dbf": parts[".dbf"][:length]}
        assert refusal("z.shp", shape, parts=cut) == "FILE_BROKEN"


def test_parts_of_different_length(tmp_path):
    shape, _ = shape_parts(tmp_path)
    _, parts = shape_parts(tmp_path, ZONES[:1])
    assert refusal("z.shp", shape, parts=parts) == "FILE_BROKEN"


def test_too_wide_a_shapefile(tmp_path, monkeypatch):
    monkeypatch.setattr("enroll.tables.shapefile_in.MOST_COLUMNS", 0)
    shape, parts = shape_parts(tmp_path)
    assert refusal("z.shp", shape, parts=parts) == "TOO_MANY_COLUMNS"


def test_text_that_the_named_encoding_does_not_know(tmp_path):
    shape, parts = shape_parts(tmp_path)
    dbf = parts[".dbf"].replace(b"Z1", b"\xff1")
    assert refusal("z.shp", shape, parts={**parts, ".dbf": dbf}) == "FILE_BROKEN"
    latin = {**parts, ".dbf": dbf, ".cpg": b"ISO-8859-1"}
    assert table_of("z.shp", shape, parts=latin)[0].columns["zone_id"][0] == "ÿ1"


def test_a_character_cut_by_the_width_of_its_field(tmp_path):
    shape, parts = shape_parts(tmp_path, ZONES[:1])
    width = parts[".dbf"][32 + 16]
    full = "Z1".ljust(width).encode()
    cut = ("南" * width).encode()[:width]
    dbf = parts[".dbf"].replace(full, cut)
    table, _ = table_of("z.shp", shape, parts={**parts, ".dbf": dbf})
    assert table.columns["zone_id"][0] == "南" * (width // 3)


def record_of(kind, *numbers, parts=(0,)):
    body = np.array([kind], "<i4").tobytes() + bytes(32)
    body += np.array([len(parts), len(numbers) // 2, *parts], "<i4").tobytes()
    return body + np.array(numbers, "<f8").tobytes()


@pytest.mark.parametrize(
    "record",
    [
        record_of(5, 0, 0, 1, 1, 0, 0),
        record_of(5, 0, 0, 1, 0, 1, 1, 0, 1),
        record_of(5, 0, 0, 1, 0, 1, np.nan, 0, 0),
        record_of(5, 0, 0, 1, 0, 1, 1, 0, 0, parts=(3,)),
        record_of(5, 0, 0, 1, 0, 1, 1, 0, 0, parts=(0, 9)),
        record_of(5, 0, 0, 1, 0, 1, 1, 0, 0)[:-16],
        record_of(3, 0, 0, 1, 0),
        np.array([1], "<i4").tobytes() + np.array([np.inf, 1], "<f8").tobytes(),
        np.array([5], "<i4").tobytes(),
    ],
)
def test_a_damaged_shape_is_a_problem_of_its_row(tmp_path, record):
    shape, parts = shape_parts(tmp_path, ZONES[:1])
    content = shape[:100] + np.array([1, len(record) // 2], ">i4").tobytes() + record
    table, report = table_of("z.shp", content, parts=parts)
    assert problems_of(report) == [("GEOMETRY_BROKEN", 1)]
    assert table.geometry[0] is None


def test_an_outer_ring_drawn_the_wrong_way_round(tmp_path):
    shape, parts = shape_parts(tmp_path, ZONES[:1])
    record = record_of(5, 0, 0, 1, 0, 1, 1, 0, 0)
    content = shape[:100] + np.array([1, len(record) // 2], ">i4").tobytes() + record
    table, _ = table_of("z.shp", content, parts=parts)
    assert table.geometry[0].area == 0.5


def test_a_shapefile_without_system(tmp_path):
    shape, parts = shape_parts(tmp_path)
    del parts[".prj"]
    assert table_of("z.shp", shape, parts=parts)[0].crs == ""


# Coordinate systems -------------------------------------------------------------------------


def test_names_of_systems():
    assert crs_of_name("EPSG:4326") == "EPSG:4326"
    assert crs_of_name("urn:ogc:def:crs:EPSG:6.9:4490") == "EPSG:4490"
    assert crs_of_name("OGC:CRS84") == "EPSG:4326"
    assert crs_of_name("ESRI:102718") == ""
    assert crs_of_wkt("no such thing") == ""
    assert crs_of_wkt('LOCAL_CS["grid",UNIT["metre",1]]') == ""


def test_degrees_or_metres():
    assert in_degrees("gcj02") is True
    assert in_degrees("EPSG:4214") is True
    assert in_degrees("EPSG:2263") is False
    assert in_degrees("EPSG:999999") is None
