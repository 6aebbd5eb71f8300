"""A place of two zones and three schools, on which changes are tried."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from enroll.changing import try_changes
from enroll.scenario import load
from enroll.tables import read_inputs

if TYPE_CHECKING:
    from pathlib import Path

    from enroll.records import Inputs
    from enroll.tables import Reading

SCENARIO = """\
title = "T"
year = 2026
stage = "primary"
[files]
applicants = "applicants.csv"
schools = "schools.csv"
zones = "zones.geojson"
[coordinates]
applicants = "wgs84"
schools = "wgs84"
[[group]]
id = "A"
when = { home = "own" }
[[group]]
id = "B"
when = { home = "rent" }
[[round]]
id = "zone"
rule = "zone"
[[round]]
id = "redirect"
rule = "redirect"
seats = "limit"
"""

SCHOOLS = [
    "school_id,name,lon,lat,classes,rooms,other_grades",
    "S1,One,112.405,29.305,1,1,100",
    "S2,Two,112.415,29.305,1,2,100",
    "S3,Three,112.418,29.308,1,1,100",
]

ESTATE = """
[[change]]
do = "add_homes"
id = "NEW"
polygon = [[112.401, 29.301], [112.409, 29.301], [112.409, 29.309]]
dwellings = 100
pupils_per_100 = {1 = 12.5}
delivered = 2026
group = "B"
"""


def square(zone_id: str, west: float, schools: str = "", east: float = 0) -> dict:
    """Return a zone of 0.01 degrees, or up to `east`."""
    right = east or round(west + 0.01, 3)
    ring = [[west, 29.3], [right, 29.3], [right, 29.31], [west, 29.31], [west, 29.3]]
    return {
        "type": "Feature",
        "properties": {"zone_id": zone_id, "name": zone_id, "schools": schools},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def zone_map(*zones: dict) -> str:
    """Return zones as GeoJSON."""
    return json.dumps({"type": "FeatureCollection", "features": list(zones)})


def children(count: int = 20, **changed: str) -> list[str]:
    """Return rows of children: the even ones in zone Z1 and the odd ones in Z2.

    Parameters
    ----------
    changed
        Cells after `home` (sibling_school, placed_school and so on) by applicant_id.
    """
    header = (
        "applicant_id,lon,lat,home,birth_date,sibling_school,family,placed_school,placed_reason,"
        "placed_authority,placed_date"
    )
    rows = [
        f"A{number:03},{112.402 + 0.01 * (number % 2) + number / 10000:.4f},29.304,"
        f"{'own' if number % 3 else 'rent'},2020-01-01,"
        f"{changed.get(f'A{number:03}', ',,,,,')}"
        for number in range(count)
    ]
    return [header, *rows]


def place(folder: Path, text: str = "", *, rows: list[str] | None = None,
          schools: list[str] | None = None, base: str = SCENARIO) -> Path:  # fmt: skip
    """Write the place with further lines of the scenario; return the scenario's path."""
    folder.mkdir(parents=True, exist_ok=True)
    zones = zone_map(square("Z1", 112.4, "S1"), square("Z2", 112.41, "S2;S3"))
    (folder / "applicants.csv").write_text("\n".join(rows or children()) + "\n", "utf-8")
    (folder / "schools.csv").write_text("\n".join(schools or SCHOOLS) + "\n", "utf-8")
    (folder / "zones.geojson").write_text(zones, "utf-8")
    path = folder / "own.toml"
    path.write_text(base + text, "utf-8")
    return path


def reading(folder: Path, text: str, **files: Any) -> Reading:
    """Return what is left of the place's tables after the changes in `text`.

    Parameters
    ----------
    files
        As for `place`.
    """
    scenario = load(place(folder, text, **files))
    return try_changes(scenario, read_inputs(scenario))


def inputs(folder: Path, text: str, **files: Any) -> Inputs:
    """Return the changed tables, in which nothing may be wrong."""
    read = reading(folder, text, **files)
    assert [problem.code for problem in read.problems] == []
    return read.inputs


def wrong(folder: Path, text: str, **files: Any) -> list[tuple[str, str]]:
    """Return code and place of every problem of the changes."""
    read = reading(folder, text, **files)
    return [(problem.code, problem.column) for problem in read.problems]


def recorded(found: Inputs) -> dict[str, tuple]:
    """Return old and new by key."""
    return {change.key: (change.old, change.new) for change in found.changed}
