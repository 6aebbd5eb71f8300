"""New York's published zones, schools and capacities as the files an office would have.

The map of zones is named where it is and taken as published; schools keep every row and every
doubtful point. Only the children are invented: as many in each zone as its schools published in
kindergarten, somewhere inside it. What is wrong in the published files is left in, so that a
check has to find it.
"""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ENROLMENT_YEAR = "2021-22"
CAPACITY_DATE = "01/04/2023"
DISTRICTS = 32
"""Community school districts; higher numbers are special, alternative and charter schools."""
CLASS_STANDARD = 25
GRADES = 6
"""Kindergarten to grade 5: the entry grade has a sixth of a school's capacity."""

_SCHOOL_HEADERS = (
    "system_code", "location_name", "Grades_text", "Status_descriptions",
    "Geographical_District_code", "LONGITUDE", "LATITUDE", "X_COORDINATE", "Y_COORDINATE",
)  # fmt: skip
_APPLICANT_HEADERS = (
    "applicant_id", "lon", "lat", "birth_date", "sibling_school", "sibling_in_zone", "pre_k",
    "family",
)  # fmt: skip

NEW_YORK = """\
title = "New York City, kindergarten: published zones and schools, invented children"
year = 2026
stage = "primary"

[files]
applicants = "applicants.csv"
schools = "schools.csv"
zones = "{zones}"

[columns.schools]
school_id = "system_code"
name = "location_name"
lon = "LONGITUDE"
lat = "LATITUDE"
area = "Geographical_District_code"

[columns.zones]
zone_id = "esid_no"
name = "label"
schools = "dbn"
area = "zoned_dist"

[coordinates]
applicants = "wgs84"
schools = "wgs84"
metric_crs = "EPSG:32618"

[limits]
class_standard = {standard}
class_limit = 28
far_m = 1600

[age]
earliest_birth = 2021-01-01
latest_birth = 2021-12-31

[lottery]
seed = "{seed}"

[[group]]
id = "1"
name = "older sibling at a school of the zone"
when = {{ sibling_in_zone = "yes" }}
[[group]]
id = "2"
name = "in pre-kindergarten at a school of the zone"
when = {{ pre_k = "yes" }}
[[group]]
id = "3"
name = "everybody else"
when = {{}}

[[round]]
id = "zone"
rule = "zone"
seats = "standard"
order = ["group", "sibling"]
[[round]]
id = "redirect"
rule = "redirect"
seats = "standard"
max_m = 2400
[[round]]
id = "stretch"
rule = "redirect"
seats = "limit"
max_m = 2400
[[round]]
id = "borough"
rule = "redirect"
seats = "limit"
max_m = 10000
[[round]]
id = "far"
rule = "redirect"
seats = "limit"
"""

FEET = """\
# The same schools by their other two columns: feet of the state's plane.
extends = "new-york.toml"
title = "New York City, kindergarten: schools in feet"

[columns.schools]
lon = "X_COORDINATE"
lat = "Y_COORDINATE"

[coordinates]
schools = "EPSG:2263"
"""

AS_PUBLISHED = """\
# The list of schools with every row as published: {repeats} codes stand there twice.
extends = "new-york.toml"
title = "New York City, kindergarten: schools as published"

[files]
schools = "schools-as-published.csv"
"""


@dataclass(frozen=True)
class Zone:
    """One feature of the map, its outline repaired where it crosses itself."""

    named: tuple[str, ...]
    ground: shapely.Geometry


@dataclass(frozen=True)
class Published:
    """What the city published.

    Parameters
    ----------
    zones
        In the order of the map.
    rows
        Every row of the list of schools.
    classes
        Entry classes by school code, from a sixth of the capacity.
    entrants
        Children in kindergarten by school code.
    """

    zones: tuple[Zone, ...]
    rows: tuple[dict[str, str], ...]
    classes: dict[str, int]
    entrants: dict[str, int]

    @property
    def schools(self) -> dict[str, dict[str, str]]:
        """The first row of each school code."""
        first: dict[str, dict[str, str]] = {}
        for row in self.rows:
            first.setdefault(row["system_code"], row)
        return first


def build(real: Path, out: Path, children: int = 70_000, seed: int = 2026) -> Path:
    """Write the scenarios and their tables into `out`; return the scenario's path.

    Parameters
    ----------
    real
        The folder `nyc_elem`; nothing of its map is copied.
    out
        Made where it does not exist; files of an earlier call are replaced.
    children
        Applicants to invent.
    seed
        Of the children; the same seed gives the same files.
    """
    published = read_published(real)
    out.mkdir(parents=True, exist_ok=True)
    once = list(published.schools.values())
    _write_schools(out / "schools-as-published.csv", published.rows, published.classes)
    _write_schools(out / "schools.csv", once, published.classes)
    _write_applicants(out / "applicants.csv", published, children, seed)
    zones = os.path.relpath(real / "zones.geojson", out)
    repeats = len(published.rows) - len(once)
    for name, text in (
        ("new-york", NEW_YORK.format(zones=zones, standard=CLASS_STANDARD, seed="5" * 64)),
        ("feet", FEET),
        ("as-published", AS_PUBLISHED.format(repeats=repeats)),
    ):
        (out / f"{name}.toml").write_text(text, encoding="utf-8")
    return out / "new-york.toml"


