"""Real files with the dirt they really have; `ENROLL_REAL_DATA` says where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.tables.samples import codes, read_settings, settings_of, write

FOLDER = os.environ.get("ENROLL_REAL_DATA", "")

pytestmark = pytest.mark.skipif(
    not FOLDER, reason="ENROLL_REAL_DATA does not name the folder of the real files"
)


@pytest.fixture(scope="module")
def new_york(tmp_path_factory):
    """Return inputs and problems of the zones and schools of New York City."""
    real = Path(FOLDER) / "nyc_elem"
    folder = tmp_path_factory.mktemp("nyc")
    schools = (real / "schools.csv").read_text(encoding="utf-8").splitlines()
    header = schools[0].replace("fiscal_year", "classes").replace("BEDS", "state_code")
    elementary = {}
    for line in schools[1:]:
        year, code, *rest = line.split(",")
        elementary.setdefault(code, ",".join(["2", code, *rest]))
    assert year == "2020"
    write(folder, "schools.csv", "\n".join([header, *elementary.values()]) + "\n")
    write(folder, "zones.geojson", (real / "zones.geojson").read_bytes())
    write(folder, "applicants.csv", "applicant_id,lon,lat\nA1,-73.99,40.65\n")
    columns = {
        "schools": {
            "school_id": "system_code",
            "name": "location_name",
            "lon": "LONGITUDE",
            "lat": "LATITUDE",
        },
        "zones": {"zone_id": "zone", "schools": "dbn"},
    }
    _number_zones(folder / "zones.geojson")
    files = {"applicants": "applicants.csv", "schools": "schools.csv", "zones": "zones.geojson"}
    declared = {"applicants": "wgs84", "schools": "wgs84"}
    return read_settings(folder, settings_of(files, columns=columns, coordinates=declared))


def _number_zones(path):
    """Give every zone an id; the file's own are not unique."""
    import json

    document = json.loads(path.read_text(encoding="utf-8"))
    for number, feature in enumerate(document["features"]):
        feature["properties"]["zone"] = f"z{number:03d}"
    path.write_text(json.dumps(document), encoding="utf-8")


def test_all_zones_are_read(new_york):
    inputs, problems = new_york
    assert inputs is not None, [one for one in problems if one.code != "ZONE_SCHOOL_UNKNOWN"][:5]
    assert len(inputs.zones) == 770
    assert inputs.zones.crs == "EPSG:4326"


def test_invalid_rings_are_kept_for_the_map_check(new_york):
    import shapely

    assert int((~shapely.is_valid(new_york[0].zones.geometry)).sum()) == 2


def test_lists_of_schools_are_taken_apart(new_york):
    zones, problems = new_york[0].zones, new_york[1]
    assert sum(len(members) > 1 for members in zones.schools) in range(45, 62)
    assert codes(problems).count("ZONE_SCHOOL_UNKNOWN") == 13


def test_the_extra_columns_are_named_once(new_york):
    assert codes(new_york[1]).count("COLUMNS_IGNORED") == 2


@pytest.mark.parametrize("name", ["planning_blocks", "schools", "walk_zones"])
def test_the_maps_of_baltimore_are_read(name):
    from enroll.tables.opening import open_file
    from enroll.tables.problems import FileReport
    from enroll.tables.reading import read_opened

    report = FileReport(name)
    file = open_file("zones", Path(FOLDER), f"baltimore_sw/{name}.geojson")
    table = read_opened(file, report)
    assert len(table) == {"planning_blocks": 182, "schools": 168, "walk_zones": 11}[name]
    assert table.crs == "EPSG:4326"
    assert not report.listed()
