"""Make a zone map on paper and what comes of it: a scan, control points, a tracing, its repair.

Run `python data/make_scanned.py` to write `data/scanned` anew. `docs/how-to/scanned-map.md` goes
through the files. Everything is invented; only the county's name and place are real.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

import shapely
from nanxian_lib.chance import Chance
from nanxian_lib.paper import INK, SHEET_M, TINTS, WATER, Sheet, to_pixel
from nanxian_lib.writing import NOTE, to_csv
from pyproj import Transformer

if TYPE_CHECKING:
    from nanxian_lib.plane import Point

SYSTEM = "EPSG:4546"
"""CGCS2000, three-degree strip of 111 E: easting and northing in metres, without a strip number."""

CORNER = (633_600, 3_248_400)
"""Lower left corner of the sheet, in the metres of `SYSTEM`."""

GRID_M = 1000
RIVER = [(2100, 3300), (2200, 2700), (2050, 2100), (2300, 1500), (2250, 900), (2400, 300)]
ROAD = [(400, 1800), (1200, 1900), (2050, 2100)]
STREET = [(2300, 1500), (3300, 1600), (4400, 1750)]
LANE = [(3300, 1600), (3200, 2400), (3400, 3300)]
ZONES = {
    "SYN-C1": ("North Dyke", "SYN-K1", [(400, 3300), *ROAD, *RIVER[1::-1]]),
    "SYN-C2": ("West Bank", "SYN-K2", [(400, 300), RIVER[5], RIVER[4], RIVER[3], *ROAD[::-1]]),
    "SYN-C3": ("Market", "SYN-K3", [*RIVER[:4], *LANE]),
    "SYN-C4": ("South Gate", "SYN-K4", [*RIVER[3:], (4400, 300), *STREET[:0:-1]]),
    "SYN-C5": ("Station", "SYN-K5", [*STREET[1:], (4400, 3300), *LANE[:0:-1]]),
}
SCHOOLS = {
    "SYN-K1": ("North Dyke Primary", (1250, 2600), 1),
    "SYN-K2": ("West Bank Primary", (1350, 1150), 2),
    "SYN-K3": ("Market Primary", (2700, 2150), 1),
    "SYN-K4": ("South Gate Primary", (3250, 950), 2),
    "SYN-K5": ("Station Primary", (3800, 2450), 1),
}
CHILDREN = {"SYN-C1": 31, "SYN-C2": 44, "SYN-C3": 63, "SYN-C4": 52, "SYN-C5": 34}


def make_scanned(folder: Path) -> None:
    """Write all files of the example into a folder; those of the same name are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scan.png").write_bytes(scan())
    files = {
        "scan.png.points": control_points(),
        "traced.geojson": zone_file(traced(), {"SYN-C5": "SYN-K05"}),
        "mended.geojson": zone_file({name: zone[2] for name, zone in ZONES.items()}, {}),
        "schools.csv": to_csv(school_rows()),
        "applicants.csv": to_csv(applicant_rows()),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def scan() -> bytes:
    """Return the map as it comes out of the scanner."""
    sheet = Sheet()
    for tint, (_, _, corners) in zip(TINTS, ZONES.values(), strict=True):
        sheet.fill(shapely.Polygon(corners), tint)
    sheet.line(RIVER, 44, WATER)
    for _, _, corners in ZONES.values():
        sheet.line([*corners, corners[0]], 14, INK)
    for name, school, _ in ZONES.values():
        east, north = SCHOOLS[school][1]
        sheet.square((east, north), 60)
        sheet.words(name.upper(), (east - 380, north + 320), 100)
    for point in crosses():
        sheet.line([(point[0] - 90, point[1]), (point[0] + 90, point[1])], 7, INK)
        sheet.line([(point[0], point[1] - 90), (point[0], point[1] + 90)], 7, INK)
    for east in sorted({point[0] for point in crosses()}):
        sheet.words(str(CORNER[0] + int(east)), (east - 170, 240), 70)
    for north in sorted({point[1] for point in crosses()}):
        sheet.words(str(CORNER[1] + int(north)), (20, north + 120), 44)
    sheet.words("SCHOOL ZONES 2026", (1500, 3540), 130)
    sheet.words("SYNTHETIC", (3700, 3520), 90)
    sheet.wear()
    return sheet.png()


def crosses() -> list[Point]:
    """Return the printed crosses, whose coordinates stand in the margin, in metres of the sheet."""
    first = [GRID_M - corner % GRID_M for corner in CORNER]
    return [
        (float(east), float(north))
        for north in range(first[1], SHEET_M[1], GRID_M)
        for east in range(first[0], SHEET_M[0], GRID_M)
    ]


def control_points() -> str:
    """Return the crosses as QGIS keeps them: the map, then the pixel with its row below zero."""
    lines = [f"#CRS: {SYSTEM}", "mapX,mapY,sourceX,sourceY,enable,dX,dY,residual"]
    chance = Chance("clicking")
    for point in crosses():
        right, down = (at + chance.between(-0.4, 0.4) for at in to_pixel(point))
        east, north = (int(a + b) for a, b in zip(CORNER, point, strict=True))
        lines.append(f"{east},{north},{right:.2f},{-down:.2f},1,0,0,0")
    return "\n".join(lines) + "\n"


def traced() -> dict[str, list[Point]]:
    """Return the zones as they were traced in a hurry, with the usual slips."""
    moved = {
        ("SYN-C1", ROAD[1]): (1200, 1970),  # a strip between C1 and C2 that belongs to none
        ("SYN-C5", LANE[1]): (3110, 2400),  # C5 reaches into C3
    }
    drawn = {
        name: [moved.get((name, corner), corner) for corner in zone[2]]
        for name, zone in ZONES.items()
    }
    south = drawn["SYN-C4"]
    south[2], south[3] = south[3], south[2]  # clicked in the wrong order: an outline that crosses
    return drawn


def zone_file(zones: dict[str, list[Point]], mistyped: dict[str, str]) -> str:
    """Return zones as QGIS exports them, in the system of the map, one zone to a line.

    Parameters
    ----------
    zones
        Corners in metres of the sheet.
    mistyped
        Schools that were typed wrong into the table of zones.
    """
    head = {
        "type": "FeatureCollection",
        "note": NOTE[False],
        "crs": {
            "type": "name",
            "properties": {"name": f"urn:ogc:def:crs:{SYSTEM.replace(':', '::')}"},
        },
    }
    features = [
        {
            "type": "Feature",
            "properties": {
                "zone_id": name,
                "name": ZONES[name][0],
                "schools": mistyped.get(name, ZONES[name][1]),
            },
            "geometry": {
                "type": "Polygon",
                "coordinates": [[_on_map(corner) for corner in [*corners, corners[0]]]],
            },
        }
        for name, corners in zones.items()
    ]
    lines = ",\n".join(json.dumps(feature) for feature in features)
    return json.dumps(head)[:-1] + ', "features": [\n' + lines + "\n]}\n"


def school_rows() -> list[dict[str, object]]:
    """Return the schools, in degrees."""
    return [
        {"school_id": school, "name": name, **_degrees(place), "classes": classes}
        for school, (name, place, classes) in SCHOOLS.items()
    ]


def applicant_rows() -> list[dict[str, object]]:
    """Return the children, with homes anywhere inside their zones, in degrees."""
    chance = Chance("children of the scanned map")
    rows = []
    for zone, number in CHILDREN.items():
        ground = shapely.Polygon(ZONES[zone][2]).buffer(-30)
        left, low, right, high = ground.bounds
        homes: list[Point] = []
        while len(homes) < number:
            home = (chance.between(left, right), chance.between(low, high))
            if ground.contains(shapely.Point(home)):
                homes.append(home)
        rows += [{**_degrees(home), "home": _home_of(chance)} for home in homes]
    ids = [f"SYN-S26-{place:03d}" for place in range(1, len(rows) + 1)]
    return [
        {"applicant_id": name, **row} for name, row in zip(ids, chance.shuffled(rows), strict=True)
    ]


def _home_of(chance: Chance) -> str:
    return chance.pick(["own", "grandparents", "rent"], [6, 1, 2])


def _on_map(point: Point) -> list[int]:
    return [int(corner + part) for corner, part in zip(CORNER, point, strict=True)]


def _degrees(point: Point) -> dict[str, object]:
    place = (CORNER[0] + point[0], CORNER[1] + point[1])
    lon, lat = Transformer.from_crs(SYSTEM, "EPSG:4490", always_xy=True).transform(*place)
    return {"lon": f"{lon:.6f}", "lat": f"{lat:.6f}"}


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("--to", type=Path, default=Path(__file__).parent / "scanned")
    make_scanned(options.parse_args().to)
