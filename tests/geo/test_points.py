"""Which points are believed."""

from __future__ import annotations

import numpy as np
import pytest

from enroll.geo.points import Points, neighbourhood_of, points_of

from .frames import EAST_M, NORTH_M, PLANE

KM = 10_000


def points(*pairs, known=None):
    at = np.array(pairs, np.int64).reshape(-1, 2)
    return Points(at, np.ones(len(at), bool) if known is None else np.array(known))


def test_missing_coordinates_are_not_known():
    read = points_of(
        np.array([EAST_M, np.nan, EAST_M]), np.array([NORTH_M, NORTH_M, np.nan]), PLANE, PLANE
    )
    assert read.known.tolist() == [True, False, False]
    assert read.at.tolist() == [[10 * EAST_M, 10 * NORTH_M], [0, 0], [0, 0]]


def test_points_the_plane_cannot_take_are_not_known():
    read = points_of(np.array([29.4]), np.array([112.4]), "wgs84", PLANE)
    assert read.known.tolist() == [False]
    assert read.at.tolist() == [[0, 0]]


def test_a_few_wild_points_do_not_move_the_middle():
    around = neighbourhood_of(points((0, 0), (10, 0), (20, 0), (10, 10), (10**8, 10**8)))
    assert around.middle.tolist() == [10, 0]


@pytest.mark.parametrize(("spread_km", "reach_km"), [(1, 100), (20, 200), (300, 400)])
def test_the_reach_is_ten_times_the_median_within_bounds(spread_km, reach_km):
    distance = spread_km * KM
    around = neighbourhood_of(points((-distance, 0), (distance, 0)))
    assert around.reach == reach_km * KM


def test_the_last_decimetre_of_the_reach_is_believed():
    around = neighbourhood_of(points((0, 0)))
    held = around.holds(points((100 * KM, 0), (100 * KM + 1, 0), (0, 0), known=[True, True, False]))
    assert held.tolist() == [True, False, False]


def test_without_any_point_nothing_is_held():
    nothing = points((0, 0), known=[False])
    assert neighbourhood_of(nothing).holds(nothing).tolist() == [False]


def test_a_home_comes_before_its_anchor():
    homes = points((1, 1), (0, 0), (0, 0), known=[True, False, False])
    anchors = points((9, 9), (9, 9), (0, 0), known=[True, True, False])
    starts = homes.or_else(anchors)
    assert starts.at.tolist() == [[1, 1], [9, 9], [0, 0]]
    assert starts.known.tolist() == [True, True, False]


def test_taking_points_by_index():
    taken = points((1, 2), (3, 4)).take(np.array([1, -1]))
    assert taken.at.tolist() == [[3, 4], [0, 0]]
    assert taken.known.tolist() == [True, False]


def test_taking_from_nothing():
    taken = points().take(np.array([-1, -1]))
    assert taken.known.tolist() == [False, False]
