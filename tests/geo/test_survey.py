"""The whole survey, tables in, ground and problems out."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from enroll.geo import survey
from enroll.geo.shifts import gcj02_from_wgs84
from enroll.notices import KINDS, level_of, message_of, remedy_of
from enroll.records import TravelMatrix

from .frames import applicants, at, inputs, schools, settings, square, zones

ROLES = ("applicants", "schools", "zones")
SCHOOL = schools([at(500, 500)])
MAP = zones([square(0, 0)])
ZONE_ONLY = {"round": [{"id": "zone", "rule": "zone", "order": ["group"]}]}


def run(children, all_schools=SCHOOL, all_zones=MAP, matrix=None, **tables):
    return survey(inputs(children, all_schools, all_zones, matrix), settings(**tables))


def codes(problems):
    return [problem.code for problem in problems]


def only(problems, code):
    (problem,) = (one for one in problems if one.code == code)
    return problem


def test_a_child_at_home_in_its_zone():
    """120 m east of the school; the way is rounded to 100 m."""
    ground, problems = run(applicants([at(620, 500)]))
    assert problems == []
    assert ground.zone.tolist() == [0]
    assert ground.zone_how.tolist() == ["map"]
    assert ground.distance_from.tolist() == ["home"]
    assert ground.ways.rows(np.array([0])).tolist() == [[100]]
    assert ground.school_point.tolist() == [[6_005_000, 32_505_000]]
    assert ground.home_point.tolist() == [[6_006_200, 32_505_000]]


def test_homes_in_gcj02_and_schools_in_wgs84_meet():
    home, school = (112.40, 29.36), (112.41, 29.36)
    shifted = tuple(value[0] for value in gcj02_from_wgs84(*map(np.atleast_1d, home)))
    for point, crs in ((home, "wgs84"), (shifted, "gcj02")):
        children = applicants([point], crs=crs, zone=[0])
        table = zones(anchors=[None])
        ground, _ = run(children, schools([school], crs="wgs84"), table)
        assert ground.ways.rows(np.array([0])).tolist() == [[950]]


def test_a_child_without_coordinates_is_measured_from_the_anchor_of_its_zone():
    table = zones(anchors=[at(0, 500)])
    ground, problems = run(applicants([None], zone=[0]), all_zones=table)
    assert problems == []
    assert ground.distance_from.tolist() == ["anchor"]
    assert ground.zone_how.tolist() == ["given"]
    assert ground.ways.pairs(np.array([0]), np.array([0])).tolist() == [500]
    assert ground.home_point.tolist() == [[6_000_000, 32_505_000]]


def test_no_coordinates_and_no_anchor_is_blocking():
    _, problems = run(applicants([at(1, 1), None], zone=[-1, 0]))
    problem = only(problems, "NO_WAY")
    assert level_of(problem) == "blocking"
    assert (problem.file, problem.row, problem.column) == ("a.csv", 3, "lon")


@pytest.mark.parametrize(
    "columns", [{"review": ["pending"]}, {"placed_school": [0]}, {"review": ["rejected"]}]
)
def test_who_is_not_placed_by_a_rule_needs_no_way(columns):
    ground, problems = run(applicants([None], zone=[0], **columns))
    assert problems == []
    assert ground.distance_from.tolist() == [""]
    assert ground.ways.rows(np.array([0])).tolist() == [[-1]]


def test_no_rule_asks_for_the_way():
    ground, problems = run(applicants([None], zone=[0]), **ZONE_ONLY)
    assert (codes(problems), ground.distance_from.tolist()) == ([], [""])


@pytest.mark.parametrize(
    ("step", "serves"),
    [
        ({"id": "z", "rule": "zone", "order": ["distance"]}, (0,)),
        ({"id": "r", "rule": "redirect"}, (0,)),
        ({"id": "z", "rule": "zone", "order": ["group"]}, (0, 1)),
    ],
)
def test_rules_that_ask_for_the_way(step, serves):
    """By distance, by redirect, and where a zone shares two schools."""
    both = schools([at(500, 500), at(600, 600)])
    shared = zones([square(0, 0)], serves=[serves])
    _, problems = run(applicants([None], zone=[0]), both, shared, round=[step])
    assert codes(problems) == ["NO_WAY"]


def test_many_children_without_a_way_are_counted():
    _, problems = run(applicants([None] * 25))
    assert codes(problems) == ["NO_WAY"] * 20 + ["MORE_LIKE_THIS"]
    assert problems[-1].params == {"count": 5, "like": "NO_WAY"}
    assert level_of(problems[-1]) == "blocking"


def test_a_school_without_coordinates_is_blocking_where_it_has_classes():
    two = schools([at(500, 500), None], classes=[1, 1])
    _, problems = run(applicants([at(1, 1)]), two)
    problem = only(problems, "SCHOOL_WITHOUT_POINT")
    assert level_of(problem) == "blocking"
    assert (problem.file, problem.row, problem.params) == ("s.csv", 3, {"school": "S1"})


def test_a_school_without_coordinates_and_classes_is_out_of_reach():
    two = schools([at(500, 500), None], classes=[1, 0])
    ground, problems = run(applicants([at(500, 500)]), two)
    problem = only(problems, "SCHOOLS_NOT_ON_MAP")
    assert (problem.params, level_of(problem)) == ({"count": 1, "schools": "S1"}, "info")
    assert ground.ways.rows(np.array([0])).tolist() == [[0, -1]]


SEVEN = [at(100.0 * k, 500) for k in range(6)]


@pytest.mark.parametrize(("classes", "level"), [(1, "blocking"), (0, "yellow")])
def test_a_school_on_another_continent_is_not_believed(classes, level):
    far = schools([*SEVEN, (0.0, 0.0)], classes=[1] * 6 + [classes])
    _, problems = run(applicants([at(500, 500)]), far)
    problem = only(problems, "POINT_FAR_AWAY")
    assert level_of(problem) == level
    assert (problem.file, problem.row, problem.params) == ("s.csv", 8, {"km": 100})


def test_swapped_coordinates_are_named():
    """112.40 E 29.36 N in both orders; the plane cannot even take the wrong one."""
    lonlat = [(112.40, 29.36), (112.41, 29.36)]
    children = applicants([(29.361, 112.405)], crs="wgs84")
    _, problems = run(children, schools(lonlat, crs="wgs84"), zones(anchors=[None]))
    problem = only(problems, "POINT_SWAPPED")
    assert (problem.row, level_of(problem), codes(problems)) == (2, "blocking", ["POINT_SWAPPED"])


def test_a_home_far_away_is_measured_from_the_anchor_where_there_is_one():
    table = zones(anchors=[at(0, 500)])
    ground, problems = run(applicants([at(900_000, 0)], zone=[0]), all_zones=table)
    assert [(problem.code, level_of(problem)) for problem in problems] == [
        ("POINT_FAR_AWAY", "yellow")
    ]
    assert ground.distance_from.tolist() == ["anchor"]


def test_an_anchor_far_away_is_not_believed():
    table = zones(anchors=[at(900_000, 0)])
    _, problems = run(applicants([at(0, 0)], zone=[0]), all_zones=table)
    problem = only(problems, "POINT_FAR_AWAY")
    assert (problem.file, problem.row, level_of(problem)) == ("z.geojson", 1, "yellow")


def triples(*rows, keyed_by="applicant"):
    table = np.array(rows, np.int64).reshape(-1, 3)
    return TravelMatrix(keyed_by, table[:, 0], table[:, 1], table[:, 2])


BY_MATRIX = {"mode": "matrix", "matrix": {"path": "m.csv"}}


def by_matrix(children, matrix, all_schools=SCHOOL, all_zones=MAP, **tables):
    return run(children, all_schools, all_zones, matrix, travel=BY_MATRIX, **tables)


def test_ways_from_a_matrix():
    ground, problems = by_matrix(applicants([None]), triples((0, 0, 1234)))
    assert problems == []
    assert ground.distance_from.tolist() == ["matrix"]
    assert ground.ways.rows(np.array([0])).tolist() == [[1250]]


def test_a_matrix_by_zone_uses_the_zone_found_on_the_map():
    ground, _ = by_matrix(applicants([at(10, 10)]), triples((0, 0, 800), keyed_by="zone"))
    assert ground.ways.rows(np.array([0])).tolist() == [[800]]
    assert ground.home_point.tolist() == [[6_000_100, 32_500_100]]


def test_a_child_that_the_matrix_does_not_know_is_named():
    """With a home it can reach nothing; without one that is blocking."""
    ground, problems = by_matrix(applicants([at(1, 1), at(2, 2)]), triples((0, 0, 9)))
    assert codes(problems) == ["MATRIX_WITHOUT_APPLICANT"]
    assert ground.distance_from.tolist() == ["matrix", ""]
    _, problems = by_matrix(applicants([at(1, 1), None]), triples((0, 0, 9)))
    assert [(one.code, level_of(one)) for one in problems] == [("NO_WAY", "blocking")]


def test_a_school_that_the_matrix_does_not_know_is_named():
    two = schools([at(500, 500), None, None], classes=[1, 1, 0])
    ground, problems = by_matrix(applicants([at(1, 1)]), triples((0, 0, 9)), two)
    assert [problem.row for problem in problems] == [3]
    assert codes(problems) == ["MATRIX_WITHOUT_SCHOOL"]
    assert ground.ways.rows(np.array([0])).tolist() == [[0, -1, -1]]


def test_a_matrix_that_is_named_but_not_asked_for_is_not_used():
    ground, _ = run(
        applicants([at(500, 500)]),
        matrix=triples((0, 0, 900)),
        travel={**BY_MATRIX, "mode": "straight"},
    )
    assert ground.distance_from.tolist() == ["home"]


@pytest.mark.parametrize(
    ("metric_crs", "code"),
    [
        ("EPSG:4326", "METRIC_CRS_NOT_METRES"),
        ("EPSG:2263", "METRIC_CRS_NOT_METRES"),
        ("EPSG:3857", "METRIC_CRS_DISTORTS"),
        ("EPSG:32640", "METRIC_CRS_DISTORTS"),
        ("EPSG:99999", "SYSTEM_UNKNOWN"),
    ],
)
def test_a_plane_that_does_not_fit_is_blocking(metric_crs, code):
    ground, problems = run(applicants([at(1, 1)]), coordinates={"metric_crs": metric_crs})
    assert (ground, codes(problems)) == (None, [code])
    assert problems[0].column == "coordinates.metric_crs"


def test_a_plane_of_the_country_is_taken():
    ground, problems = run(applicants([at(620, 500)]), coordinates={"metric_crs": "EPSG:4546"})
    assert problems == []
    assert ground.ways.rows(np.array([0])).tolist() == [[100]]


@pytest.mark.parametrize("role", ROLES)
def test_a_system_nobody_knows_is_blocking(role):
    crs = {name: "EPSG:99999" if name == role else "EPSG:32649" for name in ROLES}
    ground, problems = run(
        applicants([at(1, 1)], crs=crs["applicants"]),
        schools([at(1, 1)], crs=crs["schools"]),
        zones([square(0, 0)], crs=crs["zones"]),
    )
    assert ground is None
    assert [problem.column for problem in problems] == [f"coordinates.{role}"]


def test_without_any_coordinates_a_matrix_is_enough():
    """Also under a declared plane, which then has nothing to fit."""
    for coordinates in ({}, {"metric_crs": "EPSG:4546"}):
        ground, problems = by_matrix(
            applicants([None], zone=[0]),
            triples((0, 0, 700), keyed_by="zone"),
            schools([None]),
            zones(anchors=[None], crs=""),
            coordinates=coordinates,
        )
        assert problems == []
        assert ground.ways.rows(np.array([0])).tolist() == [[700]]


def test_the_plane_fits_the_zones_where_nothing_else_has_a_place():
    ground, problems = run(applicants([None], placed_school=[0]), schools([None], classes=[0]), MAP)
    assert (problems, ground.zone.tolist()) == ([], [-1])


def test_a_map_that_nobody_lies_in_is_blocking():
    elsewhere = zones([square(50_000, 0), square(52_000, 0)])
    ground, problems = run(applicants([at(1, 1)], zone=[0]), all_zones=elsewhere)
    assert only(problems, "ZONES_ELSEWHERE").file == "z.geojson"
    assert level_of(problems[-1]) == "blocking"
    assert ground.zone.tolist() == [0]


def test_a_map_with_only_a_school_in_it_stands():
    ground, problems = run(applicants([at(5_000, 1)]))
    assert problems == []
    assert ground.zone_how.tolist() == ["none"]


def test_every_defect_of_a_map_is_named_at_its_row():
    tie = shapely.Polygon([at(0, 3000), at(500, 3500), at(500, 3000), at(0, 3500)])
    sliver = shapely.box(*at(1999.9, 0), *at(3000, 1000))
    shapes = [square(0, 0), square(900, 0, 1100), square(0, 0), sliver, tie, None, square(0, 1000)]
    serves = [(0,), (0,), (0,), (0,), (0,), (0,), ()]
    _, problems = run(applicants([at(1, 1)]), all_zones=zones(shapes, serves))
    found = [(problem.code, problem.row) for problem in problems]
    assert found == [
        ("ZONE_WITHOUT_SCHOOL", 7),
        ("ZONE_EMPTY", 6),
        ("ZONE_REPAIRED", 5),
        ("ZONE_SAME_SHAPE", 1),
        ("ZONE_OVERLAP", 1),
        ("ZONE_OVERLAP", 2),
        ("ZONE_DUST", 0),
    ]
    assert problems[4].params == {"first": "Z0", "second": "Z1", "area": 100_000}
    assert problems[6].params == {"slivers": 1, "pinholes": 0, "area": 100}


def test_a_gap_is_named():
    ring = square(0, 0, 3000).difference(square(1000, 1000))
    _, problems = run(applicants([at(1, 1)]), all_zones=zones([ring], [()]))
    assert only(problems, "ZONE_GAP").params == {"zones": "Z0", "area": 1_000_000}


def test_a_zone_without_a_shape_may_have_an_anchor_instead():
    table = zones([square(0, 0), None], anchors=[None, at(5, 5)])
    _, problems = run(applicants([at(1, 1)]), all_zones=table)
    assert problems == []


def test_a_school_outside_its_zone_is_named_with_how_far():
    """It serves two zones and is 200 m from the nearer one; a third names another school."""
    two = schools([at(1200, 500), at(10, 10)])
    table = zones([square(0, 0), square(0, 2000), square(1000, 0)], [(0, 1), (0,), (1,)])
    _, problems = run(applicants([at(1, 1)]), two, table)
    problem = only(problems, "SCHOOL_OUTSIDE_ZONE")
    assert problem.params == {"school": "S0", "metres": 200, "zones": "Z0, Z1"}


def test_long_lists_of_ids_are_cut():
    table = zones([square(0, 0)] * 7)
    _, problems = run(applicants([at(1, 1)]), all_zones=table)
    assert only(problems, "ZONE_SAME_SHAPE").params["zones"] == "Z0, Z1, Z2, Z3, Z4 (+2)"


def test_every_problem_has_a_sentence_and_a_remedy():
    """Whatever the survey above can say fills all fields of its sentences."""
    far = schools([*SEVEN, (0.0, 0.0), None])
    tables = zones([square(0, 0), square(900, 0), square(0, 0), square(9000, 0)], [(0,)] * 3 + [()])
    _, problems = run(applicants([None, (1.0, 1.0)]), far, tables)
    assert len({problem.code for problem in problems}) >= 6
    for problem in problems:
        assert problem.code in KINDS
        assert "{" not in message_of(problem, "en") + remedy_of(problem, "en")


def test_nothing_depends_on_the_order_of_the_children():
    points = [at(500, 500), at(1, 999), at(5000, 1), at(1000, 1000)]
    ground, _ = run(applicants(points))
    turned, _ = run(applicants(points[::-1]))
    assert turned.zone.tolist() == ground.zone.tolist()[::-1]
    everybody = np.arange(4)
    assert (turned.ways.rows(everybody) == ground.ways.rows(everybody)[::-1]).all()


@pytest.mark.parametrize("nothing", [zones(anchors=[]), zones([])])
def test_without_zones_everybody_goes_on_to_redirect(nothing):
    ground, problems = run(applicants([at(1, 1)]), all_zones=nothing)
    assert problems == []
    assert (ground.zone.tolist(), ground.zone_how.tolist()) == ([-1], ["none"])
