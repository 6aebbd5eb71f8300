"""The survey on published maps of real counties, where the variable names their folder."""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import shapely

from enroll.geo import survey
from enroll.geo.patches import find_patches
from enroll.geo.zones import same_shapes, shape_zones

from .frames import applicants, inputs, schools, settings, zones

FOLDER = os.environ.get("ENROLL_REAL_DATA", "")

pytestmark = pytest.mark.skipif(not FOLDER, reason="ENROLL_REAL_DATA names no folder")


def features(name):
    document = json.loads((Path(FOLDER) / name).read_text(encoding="utf-8"))
    shapes = [shapely.from_geojson(json.dumps(one["geometry"])) for one in document["features"]]
    return shapes, [one["properties"] for one in document["features"]]


def school_points():
    """Return system codes with coordinates, each once, and the row of each."""
    with (Path(FOLDER) / "nyc_elem/schools.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    points = {}
    for row in rows:
        place = row["LONGITUDE"], row["LATITUDE"]
        points.setdefault(
            row["system_code"].strip(), tuple(map(float, place)) if all(place) else None
        )
    return points


@pytest.fixture(scope="module")
def new_york():
    """Every zone and school of the city, and one home inside each zone."""
    shapes, properties = features("nyc_elem/zones.geojson")
    points = school_points()
    number = {code: place for place, code in enumerate(points)}
    named = [(one.get("dbn") or "").replace(" ", "").split(",") for one in properties]
    serves = [tuple(number[code] for code in codes if code in number) for codes in named]
    homes = [shape.representative_point().coords[0] for shape in shapes]
    classes = np.zeros(len(points), np.int64)
    tables = inputs(
        applicants(homes, crs="wgs84"),
        schools(list(points.values()), crs="wgs84", classes=classes),
        zones(shapes, serves, crs="EPSG:4326"),
    )
    return survey(tables, settings())


@pytest.fixture(scope="module")
def counted(new_york):
    return Counter(problem.code for problem in new_york[1])


def test_new_york_goes_through(new_york):
    ground, problems = new_york
    assert ground is not None, problems
    assert (ground.zone_how != "none").all()


def test_its_two_invalid_polygons_are_repaired(counted):
    assert counted["ZONE_REPAIRED"] == 2


def test_its_two_real_overlaps_are_named(counted):
    assert counted["ZONE_OVERLAP"] == 2


def test_its_dust_is_counted_in_one_line(new_york, counted):
    """524 sliver overlaps and 866 pin-holes in feet; the plane differs by a few of no size."""
    (dust,) = (problem for problem in new_york[1] if problem.code == "ZONE_DUST")
    assert dust.params["slivers"] == pytest.approx(524, abs=10)
    assert dust.params["pinholes"] == pytest.approx(866, abs=10)
    assert dust.params["area"] == pytest.approx(108, abs=1)  # 1,158 square feet
    assert counted["ZONE_GAP"] == 0


def test_its_zones_without_a_school_are_named(counted):
    assert counted["ZONE_WITHOUT_SCHOOL"] == 30


def test_its_schools_outside_their_zone_are_named(counted):
    """Seventeen, of which two by less than half a decimetre."""
    assert counted["SCHOOL_OUTSIDE_ZONE"] == pytest.approx(17, abs=2)


def test_its_schools_on_another_continent_are_named(counted):
    assert counted["POINT_FAR_AWAY"] == 5


def test_baltimore_has_dust_only():
    """179 slivers; 144 pin-holes and a dozen of no size; one gap of 488 m2 can be named."""
    shapes, _ = features("baltimore_sw/planning_blocks.geojson")
    drawn = shape_zones(zones(shapes, crs="EPSG:4326"), "EPSG:32618")
    found = find_patches(drawn, same_shapes(drawn))
    assert (found.overlaps, len(found.gaps)) == ((), 1)
    assert found.slivers == pytest.approx(179, abs=5)
    assert found.pinholes == pytest.approx(144, abs=15)
