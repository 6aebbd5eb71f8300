"""A run's map as a picture, and its layers in other formats."""

from __future__ import annotations

import builtins
import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import patch

import geopandas
import pandas as pd
import pyogrio
import pytest

import enroll
from enroll.errors import UsageError
from enroll.office import mapping
from enroll.report.drawing import fonts
from enroll.report.layers import reading
from enroll.scenario import starter_files
from tests import programs
from tests.cli.screens import run, starter

if TYPE_CHECKING:
    from pathlib import Path

    from enroll.notices import Language

CHINESE = "南洲镇第一小学"
HOSTILE = "$\\frac{1}{2}$<script>"


def made(folder: Path, name: str, **more: object) -> Path:
    schools = starter_files()["schools.csv"].replace("Sample School West", name)
    assert name in schools
    scenario = starter(folder / "in", schools=schools)
    enroll.allocate(enroll.load(scenario), **more).write(folder / "run")
    return folder / "run"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("plain"), HOSTILE)


@pytest.mark.parametrize(
    ("kind", "begins"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")]
)
def test_a_picture_is_the_same_every_time(
    plain: Path, kind: str, begins: bytes, tmp_path: Path
) -> None:
    screen = run("map", plain, "-o", tmp_path / f"new/map.{kind}")
    assert (screen.status, screen.err) == (0, "")
    content = (tmp_path / f"new/map.{kind}").read_bytes()
    assert content.startswith(begins)
    assert mapping.draw_map(plain, kind) == content
    for said in (b"matplotlib.org", b"CreationDate", b"<dc:date>", b"<script>"):
        assert said not in content


@pytest.mark.parametrize(("language", "said"), [("en", "nothing to draw"), ("zh", "没有可绘制")])
def test_a_run_without_any_place_is_no_picture(
    plain: Path, tmp_path: Path, language: Language, said: str
) -> None:
    lost = {
        name: replace(layer, shapes=[None] * len(layer.shapes))
        for name, layer in reading.read_layers((plain / "map.gpkg").read_bytes()).items()
    }
    with patch.object(reading, "read_layers", return_value=lost):
        screen = run("map", plain, "-o", tmp_path / "map.png", "--lang", language)
    assert (screen.status, screen.out) == (2, "")
    assert said in screen.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_chinese_names_are_drawn(tmp_path: Path, kind: str) -> None:
    programs.chinese_font()
    folder = made(tmp_path, CHINESE)
    chosen = fonts.fonts_for([CHINESE, "S1"])
    assert chosen[0] == fonts.FIRST
    assert len(chosen) == 2
    assert mapping.draw_map(folder, kind) != mapping.draw_map(made(tmp_path / "b", "X"), kind)


def test_a_box_is_never_drawn(tmp_path: Path) -> None:
    folder = made(tmp_path, CHINESE)
    only = [one for one in fonts._candidates() if one[0] == fonts.FIRST]
    with patch.object(fonts, "_candidates", return_value=only):
        screen = run("map", folder)
    assert screen.status == 2
    assert "一" in screen.err
    assert "fonts-noto-cjk" in screen.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "run"]


def test_a_font_installed_since_the_list_was_made_is_found(tmp_path: Path) -> None:
    """Matplotlib keeps its list of fonts, so who installs one as told would be told so again."""
    from matplotlib import font_manager

    listed = font_manager.fontManager.ttflist
    held = {entry.fname for entry in listed if entry.name == fonts.FIRST}
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    on_disk = [str(tmp_path / "broken.ttf"), *sorted(held)]
    with (
        patch.object(font_manager.fontManager, "ttflist", []),
        patch.object(font_manager, "findSystemFonts", return_value=on_disk),
    ):
        assert fonts.fonts_for(["A"]) == [fonts.FIRST]
        with pytest.raises(fonts.MissingSignsError) as ended:
            fonts.fonts_for(["A\ue000"])
    assert ended.value.signs == "\ue000"


def test_a_font_that_cannot_be_read_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    assert fonts._signs(str(tmp_path / "broken.ttf")) == frozenset()


