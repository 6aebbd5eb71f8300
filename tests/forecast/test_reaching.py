"""When something happens: first years, chances, and what must always hold of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from enroll.forecast.reaching import percent, reached

FLAGS = arrays(bool, (7, 4, 2))


def test_first_years_and_chances_by_hand() -> None:
    forecast = np.array([[False, False], [True, False]])
    courses = np.array([[[1, 0], [1, 0]], [[0, 0], [1, 0]], [[0, 0], [0, 1]], [[0, 0], [1, 0]]])

    found = reached(forecast, courses.astype(bool))

    assert found.chance.tolist() == [[25, 0], [75, 25]]
    assert found.by_then.tolist() == [[25, 0], [75, 25]]
    assert (found.first.tolist(), found.first_possible.tolist()) == ([1, -1], [0, 1])


def test_what_has_passed_still_has_happened() -> None:
    courses = np.array([[[True], [False]], [[False], [True]]])

    assert reached(np.zeros((2, 1), bool), courses).by_then.tolist() == [[50], [100]]


def test_none_and_all_are_never_rounded_to() -> None:
    assert percent(np.array([0, 1, 999, 1000]), 1000).tolist() == [0, 1, 99, 100]


@given(FLAGS, FLAGS)
def test_more_courses_are_never_less_likely(some: np.ndarray, others: np.ndarray) -> None:
    forecast = np.zeros((4, 2), bool)
    few, many = reached(forecast, some), reached(forecast, some | others)

    assert (few.chance <= many.chance).all()
    assert (few.by_then <= many.by_then).all()
    assert (np.diff(many.by_then, axis=0) >= 0).all()
    assert (many.by_then >= many.chance).all()


@given(st.integers(0, 50))
def test_percent_is_monotone(count: int) -> None:
    assert percent(np.array([count]), 51) <= percent(np.array([count + 1]), 51)
