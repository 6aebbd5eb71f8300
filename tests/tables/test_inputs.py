"""Whole scenarios: every file in one pass, missing and empty files, workbooks."""

from __future__ import annotations

from tests.tables.samples import (
    MATRIX,
    SCHOOLS,
    ZONES,
    children,
    codes,
    read,
    read_settings,
    settings_of,
    workbook,
    write,
)


def schools(folder, text, **more):
    inputs, problems = read(folder, schools=text, **more)
    assert inputs is not None, problems
    return inputs.schools


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
        ("applicants.csv", 2, "points"),
        ("applicants.csv", 3, "applicant_id"),
        ("applicants.csv", 3, "points"),
        ("schools.csv", 2, "classes"),
    ]


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