def test_without_matplotlib_one_sentence_says_what_to_install(plain: Path) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name.split(".")[0] == "matplotlib":
            raise ImportError(name)
        return real(name, *rest)

    with (
        patch.object(builtins, "__import__", without),
        pytest.raises(UsageError, match=r"enroll\[map\]"),
    ):
        mapping.draw_map(plain)


def test_places_that_are_refused(plain: Path, tmp_path: Path) -> None:
    (tmp_path / "old.png").write_bytes(b"kept")
    (tmp_path / "file").write_bytes(b"")
    refused = {
        plain / "map.png": "lies inside a run",
        tmp_path / "map.jpg": "must end with",
        tmp_path / "old.png": "exists already",
        tmp_path / "file" / "map.png": "could not be written",
    }
    for target, why in refused.items():
        screen = run("map", plain, "-o", target)
        assert (screen.status, why in screen.err) == (2, True), screen
    assert (tmp_path / "old.png").read_bytes() == b"kept"
    screen = run("export", plain, "-o", tmp_path / "file" / "x.gpkg")
    assert (screen.status, "could not be written" in screen.err) == (2, True)
    assert run("map", tmp_path / "file").status == 2


def test_a_run_without_a_map_says_so(tmp_path: Path) -> None:
    folder = made(tmp_path, "X", tables_only=True)
    for command in ("map", "export"):
        screen = run(command, folder)
        assert (screen.status, "--tables-only" in screen.err) == (2, True)


def test_the_layers_are_exported(plain: Path, tmp_path: Path) -> None:
    copy = tmp_path / "run"
    shutil.copytree(plain, copy)
    for kind, name in (("gpkg", "run-export.gpkg"), ("geojson", "run-geojson"),
                       ("parquet", "run-parquet")):  # fmt: skip
        screen = run("export", copy, "--format", kind)
        assert (screen.status, screen.out.strip()) == (0, str(tmp_path / name))
    listed = {str(name) for name, _ in pyogrio.list_layers(tmp_path / "run-export.gpkg")}
    assert listed == {
        "zones", "flows", "schools", "notices", "layer_styles",
        "allocation", "classes", "cutoffs", "indicators", "warnings",
    }  # fmt: skip
    original = pyogrio.read_dataframe(plain / "map.gpkg", layer="schools")
    assert HOSTILE in set(original.name)
    parquet = geopandas.read_parquet(tmp_path / "run-parquet" / "schools.parquet")
    geojson = json.loads((tmp_path / "run-geojson" / "schools.geojson").read_bytes())
    assert list(parquet.placed) == list(original.placed)
    assert list(parquet.geometry) == list(original.geometry)
    assert [each["properties"]["placed"] for each in geojson["features"]] == list(original.placed)
    allocation = pd.read_parquet(tmp_path / "run-parquet" / "allocation.parquet")
    assert next(iter(allocation.applicant_id)) == "sample-01"


@pytest.mark.parametrize("kind", ["gpkg", "geojson", "parquet"])
def test_an_export_is_the_same_every_time(plain: Path, tmp_path: Path, kind: str) -> None:
    one = mapping.export(plain, tmp_path / "one", kind)
    two = mapping.export(plain, tmp_path / "two", kind)
    files = [sorted(path.rglob("*")) if path.is_dir() else [path] for path in (one, two)]
    assert [path.read_bytes() for path in files[0]] == [path.read_bytes() for path in files[1]]
    with pytest.raises(UsageError, match="exists already"):
        mapping.export(plain, tmp_path / "one", kind)


def test_without_pyarrow_one_sentence_says_what_to_install(plain: Path, tmp_path: Path) -> None:
    with (
        patch("enroll.report.layers.exporting.export_parquet", side_effect=ImportError),
        pytest.raises(UsageError, match=r"enroll\[parquet\]"),
    ):
        mapping.export(plain, tmp_path / "out", "parquet")
    assert not (tmp_path / "out").exists()
