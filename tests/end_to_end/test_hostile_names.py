"""Names that would run, steer or break something, through everything that people are shown.

A tiny county whose title, schools, zones, areas, groups and children are called so, allocated,
listed, drawn, exported, explained and audited. Each program that people open these things with
shows the names as they are, and does nothing that they say.
"""

from __future__ import annotations

import json
import re
import zipfile
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import geopandas
import pandas as pd
import pyogrio
import pytest

from enroll.scenario import starter_files
from enroll.tables.cleaning import tidy
from tests import programs, spreadsheets
from tests.browser import DESK, PHONE
from tests.cli.screens import run, starter, starter_text
from tests.report.lists.makers import identity_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser import Opener
    from tests.cli.screens import Screen

FORMULA = "=cmd|' /C calc'!A0"
SCRIPT = "<script>alert('x')</script>"
IMAGE = "<img src=x onerror=alert('y')>"
MARKUP = '{{7*7}}"&amp;$\\frac{1}{2}$%s'
UYGHUR = "阿依古丽·买买提"
RARE = "𠮷"
STEER = "\x1b[31mRed\x1b]0;owned\x07"
TURN = "\u202egnp"

TITLE = f"{FORMULA} {SCRIPT} {MARKUP} {RARE}".replace('"', "")
SCHOOLS = {"S1": FORMULA, "S2": f"{UYGHUR} {RARE}", "S3": IMAGE}
ZONES = {"Z1": f"{SCRIPT} {RARE}", "Z2": FORMULA, "Z3": MARKUP}
GROUPS = {"A": FORMULA, "B": SCRIPT, "C": f"{UYGHUR} {RARE}"}
CHILDREN = (FORMULA, SCRIPT, UYGHUR, RARE, IMAGE, MARKUP, f"{STEER}x")
SAYING = (("explain", "sample-04"), ("explain", "sample-10"), ("verify", "--rehearsal"), ("audit",))


OWN = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\r")
"""What a screen with colours and a turning wheel says to a terminal by itself."""
STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
TEXTS = {".csv", ".json", ".jsonl", ".html", ".geojson", ".txt", ""}


def county(folder: Path, language: str, schools: dict[str, str], zones: dict[str, str]) -> Path:
    """Write a county of three small schools, and return its scenario."""
    document = json.loads(starter_files()["zones.geojson"])
    for feature in document["features"]:
        feature["properties"]["name"] = zones[feature["properties"]["zone_id"]]
        feature["properties"]["area"] = feature["properties"]["name"]
    kinds = ("West", "Centre", "East")
    quoted = [name.replace('"', '""') for name in schools.values()]
    table = starter_text(
        "schools.csv",
        *((f"Sample School {kind}", f'"{name}"') for kind, name in zip(kinds, quoted, strict=True)),
    )
    scenario = starter_text(
        "scenario.toml",
        ('"Sample County, primary entrance, autumn 2026 (synthetic)"', f'"{_toml(TITLE)}"'),
        ('language = "en"', f'language = "{language}"'),
        ("class_standard = 45", "class_standard = 2"),
        ("class_limit    = 55", "class_limit    = 3"),
        ('"household and own home in the zone"', f'"{_toml(GROUPS["A"])}"'),
        ('"household in the zone, other home"', f'"{_toml(GROUPS["B"])}"'),
        ('"household in the county, or a home owned or rented here"', f'"{_toml(GROUPS["C"])}"'),
    )
    return starter(folder, schools=table, zones=json.dumps(document), scenario=scenario)


