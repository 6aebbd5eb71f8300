"""From births to entrants, against tables worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from enroll.forecast import Method, cohorts, fed_by, project
from enroll.records import Births
from tests.forecast.pasts import past, words


def births(*rows: tuple[int, int, int, int]) -> Births:
    """Return births of (year, month, zone, children)."""
    year, month, zone, count = (np.array(part) for part in zip(*rows, strict=True))
    return Births(year, month, zone, count)


def test_births_of_a_year_are_split_8_and_4_of_12() -> None:
    told = births((2019, 0, 0, 1200), (2020, 0, 0, 900))

    children, born = cohorts(told, np.array([2026]), 1, age=6, cutoff=8)

    by_hand = 900 * 8 / 12 + 1200 * 4 / 12
    np.testing.assert_allclose(children[0], [by_hand, 0], rtol=0, atol=1e-9)
    assert born.tolist() == [True]


def test_births_by_month_are_added_from_september_to_august() -> None:
    months = [(2019, month, 0, month) for month in range(1, 13)]
    months += [(2020, month, 0, 100 + month) for month in range(1, 13)]

    children, _ = cohorts(births(*months), np.array([2026]), 1, age=6, cutoff=8)

    by_hand = 9 + 10 + 11 + 12 + sum(100 + month for month in range(1, 9))
    np.testing.assert_allclose(children[0, 0], by_hand, rtol=0, atol=1e-9)


@pytest.mark.parametrize(("cutoff", "older", "younger"), [(12, 0, 12), (8, 4, 8), (6, 6, 6)])
def test_another_cutoff_splits_otherwise(cutoff: int, older: int, younger: int) -> None:
    told = births((2019, 0, -1, 1200), (2020, 0, -1, 2400))

    children, _ = cohorts(told, np.array([2026]), 0, age=6, cutoff=cutoff)

    np.testing.assert_allclose(children[0, 0], 100 * older + 200 * younger, rtol=0, atol=1e-9)


def test_the_junior_entrants_are_six_years_older() -> None:
    told = births((2013, 0, 0, 1200), (2014, 0, 0, 600))

    children, _ = cohorts(told, np.array([2026]), 1, age=12, cutoff=8)

    np.testing.assert_allclose(children[0, 0], 400 + 400, rtol=0, atol=1e-9)


def test_who_is_not_born_is_assumed_as_in_the_last_year() -> None:
    told = births((2019, 0, 0, 1200), (2020, 0, 0, 900))

    children, born = cohorts(told, np.array([2026, 2027, 2028]), 1, age=6, cutoff=8)

    np.testing.assert_allclose(children[:, 0], [1000, 900, 900], rtol=0, atol=1e-9)
    assert born.tolist() == [True, False, False]


def test_births_may_be_assumed_to_change_by_a_percent_every_year() -> None:
    told = births((2019, 0, 0, 1200), (2020, 0, 0, 1200))

    children, _ = cohorts(told, np.array([2028]), 1, age=6, cutoff=12, change=-10)

    np.testing.assert_allclose(children[0, 0], 1200 * 0.9 * 0.9, rtol=0, atol=1e-9)


def test_births_before_the_first_known_year_are_not_known() -> None:
    children, _ = cohorts(births((2020, 0, 0, 12)), np.array([2025, 2026]), 1, age=6, cutoff=8)

    assert np.isnan(children[:, 0]).all()


def test_schools_of_one_zone_share_its_children_and_others_the_county() -> None:
    children = np.array([[60.0, 40.0, 0.0]])

    fed = fed_by(children, [[0], [0, 1], []])

    np.testing.assert_allclose(fed[0], [30, 30 + 40, 100 / 3], rtol=0, atol=1e-9)


def test_births_of_the_whole_county_count_for_every_school() -> None:
    fed = fed_by(np.array([[0.0, 90.0]]), [[0], [0], [0]])

    np.testing.assert_allclose(fed[0], [30, 30, 30], rtol=0, atol=1e-9)


def test_entrants_are_children_born_times_the_share_who_came() -> None:
    pupils = np.array([[[80, 70]], [[45, 80]], [[60, 45]]])
    born = np.array([[100.0], [50.0], [60.0], [40.0], [20.0]])

    told = project(past(pupils, 2, born), Method(years=2, shrink=0), words(), samples=1)

    ratio = (45 + 60) / (50 + 60)
    np.testing.assert_allclose(told.expected[:, 0, 0], [40 * ratio, 20 * ratio], atol=1e-9)
    np.testing.assert_allclose(told.expected[:, 0, 1], [60.0, 40 * ratio], atol=1e-9)
    assert told.assumed.tolist() == [False, False]


def test_without_births_entrants_go_the_way_of_the_county() -> None:
    pupils = np.array([[[100, 0], [100, 0]], [[80, 0], [100, 0]]])

    told = project(past(pupils, 2), Method(years=1, shrink=0), words(), samples=1)

    np.testing.assert_allclose(told.expected[:, 0, 0], [80 * 0.9, 80 * 0.81], rtol=0, atol=1e-9)
    assert told.assumed.all()
