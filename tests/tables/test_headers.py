from __future__ import annotations

import pytest

from enroll.tables.headers import is_about_scores
from tests.tables.samples import APPLICANTS, SCHOOLS, children, codes, only, read


def test_canonical_names_in_any_letter_case(tmp_path):
    text = "Applicant ID, LON ,L-A_T*\nA1,112.4,29.3\n"
    applicants, problems = children(tmp_path, text)
    assert (applicants.lon[0], applicants.lat[0]) == (112.4, 29.3)
    assert not problems


def test_chinese_headers_without_any_mapping(tmp_path):
    text = "报名号,姓名,经度,纬度,出生日期,性别,积分,第一志愿,志愿2,是否服从统筹\n"
    text += "A1,张三,112.4,29.3,2019年8月31日,男,５０,S2,S1,否\n"
    applicants, problems = children(tmp_path, text)
    assert applicants.choices.tolist() == [[1, 0]]
    assert (applicants.sex[0], applicants.points[0]) == ("male", 50)
    assert not applicants.accepts_redirect[0]
    assert not problems


def test_a_mapped_header_counts_before_every_other(tmp_path):
    text = "applicant_id,编码,lon,lat\nX1,A1,112.4,29.3\n"
    columns = {"applicants": {"applicant_id": "编码"}}
    applicants, problems = children(tmp_path, text, columns=columns)
    assert applicants.applicant_id.tolist() == ["A1"]
    assert only(problems, "COLUMNS_IGNORED").params["headers"] == ("applicant_id",)


def test_a_mapped_header_is_found_in_any_letter_case(tmp_path):
    text = "Reg No,lon,lat\nA1,112.4,29.3\n"
    columns = {"applicants": {"applicant_id": "REG_NO"}}
    assert children(tmp_path, text, columns=columns)[0].applicant_id[0] == "A1"


def test_a_mapped_header_that_is_not_there(tmp_path):
    columns = {"applicants": {"applicant_id": "applicantid2", "lon": "zzz"}}
    inputs, problems = read(tmp_path, columns=columns)
    assert inputs is None
    found = {
        problem.params["name"]: problem.params["nearest"]
        for problem in problems
        if problem.code == "COLUMN_NOT_FOUND"
    }
    assert found == {"applicant_id": "applicant_id", "lon": "-"}


def test_a_mapping_of_no_known_column(tmp_path):
    inputs, problems = read(tmp_path, columns={"applicants": {"aplicant_id": "x"}})
    assert inputs is None
    assert only(problems, "COLUMN_KEY_UNKNOWN").params["nearest"] == "applicant_id"


def test_a_mapped_fact_that_no_group_asks_for_is_ignored(tmp_path):
    text = "applicant_id,lon,lat,户口\nA1,112.4,29.3,zone\n"
    applicants, problems = children(tmp_path, text, columns={"applicants": {"household": "户口"}})
    assert not applicants.facts
    assert codes(problems) == ["COLUMNS_IGNORED"]


def test_two_headers_for_one_column(tmp_path):
    inputs, problems = read(tmp_path, "报名号,登记号,lon,lat\nA1,B1,112.4,29.3\n")
    assert inputs is None
    assert only(problems, "COLUMN_TWICE").params["name"] == "applicant_id"


def test_the_canonical_name_counts_before_a_synonym(tmp_path):
    applicants, problems = children(tmp_path, "id,applicant_id,lon,lat\n7,A1,112.4,29.3\n")
    assert applicants.applicant_id[0] == "A1"
    assert codes(problems) == ["COLUMNS_IGNORED"]
    inputs, problems = read(tmp_path, "applicant_id,Applicant ID,lon,lat\n7,A1,112.4,29.3\n")
    assert inputs is None
    assert codes(problems) == ["COLUMN_TWICE"]


def test_a_required_column_that_is_missing(tmp_path):
    inputs, problems = read(tmp_path, schools="name,lon,lat\nFirst,112.4,29.3\n")
    assert inputs is None
    assert sorted(problem.column for problem in problems) == ["classes", "school_id"]
    assert codes(problems) == ["COLUMN_MISSING", "COLUMN_MISSING"]


def test_extra_columns_are_named_once_and_kept_nowhere(tmp_path):
    canary = "Canary-4711"
    text = f"applicant_id,lon,lat,name,备注,phone\nA1,112.4,29.3,{canary},{canary},{canary}\n"
    inputs, problems = read(tmp_path, text)
    notice = only(problems, "COLUMNS_IGNORED")
    assert (notice.params["count"], notice.params["headers"]) == (2, ("备注", "phone"))
    assert canary not in repr(inputs)
    assert canary not in repr(problems)


@pytest.mark.parametrize(
    "header",
    [
        "成绩",
        "考试分数",
        "数学考试",
        "exam",
        "Test Score",
        "entrance_test",
        "笔试",
        "scores",
        "面试分",
    ],
)
def test_examination_scores_are_refused_by_name(tmp_path, header):
    inputs, problems = read(tmp_path, f"applicant_id,lon,lat,{header}\nA1,112.4,29.3,99\n")
    assert inputs is None
    assert only(problems, "COLUMN_OF_SCORES").column == header


@pytest.mark.parametrize("header", ["积分", "总积分", "points", "latest", "contest area", "学校"])
def test_points_and_other_words_are_no_scores(header):
    assert not is_about_scores(header)


def test_scores_do_not_enter_under_another_name(tmp_path):
    columns = {"applicants": {"points": "考试成绩"}}
    text = "applicant_id,lon,lat,考试成绩\nA1,112.4,29.3,99\n"
    inputs, _ = read(tmp_path, text, columns=columns)
    assert inputs is None


def test_schools_may_have_such_a_column(tmp_path):
    schools = (
        SCHOOLS.replace("classes\n", "classes,test\n")
        .replace("2\n", "2,x\n")
        .replace("3\n", "3,x\n")
    )
    assert read(tmp_path, APPLICANTS, schools)[0] is not None


def test_words_for_columns_and_values_that_do_not_exist(tmp_path):
    values = {
        "applicants": {
            "revue": {"x": "passed"},
            "review": {"ok": "pased", "gone": ""},
            "points": {"many": "99"},
        }
    }
    inputs, problems = read(tmp_path, values=values)
    assert inputs is None
    assert only(problems, "VALUES_KEY_UNKNOWN").params["nearest"] == "review"
    assert only(problems, "VALUES_WORD_UNKNOWN").params["word"] == "pased"
    assert {problem.file for problem in problems} == {"plan.toml"}
