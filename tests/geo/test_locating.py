"""Which zone a home is in (R3), on polygons with known answers."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from enroll.geo.locating import locate, zones_at
from enroll.geo.points import Points

from .frames import shaped

LEFT, RIGHT = shapely.box(0, 0, 1000, 1000), shapely.box(1000, 0, 2000, 1000)
NOBODY = np.empty(0, np.int64)


def homes(*pairs):
    return Points(np.array(pairs, np.int64).reshape(-1, 2), np.ones(len(pairs), bool))


def by_map(points, *polygons):
    zone, how = locate(np.full(len(points.known), -1), points, shaped(*polygons))
    return list(zip(zone.tolist(), how.tolist(), strict=True))


def test_inside_each_zone():
    assert by_map(homes((500, 500), (1500, 500)), LEFT, RIGHT) == [(0, "map"), (1, "map")]


def test_on_a_shared_border_the_smallest_id_takes_the_home():
    assert by_map(homes((1000, 500)), LEFT, RIGHT) == [(0, "border")]
    assert by_map(homes((1000, 500)), RIGHT, LEFT) == [(0, "border")]


def test_a_decimetre_beside_the_border_is_not_on_it():
    assert by_map(homes((999, 500), (1001, 500)), LEFT, RIGHT) == [(0, "map"), (1, "map")]


def test_within_half_a_decimetre_of_a_border_is_on_it():
    """The border runs between two whole decimetres, at 1000.4."""
    left, right = shapely.box(0, 0, 1000.4, 1000), shapely.box(1000.4, 0, 2000, 1000)
    assert by_map(homes((1000, 500), (1001, 500)), left, right) == [(0, "border"), (1, "map")]


def test_in_an_overlap_the_smallest_id_takes_the_home():
    assert by_map(homes((950, 500)), shapely.box(900, 0, 2000, 1000), LEFT) == [(0, "border")]


def test_a_corner_of_four_zones():
    corners = [shapely.box(x, y, x + 10, y + 10) for x in (0, 10) for y in (0, 10)]
    assert by_map(homes((10, 10)), *corners) == [(0, "border")]


def test_on_the_outer_border_the_only_zone_takes_the_home():
    assert by_map(homes((0, 500)), LEFT, RIGHT) == [(0, "map")]


def test_outside_and_in_a_hole_is_no_zone():
    ring = LEFT.difference(shapely.box(400, 400, 600, 600))
    assert by_map(homes((500, 500), (3000, 0)), ring) == [(-1, "none"), (-1, "none")]


def test_a_zone_by_hand_overrides_the_map():
    zone, how = locate(np.array([1, -1]), homes((500, 500), (500, 500)), shaped(LEFT, RIGHT))
    assert zone.tolist() == [1, 0]
    assert how.tolist() == ["given", "map"]


def test_without_a_map_only_hands_say_the_zone():
    zone, how = locate(np.array([3, -1]), homes((0, 0), (0, 0)), None)
    assert zone.tolist() == [3, -1]
    assert how.tolist() == ["given", "none"]


def test_a_home_that_is_not_known_is_in_no_zone():
    unknown = Points(np.array([[500, 500]]), np.zeros(1, bool))
    assert by_map(unknown, LEFT) == [(-1, "none")]


def test_a_zone_that_covers_nothing_holds_nobody():
    assert by_map(homes((500, 500)), None, LEFT) == [(1, "map")]


def test_nobody_at_all():
    zone, holding = zones_at(homes(), shaped(LEFT))
    assert (zone.tolist(), holding.tolist()) == ([], [])


grid = st.integers(-1, 31)
boxes = st.tuples(grid, grid, st.integers(1, 12), st.integers(1, 12))


@given(st.lists(boxes, min_size=1, max_size=5), st.lists(st.tuples(grid, grid), min_size=1))
def test_against_counting_boxes(corners, pairs):
    """Boxes on whole decimetres: a point is held where both coordinates are in range."""
    polygons = [shapely.box(x, y, x + w, y + h) for x, y, w, h in corners]
    expected = []
    for px, py in pairs:
        held = [
            zone
            for zone, (x, y, w, h) in enumerate(corners)
            if x <= px <= x + w and y <= py <= y + h
        ]
        how = "none" if not held else "map" if len(held) == 1 else "border"
        expected.append((held[0] if held else -1, how))
    assert by_map(homes(*pairs), *polygons) == expected


@given(st.permutations(range(6)))
def test_the_order_of_the_homes_does_not_matter(order):
    pairs = [(0, 0), (1000, 0), (1000, 999), (1500, 1000), (5000, 0), (999, 1)]
    straight = by_map(homes(*pairs), LEFT, RIGHT)
    assert by_map(homes(*[pairs[k] for k in order]), LEFT, RIGHT) == [straight[k] for k in order]
