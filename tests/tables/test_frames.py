"""Whole files: applicants, schools, zones and the travel matrix as frames."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tables.samples import (
    APPLICANTS,
    MATRIX,
    SCHOOLS,
    ZONES,
    children,
    codes,
    feature,
    geojson,
    only,
    point,
    read,
    read_settings,
    settings_of,
    square,
    workbook,
    write,
)

AB = [{"id": "A", "when": {"household": "zone", "home": "own"}}, {"id": "B", "when": {}}]


def schools(folder, text, **more):
    inputs, problems = read(folder, schools=text, **more)
    assert inputs is not None, problems
    return inputs.schools


def school_problems(folder, header, *values):
    """Return the problems of schools with one further column."""
    rows = "".join(f"S{number},x,112.4,29.3,3,{value}\n" for number, value in enumerate(values))
    return read(folder, schools=f"school_id,name,lon,lat,classes,{header}\n{rows}")[1]


def applicant_problems(folder, header, *values, **more):
    """Return the problems of applicants with further columns."""
    rows = "".join(f"A{number},112.4,29.3,{value}\n" for number, value in enumerate(values))
    return read(folder, f"applicant_id,lon,lat,{header}\n{rows}", **more)[1]


# Order and sources --------------------------------------------------------------------------


def test_frames_ascend_by_the_bytes_of_the_id(tmp_path):
    text = "applicant_id,lon,lat\nb,1,1\nB,1,1\na10,1,1\na2,1,1\n_,1,1\n-,1,1\n"
    applicants, _ = children(
        tmp_path, text, coordinates={"applicants": "wgs84", "schools": "wgs84"}
    )
    assert applicants.applicant_id.tolist() == sorted(["b", "B", "a10", "a2", "_", "-"])
    assert applicants.row.tolist() == [7, 3, 6, 4, 5, 2]


def test_ids_of_other_scripts_ascend_by_utf8_bytes(tmp_path):
    ids = ["𠮷1", "南1", "é", "z", "\uff5a中"]
    rows = "".join(f"{name},x,112.4,29.3,3\n" for name in ids)
    found = schools(tmp_path, f"school_id,name,lon,lat,classes\n{rows}").school_id.tolist()
    assert found == sorted(found, key=lambda name: name.encode())


def test_sources_follow_the_order_of_the_files(tmp_path):
    inputs, _ = read(
        tmp_path,
        zones=ZONES,
        names={"travel": write(tmp_path, "ways.csv", MATRIX)},
        travel={"mode": "matrix"},
    )
    assert [(source.role, source.name, source.rows) for source in inputs.sources] == [
        ("applicants", "applicants.csv", 2),
        ("schools", "schools.csv", 2),
        ("zones", "zones.csv", 2),
        ("travel", "ways.csv", 3),
    ]
    assert all(len(source.sha256) == 64 for source in inputs.sources)


def test_problems_come_file_by_file_and_row_by_row(tmp_path):
    inputs, problems = read(
        tmp_path,
        "applicant_id,lon,lat,points\nA1,x,29.3,y\nA 2,112.4,29.3,z\n",
        "school_id,name,lon,lat,classes\nS1,x,112.4,29.3,many\n",
    )
    assert inputs is None
    assert [(one.file, one.row, one.column) for one in problems] == [
        ("applicants.csv", 2, "lon"),
        ("applicants.csv", 2, "lon"),
        ("applicants.csv", 2, "points"),
        ("applicants.csv", 3, "applicant_id"),
        ("applicants.csv", 3, "points"),
        ("schools.csv", 0, ""),
        ("schools.csv", 2, "classes"),
    ]


# Missing and empty --------------------------------------------------------------------------


def test_files_that_the_scenario_does_not_name(tmp_path):
    inputs, problems = read(tmp_path, applicants=None, schools=None)
    assert inputs is None
    assert [(one.code, one.params.get("role")) for one in problems] == [
        ("FILE_NOT_NAMED", "applicants"),
        ("FILE_NOT_NAMED", "schools"),
    ] or sorted(one.params["role"] for one in problems) == ["applicants", "schools"]


def test_files_that_are_not_there_are_all_named_at_once(tmp_path):
    settings = settings_of({"applicants": "a.csv", "schools": "b.csv", "zones": "c.csv"})
    inputs, problems = read_settings(tmp_path, settings)
    assert inputs is None
    assert [(one.code, one.file) for one in problems] == [
        ("FILE_MISSING", "a.csv"),
        ("FILE_MISSING", "b.csv"),
        ("FILE_MISSING", "c.csv"),
    ]


def test_tables_with_headers_and_no_rows(tmp_path):
    inputs, problems = read(
        tmp_path, "applicant_id,lon,lat\n", "school_id,name,lon,lat,classes\n", "zone_id,schools\n"
    )
    assert inputs is None
    assert codes(problems) == ["NO_APPLICANTS", "NO_SCHOOLS", "NO_ZONES"]


def test_no_zones_with_a_zone_round_is_a_notice(tmp_path):
    inputs, problems = read(tmp_path, round=[{"id": "zone", "rule": "zone"}])
    assert len(inputs.zones) == 0
    assert codes(problems) == ["ZONES_NOT_NAMED"]


def test_no_entry_class_anywhere(tmp_path):
    text = SCHOOLS.replace(",2\n", ",0\n").replace(",3\n", ",0\n")
    inputs, problems = read(tmp_path, schools=text)
    assert inputs is None
    assert codes(problems) == ["NO_CLASSES"]


# Schools ------------------------------------------------------------------------------------


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


# Coordinates --------------------------------------------------------------------------------


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


# Zones --------------------------------------------------------------------------------------


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


# Applicants ---------------------------------------------------------------------------------


def test_what_an_applicant_is_without_further_columns(tmp_path):
    applicants, problems = children(tmp_path, APPLICANTS)
    assert applicants.review.tolist() == ["passed", "passed"]
    assert applicants.accepts_redirect.all()
    assert applicants.choices.shape == (2, 0)
    assert np.isnat(applicants.birth_date).all()
    for name in ("zone", "sibling_school", "family", "placed_school"):
        assert getattr(applicants, name).tolist() == [-1, -1]
    for name in ("group", "sex", "placed_reason", "placed_authority", "placed_date"):
        assert getattr(applicants, name).tolist() == ["", ""]
    assert (applicants.facts, applicants.crs, problems) == ({}, "gcj02", [])


def test_zone_sibling_and_family(tmp_path):
    text = "applicant_id,zone,sibling_school,family,since\nA1,Z2,S2,t-2,2020-01-01\n"
    text += "A2,,S1,t-1,\nA3,Z1,,t-2,\n"
    inputs, _ = read(tmp_path, text, zones=ZONES)
    applicants = inputs.applicants
    assert applicants.zone.tolist() == [1, -1, 0]
    assert applicants.sibling_school.tolist() == [1, 0, -1]
    assert applicants.family.tolist() == [1, 0, 1]
    assert applicants.since.astype(str).tolist() == ["2020-01-01", "NaT", "NaT"]


def test_an_unknown_zone_is_blocking(tmp_path):
    problem = only(applicant_problems(tmp_path, "zone", "Z1", "Z9", zones=ZONES), "ZONE_UNKNOWN")
    assert (problem.row, problem.value) == (3, "Z9")


def test_zones_of_applicants_mean_nothing_without_zones(tmp_path):
    applicants, problems = children(tmp_path, "applicant_id,zone\nA1,Z9\n")
    assert (applicants.zone[0], problems) == (-1, [])


def test_an_unknown_sibling_school_is_a_notice(tmp_path):
    applicants, problems = children(tmp_path, "applicant_id,sibling_school\nA1,J7\n")
    assert applicants.sibling_school[0] == -1
    assert [(one.code, one.value) for one in problems] == [("SIBLING_SCHOOL_UNKNOWN", "J7")]


def test_choices_are_closed_up_and_repeats_left_out(tmp_path):
    text = "applicant_id,choice_1,choice_2,choice_3\nA1,S2,S2,S1\nA2,,S1,\nA3,,,\n"
    applicants, problems = children(tmp_path, text)
    assert applicants.choices.tolist() == [[1, 0, -1], [0, -1, -1], [-1, -1, -1]]
    assert [(one.code, one.row) for one in problems] == [("CHOICE_TWICE", 2)]


def test_an_unknown_choice_is_blocking(tmp_path):
    assert codes(applicant_problems(tmp_path, "choice_1", "S9")) == ["SCHOOL_UNKNOWN"]


def test_a_placement_by_decision(tmp_path):
    text = "applicant_id,placed_school,placed_reason,placed_authority,placed_date\n"
    text += "A1,S2,残疾,县教〔2026〕7号,2026/5/1\nA2,,,,\n"
    applicants, problems = children(tmp_path, text)
    assert applicants.placed_school.tolist() == [1, -1]
    assert applicants.placed_reason.tolist() == ["disabled", ""]
    assert applicants.placed_authority.tolist() == ["县教〔2026〕7号", ""]
    assert applicants.placed_date.tolist() == ["2026-05-01", ""]
    assert not problems


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ("S1,court,7,", ("placed_date",)),
        ("S1,,,", ("placed_reason", "placed_authority", "placed_date")),
        (",court,7,2026-05-01", ("placed_school",)),
    ],
)
def test_a_placement_by_decision_must_be_complete(tmp_path, values, missing):
    header = "placed_school,placed_reason,placed_authority,placed_date"
    found = only(applicant_problems(tmp_path, header, ",,,", values), "PLACED_INCOMPLETE")
    assert (found.row, found.params["missing"]) == (3, missing)


def test_a_placement_at_a_school_without_classes(tmp_path):
    header = "placed_school,placed_reason,placed_authority,placed_date"
    schools_text = SCHOOLS.replace(",2\n", ",0\n")
    problems = applicant_problems(tmp_path, header, "S1,court,7,2026-05-01", schools=schools_text)
    assert codes(problems) == ["PLACED_WITHOUT_CLASS"]


def test_a_placement_at_an_unknown_school(tmp_path):
    header = "placed_school,placed_reason,placed_authority,placed_date"
    assert codes(applicant_problems(tmp_path, header, "S9,court,7,2026-05-01")) == [
        "SCHOOL_UNKNOWN"
    ]


# Groups and facts ---------------------------------------------------------------------------


def test_facts_that_a_group_asks_for_are_kept_in_canonical_words(tmp_path):
    text = "applicant_id,户籍,住房\nA1,本片区,自有\nA2,外县,\n"
    applicants, problems = children(tmp_path, text, group=AB)
    assert {name: column.tolist() for name, column in applicants.facts.items()} == {
        "home": ["own", ""],
        "household": ["zone", "outside"],
    }
    assert not problems


def test_the_offices_words_for_facts(tmp_path):
    values = {"applicants": {"household": {"老城": "zone"}, "home": {"有": "own"}}}
    applicants, _ = children(
        tmp_path, "applicant_id,household,home\nA1,老城,有\n", group=AB, values=values
    )
    assert [applicants.facts[name][0] for name in ("household", "home")] == ["zone", "own"]


def test_facts_of_every_type(tmp_path):
    group = [
        {
            "id": "A",
            "when": {
                "home_since": {"before": "2020-01-01"},
                "insurance_months": {"min": 12},
                "points": {"min": 1},
                "accepts_redirect": "yes",
                "review": "passed",
                "sex": "male",
                "zone": "Z1",
                "village": "Hu",
                "moved": {"after": "2020-01-01"},
                "cows": {"max": 3},
                "placed_authority": "7",
            },
        }
    ]
    from datetime import date

    for name in ("home_since", "moved"):
        condition = group[0]["when"][name]
        group[0]["when"][name] = {key: date.fromisoformat(text) for key, text in condition.items()}
    header = (
        "applicant_id,home_since,insurance_months,points,accepts_redirect,sex,village,moved,cows,"
        "placed_authority\n"
    )
    text = header + "A1,2019年1月2日,１2,7.0,是,男, Hu ,2021/1/2,2,\nA2,,,,,,,,,\n"
    applicants, problems = children(tmp_path, text, group=group)
    assert {name: column.tolist() for name, column in applicants.facts.items()} == {
        "accepts_redirect": ["yes", "yes"],
        "cows": ["2", ""],
        "home_since": ["2019-01-02", ""],
        "insurance_months": ["12", ""],
        "moved": ["2021-01-02", ""],
        "placed_authority": ["", ""],
        "points": ["7", ""],
        "review": ["passed", "passed"],
        "sex": ["male", ""],
        "village": ["Hu", ""],
        "zone": ["", ""],
    }
    assert not problems


def test_a_fact_that_cannot_be_read_as_its_condition_asks(tmp_path):
    group = [{"id": "A", "when": {"cows": {"max": 3}}}]
    problem = only(applicant_problems(tmp_path, "cows", "many 9", group=group), "NOT_WHOLE")
    assert problem.value == "aaaa 9"


def test_a_group_that_asks_for_a_column_that_is_not_there(tmp_path):
    inputs, problems = read(tmp_path, group=AB)
    assert inputs is None
    assert [(one.code, one.column, one.params["group"]) for one in problems] == [
        ("FACT_COLUMN_MISSING", "home", "A"),
        ("FACT_COLUMN_MISSING", "household", "A"),
    ]


def test_groups_given_in_the_file(tmp_path):
    text = "applicant_id,类别\nA1,一\nA2,B\nA3,\n"
    values = {"applicants": {"group": {"一": "A"}}}
    applicants, problems = children(tmp_path, text, group=[{"id": "A"}, {"id": "B"}], values=values)
    assert applicants.group.tolist() == ["A", "B", ""]
    assert not problems


def test_a_group_that_the_scenario_does_not_know(tmp_path):
    problem = only(
        applicant_problems(tmp_path, "group", "A", "a", group=[{"id": "A"}]), "GROUP_UNKNOWN"
    )
    assert (problem.row, problem.value, problem.params["known"]) == (3, "a", ("A",))


def test_groups_without_conditions_and_without_a_column(tmp_path):
    assert codes(read(tmp_path, group=[{"id": "A"}])[1]) == ["GROUP_COLUMN_MISSING"]


def test_a_group_column_means_nothing_without_groups(tmp_path):
    assert children(tmp_path, "applicant_id,group\nA1,secret\n")[0].group.tolist() == [""]


# Travel matrix ------------------------------------------------------------------------------


def ways(folder, matrix, name="ways.csv", **more):
    names = {"travel": write(folder, name, matrix)}
    return read(folder, names=names, travel={"mode": "matrix"}, **more)


def triples(travel):
    return list(
        zip(travel.key.tolist(), travel.school.tolist(), travel.metres.tolist(), strict=True)
    )


def test_a_matrix_by_applicant(tmp_path):
    inputs, problems = ways(
        tmp_path, "school_id,metres,applicant_id\nS2,300,A2\nS1,7,A1\nS1,9,A2\n"
    )
    assert inputs.travel.keyed_by == "applicant"
    assert triples(inputs.travel) == [(0, 0, 7), (1, 0, 9), (1, 1, 300)]
    assert not problems


def test_a_matrix_by_zone(tmp_path):
    inputs, _ = ways(tmp_path, "zone_id,school_id,metres\nZ2,S1,5\n", zones=ZONES)
    assert inputs.travel.keyed_by == "zone"
    assert triples(inputs.travel) == [(1, 0, 5)]


def test_a_matrix_in_parquet(tmp_path):
    import io

    import pyarrow as pa
    from pyarrow import parquet

    buffer = io.BytesIO()
    columns = {"applicant_id": ["A1"], "school_id": ["S2"], "metres": [12]}
    parquet.write_table(pa.table(columns), buffer)
    inputs, _ = ways(tmp_path, buffer.getvalue(), "ways.parquet")
    assert triples(inputs.travel) == [(0, 1, 12)]


def test_rows_of_a_matrix_that_repeat_a_pair_are_counted(tmp_path):
    inputs, problems = ways(tmp_path, MATRIX + "A1,S1,7\nA1,S1,8\n")
    assert inputs is None
    problem = only(problems, "WAY_TWICE")
    assert (problem.row, problem.params["count"]) == (5, 2)


def test_ids_of_a_matrix_that_nobody_knows_are_counted_and_left_out(tmp_path):
    inputs, problems = ways(tmp_path, MATRIX + "A1,S9,1\nA1,S8,1\n430921x7,S1,1\n")
    assert len(inputs.travel.key) == 3
    found = {one.column: (one.row, one.value, one.params["count"]) for one in problems}
    assert found == {"applicant_id": (7, "4309…x7", 1), "school_id": (5, "S9, S8", 2)}


def test_cells_of_a_matrix_that_are_empty_or_no_number(tmp_path):
    inputs, problems = ways(tmp_path, MATRIX + ",S1,1\nA2,,1\nA2,S1,\nA2,S1,-5\nA2,S1,x\n")
    assert inputs is None
    assert [(one.code, one.row) for one in problems] == [
        ("CELL_MISSING", 5),
        ("CELL_MISSING", 6),
        ("CELL_MISSING", 7),
        ("OUT_OF_RANGE", 8),
        ("NOT_WHOLE", 9),
    ]


def test_a_matrix_with_both_keys_or_none(tmp_path):
    for header in ("applicant_id,zone_id,school_id,metres", "school_id,metres"):
        cells = ",".join("1" for _ in header.split(","))
        assert "WAY_KEY_UNCLEAR" in codes(ways(tmp_path, f"{header}\n{cells}\n", zones=ZONES)[1])


def test_a_matrix_about_other_children(tmp_path):
    inputs, problems = ways(tmp_path, "applicant_id,school_id,metres\nB1,S1,5\n")
    assert inputs is None
    assert sorted(codes(problems)) == ["NO_WAYS", "WAY_ID_UNKNOWN"]


def test_a_matrix_is_not_compared_with_tables_that_could_not_be_read(tmp_path):
    inputs, problems = ways(tmp_path, MATRIX, schools="school_id,name,lon,lat,classes\n")
    assert inputs is None
    assert codes(problems) == ["NO_SCHOOLS"]


def test_references_are_not_compared_with_tables_that_could_not_be_read(tmp_path):
    text = "applicant_id,zone,sibling_school,choice_1\nA1,Z1,S1,S2\n"
    problems = read(tmp_path, text, schools="", zones=ZONES)[1]
    assert codes(problems) == ["FILE_EMPTY"]


# Workbooks ----------------------------------------------------------------------------------


def test_a_chinese_workbook_with_a_title_row(tmp_path):
    import datetime as dt

    rows = [
        ["2026年报名表（示例）"],
        ["报名号", "经度", "纬度", "出生日期", "审核状态"],
        ["A1", 112.41, 29.36, dt.date(2019, 8, 31), "通过"],
        ["A2", 112.40, 29.35, 43708, "待审"],
        [430921201908310000, 112.40, 29.35, "2019.8.31", "通过"],
    ]
    name = write(tmp_path, "a.xlsx", workbook({"封面": [["x"]], "名单": rows}))
    file = {"path": name, "sheet": "名单", "header_row": 2}
    inputs, problems = read(tmp_path, None, names={"applicants": file})
    assert inputs is None
    assert [(one.code, one.row, one.value) for one in problems] == [
        ("ID_MANGLED", 5, "4.30921E+17")
    ]
    rows.pop()
    write(tmp_path, "a.xlsx", workbook({"封面": [["x"]], "名单": rows}))
    inputs, problems = read(tmp_path, None, names={"applicants": file})
    assert inputs.applicants.birth_date.astype(str).tolist() == ["2019-08-31", "2019-08-31"]
    assert inputs.applicants.review.tolist() == ["passed", "pending"]
    assert not problems
