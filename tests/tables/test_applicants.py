"""Applicants as a frame."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tables.samples import (
    APPLICANTS,
    SCHOOLS,
    ZONES,
    children,
    codes,
    only,
    read,
)

AB = [{"id": "A", "when": {"household": "zone", "home": "own"}}, {"id": "B", "when": {}}]


def applicant_problems(folder, header, *values, **more):
    """Return the problems of applicants with further columns."""
    rows = "".join(f"A{number},112.4,29.3,{value}\n" for number, value in enumerate(values))
    return read(folder, f"applicant_id,lon,lat,{header}\n{rows}", **more)[1]


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