def _toml(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def children(folder: Path) -> Path:
    """Write who the children are."""
    names = cycle(CHILDREN)
    rows = [
        {"applicant_id": f"sample-{number:02}", "name": next(names), "地址": next(names)}
        for number in range(1, 13)
    ]
    return identity_file(folder, rows)


def made(folder: Path, language: str, scenario: Path) -> dict[str, Screen]:
    """Make everything that people are shown, and return what was said to that."""
    finished, identity = folder / "run", children(folder)
    screens = {"check": run("check", scenario)}
    screens["allocate"] = run("allocate", scenario, "-o", finished)
    screens["lists"] = run(
        "lists", finished, "--identity", identity, "-o", folder / "lists", "--lang", language
    )
    screens["report"] = run("report", finished, "-o", folder / "report.html", "--lang", language)
    for kind in ("gpkg", "parquet", "geojson"):
        target = folder / f"export.{kind}"
        screens[kind] = run("export", finished, "--format", kind, "-o", target)
    for command, *more in SAYING:
        screens[" ".join((command, *more))] = run(command, finished, *more, "--lang", language)
    return screens


@pytest.fixture(scope="module", params=["en", "zh"])
def shown(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Screen]]:
    folder = tmp_path_factory.mktemp("hostile")
    scenario = county(folder / "in", request.param, SCHOOLS, ZONES)
    return folder, made(folder, request.param, scenario)


Shown = tuple[Path, dict[str, "Screen"]]


def files(folder: Path, kind: str) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob(f"*.{kind}")) if "in" not in path.parts[-2:])


def test_nothing_stumbles_over_a_name(shown: Shown) -> None:
    """And every school and group is named to who asks for it."""
    _, screens = shown
    assert {name: screen.status for name, screen in screens.items() if screen.status} == {}
    assert {name: screen.err for name, screen in screens.items() if screen.err} == {}
    said = {name: " ".join(screen.out.split()) for name, screen in screens.items()}
    for name in (TITLE, *SCHOOLS.values(), *ZONES.values()):
        assert name in said["allocate"]
    for name in (*SCHOOLS.values(), GROUPS["C"]):
        assert name in said["explain sample-04"]


def test_a_page_shows_them_and_runs_nothing(shown: Shown, open_page: Opener) -> None:
    """No dialog, no word on the console, no request: the page is watched by its fixture."""
    folder, _ = shown
    for file in (folder / "run" / "report.html", folder / "report.html"):
        for size in (DESK, PHONE):
            page = open_page(file, size)
            text = page.evaluate("document.body.textContent")
            for name in (TITLE, *SCHOOLS.values(), *ZONES.values(), *GROUPS.values()):
                assert name in text, name
            assert page.title().startswith(TITLE)
            assert page.locator("script").count() == 1
            assert page.locator("img, iframe, object, embed, link").count() == 0
            page.dispatch_event("[data-school='S3']", "pointerover")
            assert SCHOOLS["S3"] in page.inner_text("#map-says")


def test_a_workbook_shows_them_as_text(shown: Shown) -> None:
    folder, _ = shown
    found = sorted((folder / "lists").rglob("*.xlsx"))
    books = spreadsheets.opened(found, folder / "office")
    assert {name: book.live() for name, book in books.items() if book.live()} == {}
    cells = {
        cell.shown
        for book in books.values()
        for rows in book.sheets().values()
        for row in rows
        for cell in row
        if cell.kind == "string"
    }
    assert cells >= {TITLE, *SCHOOLS.values(), *map(tidy, CHILDREN)}
    for path in found:
        with zipfile.ZipFile(path) as archive:
            assert not [name for name in archive.namelist() if "vba" in name or "extern" in name]


def test_a_table_shows_them_as_text(shown: Shown) -> None:
    """Also to whom clicks on a CSV; there an apostrophe stands before what looks like a formula."""
    folder, _ = shown
    tables = {}
    for number, path in enumerate(files(folder, "csv")):
        if "identity" not in path.name:
            tables[f"{number}-{path.stem}"] = path
    copies = [folder / "tables" / f"{name}.csv" for name in tables]
    (folder / "tables").mkdir(exist_ok=True)
    for copy, path in zip(copies, tables.values(), strict=True):
        copy.write_bytes(path.read_bytes())
    books = spreadsheets.opened(copies, folder / "tables")
    assert len(books) >= 8
    assert {name: book.live() for name, book in books.items() if book.live()} == {}
    schools = next(book for name, book in books.items() if name.endswith("-schools"))
    assert [row[1] for row in schools.table()[1:]] == [
        f"'{name}" if name.startswith("=") else name for name in SCHOOLS.values()
    ]


