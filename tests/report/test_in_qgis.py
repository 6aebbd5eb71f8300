"""`map.gpkg` in a real QGIS: every layer opens styled, named in the language of the run, drawn."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from enroll.notices import translate
from enroll.report.layers.contents import ALIASES
from enroll.report.layers.geopackage import geopackage
from enroll.report.layers.palette import LEVEL_SHADES, LOADS
from enroll.report.layers.reading import read_layers
from tests import programs
from tests.report.pages.runs import county

if TYPE_CHECKING:
    from enroll.notices import Language

PROGRAM = Path(__file__).with_name("qgis_program.py")


def in_qgis(map_file: bytes, folder: Path) -> dict[str, Any]:
    """Return what QGIS tells of a map, drawn into `folder/map.png`."""
    python = programs.system_python()
    folder.mkdir(exist_ok=True)
    (folder / "map.gpkg").write_bytes(map_file)
    ended = subprocess.run(  # noqa: S603 - our own command
        [python, PROGRAM, folder / "map.gpkg", folder / "map.png"],
        env={"QT_QPA_PLATFORM": "offscreen", "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr
    return dict(json.loads(ended.stdout))


@pytest.fixture(scope="module", params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> Language:
    language: Language = request.param
    return language


@pytest.fixture(scope="module")
def told(language: Language, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    layers = list(read_layers(county()["map.gpkg"]).values())
    folder = tmp_path_factory.mktemp("qgis")
    return {**in_qgis(geopackage(layers, language), folder), "picture": folder / "map.png"}


def test_every_layer_opens_with_all_its_rows(told: dict[str, Any]) -> None:
    layers = read_layers(county()["map.gpkg"])
    assert list(layers) == [name for name in told if name in layers]
    for name, layer in layers.items():
        known = [shape for shape in layer.shapes if shape is not None]
        assert told[name]["valid"], name
        assert told[name]["crs"] == "EPSG:4326"
        assert (told[name]["rows"], told[name]["places"]) == (len(layer.shapes), len(known)), name


def test_every_column_is_called_as_people_call_it(told: dict[str, Any], language: Language) -> None:
    for name, layer in read_layers(county()["map.gpkg"]).items():
        aliases = {column: translate(ALIASES[column], language) for column in layer.columns}
        assert told[name]["aliases"] == {"fid": "fid", **aliases}, name


def test_every_layer_is_styled_by_what_it_tells(told: dict[str, Any], language: Language) -> None:
    """Not in one random colour, as a layer without a style."""
    for name, column, shades in (
        ("zones", "load", LOADS),
        ("schools", "level", LEVEL_SHADES),
        ("notices", "level", LEVEL_SHADES),
    ):
        legend = {shade.value: translate(shade.label, language) for shade in shades}
        assert told[name]["renderer"] == "categorizedSymbol"
        assert (told[name]["column"], told[name]["categories"]) == (column, legend)
        assert told[name]["unmatched"] == 0, f"a row of {name} is not drawn"
    assert told["flows"]["colours"] == ["#5e3c99"]


def test_schools_and_zones_are_drawn_with_their_names(told: dict[str, Any]) -> None:
    """Most of them: names that would lie upon each other are left out."""
    for name, least in (("schools", 0.6), ("zones", 0.3)):
        assert told[name]["labels"] == "name"
        assert told[name]["names_drawn"] > least * told[name]["rows"], name
    assert told["errors"] == []
    assert told["picture"].stat().st_size > 20_000
