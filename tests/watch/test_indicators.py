"""The county's indicators, in exact figures against their targets."""

import pytest

from enroll.watch import indicators
from tests.small import (
    make_applicants,
    make_inputs,
    make_placement,
    make_run,
    make_schools,
    make_zones,
)


def rows(inputs, placement, zone=None, **keys):
    """Return `{(name, setting): (value, target, met)}`."""
    inputs, ground, ranking, _, placement, plan, settings = make_run(
        inputs, placement, zone, **keys
    )
    found = indicators(inputs, ground, ranking, placement, plan, settings)
    return {(row.name, row.setting): (row.value, row.target, row.met) for row in found}


def county(count, facts=None, **columns):
    schools = make_schools(3, setting=["urban", "rural", "town"], **columns)
    return make_inputs(make_applicants(count, facts), schools, make_zones((0,), (1,), (2,)))


def test_rows_cover_all_and_each_setting_that_occurs():
    inputs = make_inputs(make_applicants(1), make_schools(2, setting=["town", ""]))
    settings = {setting for _, setting in rows(inputs, make_placement([0]))}
    assert settings == {"all", "town"}


def test_oversized_classes_and_their_share():
    found = rows(county(157, classes=[2, 1, 1]), make_placement([0] * 112 + [1] * 45))
    assert found["classes", "all"] == ("3", "", "")
    assert found["oversized_classes", "all"] == ("2", "0", "no")
    assert found["oversized_share", "all"] == ("66.67", "5", "no")
    assert found["oversized_share", "rural"] == ("0.00", "5", "yes")
    assert found["oversized_share", "town"] == ("", "5", "")
    assert found["very_oversized_classes", "all"] == ("0", "0", "yes")


def test_mean_class_counts_classes_that_open():
    found = rows(county(46, classes=[2, 1, 1]), make_placement([0] * 46))
    assert found["mean_class", "urban"] == ("23.00", "", "")
    assert found["mean_class", "rural"] == ("", "", "")
    assert rows(county(3), make_placement([0, 0, 1]))["mean_class", "all"] == ("1.50", "", "")


def test_oversized_schools():
    found = rows(county(1, other_grades=[2000, 0, 0]), make_placement([0]))
    assert found["oversized_schools", "all"] == ("1", "0", "no")
    assert found["oversized_schools", "rural"] == ("0", "0", "yes")


def test_gap_counts_missing_seats_by_the_setting_of_the_zone():
    reasons = ["NO_SEAT", "NO_SCHOOL_IN_REACH", "DECLINED", "NO_SEAT"]
    found = rows(county(4), make_placement([-1] * 4, reasons), zone=[0, 1, 0, -1])
    assert found["gap", "all"] == ("3", "0", "no")
    assert found["gap", "urban"] == ("1", "0", "no")
    assert found["gap", "rural"] == ("1", "0", "no")
    assert found["gap", "town"] == ("0", "0", "yes")


def test_share_placed_in_zone_is_urban_and_town_without_boarding():
    inputs = make_inputs(
        make_applicants(6),
        make_schools(
            4,
            setting=["urban", "town", "rural", "urban"],
            kind=["full", "full", "full", "boarding"],
        ),
        make_zones((0, 3), (1,), (2,)),
    )
    found = rows(inputs, make_placement([0, 0, 1, 2, 3, -1]), zone=[0, 0, 0, 0, 1, 0])
    assert found["placed_in_zone_share", "all"] == ("66.66", "100", "no")
    assert found["placed_in_zone_share", "urban"] == ("100.00", "100", "yes")
    assert found["placed_in_zone_share", "town"] == ("0.00", "100", "no")
    assert ("placed_in_zone_share", "rural") not in found


@pytest.mark.parametrize(("away", "met"), [(1, "yes"), (2, "no")])
def test_junior_schools_are_to_place_95_in_100_in_zone(away, met):
    inputs = make_inputs(make_applicants(20), make_schools(1), make_zones((0,), ()))
    zone = [1] * away + [0] * (20 - away)
    found = rows(inputs, make_placement([0] * 20), zone, stage="junior")
    assert found["placed_in_zone_share", "all"][1:] == ("95", met)


def test_share_is_rounded_against_its_target():
    inputs = make_inputs(make_applicants(30_000), make_schools(1), make_zones((0,), ()))
    found = rows(inputs, make_placement([0] * 30_000), [1] + [0] * 29_999)
    assert found["placed_in_zone_share", "all"] == ("99.99", "100", "no")


def test_migrants_in_public_schools():
    schools = make_schools(2, sector=["public", "private"])
    households = ["outside", "outside", "county", "outside", "outside"]
    applicants = make_applicants(5, {"household": households}, review=["passed"] * 4 + ["rejected"])
    inputs = make_inputs(applicants, schools, make_zones((0, 1)))
    found = rows(inputs, make_placement([0, 1, 0, -1, -1]))
    assert found["migrants_public_share", "all"] == ("33.33", "85", "no")


def test_migrants_are_not_known_without_the_household():
    assert rows(county(1), make_placement([0]))["migrants_public_share", "all"] == ("", "85", "")


def test_farthest_way():
    found = rows(county(3), make_placement([0, 1, 1], metres=[900, 4000, -1]))
    assert found["farthest_m", "all"] == ("4000", "", "")
    assert found["farthest_m", "urban"] == ("900", "", "")
    assert found["farthest_m", "town"] == ("", "", "")