def test_a_map_program_reads_them_as_they_are(shown: Shown) -> None:
    folder, _ = shown
    for path in (folder / "run" / "map.gpkg", folder / "export.gpkg"):
        for layer, names in (("schools", SCHOOLS), ("zones", ZONES)):
            assert list(pyogrio.read_dataframe(path, layer=layer).name) == list(names.values())
    for layer, names in (("schools", SCHOOLS), ("zones", ZONES)):
        exported = json.loads((folder / "export.geojson" / f"{layer}.geojson").read_bytes())
        assert [each["properties"]["name"] for each in exported["features"]] == [*names.values()]
        frame = geopandas.read_parquet(folder / "export.parquet" / f"{layer}.parquet")
        assert list(frame.name) == list(names.values())
    notices = pd.read_parquet(folder / "export.parquet" / "warnings.parquet")
    assert any(message.startswith(FORMULA) for message in notices.message), "no apostrophe there"


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_a_picture_shows_them(shown: Shown, kind: str, open_page: Opener) -> None:
    programs.chinese_font()
    folder, _ = shown
    target = folder / f"map.{kind}"
    screen = run("map", folder / "run", "-o", target)
    assert (screen.status, screen.err) == (0, "")
    content = target.read_bytes()
    assert not re.search(rb"<script|onerror|/JavaScript|/OpenAction|/URI", content)
    if kind == "svg":
        ElementTree.fromstring(content)  # noqa: S314 - our own file
        assert open_page(target).locator("script, image, a").count() == 0


@pytest.mark.parametrize("terminal", [False, True], ids=["pipe", "terminal"])
def test_no_name_steers_a_terminal(tmp_path: Path, terminal: bool) -> None:
    """What would, is taken from a name where it is read; the rest of it is shown."""
    schools = {"S1": f"{STEER}one", "S2": f"{TURN}two", "S3": "three"}
    zones = {"Z1": f"{STEER}x", "Z2": f"{TURN}y", "Z3": "\ud800z"}
    scenario = county(tmp_path / "in", "en", schools, zones)
    finished = tmp_path / "run"
    screens = [run("allocate", scenario, "-o", finished, terminal=terminal)]
    screens += [run(name, finished, *more, terminal=terminal) for name, *more in SAYING]
    screens.append(run("export", finished, "--format", "geojson", terminal=terminal))
    screens.append(run("lists", finished, "-o", tmp_path / "lists", terminal=terminal))
    assert [screen.status for screen in screens] == [0] * len(screens)
    said = "".join(screen.out + screen.err for screen in screens)
    plain = OWN.sub("", said) if terminal else said
    assert STEERING.findall(plain) == []
    for shown in ("[31mRed ]0;owned one (S1)", "gnptwo (S2)", "[31mRed ]0;owned x (Z1)"):
        assert shown in plain
    for path in filter(Path.is_file, tmp_path.rglob("*")):
        if path.suffix in TEXTS and (tmp_path / "in") not in path.parents:
            assert STEERING.findall(path.read_text("utf-8")) == [], path.name
    names = pyogrio.read_dataframe(finished / "map.gpkg", layer="zones").name
    assert list(names) == ["[31mRed ]0;owned x", "gnpy", "\ufffdz"]


@pytest.mark.parametrize("key", ["title", "name"])
def test_a_setting_that_steers_a_terminal_is_refused(tmp_path: Path, key: str) -> None:
    text = starter_files()["scenario.toml"]
    steered = re.sub(rf'^({key} *= ")', r"\1\\u001b[31m", text, count=1, flags=re.MULTILINE)
    screen = run("allocate", starter(tmp_path / "in", scenario=steered), "-o", tmp_path / "run")
    said = screen.out + screen.err
    assert (screen.status, "[SETTING_CONTROL_CHARACTER]" in said) == (2, True)
    assert STEERING.findall(said) == []
    assert not (tmp_path / "run").exists()
