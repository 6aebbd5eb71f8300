"""Problems that only show when tables, policy and ground are seen together."""

from datetime import date

import numpy as np
import pytest

from enroll.allocate.seats import count_seats
from enroll.checks import inspect
from enroll.notices import level_of, message_of, remedy_of
from enroll.priority import rank
from tests.small import (
    make_applicants,
    make_ground,
    make_inputs,
    make_schools,
    make_settings,
    make_zones,
)


def problems(applicants=None, schools=None, zones=None, **keys):
    inputs = make_inputs(
        applicants or make_applicants(1), schools or make_schools(1), zones or make_zones((0,))
    )
    settings, ground = make_settings(**keys), make_ground(inputs)
    ranking = rank(inputs, ground, settings)
    return inspect(inputs, ground, ranking, count_seats(inputs.schools), settings)


def only(found):
    (problem,) = found
    assert remedy_of(problem, "en")
    return problem, message_of(problem, "en")


def test_tables_that_fit_together_have_no_problem():
    assert problems() == []


def test_fact_that_is_no_number_is_addressed_to_its_cell():
    policy = [
        {"id": "A", "when": {"insurance_months": {"min": 24}}},
        {"id": "B", "when": {"insurance_months": {"min": 12}}},
    ]
    applicants = make_applicants(3, {"insurance_months": ["24", "two years", ""]})
    columns = {"applicants": {"insurance_months": "参保月数"}}
    problem, message = only(problems(applicants, group=policy, columns=columns))
    assert (problem.code, problem.file, problem.row) == ("FACT_NOT_A_NUMBER", "applicants.csv", 3)
    assert (problem.column, problem.value) == ("参保月数", "two years")
    assert message == "Group A needs a whole number here."


def test_fact_that_is_no_date_is_addressed_to_its_cell():
    policy = [{"id": "A", "when": {"home_since": {"before": date(2025, 1, 1)}}}, {"id": "B"}]
    problem, _ = only(problems(make_applicants(1, {"home_since": ["2023"]}), group=policy))
    assert (problem.code, problem.row, problem.value) == ("FACT_NOT_A_DATE", 2, "2023")


def test_nobody_eligible_is_blocking():
    applicants = make_applicants(2, review=["pending", "rejected"])
    problem, message = only(problems(applicants))
    assert level_of(problem) == "blocking"
    assert message == "None of the 2 applicants is eligible: there is nobody to place."


def test_no_seat_anywhere_is_blocking():
    problem, message = only(problems(schools=make_schools(2, other_grades=[2000, 2500]),
                                     zones=make_zones((0, 1))))  # fmt: skip
    assert level_of(problem) == "blocking"
    assert message == "The 2 schools have no seat at all."


def test_family_of_more_than_six_is_suspicious():
    problem, message = only(problems(make_applicants(8, family=[-1] + [4] * 7)))
    assert (problem.code, problem.row, problem.column) == ("FAMILY_LARGE", 3, "family")
    assert message == "7 applicants of one year share this family."


def test_six_of_one_family_are_not_reported():
    assert problems(make_applicants(6, family=[1] * 6)) == []


@pytest.mark.parametrize(
    ("columns", "count"),
    [
        ({}, 2),
        ({"family": [1, 1, -1, -1]}, 0),
        ({"family": [1, 2, -1, -1]}, 2),
        ({"sex": ["f", "m", "f", "f"]}, 0),
        ({"birth_date": ["2020-01-01", "2020-01-02", "2020-01-01", "2020-01-01"]}, 0),
        ({"birth_date": [""] * 4}, 0),
        ({"lon": [1, 1, 1, 1], "lat": [2, 2, 2, 2]}, 4),
        ({"lon": [1, 1, 1, 1], "lat": [2, 2, 2, 2], "family": [1, 1, 2, -1]}, 4),
        ({"lon": [np.nan] * 4}, 0),
    ],
)
def test_lookalikes_share_home_birth_date_and_sex(columns, count):
    homes = {"lon": [1, 1, 3, 4], "lat": [2, 2, 2, 2], "sex": ["f"] * 4}
    found = problems(make_applicants(4, **{**homes, **columns}))
    assert [problem.params["count"] for problem in found] == ([count] if count else [])


def test_lookalikes_are_shown_with_masked_ids():
    ids = ["2026000017", "2026000018"]
    found = problems(make_applicants(2, applicant_id=ids, lon=[1, 1], lat=[2, 2]))
    assert only(found)[1].endswith("of another family: 2 (such as 2026…17 and 2026…18).")


def test_more_reserved_than_a_school_can_take_is_blocking():
    schools = make_schools(2, name=["", "Long Lake"], reserved=[54, 56])
    problem, message = only(problems(schools=schools, zones=make_zones((0, 1))))
    assert (problem.code, problem.file, problem.row) == ("RESERVED_ABOVE_SEATS", "schools.csv", 3)
    assert message == "Long Lake (S2) reserves 56 seats and can take 55 pupils at most."


def test_day_schools_in_no_zone_are_named():
    schools = make_schools(
        5,
        classes=[1, 1, 0, 1, 1],
        kind=["full", "full", "full", "boarding", "full"],
        sector=["public", "public", "public", "public", "private"],
    )
    assert only(problems(schools=schools))[1] == "Public schools that no zone names: 1 (S2)."


def test_schools_need_no_zone_where_no_zone_round_places():
    rounds = [{"id": "redirect", "rule": "redirect"}]
    assert problems(schools=make_schools(2), round=rounds) == []
