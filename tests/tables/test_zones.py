"""Zones as a frame."""

from __future__ import annotations

import numpy as np

from tests.tables.samples import (
    codes,
    feature,
    geojson,
    point,
    read,
    square,
    write,
)


def zones_of(folder, content, name="z.geojson", coordinates=None):
    names = {"zones": write(folder, name, content)}
    declared = {"applicants": "gcj02", "schools": "wgs84", **(coordinates or {})}
    return read(folder, names=names, coordinates=declared)


def test_a_table_of_zones(tmp_path):
    inputs, problems = read(tmp_path, zones="zone_id,schools\nZ2,S2\nZ1,S2；S1、S2\nZ3,\n")
    zones = inputs.zones
    assert zones.zone_id.tolist() == zones.name.tolist() == ["Z1", "Z2", "Z3"]
    assert zones.schools == ((0, 1), (1,), ())
    assert zones.geometry is None
    assert np.isnan(zones.lon).all()
    assert not problems


def test_anchor_points_need_a_system(tmp_path):
    text = "zone_id,schools,lon,lat\nZ1,S1,112.4,29.3\n"
    inputs, problems = read(tmp_path, zones=text)
    assert inputs is None
    assert codes(problems) == ["COORDINATES_NOT_DECLARED"]
    inputs, _ = zones_of(tmp_path, text, "z.csv", {"zones": "bd09"})
    assert (inputs.zones.crs, inputs.zones.lon[0]) == ("bd09", 112.4)


def test_a_map_of_zones_in_its_own_system(tmp_path):
    content = geojson(
        [
            feature(square(112.41, 29), zone_id="Z2", schools="S2", lon=112.415, lat=29.005),
            feature(square(112.4, 29), zone_id="Z1", schools="S1,S2", name="West"),
        ]
    )
    inputs, problems = zones_of(tmp_path, content)
    zones = inputs.zones
    assert zones.zone_id.tolist() == ["Z1", "Z2"]
    assert zones.row.tolist() == [2, 1]
    assert [geometry.bounds[0] for geometry in zones.geometry] == [112.4, 112.41]
    assert np.isnan(zones.lon[0])
    assert zones.lon[1] == 112.415
    assert (zones.crs, problems) == ("EPSG:4326", [])
    assert zones_of(tmp_path, content, coordinates={"zones": "gcj02"})[0].zones.crs == "gcj02"


def test_a_map_of_anchor_points(tmp_path):
    content = geojson([feature(point(112.4, 29.3), zone_id="Z1", schools="S1")])
    zones = zones_of(tmp_path, content)[0].zones
    assert zones.geometry is None
    assert (zones.lon[0], zones.crs) == (112.4, "EPSG:4326")


def test_a_map_of_polygons_with_other_things_in_it(tmp_path):
    content = geojson(
        [
            feature(square(112, 29), zone_id="Z1", schools="S1"),
            feature(point(112, 29), zone_id="Z2", schools="S1"),
            feature(None, zone_id="Z3", schools="S1"),
        ]
    )
    inputs, problems = zones_of(tmp_path, content)
    assert inputs is None
    assert [(one.code, one.row) for one in problems] == [
        ("GEOMETRY_NOT_POLYGON", 2),
        ("GEOMETRY_MISSING", 3),
    ]


def test_a_map_of_zones_without_a_known_system(tmp_path):
    content = geojson([feature(square(0, 0), zone_id="Z1", schools="S1")], crs={"name": "x"})
    assert codes(zones_of(tmp_path, content)[1]) == ["CRS_UNKNOWN"]
    assert zones_of(tmp_path, content, coordinates={"zones": "EPSG:2263"})[0] is not None


def test_a_zone_with_a_school_that_is_not_in_the_file(tmp_path):
    inputs, problems = read(tmp_path, zones="zone_id,schools\nZ1,S1;S9;S9\nZ2,S8\n")
    assert inputs.zones.schools == ((0,), ())
    assert [(one.code, one.row, one.value, one.params["zone"]) for one in problems] == [
        ("ZONE_SCHOOL_UNKNOWN", 2, "S9", "Z1"),
        ("ZONE_SCHOOL_UNKNOWN", 3, "S8", "Z2"),
    ]


def test_a_zone_id_used_twice(tmp_path):
    inputs, problems = read(tmp_path, zones="zone_id,schools\nZ1,S1\nZ1,S2\n")
    assert inputs is None
    assert codes(problems) == ["ID_TWICE"]
