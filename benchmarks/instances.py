"""Seeded counties, cities and megacities as the files an office would have.

Homes lie in towns of different size, schools lie where the homes are, and zones are the
ground nearest to each school. Seats follow each zone's demand with an error, as plans do, so
that some zones are over-full while their neighbours have room. Everything is synthetic.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from pathlib import Path

CENTRE = (112.40, 29.36)
DEGREE_M = (97_000.0, 110_900.0)
"""Metres of one degree of longitude and latitude near the centre, about."""

SCENARIO = """\
title = "{name}: {children} applicants, {schools} schools (synthetic)"
year = 2026
stage = "primary"

[files]
applicants = "applicants.csv"
schools = "schools.csv"
zones = "zones.geojson"

[coordinates]
applicants = "wgs84"
schools = "wgs84"
metric_crs = "EPSG:4546"

[lottery]
seed = "{seed}"

[[group]]
id = "A"
when = {{ household = "zone", home = "own" }}
[[group]]
id = "B"
when = {{ household = "zone" }}
[[group]]
id = "C"
when = {{ home = "own" }}
[[group]]
id = "D"
when = {{ home = ["grandparents", "rent"] }}
"""


@dataclass(frozen=True)
class Size:
    """How large an instance is."""

    name: str
    children: int
    schools: int
    width_m: float


COUNTY = Size("county", 6_000, 60, 40_000)
CITY = Size("city", 100_000, 500, 45_000)
MEGACITY = Size("megacity", 300_000, 1_500, 80_000)


def write_instance(size: Size, folder: Path, seed: int = 7) -> Path:
    """Write the files of an instance unless they are there; return the scenario's path."""
    path = folder / f"{size.name}.toml"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    generator = np.random.Generator(np.random.PCG64(seed))
    homes, schools = _settle(size, generator)
    zones = _zones(schools, size.width_m)
    nearest = shapely.STRtree(zones).query(shapely.points(homes), predicate="intersects")
    zone = np.zeros(size.children, dtype=np.int64)
    zone[nearest[0]] = nearest[1]
    _write_applicants(folder / "applicants.csv", homes, zone, generator)
    _write_schools(
        folder / "schools.csv", schools, np.bincount(zone, minlength=size.schools), generator
    )
    _write_zones(folder / "zones.geojson", zones)
    path.write_text(
        SCENARIO.format(
            name=size.name, children=size.children, schools=size.schools, seed="5" * 64
        ),
        encoding="utf-8",
    )
    return path


def write_years(size: Size, folder: Path, seed: int = 8) -> Path:
    """Write an instance with a roll of its last seven years; return the scenario's path."""
    base = write_instance(size, folder)
    path = folder / f"{size.name}-years.toml"
    if path.exists():
        return path
    generator = np.random.Generator(np.random.PCG64(seed))
    with (folder / "schools.csv").open(encoding="utf-8", newline="") as file:
        entry = {row["school_id"]: 42 * int(row["classes"]) for row in csv.DictReader(file)}
    with (folder / "roll.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["year", "school_id", "grade", "pupils"])
        for school, pupils in entry.items():
            drawn = np.maximum(np.round(pupils * generator.normal(1, 0.05, (7, 6))), 0)
            for (year, grade), count in np.ndenumerate(drawn.astype(int)):
                table.writerow([2019 + year, school, 1 + grade, count])
    path.write_text(f'extends = "{base.name}"\n\n[files]\nroll = "roll.csv"\n', encoding="utf-8")
    return path


def _settle(size: Size, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return homes and schools in metres around the centre."""
    towns = max(8, size.schools // 12)
    middle = generator.uniform(-size.width_m / 2, size.width_m / 2, (towns, 2))
    weight = generator.pareto(1.5, towns) + 0.2
    spread = generator.uniform(0.02, 0.06, towns) * size.width_m

    def around(count: int) -> np.ndarray:
        town = generator.choice(towns, count, p=weight / weight.sum())
        points = middle[town] + generator.normal(0, 1, (count, 2)) * spread[town, None]
        return np.clip(points, -0.55 * size.width_m, 0.55 * size.width_m)

    return around(size.children), around(size.schools)


def _zones(schools: np.ndarray, width_m: float) -> np.ndarray:
    """Return the ground nearest to each school, one polygon per school."""
    frame = shapely.box(-0.6 * width_m, -0.6 * width_m, 0.6 * width_m, 0.6 * width_m)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(schools), extend_to=frame)
    )
    cells = shapely.intersection(cells, frame)
    at = shapely.STRtree(cells).query(shapely.points(schools), predicate="intersects")
    order = np.zeros(len(schools), dtype=np.int64)
    order[at[0]] = at[1]
    return cells[order]


def _degrees(points: np.ndarray) -> np.ndarray:
    return np.round(points / DEGREE_M + CENTRE, 6)


def _write_applicants(
    path: Path, homes: np.ndarray, zone: np.ndarray, generator: np.random.Generator
) -> None:
    count = len(homes)
    place = _degrees(homes)
    household = generator.choice(["zone", "county", "outside"], count, p=[0.75, 0.13, 0.12])
    home = generator.choice(["own", "grandparents", "rent"], count, p=[0.7, 0.1, 0.2])
    sibling = np.where(generator.random(count) < 0.15, zone, -1)
    twin = generator.random(count) < 0.012
    day = generator.integers(0, 365, count)
    birth = np.datetime64("2019-09-01") + day
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(
            [
                "applicant_id",
                "lon",
                "lat",
                "household",
                "home",
                "birth_date",
                "sibling_school",
                "family",
            ]
        )
        for i in range(count):
            family = f"F{i}" if twin[i] else (f"F{i - 1}" if i and twin[i - 1] else "")
            where = place[i - 1] if family and not twin[i] else place[i]
            table.writerow(
                [f"A{i:06d}", where[0], where[1], household[i], home[i], birth[i],
                 f"S{sibling[i]:04d}" if sibling[i] >= 0 else "", family]
            )  # fmt: skip


def _write_schools(
    path: Path, schools: np.ndarray, demand: np.ndarray, generator: np.random.Generator
) -> None:
    place = _degrees(schools)
    planned = demand * generator.lognormal(0.02, 0.28, len(schools)) / 45
    classes = np.maximum(1, np.round(planned)).astype(int)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(
            ["school_id", "name", "lon", "lat", "classes", "other_grades", "school_limit"]
        )
        for i in range(len(schools)):
            table.writerow(
                [
                    f"S{i:04d}",
                    f"School {i}",
                    place[i, 0],
                    place[i, 1],
                    classes[i],
                    5 * 45 * classes[i],
                    20_000,
                ]
            )


def _write_zones(path: Path, zones: np.ndarray) -> None:
    shapes = shapely.transform(zones, _degrees)
    features = [
        {
            "type": "Feature",
            "properties": {"zone_id": f"Z{i:04d}", "name": f"Zone {i}", "schools": f"S{i:04d}"},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for i, shape in enumerate(shapes)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection), encoding="utf-8")
