"""Schools as a frame, and coordinates in all tables."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tables.samples import (
    APPLICANTS,
    SCHOOLS,
    codes,
    feature,
    geojson,
    only,
    point,
    read,
    read_settings,
    settings_of,
    square,
    write,
)


def schools(folder, text, **more):
    inputs, problems = read(folder, schools=text, **more)
    assert inputs is not None, problems
    return inputs.schools


def school_problems(folder, header, *values):
    """Return the problems of schools with one further column."""
    rows = "".join(f"S{number},x,112.4,29.3,3,{value}\n" for number, value in enumerate(values))
    return read(folder, schools=f"school_id,name,lon,lat,classes,{header}\n{rows}")[1]


def test_what_schools_are_without_further_columns(tmp_path):
    found = schools(tmp_path, SCHOOLS)
    assert found.rooms.tolist() == found.classes.tolist() == [2, 3]
    assert (found.class_standard[0], found.class_limit[0], found.school_limit[0]) == (45, 55, 2000)
    assert (found.sector[0], found.kind[0], found.setting[0]) == ("public", "full", "")
    assert (found.beds[0], found.reserved[0], found.crs) == (-1, 0, "wgs84")


def test_every_column_of_the_schools(tmp_path):
    text = (
        "学校编号,学校名称,经度,纬度,班数,教室数,标准班额,班额上限,预留学位,预留用途,"
        "其他年级在校生,毕业生,学校规模上限,办学性质,办学类型,城乡,规划片区,床位\n"
        "S1,南洲（一）小,112.4,29.3,3,4,40,50,5,军人子女,200,40,1500,民办,寄宿制,乡村,东片,60\n"
    )
    found = schools(tmp_path, text.encode("gbk"))
    numbers = ("classes", "rooms", "class_standard", "class_limit", "reserved", "other_grades")
    assert [int(getattr(found, name)[0]) for name in numbers] == [3, 4, 40, 50, 5, 200]
    assert [int(getattr(found, name)[0]) for name in ("leavers", "school_limit", "beds")] == [
        40,
        1500,
        60,
    ]
    words = ("name", "reserved_for", "sector", "kind", "setting", "area")
    assert [getattr(found, name)[0] for name in words] == [
        "南洲（一）小",
        "军人子女",
        "private",
        "boarding",
        "rural",
        "东片",
    ]


@pytest.mark.parametrize(
    ("header", "value", "code"),
    [
        ("rooms", "2", "ROOMS_BELOW_CLASSES"),
        ("class_standard", "56", "STANDARD_ABOVE_LIMIT"),
        ("reserved", "4", "RESERVED_WITHOUT_PURPOSE"),
        ("sector", "half", "WORD_UNKNOWN"),
        ("class_limit", "0", "OUT_OF_RANGE"),
        ("beds", "-1", "OUT_OF_RANGE"),
    ],
)
def test_columns_of_a_school_that_cannot_be_meant(tmp_path, header, value, code):
    problem = only(school_problems(tmp_path, header, "", value), code)
    assert (problem.file, problem.row) == ("schools.csv", 3)


def places(folder, lon, lat, system="wgs84"):
    """Return the inputs and problems of one school at some place."""
    text = f"school_id,name,lon,lat,classes\nS1,x,{lon},{lat},1\n"
    return read(folder, schools=text, coordinates={"applicants": "gcj02", "schools": system})


def test_coordinates_without_a_declared_system(tmp_path):
    inputs, problems = read(tmp_path, coordinates={})
    assert inputs is None
    assert codes(problems) == ["COORDINATES_NOT_DECLARED", "COORDINATES_NOT_DECLARED"]


@pytest.mark.parametrize(
    ("lon", "lat", "system", "code"),
    [
        ("29.36", "112.40", "wgs84", "COORDINATES_SWAPPED"),
        ("29.36", "112.40", "gcj02", "COORDINATES_SWAPPED"),
        ("43.8", "87.6", "wgs84", "COORDINATES_SWAPPED"),
        ("40.7", "-173.9", "wgs84", "COORDINATES_SWAPPED"),
        ("112.4", "", "wgs84", "COORDINATE_ALONE"),
        ("", "29.36", "wgs84", "COORDINATE_ALONE"),
        ("190", "29", "wgs84", "COORDINATES_OUT_OF_RANGE"),
        ("500000", "3200000", "wgs84", "COORDINATES_OUT_OF_RANGE"),
        ("-73.9", "40.7", "gcj02", "COORDINATES_OUT_OF_RANGE"),
        ("0", "0", "wgs84", "COORDINATES_ZERO"),
        ("x", "29.36", "wgs84", "NOT_NUMBER"),
    ],
)
def test_coordinates_that_cannot_be_meant(tmp_path, lon, lat, system, code):
    problems = places(tmp_path, lon, lat, system)[1]
    assert code in codes(problems)
    found = next(one for one in problems if one.code == code)
    assert (found.row, found.column) == (2, "lon")
    assert found.value in ("", "x")


def test_zero_counts_as_missing(tmp_path):
    inputs, _ = places(tmp_path, "0", "0.0")
    assert np.isnan(inputs.schools.lon).all()
    assert np.isnan(inputs.schools.lat).all()


@pytest.mark.parametrize(
    ("lon", "lat", "system"),
    [
        ("-73.9", "40.7", "wgs84"),
        ("500000", "3200000", "EPSG:4546"),
        ("984000.5", "175000", "EPSG:2263"),
        ("112.4", "29.36", "bd09"),
        ("1", "2", "EPSG:999999"),
    ],
)
def test_coordinates_that_may_be_meant(tmp_path, lon, lat, system):
    inputs, problems = places(tmp_path, lon, lat, system)
    assert not problems
    assert inputs.schools.crs == system


def test_homes_of_applicants_are_never_shown(tmp_path):
    _, problems = read(tmp_path, "applicant_id,lon,lat\nA1,29.36789,112.40123\nA2,9x9.9,\n")
    assert "36789" not in repr(problems)
    assert only(problems, "NOT_NUMBER").value == "9a9.9"


def test_tables_without_any_place(tmp_path):
    inputs, problems = read(tmp_path, "applicant_id\nA1\n", coordinates={"schools": "wgs84"})
    assert np.isnan(inputs.applicants.lon).all()
    assert not problems


def test_only_one_of_the_two_columns(tmp_path):
    inputs, problems = read(tmp_path, "applicant_id,lat\nA1,29.3\n")
    assert inputs is None
    assert [(one.code, one.column) for one in problems] == [("COORDINATE_ALONE", "lat")]


def test_points_of_a_map_file_take_the_place_of_the_columns(tmp_path):
    content = geojson([feature(point(112.4, 29.3), school_id="S1", name="x", classes=2, lon="?")])
    settings = settings_of(
        {
            "applicants": write(tmp_path, "a.csv", APPLICANTS),
            "schools": write(tmp_path, "s.geojson", content),
        },
        coordinates={"applicants": "gcj02"},
    )
    inputs, problems = read_settings(tmp_path, settings)
    assert (inputs.schools.lon[0], inputs.schools.lat[0]) == (112.4, 29.3)
    assert inputs.schools.crs == "EPSG:4326"
    assert not problems


def map_of_schools(folder, geometry, **members):
    content = geojson([feature(geometry, school_id="S1", name="x", classes=2)], **members)
    names = {"schools": write(folder, "s.geojson", content)}
    return read(folder, schools=None, names=names, coordinates={"applicants": "gcj02"})[1]


def test_schools_that_are_no_points(tmp_path):
    assert codes(map_of_schools(tmp_path, square(112, 29))) == ["GEOMETRY_NOT_POINT"]


def test_a_map_of_schools_without_a_known_system(tmp_path):
    crs = {"type": "name", "properties": {"name": "local"}}
    assert codes(map_of_schools(tmp_path, point(112, 29), crs=crs)) == ["CRS_UNKNOWN"]
