"""The tables and texts of the public edition, each as the bytes of its file."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import shapely

from enroll.report.json_out import json_bytes
from enroll.report.layers.reading import read_layers
from enroll.report.pages.outlines import MAP
from enroll.report.publication.cells import ALL, WAYS
from enroll.report.publication.contents import HOWS, PLACED
from enroll.tables.csv_out import csv_bytes
from enroll.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.notices import Language
    from enroll.report.publication.contents import Contents
    from enroll.report.publication.suppression import Cell, Tables

RESULT = "result.csv"
RESULT_HEADER = ("ticket", "school_id", "how")
SCHOOL_HEADER = (
    "school_id", "name", "classes", "largest_class", "seats_standard", "seats_limit", "placed",
    *(how.lower() for how in PLACED), "spare_standard", "spare_limit", "level",
)  # fmt: skip
ZONE_HEADER = ("zone_id", "name", "schools", "applicants", *(how.lower() for how in HOWS))
GROUP_HEADER = ("group", "name", "applicants", *(how.lower() for how in HOWS))
WAY_HEADER = ("group", "name", *WAYS)

COPIED = ("rules.json", "roll.txt", "commit.txt", "sources.txt", "order.csv")
"""Files of the run's audit folder that are public byte for byte, as far as they are there."""

PUBLICATION = "publication.json"
FORMAT = 1
_PLACES = 7
"""Decimals of a degree in `zones.geojson`: a centimetre."""


class Shown:
    """What is shown of every cell: its count, or "" where it is hidden."""

    def __init__(self, tables: Tables, hidden: frozenset[Cell]) -> None:
        self._counts = tables.counts
        self._hidden = hidden

    def __call__(self, *cell: str) -> str:
        """Return a cell as text; nobody can be in one that is not there."""
        return "" if cell in self._hidden else str(self._counts.get(cell, 0))


def result_csv(contents: Contents, hidden: frozenset[Cell]) -> bytes:
    """Return `result.csv`: every child by ticket, its school, and how unless that is hidden."""
    rows = [
        (child.ticket, child.school, "" if hides(hidden, child.school, child.how) else child.how)
        for child in contents.children
    ]
    rows.sort(key=lambda row: (row[0].encode(), row[1], row[2]))
    return _csv(RESULT_HEADER, rows)


def hides(hidden: frozenset[Cell], school: str, how: str) -> bool:
    """Return whether it is hidden how children came to a school, or why they have none."""
    return (("school", school, how) if school else ("how", how)) in hidden


def schools_csv(contents: Contents, shown: Shown) -> bytes:
    """Return `schools.csv`."""
    rows = []
    for row in contents.schools:
        school = row["school_id"]
        hows = {how.lower(): shown("school", school, how) for how in PLACED}
        rows.append([str(hows[name] if name in hows else row[name]) for name in SCHOOL_HEADER])
    return _csv(SCHOOL_HEADER, rows)


def zones_csv(contents: Contents, shown: Shown) -> bytes:
    """Return `zones.csv`; its last line counts children of no zone."""
    rows = []
    for zone in [*contents.served, ""]:
        schools = ";".join(contents.served.get(zone, ()))
        name = contents.zone_names.get(zone, "")
        rows.append([zone, name, schools, shown("zone", zone, ALL)])
        rows[-1] += [shown("zone", zone, how) for how in HOWS]
    return _csv(ZONE_HEADER, rows)


def groups_csv(contents: Contents, shown: Shown) -> bytes:
    """Return `groups.csv`; its last line counts everybody."""
    rows = [
        [
            row["id"],
            row["name"],
            shown("group", row["id"], ALL),
            *(shown("group", row["id"], how) for how in HOWS),
        ]
        for row in contents.rules["groups"]
    ]
    rows.append(["", "", str(len(contents.children)), *(shown("how", how) for how in HOWS)])
    return _csv(GROUP_HEADER, rows)


def ways_csv(contents: Contents, shown: Shown) -> bytes:
    """Return `ways.csv`: children with a place by way and group; its last line, everybody."""
    groups = [*((row["id"], row["name"]) for row in contents.rules["groups"]), ("", "")]
    rows = [[group, name, *(shown("way", group, band) for band in WAYS)] for group, name in groups]
    return _csv(WAY_HEADER, rows)


def _csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    columns: Sequence[Sequence[str]] = list(zip(*rows, strict=True)) or [()] * len(header)
    return csv_bytes(header, columns)


def zones_geojson(contents: Contents) -> dict[str, bytes]:
    """Return `zones.geojson`, outlines and names alone, where the run has a map."""
    if contents.outlines is None:
        return {}
    layer = read_layers(contents.files[MAP])["zones"]
    features = []
    for zone, shape in zip(layer.columns["zone_id"], layer.shapes, strict=True):
        properties = {
            "zone_id": zone,
            "name": contents.zone_names.get(str(zone), ""),
            "schools": contents.served.get(str(zone), []),
        }
        geometry = None if shape is None else json.loads(shapely.to_geojson(_rounded(shape)))
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    whole = f'{{"type": "FeatureCollection", "name": "zones", "features": [\n{lines}\n]}}\n'
    return {"zones.geojson": whole.encode()}


def _rounded(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(shape, lambda points: points.round(_PLACES))


def copies(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return what is public byte for byte as the run has it."""
    found = {name: files[f"audit/{name}"] for name in COPIED if f"audit/{name}" in files}
    return {**found, "classes.csv": files["classes.csv"], "verify.py": files["verify.py"]}


def publication_json(contents: Contents, hidden: frozenset[Cell], language: Language) -> bytes:
    """Return `publication.json`: what this is, and what sealed files must match."""
    draw, files = contents.data.manifest["draw"], contents.files
    sealed = {name: _hash(files[name]) for name in ("allocation.csv", "certificate.json")}
    return json_bytes(
        {
            "format": FORMAT,
            "version": __version__,
            "title": contents.title,
            "year": contents.rules["year"],
            "stage": contents.rules["stage"],
            "language": language,
            "draw_id": draw["draw_id"],
            "rehearsal": contents.rehearsal,
            "commit": _hash(files["audit/commit.txt"]) if "audit/commit.txt" in files else "",
            "log_head": contents.rules["log_head"],
            "sealed": sealed,
            "hidden_cells": len(hidden),
        },
        indent=2,
    )


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()
