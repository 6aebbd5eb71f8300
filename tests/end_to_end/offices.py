"""Small random offices as files, for promises about whole runs."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

WEST, SOUTH, STEP = 112.40, 29.35, 0.01
HEADINGS = """
title = "office"
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
seed = "{seed:064x}"
[[group]]
id = "A"
when = {{ household = "zone", home = "own" }}
[[group]]
id = "B"
when = {{ household = ["zone", "county"] }}
"""
ROUND = """
[[round]]
id = "{id}"
rule = "{rule}"
seats = "{seats}"
"""

Row = dict[str, Any]


@dataclass(frozen=True)
class Office:
    """The contents of one office's files."""

    applicants: list[Row]
    schools: list[Row]
    zones: list[Row]
    scenario: str


def office_number(number: int) -> Office:
    """Return an office with ties, borders, twins, siblings, full schools and spoilt zones."""
    chance = Random(number)  # noqa: S311 - a test case, not a draw
    width = chance.randint(2, 3)
    schools = [_school(chance, place) for place in range(chance.randint(2, 5))]
    names = [row["school_id"] for row in schools]
    zones = [_zone(chance, place, names) for place in range(width)]
    applicants = [_applicant(chance, place, width, names) for place in range(chance.randint(1, 24))]
    return Office(applicants, schools, zones, _scenario(chance))


def _school(chance: Random, place: int) -> Row:
    reserved = chance.choice([0, 0, 1])
    return {
        "school_id": f"S{place}",
        "name": chance.choice(["North", "South", "一小"]),
        "lon": f"{WEST + STEP * chance.randint(0, 6) / 2:.4f}",
        "lat": f"{SOUTH + STEP * chance.randint(0, 4) / 2:.4f}",
        "classes": chance.choice([1, 1, 2]),
        "rooms": 2,
        "class_standard": chance.randint(1, 3),
        "class_limit": chance.randint(3, 5),
        "reserved": reserved,
        "reserved_for": "guests" if reserved else "",
        "other_grades": chance.choice([0, 1995, 1998]),
        "kind": chance.choice(["full", "village", "nine-year"]),
        "sector": chance.choice(["public", "public", "private"]),
        "setting": chance.choice(["urban", "rural", ""]),
        "area": chance.choice(["east", "west"]),
    }


def _zone(chance: Random, place: int, schools: Sequence[str]) -> Row:
    """Return a square; now and then it reaches over its neighbour or names no school."""
    west = WEST + STEP * place - chance.choice([0, 0, 0.002])
    east = WEST + STEP * (place + 1)
    north = SOUTH + 2 * STEP
    ring = [[west, SOUTH], [east, SOUTH], [east, north], [west, north], [west, SOUTH]]
    served = chance.sample(schools, chance.randint(0, min(3, len(schools))))
    return {"zone_id": f"Z{place}", "name": f"zone {place}", "schools": served, "ring": ring}


def _applicant(chance: Random, place: int, width: int, schools: Sequence[str]) -> Row:
    """Return a child; homes lie on a coarse grid, so that many share a way or a border."""
    placed = chance.random() < 0.1
    return {
        "applicant_id": f"c{(place * 7919 + 13) % 1000:03}",
        "lon": f"{WEST + STEP * chance.randint(0, 4 * width) / 4:.4f}",
        "lat": f"{SOUTH + STEP * chance.randint(0, 8) / 4:.4f}",
        "zone": chance.choice(["", "", "", f"Z{chance.randrange(width)}"]),
        "household": chance.choice(["zone", "county", "outside"]),
        "home": chance.choice(["own", "rent"]),
        "review": chance.choice(["passed"] * 5 + ["pending"]),
        "birth_date": chance.choice(["2020-01-02", "2020-01-02", "2019-10-03", "2020-10-01", ""]),
        "sex": chance.choice(["male", "female", ""]),
        "points": chance.randint(0, 3),
        "family": chance.choice(["", "", f"F{place // 4}"]),
        "sibling_school": chance.choice(["", "", *schools]),
        "accepts_redirect": chance.choice(["yes", "yes", "no"]),
        "placed_school": chance.choice(schools) if placed else "",
        "placed_reason": "policy_care" if placed else "",
        "placed_authority": "No. 7" if placed else "",
        "placed_date": "2026-06-01" if placed else "",
    }


def _scenario(chance: Random) -> str:
    goal = chance.choice(["total", "farthest", "fewest_far"])
    order = chance.choice(['"group", "sibling", "distance"', '"points", "distance"', '"group"'])
    zone = ROUND.format(id="zone", rule="zone", seats="standard") + f"order = [{order}]\n"
    near = ROUND.format(id="near", rule="redirect", seats="standard") + "max_m = 1000\n"
    last = ROUND.format(id="last", rule="redirect", seats="limit")
    goals = f'goal = "{goal}"\n'
    skip = f'last_seat = "{chance.choice(["exceed", "skip"])}"\n'
    seed = chance.getrandbits(256)
    return HEADINGS.format(seed=seed) + zone + skip + near + goals + last + goals


def write(office: Office, folder: Path, shuffle: Random | None = None) -> Path:
    """Write an office's files and return the scenario.

    Parameters
    ----------
    shuffle
        Puts rows, columns, zones, their corners' start and their schools in another order.
    """
    folder.mkdir(parents=True)
    for name, rows in (("applicants", office.applicants), ("schools", office.schools)):
        text = _csv(_shuffled(rows, shuffle), _shuffled(list(rows[0]), shuffle))
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    zones = [_feature(zone, shuffle) for zone in _shuffled(office.zones, shuffle)]
    document = {"type": "FeatureCollection", "features": zones}
    (folder / "zones.geojson").write_text(json.dumps(document), encoding="utf-8")
    scenario = folder / "office.toml"
    scenario.write_text(office.scenario, encoding="utf-8")
    return scenario


def _feature(zone: Row, shuffle: Random | None) -> Row:
    properties = {**zone, "schools": ";".join(_shuffled(zone["schools"], shuffle))}
    del properties["ring"]
    names = _shuffled(list(properties), shuffle)
    return {
        "type": "Feature",
        "properties": {name: properties[name] for name in names},
        "geometry": {"type": "Polygon", "coordinates": [zone["ring"]]},
    }


def _shuffled(items: Sequence[Any], shuffle: Random | None) -> list[Any]:
    copy = list(items)
    if shuffle is not None:
        shuffle.shuffle(copy)
    return copy


def _csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
