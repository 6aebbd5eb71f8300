"""The back-test: what it holds against what, and that the real city passes it."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from enroll.forecast import Method, backtest
from enroll.forecast.backtest import straight_line
from tests.forecast.pasts import past, words

REAL = os.environ.get("ENROLL_REAL_DATA")


def test_a_county_that_never_changes_is_forecast_without_error() -> None:
    pupils = np.full((6, 4, 3), 30)

    scores = backtest(past(pupils), Method(), words, np.eye(4), samples=10)

    assert {score.level for score in scores} == {"grade", "school", "zone", "county"}
    assert max(score.error for score in scores) < 1e-9
    assert min(score.covered for score in scores) == 1
    assert [score.cases for score in scores if score.level == "county"] == [3, 2, 1]


def test_bias_is_forecast_minus_what_came() -> None:
    pupils = np.full((4, 1, 2), 100)
    pupils[3] = 90

    scores = {one.level: one for one in backtest(past(pupils), Method(), words, np.ones((1, 1)))}

    assert scores["county"].bias == pytest.approx(20)
    assert scores["county"].last_year == pytest.approx(20)


def test_a_straight_line_goes_on() -> None:
    assert straight_line(np.array([[10.0], [12.0], [14.0]]), 2).tolist() == [18.0]
    assert straight_line(np.array([[9.0], [5.0], [1.0]]), 2).tolist() == [0.0]


def new_york() -> tuple[np.ndarray, list[str]]:
    """Return the roll of the city's elementary grades, K to 5, and the schools."""
    path = Path(str(REAL)) / "nyc_elem" / "enrolment_by_grade.csv"
    grades = ["Grade K", *(f"Grade {number}" for number in range(1, 6))]
    found: dict[tuple[str, int], list[int]] = {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            sizes = [int(float(row[grade].replace(",", "") or 0)) for grade in grades]
            assert found.setdefault((row["DBN"], int(row["Year"][:4])), sizes) == sizes
    schools = sorted({school for (school, _), sizes in found.items() if any(sizes)})
    years = sorted({year for _, year in found})
    roll = np.zeros((len(years), len(schools), len(grades)), dtype=np.int64)
    for (school, year), sizes in found.items():
        if any(sizes):
            roll[year - years[0], schools.index(school)] = sizes
    return roll, schools


@pytest.mark.skipif(not REAL, reason="ENROLL_REAL_DATA names no folder")
def test_the_real_city_is_forecast_better_than_by_last_year() -> None:
    roll, schools = new_york()
    districts = sorted({school[:2] for school in schools})
    zones = np.array([[float(school[:2] == one) for one in districts] for school in schools])

    scores = backtest(past(roll), Method(), words, zones, leads=3, samples=100)

    for score in scores:
        assert score.error < score.last_year
        assert score.error < score.line
        if score.level == "school":
            assert 0.75 <= score.covered <= 0.85