def read_published(real: Path) -> Published:
    """Read the city's four files."""
    rows = tuple(
        {key: value.strip() for key, value in row.items()} for row in _table(real / "schools.csv")
    )
    capacity: Counter[str] = Counter()
    for row in _table(real / "capacity.csv"):
        if row["Data As Of"] == CAPACITY_DATE:
            capacity[row["Org ID"]] += whole(row["Org Target Cap"])
    entrants = {
        row["DBN"]: whole(row["Grade K"])
        for row in _table(real / "enrolment_by_grade.csv")
        if row["Year"] == ENROLMENT_YEAR
    }
    classes = {row["system_code"]: _classes(row, capacity[row["location_code"]]) for row in rows}
    document = json.loads((real / "zones.geojson").read_text(encoding="utf-8"))
    return Published(tuple(map(_zone, document["features"])), rows, classes, entrants)


def whole(cell: str) -> int:
    """Return the number in a cell such as `20.0` or `1,064`; 0 where it is empty."""
    return round(float(cell.replace(",", ""))) if cell.strip() else 0


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _zone(feature: dict) -> Zone:
    named = (feature["properties"]["dbn"] or "").split(",")
    ground = shapely.make_valid(shapely.from_geojson(json.dumps(feature["geometry"])))
    return Zone(tuple(code.strip() for code in named if code.strip()), ground)


def _classes(school: dict[str, str], capacity: int) -> int:
    """Return a school's entry classes: none where it is closed or has no kindergarten.

    Charter schools hold a lottery of their own, special schools take no child by its address.
    """
    district = int(school["system_code"][:2])
    open_to_all = school["Status_descriptions"] == "Open" and district <= DISTRICTS
    if not open_to_all or "0K" not in school["Grades_text"].split(",") or not capacity:
        return 0
    return max(1, round(capacity / GRADES / CLASS_STANDARD))


def _write_schools(path: Path, rows: Iterable[dict[str, str]], classes: dict[str, int]) -> None:
    written = ([*map(row.get, _SCHOOL_HEADERS), classes[row["system_code"]]] for row in rows)
    _write(path, (*_SCHOOL_HEADERS, "classes"), written)


def _write(path: Path, headers: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(headers)
        table.writerows(rows)


def _write_applicants(path: Path, published: Published, children: int, seed: int) -> None:
    generator = np.random.Generator(np.random.PCG64(seed))
    demand = _demand(published)
    counts = generator.multinomial(children, demand / demand.sum())
    homes = np.concatenate(
        [
            _homes(zone.ground, count, generator)
            for zone, count in zip(published.zones, counts, strict=True)
        ]
    )
    zone = np.repeat(np.arange(len(counts)), counts)
    mixed = generator.permutation(children)
    _write(path, _APPLICANT_HEADERS, _applicants(published, homes[mixed], zone[mixed], generator))


def _demand(published: Published) -> np.ndarray:
    """Return (z,) kindergarten children by zone.

    A zoned school's children live in its zones, as many in each as it is large; those of other
    schools live in the zone in which the school stands.
    """
    areas = shapely.area([zone.ground for zone in published.zones])
    zones_of: dict[str, list[int]] = {}
    for number, zone in enumerate(published.zones):
        for code in zone.named:
            zones_of.setdefault(code, []).append(number)
    tree = shapely.STRtree([zone.ground for zone in published.zones])
    demand = np.zeros(len(areas))
    for code, count in sorted(published.entrants.items()):
        zones = zones_of.get(code) or _standing_in(published.schools.get(code), tree)
        demand[zones] += count * areas[zones] / areas[zones].sum()
    return demand


def _standing_in(school: dict[str, str] | None, tree: shapely.STRtree) -> list[int]:
    if school is None or not school["LONGITUDE"]:
        return []
    point = shapely.Point(float(school["LONGITUDE"]), float(school["LATITUDE"]))
    return sorted(tree.query(point, predicate="intersects").tolist())[:1]


def _homes(ground: shapely.Geometry, count: int, generator: np.random.Generator) -> np.ndarray:
    """Return (count, 2) longitudes and latitudes anywhere inside a zone."""
    west, south, east, north = ground.bounds
    shapely.prepare(ground)
    found = np.zeros((0, 2))
    while len(found) < count:
        points = generator.uniform((west, south), (east, north), (4 * count + 16, 2))
        found = np.concatenate([found, points[shapely.contains_xy(ground, points)]])
    return np.round(found[:count], 6)


def _applicants(
    published: Published, homes: np.ndarray, zone: np.ndarray, generator: np.random.Generator
) -> Iterable[tuple[object, ...]]:
    """Yield the rows of the children; a twin stands below the other and lives with it."""
    count = len(homes)
    teaching = [
        [code for code in one.named if published.classes.get(code)] for one in published.zones
    ]
    anywhere = sorted(code for code, classes in published.classes.items() if classes)
    sibling = generator.choice(["zone", "elsewhere", ""], count, p=[0.22, 0.03, 0.75])
    pre_k = generator.random(count) < 0.35
    born = np.datetime64("2021-01-01") + generator.integers(0, 365, count)
    pick = generator.integers(0, len(anywhere), count)
    second = np.zeros(count, dtype=bool)
    second[1::2] = generator.random(count // 2) < 0.03
    for i in range(count):
        at = i - 1 if second[i] else i
        schools = teaching[zone[at]]
        twins = second[i] or second[i + 1 : i + 2].any()
        here = sibling[at] == "zone" and bool(schools)
        older = schools[pick[at] % len(schools)] if here else ""
        yield (
            f"NY{i:05d}", *homes[at], born[at],
            anywhere[pick[at]] if sibling[at] == "elsewhere" else older,
            "yes" if here else "no", "yes" if pre_k[at] and schools else "no",
            f"F{at:05d}" if twins else "",
        )  # fmt: skip
