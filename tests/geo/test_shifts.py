"""GCJ-02 and BD-09 against published points, and there and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enroll.geo.shifts import (
    bd09_from_gcj02,
    gcj02_from_bd09,
    gcj02_from_wgs84,
    wgs84_from_gcj02,
)

METRES_PER_DEGREE = 111_320.0

# Published pairs of other implementations: WGS 84 and GCJ-02, longitude first.
GCJ02 = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),  # Shanghai
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),  # Shenzhen
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),  # Beijing
    ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),  # Beijing, Tiananmen
]


def one(function, lon, lat):
    east, north = function(np.array([lon]), np.array([lat]))
    return float(east[0]), float(north[0])


def metres_apart(first, second):
    return METRES_PER_DEGREE * max(abs(a - b) for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize(("wgs84", "gcj02"), GCJ02)
def test_gcj02_meets_published_points(wgs84, gcj02):
    assert metres_apart(one(gcj02_from_wgs84, *wgs84), gcj02) < 0.001


@pytest.mark.parametrize(("wgs84", "gcj02"), GCJ02)
def test_the_inverse_of_gcj02_meets_published_points(wgs84, gcj02):
    assert metres_apart(one(wgs84_from_gcj02, *gcj02), wgs84) < 0.001


def test_bd09_meets_a_published_point():
    """The forward formula, GCJ-02 to BD-09 at Tiananmen."""
    published = (116.41036949371029, 39.92133699351021)
    assert metres_apart(one(bd09_from_gcj02, 116.404, 39.915), published) < 0.001


def test_the_inverse_of_bd09_meets_a_published_point():
    """The published one is a single step, so the two differ by centimetres."""
    published = (116.39762729119315, 39.90865673957631)
    assert metres_apart(one(gcj02_from_bd09, 116.404, 39.915), published) < 0.5


def test_the_railway_station_of_beijing():
    """Published to five digits, about a metre: WGS 84 and the same place in BD-09."""
    wgs84 = one(wgs84_from_gcj02, *one(gcj02_from_bd09, 116.43351, 39.90851))
    assert metres_apart(wgs84, (116.42079, 39.90105)) < 2.0


def test_nan_county_is_shifted_by_more_than_the_way_to_school():
    """About 630 m in GCJ-02 and 1,250 m in BD-09: no default could be harmless."""
    home = (112.40, 29.36)
    gcj02 = one(gcj02_from_wgs84, *home)
    bd09 = one(bd09_from_gcj02, *gcj02)
    assert length(home, gcj02) == pytest.approx(630, abs=20)
    assert length(home, bd09) == pytest.approx(1250, abs=20)


def length(first, second):
    east = (second[0] - first[0]) * np.cos(np.radians(first[1]))
    return METRES_PER_DEGREE * float(np.hypot(east, second[1] - first[1]))


@pytest.mark.parametrize(
    "place", [(-73.98, 40.75), (2.35, 48.85), (151.2, -33.87), (71.9, 30.0), (100.0, 0.5)]
)
def test_outside_china_nothing_moves(place):
    for function in (gcj02_from_wgs84, wgs84_from_gcj02, bd09_from_gcj02, gcj02_from_bd09):
        assert one(function, *place) == place


longitudes = st.floats(73.0, 136.5, allow_nan=False)
latitudes = st.floats(1.5, 55.0, allow_nan=False)


@given(longitudes, latitudes)
def test_gcj02_there_and_back(lon, lat):
    back = one(wgs84_from_gcj02, *one(gcj02_from_wgs84, lon, lat))
    assert metres_apart(back, (lon, lat)) < 0.001


@given(longitudes, latitudes)
def test_bd09_there_and_back(lon, lat):
    back = one(gcj02_from_bd09, *one(bd09_from_gcj02, lon, lat))
    assert metres_apart(back, (lon, lat)) < 0.001


@given(st.lists(st.tuples(longitudes, latitudes), min_size=2, max_size=6))
def test_a_point_does_not_depend_on_the_others(points):
    table = np.array(points)
    together = np.column_stack(wgs84_from_gcj02(table[:, 0], table[:, 1]))
    alone = [one(wgs84_from_gcj02, *point) for point in points]
    assert np.abs(together - alone).max() < 1e-11


def test_arguments_are_not_changed():
    lon, lat = np.array([112.4]), np.array([29.36])
    wgs84_from_gcj02(lon, lat)
    assert (lon[0], lat[0]) == (112.4, 29.36)
