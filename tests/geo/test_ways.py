"""Ways in whole rounded metres, held against Python's integers (R4)."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from enroll.geo.points import Points
from enroll.geo.ways import MatrixWays, StraightWays
from enroll.records import TravelMatrix

decimetres = st.integers(-3_500_000, 3_500_000)
places = st.lists(st.tuples(decimetres, decimetres), min_size=1, max_size=5)


def points(pairs, known=None):
    at = np.array(pairs, np.int64).reshape(-1, 2)
    return Points(at, np.ones(len(at), bool) if known is None else np.array(known))


def rounded_by_integers(square, round_m):
    """Round the root of a square of decimetres to metres, halves up, without floats.

    The way is k * round_m for the largest k whose lower border 5 * round_m * (2 * k - 1)
    is not above the root.
    """
    halves = math.isqrt(square) // (5 * round_m)  # whole half-steps below the root
    return (halves + 1) // 2 * round_m


@given(places, places, st.integers(1, 1000))
def test_straight_ways_are_exact(homes, schools, round_m):
    ways = StraightWays(points(homes), points(schools), round_m)
    expected = [
        [rounded_by_integers((x - a) ** 2 + (y - b) ** 2, round_m) for a, b in schools]
        for x, y in homes
    ]
    assert ways.rows(np.arange(len(homes))).tolist() == expected


@given(st.integers(1, 1000), st.integers(0, 900), st.integers(-2, 2))
def test_straight_ways_are_exact_at_the_borders_of_rounding(round_m, step, away):
    """Along an axis the distance is `border + away` decimetres, right at a change-over."""
    distance = max(0, 5 * round_m * (2 * step + 1) + away)
    ways = StraightWays(points([(distance, 0)]), points([(0, 0)]), round_m)
    expected = rounded_by_integers(distance * distance, round_m)
    assert ways.rows(np.array([0]))[0, 0] == expected


@given(st.integers(1, 1000), st.integers(0, 4000), st.sampled_from([(3, 4), (5, 12), (20, 21)]))
def test_a_square_next_to_a_border_does_not_cross_it(round_m, step, legs):
    """A diagonal whose root is whole, and its neighbours one square away from it."""
    unit = 5 * round_m * (2 * step + 1)
    x, y = (min(leg * unit, 6_000_000) for leg in legs)
    homes = [(x, y), (x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)]
    ways = StraightWays(points(homes), points([(0, 0)]), round_m)
    expected = [rounded_by_integers(a * a + b * b, round_m) for a, b in homes]
    assert ways.rows(np.arange(5))[:, 0].tolist() == expected


def test_half_a_step_goes_up():
    """25 m rounds to 50 m, one decimetre less to 0."""
    ways = StraightWays(points([(250, 0), (249, 0), (750, 0)]), points([(0, 0)]), 50)
    assert ways.rows(np.arange(3))[:, 0].tolist() == [50, 0, 100]


@given(places, places)
def test_pairs_agree_with_rows(homes, schools):
    ways = StraightWays(points(homes), points(schools), 50)
    rows = ways.rows(np.arange(len(homes)))
    home, school = (index.ravel() for index in np.indices(rows.shape))
    assert ways.pairs(home, school).tolist() == rows.ravel().tolist()


def test_rows_longer_than_a_block_are_complete():
    """More rows than one block holds, in an order of the caller's choosing."""
    rng = np.random.default_rng(7)
    homes, schools = rng.integers(0, 10**6, (500, 2)), rng.integers(0, 10**6, (300, 2))
    ways = StraightWays(points(homes), points(schools), 50)
    wanted = rng.permutation(500)
    single = np.vstack([ways.rows(wanted[k : k + 1]) for k in range(500)])
    assert (ways.rows(wanted) == single).all()


def test_nobody_reaches_a_school_without_a_point():
    ways = StraightWays(points([(0, 0)]), points([(0, 0), (0, 0)], [False, True]), 50)
    assert ways.rows(np.array([0])).tolist() == [[-1, 0]]
    assert ways.pairs(np.array([0, 0]), np.array([0, 1])).tolist() == [-1, 0]


def test_a_child_without_a_point_reaches_nothing():
    ways = StraightWays(points([(0, 0), (0, 0)], [False, True]), points([(0, 0)]), 50)
    assert ways.rows(np.array([0, 1])).tolist() == [[-1], [0]]
    assert ways.pairs(np.array([0, 1]), np.array([0, 0])).tolist() == [-1, 0]


def test_ways_come_as_32_bits():
    ways = StraightWays(points([(0, 0)]), points([(0, 0)]), 50)
    assert ways.rows(np.array([0])).dtype == np.int32
    assert ways.pairs(np.array([0]), np.array([0])).dtype == np.int32
    assert ways.rows(np.empty(0, np.int64)).shape == (0, 1)


def matrix(triples, keyed_by="applicant"):
    table = np.array(triples, np.int64).reshape(-1, 3)
    return TravelMatrix(keyed_by, table[:, 0], table[:, 1], table[:, 2])


def test_a_matrix_by_hand():
    """Rounded to 50 m halves up; the missing pair is not reachable."""
    ways = MatrixWays(matrix([(0, 0, 1024), (0, 1, 1025), (1, 1, 0)]), np.array([0, 1]), 2, 50)
    assert ways.rows(np.array([1, 0])).tolist() == [[-1, 0], [1000, 1050]]
    assert ways.pairs(np.array([1, 1, 0]), np.array([0, 1, 1])).tolist() == [-1, 0, 1050]
    assert ways.known().tolist() == [True, True]


def test_a_matrix_by_zone():
    """Two children of one zone share its ways; a child without a zone has none."""
    ways = MatrixWays(matrix([(1, 0, 700)], "zone"), np.array([1, -1, 1, 0]), 1, 100)
    assert ways.rows(np.arange(4)).tolist() == [[700], [-1], [700], [-1]]
    assert ways.pairs(np.arange(4), np.zeros(4, np.int64)).tolist() == [700, -1, 700, -1]
    assert ways.known().tolist() == [True, False, True, False]


def test_an_empty_matrix_reaches_nothing():
    ways = MatrixWays(matrix([]), np.array([0]), 2, 50)
    assert ways.rows(np.array([0])).tolist() == [[-1, -1]]
    assert ways.pairs(np.array([0]), np.array([1])).tolist() == [-1]


@given(
    st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 3)), st.integers(0, 10**6)),
    st.lists(st.integers(-1, 4), min_size=1, max_size=6),
    st.integers(1, 1000),
    st.randoms(use_true_random=False),
)
def test_a_matrix_is_a_look_up(entries, keys, round_m, random):
    """Against a dictionary, in any order of the entries."""
    triples = [(key, school, metres) for (key, school), metres in entries.items()]
    random.shuffle(triples)
    ways = MatrixWays(matrix(triples), np.array(keys), 4, round_m)
    expected = [
        [
            _rounded(entries[key, school], round_m) if (key, school) in entries else -1
            for school in range(4)
        ]
        for key in keys
    ]
    rows = ways.rows(np.arange(len(keys)))
    assert rows.tolist() == expected
    child, school = (index.ravel() for index in np.indices(rows.shape))
    assert ways.pairs(child, school).tolist() == rows.ravel().tolist()


def _rounded(metres, round_m):
    low = metres // round_m * round_m
    return low + round_m if 2 * (metres - low) >= round_m else low
