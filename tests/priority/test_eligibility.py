"""R1 (age) and the review decide who takes part."""

from datetime import date

from enroll.priority import find_ineligible, latest_birth
from tests.small import make_applicants, make_settings


def reasons(settings=None, **columns):
    count = len(next(iter(columns.values())))
    applicants = make_applicants(count, **columns)
    return list(find_ineligible(applicants, settings or make_settings()))


def test_primary_takes_those_born_on_31_august_six_years_before_or_earlier():
    assert reasons(birth_date=["2020-08-31", "2020-09-01", "2012-01-01"]) == ["", "TOO_YOUNG", ""]


def test_missing_birth_date_is_no_refusal():
    assert reasons(birth_date=[""]) == [""]


def test_junior_has_no_age_test():
    junior = make_settings(stage="junior")
    assert latest_birth(junior) is None
    assert reasons(junior, birth_date=["2025-01-01"]) == [""]


def test_bounds_are_settings():
    bounds = {"latest_birth": date(2014, 8, 31), "earliest_birth": date(2012, 1, 1)}
    settings = make_settings(age=bounds)
    found = reasons(settings, birth_date=["2014-09-01", "2014-08-31", "2012-01-01", "2011-12-31"])
    assert found == ["TOO_YOUNG", "", "", "TOO_OLD"]


def test_fixed_placement_does_not_cure_age():
    found = reasons(birth_date=["2020-09-01"], placed_school=[0], placed_reason=["disabled"])
    assert found == ["TOO_YOUNG"]


def test_waived_reason_of_a_fixed_placement_cures_age():
    settings = make_settings(age={"waive": ["disabled"]})
    found = reasons(
        settings,
        birth_date=["2020-09-01", "2020-09-01"],
        placed_school=[0, 0],
        placed_reason=["disabled", "court"],
    )
    assert found == ["", "TOO_YOUNG"]


def test_only_passed_reviews_take_part():
    found = reasons(review=["passed", "pending", "rejected"])
    assert found == ["", "REVIEW_PENDING", "REVIEW_REJECTED"]


def test_age_comes_before_review():
    assert reasons(birth_date=["2020-09-01"], review=["pending"]) == ["TOO_YOUNG"]
