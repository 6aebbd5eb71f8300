"""Bad input gets a clear list and status 2; nothing is written, nothing is touched."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from tests.cli.screens import run, starter, starter_text
from tests.tables.samples import workbook

if TYPE_CHECKING:
    from pathlib import Path

BOOK = workbook({"2026": [["applicant_id", "lon", "lat"], ["A1", 112.395, 29.36]]})
IN_A_BOOK = starter_text("scenario.toml", ('"applicants.csv"', '"applicants.xlsx"'))


def header_of(name: str) -> str:
    return starter_text(name).splitlines(keepends=True)[0]


def zero_seats() -> str:
    return starter_text(
        "schools.csv", (",1,180,", ",0,180,"), (",1,205,", ",0,205,"), (",1,96,", ",0,96,")
    )


CASES = {
    "missing applicants": ({"applicants": None}, ["FILE_MISSING"]),
    "missing schools": ({"schools": None}, ["FILE_MISSING"]),
    "missing zones": ({"zones": None}, ["FILE_MISSING"]),
    "missing all": ({"applicants": None, "schools": None, "zones": None}, ["FILE_MISSING"] * 3),
    "empty applicants": ({"applicants": b""}, ["FILE_EMPTY"]),
    "empty schools": ({"schools": b""}, ["FILE_EMPTY"]),
    "empty zones": ({"zones": b""}, ["FILE_EMPTY"]),
    "empty scenario": ({"scenario": b""}, ["SCENARIO_EMPTY"]),
    "binary scenario": ({"scenario": b"\x00\xff\xfe"}, ["SCENARIO_NOT_UTF8"]),
    "broken scenario": ({"scenario": 'title = "'}, ["SCENARIO_SYNTAX"]),
    "unknown key": (
        {"scenario": starter_text("scenario.toml", ("far_m ", "fat_m "))},
        ["SETTING_UNKNOWN_NEAR"],
    ),
    "no applicants": ({"applicants": header_of("applicants.csv")}, ["NO_APPLICANTS"]),
    "zero schools": ({"schools": header_of("schools.csv")}, ["NO_SCHOOLS"]),
    "zero seats": ({"schools": zero_seats()}, ["NO_CLASSES"]),
    "no headroom": (
        {
            "schools": starter_text(
                "schools.csv", (",180,", ",2000,"), (",205,", ",2000,"), (",96,", ",2000,")
            )
        },
        ["NO_SEAT_ANYWHERE"],
    ),
    "nobody eligible": (
        {"applicants": starter_text("applicants.csv", ("passed", "pending"))},
        ["NOBODY_ELIGIBLE"],
    ),
    "truncated workbook": (
        {"scenario": IN_A_BOOK, "applicants.xlsx": BOOK[: len(BOOK) // 2]},
        ["FILE_BROKEN"],
    ),
    "folder for a file": (
        {"scenario": IN_A_BOOK, "applicants.xlsx": "a folder"},
        ["FILE_IS_FOLDER"],
    ),
    "truncated zones": ({"zones": starter_text("zones.geojson")[:700]}, ["FILE_BROKEN"]),
    "binary applicants": ({"applicants": bytes(range(256))}, ["TEXT_IS_BINARY"]),
}


def digest(folder: Path) -> dict[str, str]:
    """Return the hash of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a run that was made before."""
    folder = tmp_path_factory.mktemp("earlier")
    assert run("allocate", starter(folder / "in"), "-o", folder / "runs" / "first").status == 0
    return folder / "runs" / "first"


def spoilt(folder: Path, changed: dict[str, str | bytes | None]) -> Path:
    """Write a starter with some files spoilt; a key that is a file name adds that file."""
    scenario = starter(folder, **changed)
    for name in changed.keys() - {"applicants", "schools", "zones", "scenario"}:
        content = changed[name]
        if isinstance(content, bytes):
            (folder / name).write_bytes(content)
        else:
            (folder / name).mkdir()
    return scenario


@pytest.mark.parametrize("case", CASES)
def test_bad_input(tmp_path: Path, earlier: Path, case: str) -> None:
    changed, codes = CASES[case]
    scenario = spoilt(tmp_path / "in", changed)
    before = digest(tmp_path), digest(earlier.parent)
    checked = run("check", scenario)
    assert (checked.status, checked.err) == (2, "")
    assert f"blocking: {len(codes)}\n" in checked.out
    for code in codes:
        assert checked.out.count(f"[{code}]") == codes.count(code)
    assert checked.out.count("→ ") >= 1
    new = run("allocate", scenario, "-o", tmp_path / "run")
    over = run("allocate", scenario, "-o", earlier, "--overwrite")
    assert new == over == (2, "", checked.out)
    assert (digest(tmp_path), digest(earlier.parent)) == before
