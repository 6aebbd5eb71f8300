"""The zones of a run as a map."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from enroll.report.maps import zone_map
from tests.report.makers import make_results


def with_zones(results, **changes):
    zones = replace(results.inputs.zones, **changes)
    return replace(results, inputs=replace(results.inputs, zones=zones))


def test_every_zone_has_its_children_and_where_they_went():
    results = make_results()
    count = len(results.inputs.zones)
    boxes = np.array([shapely.box(112 + i, 29, 113 + i, 30) for i in range(count)], dtype=object)
    table = zone_map(with_zones(results, geometry=boxes, crs="wgs84"))
    assert list(table.zone_id) == list(results.inputs.zones.zone_id)
    assert table.crs == "EPSG:4326"
    living = results.ground.zone >= 0
    assert table.applicants.sum() == living.sum()
    assert table.ineligible.sum() == ((results.ranking.ineligible != "") & living).sum()
    went = table.placed_in_zone + table.redirected + table.unplaced
    assert (went <= table.applicants - table.ineligible).all()
    assert table.geometry.iloc[0].equals(boxes[0])


@pytest.mark.parametrize("system", ["wgs84", "gcj02"])
def test_a_zone_without_an_outline_is_its_anchor_point(system):
    results = make_results()
    count = len(results.inputs.zones)
    place = {"lon": np.full(count, 112.4), "lat": np.full(count, 29.36)}
    table = zone_map(with_zones(results, geometry=None, crs=system, **place))
    away = shapely.distance(table.geometry.iloc[0], shapely.Point(112.4, 29.36))
    assert (away == 0) == (system == "wgs84")
    assert away < 0.01
