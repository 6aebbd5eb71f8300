"""Declared systems, the plane and its decimetres."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj.exceptions import CRSError

from enroll.geo.coordinates import (
    BEYOND_DM,
    fitting_utm,
    is_known,
    is_plane_in_metres,
    length_error,
    to_plane,
    to_wgs84,
)
from enroll.geo.shifts import bd09_from_gcj02, gcj02_from_wgs84

HOME = (np.array([112.40]), np.array([29.36]))


def test_wgs84_meets_a_known_point_of_the_plane():
    """On the central meridian of zone 49 the easting is 500 km exactly."""
    plane = to_plane(np.array([111.0]), np.array([0.0]), "wgs84", "EPSG:32649")
    assert plane.tolist() == [[5_000_000, 0]]


def test_the_plane_is_in_whole_decimetres_halves_up():
    x = np.array([0.04, 0.05, 0.14999, -0.05, -0.0501])
    plane = to_plane(500_000 + x, np.zeros(5), "EPSG:32649", "EPSG:32649")
    assert plane.dtype == np.int64
    assert plane[:2, 0].tolist() == [5_000_000, 5_000_001]
    assert plane[2, 0] == 5_000_001
    assert plane[4, 0] == 4_999_999


def test_a_half_decimetre_goes_up_on_both_sides_of_zero():
    y = np.array([0.05, -0.05, -0.15])
    plane = to_plane(np.full(3, 5e5), y, "EPSG:32649", "EPSG:32649")
    assert plane[:, 1].tolist() == [1, 0, -1]


@pytest.mark.parametrize("metric_crs", ["EPSG:32649", "EPSG:4546", "EPSG:4547"])
def test_cgcs2000_is_not_shifted(metric_crs):
    wgs84 = to_plane(*HOME, "wgs84", metric_crs)
    cgcs2000 = to_plane(*HOME, "cgcs2000", metric_crs)
    assert np.abs(wgs84 - cgcs2000).max() <= 1


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
def test_shifted_systems_meet_wgs84_on_the_plane(system):
    lon, lat = gcj02_from_wgs84(*HOME)
    if system == "bd09":
        lon, lat = bd09_from_gcj02(lon, lat)
    assert (
        to_plane(lon, lat, system, "EPSG:32649").tolist()
        == to_plane(*HOME, "wgs84", "EPSG:32649").tolist()
    )


def test_feet_become_metres():
    """The same corner of New York in state plane feet and in degrees."""
    feet = to_plane(np.array([981081.0]), np.array([175710.0]), "EPSG:2263", "EPSG:32618")
    degrees = to_plane(np.array([-74.01142]), np.array([40.648959]), "wgs84", "EPSG:32618")
    assert np.abs(feet - degrees).max() < 20


def test_what_the_projection_cannot_take_is_beyond():
    plane = to_plane(np.array([29.36]), np.array([112.4]), "wgs84", "EPSG:32649")
    assert np.abs(plane).max() == BEYOND_DM


def test_wgs84_comes_back_from_the_plane():
    lon, lat = to_wgs84(np.array([500_000.0]), np.array([3_250_000.0]), "EPSG:32649")
    assert lon[0] == pytest.approx(111.0)
    assert lat[0] == pytest.approx(29.37, abs=0.02)


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (112.4, 29.36, "EPSG:32649"),
        (-73.9, 40.7, "EPSG:32618"),
        (151.2, -33.9, "EPSG:32756"),
        (180.0, 10.0, "EPSG:32601"),
        (-180.0, 10.0, "EPSG:32601"),
    ],
)
def test_the_fitting_utm_zone(lon, lat, code):
    assert fitting_utm(lon, lat) == code


@pytest.mark.parametrize("system", ["wgs84", "cgcs2000", "gcj02", "bd09", "EPSG:2263"])
def test_known_systems(system):
    assert is_known(system)


@pytest.mark.parametrize("system", ["EPSG:99999", "", "mars"])
def test_unknown_systems(system):
    assert not is_known(system)
    with pytest.raises(CRSError):
        to_plane(*HOME, system, "EPSG:32649")


@pytest.mark.parametrize(
    ("system", "fits"),
    [("EPSG:32649", True), ("EPSG:4546", True), ("EPSG:2263", False), ("EPSG:4326", False)],
)
def test_a_plane_must_be_projected_in_metres(system, fits):
    assert is_plane_in_metres(system) is fits


def test_lengths_are_right_in_utm_and_wrong_in_web_mercator():
    assert length_error("EPSG:32649", 112.4, 29.36) < 0.0005
    assert length_error("EPSG:3857", 112.4, 29.36) > 0.1
    assert length_error("EPSG:32649", 112.4, 95.0) == float("inf")
