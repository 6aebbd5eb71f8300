"""Facts are texts, read as numbers or dates where a condition asks for one."""

from datetime import date

import pytest

from enroll.priority import find_fact, unreadable_as
from enroll.priority.facts import condition_holds, read_date, read_number
from enroll.scenario.schema import Condition
from tests.small import make_applicants, make_ground, make_inputs, make_schools, make_zones

WHEN = Condition.model_validate


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("-3", -3), ("+4", 4), ("012", 12), ("12.5", None), ("", None), ("４", None),
     ("1_0", None), ("a", None), ("9" * 19, None)],
)  # fmt: skip
def test_numbers_are_ascii_digits(text, number):
    assert read_number(text) == number


def test_dates_are_year_month_day():
    assert read_date("2020-08-31") == date(2020, 8, 31)


@pytest.mark.parametrize("text", ["", "2020-13-01", "2020-02-30", "2020-8-31", "20200831", "x"])
def test_other_texts_are_no_dates(text):
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("condition", "holding", "failing"),
    [
        ({"values": ["zone", "county"]}, ["zone", "county"], ["outside", ""]),
        ({"min": 12}, ["12", "13"], ["11", "", "many"]),
        ({"max": 12}, ["12", "0"], ["13", ""]),
        ({"min": 2, "max": 3}, ["2", "3"], ["1", "4"]),
        ({"min": date(2025, 1, 1)}, ["2025-01-01"], ["2024-12-31", "soon"]),
        ({"max": date(2025, 1, 1)}, ["2025-01-01"], ["2025-01-02"]),
        ({"before": date(2025, 1, 1)}, ["2024-12-31"], ["2025-01-01", ""]),
        ({"after": date(2025, 1, 1)}, ["2025-01-02"], ["2025-01-01"]),
    ],
)
def test_conditions(condition, holding, failing):
    assert all(condition_holds(WHEN(condition), text) for text in holding)
    assert not any(condition_holds(WHEN(condition), text) for text in failing)


@pytest.mark.parametrize(
    ("condition", "text", "wanted"),
    [
        ({"min": 12}, "a year", "number"),
        ({"min": 12}, "12", ""),
        ({"min": 12}, "", ""),
        ({"after": date(2025, 1, 1)}, "spring", "date"),
        ({"after": date(2025, 1, 1)}, "2025-02-01", ""),
        ({"values": ["a"]}, "b", ""),
    ],
)
def test_unreadable_facts(condition, text, wanted):
    assert unreadable_as(WHEN(condition), text) == wanted


def texts_of(name):
    applicants = make_applicants(2, {"household": ["county", ""]}, zone=[-1, 0])
    inputs = make_inputs(applicants, make_schools(2), make_zones((0,), (1,)))
    fact = find_fact(name, inputs, make_ground(inputs, zone=[1, -1]))
    return [fact.texts[code] for code in fact.code]


def test_fact_is_what_the_table_says():
    assert texts_of("household") == ["county", ""]


def test_zone_is_the_one_that_was_found():
    assert texts_of("zone") == ["Z2", ""]
