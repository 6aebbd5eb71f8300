"""`map.gpkg`: what is in it, read by GDAL as QGIS reads it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from xml.dom.minidom import parseString

import numpy as np
import pyogrio
import pytest
import shapely

import enroll
from enroll.notices import KINDS, Notice
from enroll.report.layers import LAYER_NAMES, geopackage, map_layers
from enroll.report.layers.contents import ALIASES, SCHOOL_NOTICES, ZONE_NOTICES
from enroll.report.layers.palette import LOADS, load_of
from enroll.report.run_files import map_gpkg, school_columns, warning_columns
from enroll.report.summary import summarise
from tests.report.makers import make_results

SCENARIO = Path(__file__).parents[2] / "scenarios" / "nanxian-primary-2026.toml"
WORDS = dict.fromkeys(("round", "count", "seats", "zone", "where", "school", "placed", "bound"), 1)


def mapped(**changes):
    """Results with two square zones and schools inside them."""
    results = make_results(**changes)
    boxes = np.array([shapely.box(112 + i, 29, 113 + i, 30) for i in range(2)], dtype=object)
    zones = replace(results.inputs.zones, geometry=boxes)
    schools = replace(
        results.inputs.schools, lon=np.array([112.5, 113.25]), lat=np.array([29.5, np.nan])
    )
    return replace(results, inputs=replace(results.inputs, zones=zones, schools=schools))


def layers_of(results):
    notices = warning_columns(results.notices, "en")
    found = map_layers(results, school_columns(results), notices)
    return {layer.name: layer for layer in found}


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    run = enroll.allocate(enroll.load(SCENARIO))
    path = tmp_path_factory.mktemp("map") / "map.gpkg"
    path.write_bytes(run.files["map.gpkg"])
    return run, path


def test_a_map_program_reads_every_layer(county):
    run, path = county
    listed = {str(name): kind for name, kind in pyogrio.list_layers(path)}
    assert listed == {
        "zones": "MultiPolygon",
        "flows": "LineString",
        "schools": "Point",
        "notices": "MultiPoint",
        "layer_styles": None,
    }
    for name in LAYER_NAMES:
        frame = pyogrio.read_dataframe(path, layer=name)
        assert frame.crs.to_epsg() == 4326
        assert len(frame)
        assert frame.geometry.is_valid.all()
    everybody = summarise(run.made.results).everybody
    flows = pyogrio.read_dataframe(path, layer="flows")
    zones = pyogrio.read_dataframe(path, layer="zones")
    assert flows.children.sum() == zones.redirected.sum() <= everybody.redirected
    assert set(zones.load) <= {shade.value for shade in LOADS}
    schools = pyogrio.read_dataframe(path, layer="schools")
    assert schools.placed.sum() == everybody.placed


def test_every_layer_has_a_default_style_that_names_its_columns(county):
    _, path = county
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            "SELECT f_table_name, f_geometry_column, useAsDefault, styleQML FROM layer_styles"
        ).fetchall()
    connection.close()
    assert {row[:3] for row in rows} == {(name, "geom", 1) for name in LAYER_NAMES}
    for name, _, _, style in rows:
        document = parseString(style).documentElement  # noqa: S318 - made by ourselves
        named = {each.getAttribute("field") for each in document.getElementsByTagName("alias")}
        columns = set(pyogrio.read_dataframe(path, layer=name, read_geometry=False).columns)
        assert named == columns
        symbols = {each.getAttribute("name") for each in document.getElementsByTagName("symbol")}
        used = {each.getAttribute("symbol") for each in document.getElementsByTagName("category")}
        assert used <= symbols
        attribute = document.getElementsByTagName("renderer-v2")[0].getAttribute("attr")
        assert attribute in {"", *columns}


def test_the_standard_is_kept(county):
    _, path = county
    with sqlite3.connect(path) as connection:
        ask = connection.execute
        assert ask("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert ask("PRAGMA foreign_key_check").fetchall() == []
        assert {row[0] for row in ask("SELECT srs_id FROM gpkg_spatial_ref_sys")} == {-1, 0, 4326}
        assert {row[0] for row in ask("SELECT last_change FROM gpkg_contents")} == {
            "2000-01-01T00:00:00.000Z"
        }
    connection.close()


def test_no_child_and_no_home_is_in_it(county):
    run, path = county
    content = path.read_bytes()
    children = run.made.results.inputs.applicants.applicant_id
    assert not [child for child in children if str(child).encode() in content]


def test_the_same_run_gives_the_same_bytes(county):
    run, path = county
    assert map_gpkg(run.made.results, "en") == path.read_bytes()


def test_a_run_of_tables_only_has_no_map():
    run = enroll.allocate(enroll.load(SCENARIO), tables_only=True)
    assert "map.gpkg" not in run.files
    assert "map.gpkg" not in run.files["SHA256SUMS"].decode()


def test_a_redirect_is_a_line_from_zone_to_school():
    flows = layers_of(mapped())["flows"]
    assert flows.columns["children"] == [1]
    assert (flows.columns["zone_id"], flows.columns["school_id"]) == (["Z1"], ["S2"])
    assert list(flows.shapes) == [None]  # S2 has no point
    results = mapped()
    schools = replace(results.inputs.schools, lat=np.array([29.5, 29.25]))
    results = replace(results, inputs=replace(results.inputs, schools=schools))
    line = layers_of(results)["flows"].shapes[0]
    assert line.wkt == "LINESTRING (112.5 29.5, 113.25 29.25)"


def test_notices_stand_at_the_places_that_they_name():
    notices = (
        Notice("NO_SEAT", "Z1", 1, params=WORDS),
        Notice("NEAR_LIMIT", "S1", params=WORDS),
        Notice("FAMILY_SPLIT", "S1", params={"count": 2}),  # a child of that name
        Notice("NO_SEAT", "", 1, params=WORDS),
    )
    layer = layers_of(mapped(notices=notices))["notices"]
    assert layer.columns["code"] == ["NO_SEAT", "NEAR_LIMIT"]
    assert [shape.wkt for shape in layer.shapes] == ["MULTIPOINT ((112.5 29.5))"] * 2


def test_zones_count_children_as_the_report_does(county):
    run, path = county
    zones = pyogrio.read_dataframe(path, layer="zones").set_index("zone_id")
    for row in json.loads(run.files["summary.json"])["zones"]:
        for name in ("applicants", "ineligible", "placed_in_zone", "redirected", "unplaced"):
            assert zones.loc[row["zone_id"], name] == row[name]


def test_zones_without_outlines_are_points():
    results = make_results()
    zones = layers_of(results)["zones"]
    assert (zones.kind, zones.shapes[0].wkt) == ("POINT", "POINT (0 0)")
    assert geopackage(list(layers_of(results).values()), "en")


@pytest.mark.parametrize(
    ("rehearsal", "language", "told"),
    [
        (True, "en", "This draw is a rehearsal and decides nothing."),
        (True, "zh", "本次派位是演练，不作数。"),
        (False, "en", ""),
    ],
)
def test_the_layers_of_a_rehearsal_say_so(tmp_path, rehearsal, language, told):
    layers = list(layers_of(mapped()).values())
    (tmp_path / "map.gpkg").write_bytes(geopackage(layers, language, rehearsal=rehearsal))
    with closing(sqlite3.connect(tmp_path / "map.gpkg")) as opened:
        rows = opened.execute("SELECT description FROM gpkg_contents WHERE data_type = 'features'")
        assert {row[0] for row in rows} == {told}


def test_every_column_has_a_name_for_people():
    for layer in layers_of(mapped()).values():
        assert set(layer.columns) <= set(ALIASES)


def test_the_load_follows_the_notice_of_full_zones():
    assert [load_of(*pair) for pair in [(0, 0), (74, 100), (75, 100), (90, 100), (899, 1000)]] == [
        "under_75", "under_75", "75_to_89", "90_to_99", "75_to_89",
    ]  # fmt: skip
    assert [load_of(*pair) for pair in [(100, 100), (119, 100), (120, 100), (1, 0)]] == [
        "100_to_119", "100_to_119", "120_and_up", "120_and_up",
    ]  # fmt: skip


def test_every_notice_of_a_place_exists():
    assert set(KINDS) >= ZONE_NOTICES | SCHOOL_NOTICES
