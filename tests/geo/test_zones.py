"""Shapes of zones: moved onto the plane, repaired, compared."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from enroll.geo.zones import same_shapes, shape_zones

from .frames import PLANE, at, shaped, square, zones

BOW_TIE = shapely.Polygon([at(0, 0), at(100, 100), at(100, 0), at(0, 100)])
SPIKE = shapely.Polygon([at(0, 0), at(100, 100), at(0, 0)])


def test_shapes_are_in_decimetres():
    shapes = shape_zones(zones([square(0, 0)]), PLANE)
    assert shapely.bounds(shapes.polygons[0]).tolist() == [6e6, 32.5e6, 6.01e6, 32.51e6]


def test_a_table_without_geometry_has_no_shapes():
    assert shape_zones(zones(anchors=[at(0, 0)]), PLANE) is None


def test_a_ring_that_crosses_itself_is_repaired():
    """A bow tie of two triangles of 2,500 m2 each."""
    shapes = shape_zones(zones([square(0, 0), BOW_TIE]), PLANE)
    assert shapes.repaired.tolist() == [1]
    assert shapes.polygons[1].is_valid
    assert shapes.polygons[1].area == pytest.approx(5_000 * 100)


@pytest.mark.parametrize(
    "nothing", [None, shapely.Polygon(), SPIKE, shapely.LineString([at(0, 0), at(1, 1)])]
)
def test_a_zone_that_covers_nothing(nothing):
    shapes = shape_zones(zones([nothing, square(0, 0)]), PLANE)
    assert shapes.empty.tolist() == [0]
    assert shapes.polygons[0] is None
    assert shapes.repaired.tolist() == []


def test_the_part_of_a_collection_that_covers_ground_is_kept():
    mixed = shapely.GeometryCollection([square(0, 0), shapely.Point(at(5, 5))])
    shapes = shape_zones(zones([mixed]), PLANE)
    assert shapes.polygons[0].area == pytest.approx(1e6 * 100)


def test_zones_in_gcj02_land_where_they_are():
    """The same square, its corners given in the shifted system."""
    corner = (112.40, 29.36)
    shifted = shapely.box(*corner, 112.41, 29.37)
    moved = shape_zones(zones([shifted], crs="gcj02"), PLANE).polygons[0]
    plain = shape_zones(zones([shifted], crs="wgs84"), PLANE).polygons[0]
    assert shapely.distance(moved.centroid, plain.centroid) == pytest.approx(6_300, abs=200)


def test_same_shapes_are_found_however_they_are_drawn():
    box = shapely.box(0, 0, 10, 10)
    other_way = shapely.Polygon([(10, 10), (10, 0), (0, 0), (0, 10)])
    assert same_shapes(shaped(box, shapely.box(0, 0, 9, 10), None, other_way)) == [(0, 3)]


def test_the_input_is_not_changed():
    frame = zones([BOW_TIE, None])
    before = frame.geometry.copy()
    shape_zones(frame, PLANE)
    assert frame.geometry[0] is before[0]
    assert np.array_equal(shapely.get_coordinates(frame.geometry[0])[0], at(0, 0))
