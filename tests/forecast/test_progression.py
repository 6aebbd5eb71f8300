"""Ratios from grade to grade, against tables worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from enroll.forecast import Method, project
from enroll.forecast.progression import fitted_ratios, pooled_ratios, steps_of
from tests.forecast.pasts import past, words

TWO = np.array(
    [
        [[100, 90, 80], [20, 18, 16]],
        [[110, 99, 81], [20, 22, 18]],
        [[121, 121, 99], [30, 20, 11]],
    ]
)
"""Three years, two schools, three grades."""


def _fit(method: Method) -> tuple[np.ndarray, np.ndarray]:
    steps = steps_of(TWO, None)
    counts = np.ones((2, 3), dtype=bool)
    return fitted_ratios(steps, counts, method)


def test_pooled_ratios_are_pupils_over_pupils_of_the_grade_below() -> None:
    found = pooled_ratios(steps_of(TWO, None))

    by_hand = [[130 / 120, 121 / 120, 99 / 108], [151 / 130, 141 / 130, 110 / 121]]
    np.testing.assert_allclose(found, by_hand, rtol=0, atol=1e-9)


@pytest.mark.parametrize(
    ("average", "second", "third"),
    [
        ("mean", (0.99 + 1.1) / 2, (0.9 + 1.0) / 2),
        ("median", (0.99 + 1.1) / 2, (0.9 + 1.0) / 2),
        ("weighted", (99 + 121) / (100 + 110), (81 + 99) / (90 + 99)),
        ("last", 121 / 110, 99 / 99),
    ],
)
def test_four_averages_of_a_school(average: str, second: float, third: float) -> None:
    _, own = _fit(Method(average, years=2, shrink=0))  # type: ignore[arg-type]

    np.testing.assert_allclose(own[0, 1:], [second, third], rtol=0, atol=1e-9)


def test_only_the_last_years_count() -> None:
    _, own = _fit(Method("mean", years=1, shrink=0))

    np.testing.assert_allclose(own[1, 1:], [20 / 20, 11 / 22], rtol=0, atol=1e-9)


def test_a_small_school_is_drawn_to_all_schools_by_so_many_pupils() -> None:
    pooled, own = _fit(Method("weighted", years=2, shrink=100))

    all_schools = (121 + 141) / (120 + 130)
    np.testing.assert_allclose(pooled[1], all_schools, rtol=0, atol=1e-9)
    np.testing.assert_allclose(own[1, 1], (42 + 100 * all_schools) / (40 + 100), atol=1e-9)


def test_a_ratio_above_1_is_never_clipped() -> None:
    pupils = np.array([[[10, 10]], [[10, 40]], [[10, 40]]])

    told = project(past(pupils, ahead=2), Method("mean", shrink=0), words(), samples=1)

    np.testing.assert_allclose(told.ratios[0, 1], 4.0, rtol=0, atol=1e-9)
    assert told.pupils[:, 0, 1].tolist() == [40, 40]


def test_a_grade_that_begins_or_ends_has_no_ratio() -> None:
    pupils = np.array([[[10, 0]], [[10, 0]], [[10, 9]], [[0, 9]]])
    steps = steps_of(pupils, None)

    assert steps.before[:, 0, 1].tolist() == [0, 10, 10]
    assert np.isfinite(pooled_ratios(steps)[1:, 1]).all()


def test_a_year_without_any_ratio_is_not_a_number() -> None:
    pupils = np.array([[[10, 0]], [[10, 9]]])

    assert np.isnan(pooled_ratios(steps_of(pupils[:1].repeat(2, 0), None))[0, 1])
