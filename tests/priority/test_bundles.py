"""R8: a family's eligible children without a named placement are one bundle."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from enroll.priority import find_bundles
from tests.small import make_applicants, texts


def bundles(family, ineligible=None, **columns):
    applicants = make_applicants(len(family), family=family, **columns)
    return list(find_bundles(applicants, texts(ineligible, len(family))))


def test_equal_families_are_one_bundle_and_single_children_none():
    assert bundles([7, -1, 7, 3]) == [0, -1, 0, -1]


def test_bundles_are_numbered_by_their_first_member():
    assert bundles([9, 2, 2, 9, 5, 5]) == [0, 1, 1, 0, 2, 2]


def test_age_comes_before_bundles():
    assert bundles([1, 1, 1], ineligible=["", "TOO_YOUNG", ""]) == [0, -1, 0]
    assert bundles([1, 1], ineligible=["", "REVIEW_PENDING"]) == [-1, -1]


def test_fixed_placement_comes_before_bundles():
    assert bundles([1, 1, 1], placed_school=[-1, 0, -1]) == [0, -1, 0]
    assert bundles([1, 1], placed_school=[-1, 0]) == [-1, -1]


def test_nobody_gives_no_bundles():
    assert bundles([]) == []


@given(st.lists(st.tuples(st.integers(-1, 4), st.booleans()), max_size=12))
def test_bundles_equal_those_found_one_by_one(rows):
    family = [number for number, _ in rows]
    barred = ["" if good else "TOO_YOUNG" for _, good in rows]
    expected, seen = [], []
    for number, good in rows:
        mates = sum(other == number and fine for other, fine in rows)
        if number == -1 or not good or mates < 2:
            expected.append(-1)
            continue
        if number not in seen:
            seen.append(number)
        expected.append(seen.index(number))
    assert bundles(np.array(family, dtype=np.int64), barred) == expected
