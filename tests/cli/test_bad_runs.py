"""Every command that shows a run, given what it cannot show: one sentence, nothing written."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from unittest.mock import patch

import pytest

from enroll.report.drawing import fonts
from tests.cli.forging import reseal_file
from tests.cli.screens import Screen, run, starter

COMMANDS = {
    "lists": ("lists", "run", "-o", "out"),
    "report": ("report", "run", "-o", "out.html"),
    "map": ("map", "run", "-o", "out.png"),
    "gpkg": ("export", "run", "-o", "out.gpkg"),
    "geojson": ("export", "run", "--format", "geojson", "-o", "out"),
    "parquet": ("export", "run", "--format", "parquet", "-o", "out"),
}
UNFIT = (
    "run cannot be shown, as its files are not those of a run or do not fit together ({what}):"
    " make the run again, and report it if that does not help.\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("runs")
    assert run("allocate", starter(place / "in"), "-o", place / "run").status == 0
    return place / "run"


@pytest.fixture(autouse=True)
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a new folder that holds a run and nothing else."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(made, tmp_path / "run")
    return tmp_path


def here() -> list[str]:
    """Return what lies in the folder, hidden files too."""
    return sorted(path.name for path in Path().iterdir())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_run_is_shown(command: str) -> None:
    """Without this, everything below could be refused for a reason of its own."""
    screen = run(*COMMANDS[command])
    assert (screen.status, screen.err) == (0, "" if command != "lists" else screen.err)
    assert len(here()) == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_a_run_that_was_changed_is_not_shown(command: str) -> None:
    path = Path("run/allocation.csv")
    path.write_bytes(path.read_bytes().replace(b"placed,S1", b"placed,S2", 1))
    said = (
        "run is not as enroll wrote it: allocation.csv is missing or was changed since. Take the"
        " run from a copy that was kept, or make it again.\n"
    )
    assert run(*COMMANDS[command]) == Screen(2, "", said)
    assert here() == ["run"]


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "lists"])
def test_a_run_that_does_not_verify_is_not_shown(command: str) -> None:
    """Somebody moved a child and sealed the run anew; lists see before that files differ."""
    content = Path("run/allocation.csv").read_bytes()
    reseal_file("allocation.csv", content.replace(b"placed,S1", b"placed,S2", 1))
    said = (
        "run does not verify (step V7 everyone), so nothing of it is shown: see what enroll verify"
        " says.\n"
    )
    assert run(*COMMANDS[command]) == Screen(2, "", said)
    assert here() == ["run"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("missing", ["run", "run/SHA256SUMS"])
def test_what_is_no_run_is_not_shown(command: str, missing: str) -> None:
    Path("run").rename("other")
    if missing != "run":
        shutil.copytree("other", "run")
        Path(missing).unlink()
    shutil.rmtree("other")
    before = here()
    screen = run(*COMMANDS[command])
    assert (screen.status, screen.out, len(screen.err.splitlines())) == (2, "", 1)
    assert "run holds no " in screen.err
    assert "name a folder that enroll allocate" in screen.err
    assert here() == before


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"\xff\xfe garbage"])
@pytest.mark.parametrize("command", ["report", "map", "gpkg", "geojson", "parquet"])
def test_a_map_that_is_none_is_not_shown(command: str, content: bytes) -> None:
    """Though it is sealed: somebody put it there and sealed the run anew."""
    reseal_file("map.gpkg", content)
    screen = run(*COMMANDS[command])
    assert (screen.status, screen.out, len(screen.err.splitlines())) == (2, "", 1)
    assert screen.err.startswith(UNFIT.partition(" (")[0])
    assert here() == ["run"]


@pytest.mark.parametrize(
    ("command", "name", "content", "what"),
    [
        ("report", "summary.json", b"{}", "KeyError"),
        ("report", "manifest.json", b"[]", "TypeError"),
        ("report", "summary.json", b"[" * 5000, "RecursionError"),
        ("report", "schools.csv", b"a,b\n1,2\n", "KeyError"),
        ("report", "audit/records.jsonl", b"\xff", "UnicodeDecodeError"),
        ("map", "manifest.json", b"{}", "KeyError"),
        ("map", "manifest.json", b"\xff", "UnicodeDecodeError"),
        ("gpkg", "classes.csv", b"", "EmptyDataError"),
        ("parquet", "classes.csv", b"\xff\xff\n", "UnicodeDecodeError"),
    ],
)
def test_files_that_are_not_those_of_a_run_are_said_so(
    command: str, name: str, content: bytes, what: str
) -> None:
    reseal_file(name, content)
    assert run(*COMMANDS[command]) == Screen(2, "", UNFIT.format(what=what))
    assert here() == ["run"]


def test_it_is_said_in_chinese_too() -> None:
    reseal_file("map.gpkg", b"")
    said = (
        "run 无法显示：其中的文件不是一个结果的文件，或互不相符（Unreadable）。请重新生成该结果；"
        "如仍不能解决，请反馈此问题。\n"
    )
    screen = run(*COMMANDS["map"], "--lang", "zh")
    assert screen == Screen(2, "", said)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_run_of_a_later_format_is_not_shown_by_guessing(command: str) -> None:
    manifest = Path("run/manifest.json").read_bytes()
    assert b'"format": 1' in manifest
    reseal_file("manifest.json", manifest.replace(b'"format": 1', b'"format": 9'))
    screen = run(*COMMANDS[command])
    assert (screen.status, screen.out, len(screen.err.splitlines())) == (2, "", 1)
    assert here() == ["run"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_place_below_a_file_is_not_written(command: str) -> None:
    Path("file").write_bytes(b"kept")
    *words, target = COMMANDS[command]
    screen = run(*words, f"file/{target}")
    assert (screen.status, screen.out, len(screen.err.splitlines())) == (2, "", 1)
    assert "could not be written" in screen.err
    assert here() == ["file", "run"]
    assert Path("file").read_bytes() == b"kept"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_leaves_nothing(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    screen = run(*COMMANDS[command])
    assert (screen.status, screen.out, len(screen.err.splitlines())) == (2, "", 1)
    assert "could not be written" in screen.err
    assert "No space left on device" in screen.err
    assert here() == ["run"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_without_the_right_to_write_is_said_so(folder: Path, command: str) -> None:
    folder.chmod(0o500)
    try:
        screen = run(*COMMANDS[command])
    finally:
        folder.chmod(0o700)
    assert (screen.status, screen.out, len(screen.err.splitlines())) == (2, "", 1)
    assert "Permission denied" in screen.err
    assert here() == ["run"]


def test_a_machine_without_a_font_is_told_which(made: Path) -> None:
    with patch.object(fonts, "_candidates", return_value=[]):
        screen = run(*COMMANDS["map"])
    assert (screen.status, screen.out, len(screen.err.splitlines())) == (2, "", 1)
    assert "fonts-noto-cjk" in screen.err
    assert here() == ["run"]
