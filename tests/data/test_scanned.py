"""The map on paper: made anew it is the same, and scan, control points and tracing fit together."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import shapely

import enroll
from enroll.geo.shifts import gcj02_from_wgs84
from tests.cli.screens import run

DATA = Path(__file__).parents[2] / "data"
SCANNED = DATA / "scanned"
TEXTS = (
    *("applicants.csv", "schools.csv", "scan.png.points"),
    *("traced.geojson", "mended.geojson"),
)


@pytest.fixture(scope="module")
def made_anew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scanned")
    command = [sys.executable, DATA / "make_scanned.py", "--to", folder]
    subprocess.run(command, check=True)  # noqa: S603 - our own script
    return folder


def pixels(folder: Path) -> np.ndarray:
    from matplotlib.image import imread

    return (imread(folder / "scan.png")[:, :, :3] * 255).round().astype(int)


def points() -> tuple[np.ndarray, np.ndarray]:
    """Return the control points: on the map, and in the picture with its rows downwards."""
    lines = (SCANNED / "scan.png.points").read_text("utf-8").splitlines()
    assert lines[0] == "#CRS: EPSG:4546"
    rows = [[float(row[name]) for name in row] for row in csv.DictReader(lines[1:])]
    table = np.array(rows)
    return table[:, :2], table[:, 2:4] * [1, -1]


def fitted() -> tuple[np.ndarray, float]:
    """Return the affine transformation of QGIS (polynomial 1) to pixels, and its largest error."""
    plane, scan = points()
    terms = np.column_stack([plane - plane.mean(axis=0), np.ones(len(plane))])
    solved, *_ = np.linalg.lstsq(terms, scan, rcond=None)
    return solved, float(np.abs(terms @ solved - scan).max())


def zones(name: str) -> dict[str, shapely.Polygon]:
    document = json.loads((SCANNED / name).read_text("utf-8"))
    return {
        feature["properties"]["zone_id"]: shapely.Polygon(feature["geometry"]["coordinates"][0])
        for feature in document["features"]
    }


@pytest.mark.parametrize("name", TEXTS)
def test_made_anew_it_is_the_same(made_anew: Path, name: str) -> None:
    assert (made_anew / name).read_bytes() == (SCANNED / name).read_bytes()


def test_the_scan_made_anew_shows_the_same(made_anew: Path) -> None:
    """Its bytes also depend on the compression library."""
    assert np.array_equal(pixels(made_anew), pixels(SCANNED))


def test_the_control_points_fit_within_half_a_pixel() -> None:
    _, error = fitted()
    assert 0.1 < error < 0.5


def test_the_control_points_lie_on_printed_crosses() -> None:
    """Ink runs from each of them upwards, downwards, to the left and to the right."""
    picture = pixels(SCANNED).sum(axis=2)
    _, scan = points()
    for right, down in scan.astype(int):
        around = picture[down - 3 : down + 4, right - 3 : right + 4] < 300
        assert around.any(axis=0).all(), (right, down)
        assert around.any(axis=1).all(), (right, down)


def test_each_zone_of_the_mended_map_has_one_colour_in_the_scan() -> None:
    """Where the control points put it, away from borders and lettering."""
    solved, _ = fitted()
    plane, _ = points()
    picture, colours = pixels(SCANNED), set()
    for zone in zones("mended.geojson").values():
        inside = zone.buffer(-120)
        grid = shapely.box(*inside.bounds)
        where = np.array(
            [
                (east, north)
                for east in range(int(grid.bounds[0]), int(grid.bounds[2]), 60)
                for north in range(int(grid.bounds[1]), int(grid.bounds[3]), 60)
                if inside.contains(shapely.Point(east, north))
            ]
        )
        terms = np.column_stack([where - plane.mean(axis=0), np.ones(len(where))])
        across, down = (terms @ solved).astype(int).T
        seen, counts = np.unique(picture[down, across], axis=0, return_counts=True)
        assert counts.max() > 0.85 * counts.sum()
        colours.add(tuple(seen[counts.argmax()]))
    assert len(colours) == 5


def test_the_mended_map_tiles_the_sheet_and_the_traced_one_does_not() -> None:
    mended, traced = zones("mended.geojson"), zones("traced.geojson")
    assert sum(zone.area for zone in mended.values()) == 4000 * 3000
    assert shapely.union_all(list(mended.values())).area == 4000 * 3000
    assert [name for name in mended if not mended[name].equals(traced[name])] == [
        *("SYN-C1", "SYN-C4", "SYN-C5"),
    ]
    assert not traced["SYN-C4"].is_valid


def test_the_slips_of_the_tracing_have_the_consequences_that_the_page_tells() -> None:
    allocations = {
        name: enroll.allocate(enroll.load(SCANNED / f"{name}.toml")).table("allocation")
        for name in ("traced", "mended")
    }
    redirected = {name: (rows["round"] == "redirect").sum() for name, rows in allocations.items()}
    assert (allocations["traced"]["zone_id"] == "").sum() == 24
    assert (redirected["traced"], redirected["mended"]) == (76, 18)


def test_a_map_fitted_to_a_web_map_shows_in_one_line_only(tmp_path: Path) -> None:
    """And in none where its system is declared: what the how-to says of GCJ-02."""
    from pyproj import Transformer

    for path in SCANNED.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    document = json.loads((SCANNED / "mended.geojson").read_text("utf-8"))
    del document["crs"]
    degrees = Transformer.from_crs("EPSG:4546", "EPSG:4490", always_xy=True)
    for feature in document["features"]:
        east, north = np.array(feature["geometry"]["coordinates"][0]).T
        shifted = gcj02_from_wgs84(*degrees.transform(east, north))
        feature["geometry"]["coordinates"] = [np.column_stack(shifted).tolist()]
    (tmp_path / "web.geojson").write_text(json.dumps(document))
    wrong = 'extends = "mended.toml"\n[files]\nzones = "web.geojson"\n[coordinates]\nzones = "{}"\n'
    (tmp_path / "wrong.toml").write_text(wrong.format("wgs84"))
    (tmp_path / "right.toml").write_text(wrong.format("gcj02"))
    screen = run("check", tmp_path / "wrong.toml", columns=100)
    assert screen.out.splitlines()[:4] == [
        "yellow: 1",
        "file         row  column  value  what is wrong, and what to do",
        "schools.csv    6                 School SYN-K5 lies 40 m outside the zone that it serves "
        "(SYN-C5).",
        "                                 [SCHOOL_OUTSIDE_ZONE]",
    ]
    assert run("check", tmp_path / "right.toml", columns=100).out == "No problem found.\n"
