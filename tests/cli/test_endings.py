"""How commands end: the exit status of the real process, bugs, Ctrl-C, and odd terminals."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from enroll.errors import UnlawfulError
from tests.cli.screens import run, starter, starter_text

if TYPE_CHECKING:
    from pathlib import Path

CROWDED = (",205,", ",1997,")
"""Other grades of the starter's school in the centre: nearly all that the school may have."""


def crowded(folder: Path) -> Path:
    """Write a starter in which a red notice stands: a zone has more children than seats."""
    return starter(folder, schools=starter_text("schools.csv", CROWDED))


def process(*words: object, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m enroll` in a folder."""
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "enroll", *map(str, words)],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_module_is_the_command(tmp_path: Path) -> None:
    done = process("--help", folder=tmp_path, COLUMNS="80")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == run("--help").out


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["allocate", "scenario.toml", "--strict"], 1),
        (["check", "nosuch.toml"], 2),
    ],
)
def test_the_process_ends_as_the_help_says(tmp_path: Path, words: list[str], status: int) -> None:
    crowded(tmp_path)
    done = process(*words, folder=tmp_path)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr


def test_strict_writes_the_run_all_the_same(tmp_path: Path) -> None:
    done = run("allocate", crowded(tmp_path / "in"), "-o", tmp_path / "run", "--strict")
    assert done.status == 1
    assert "[ZONE_FULL]" in done.out
    assert (tmp_path / "run" / "SHA256SUMS").is_file()


def test_strict_is_content_without_a_red_notice(tmp_path: Path) -> None:
    scenario = starter(tmp_path / "in")
    assert run("allocate", scenario, "-o", tmp_path / "run", "--strict").status == 0


def stop_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("enroll.office.allocation.prepare", stopped)


def test_a_bug_ends_with_3_and_a_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = starter(tmp_path / "in")
    stop_with(monkeypatch, ZeroDivisionError("of a bug"))
    for command in (["check", scenario], ["allocate", scenario, "-o", tmp_path / "run"]):
        done = run(*command)
        assert (done.status, done.out) == (3, "")
        first, *_, error, last = done.err.splitlines()
        assert first == "Traceback (most recent call last):"
        assert error == "ZeroDivisionError: of a bug"
        assert last == "This is a bug in enroll: please report it with the lines above."
    assert not (tmp_path / "run").exists()


def test_an_unlawful_result_is_a_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = starter(tmp_path / "in")
    stop_with(monkeypatch, UnlawfulError(["R10: a class is too large"]))
    done = run("allocate", scenario, "-o", tmp_path / "run")
    assert (done.status, done.out) == (3, "")
    assert "R10: a class is too large" in done.err
    assert not (tmp_path / "run").exists()


@pytest.mark.skipif(os.name == "nt", reason="another system's pipes")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "words",
    [
        ["explain", "run", "sample-01"],
        ["verify", "run", "--rehearsal"],
        ["audit", "run", "-o", "audit"],
        ["explain", "--help"],
        ["explain", "run", "nobody"],
    ],
    ids=" ".join,
)
def test_a_pipe_that_nobody_reads_is_no_bug(
    tmp_path: Path, words: list[str], unbuffered: str
) -> None:
    run("allocate", starter(tmp_path / "in"), "-o", tmp_path / "run")
    reader, writer = os.pipe()
    os.close(reader)
    refused = words[-1] == "nobody"
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "enroll", *words],
        cwd=tmp_path,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        stdout=subprocess.PIPE if refused else writer,
        stderr=writer if refused else subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stdout or b"", done.stderr or b"") == (141, b"", b"")


def test_ctrl_c_ends_with_130(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = starter(tmp_path / "in")
    stop_with(monkeypatch, KeyboardInterrupt())
    done = run("allocate", scenario, "-o", tmp_path / "run")
    assert (done.status, done.out) == (130, "")
    assert done.err.strip() == "Interrupted: nothing was written."
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


def test_ctrl_c_while_the_files_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    scenario = starter(tmp_path / "in")
    monkeypatch.setattr("enroll.report.run_folder.os.fsync", interrupted)
    assert run("allocate", scenario, "-o", tmp_path / "run").status == 130
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


def test_a_terminal_sees_colours_and_what_is_being_done(tmp_path: Path) -> None:
    done = run("check", starter(tmp_path, schools="x\n"), terminal=True)
    assert done.status == 2
    assert done.out.startswith("\x1b[1;31mblocking: ")
    assert "Finding zones and ways …" in done.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("verify", "run", "--rehearsal"), "Checking the run step by step …"),
        (("explain", "run", "--all", "-o", "all.csv"), "Finding every reason …"),
        (("lists", "run", "-o", "lists"), "Checking the run and making its lists …"),
        (("report", "run"), "Making the page …"),
        (("export", "run"), "Writing layers and tables …"),
        (("publish", "run", "-o", "site"), "Checking the run and making its public edition …"),
        (("publish", "in/scenario.toml", "--plan", "-o", "plan"), "Making the pages of the plan …"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_terminal_alone_sees_what_takes_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    run("allocate", starter(tmp_path / "in"), "-o", "run")
    seen = run(*words, terminal=True)
    assert seen.status == 0, seen.err
    assert told in seen.err
    for made in (path for path in tmp_path.iterdir() if path.name not in ("in", "run")):
        made.rename(made.with_name(f"first-{made.name}"))
    assert run(*words).err == ""


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
@pytest.mark.parametrize("terminal", [True, False])
def test_a_screen_without_the_letters_is_no_error(
    tmp_path: Path, encoding: str, terminal: bool
) -> None:
    scenario = starter(tmp_path / "一二ö€")
    for words in (["check", scenario, "--lang", "zh"], ["allocate", tmp_path / "三ö.toml"]):
        done = run(*words, terminal=terminal, encoding=encoding)
        assert done.status in (0, 2), done.err


def test_letters_that_steer_a_terminal_are_shown_harmlessly(tmp_path: Path) -> None:
    folder = tmp_path / "a\x1b[31mb\u202ec"
    done = run("new", folder)
    assert done.status == 0
    assert "a\\u001b[31mb\\u202ec" in done.out
    done = run("allocate", folder / "scenario.toml", "-o", folder / "run")
    assert done.status == 0
    assert "\x1b" not in done.out + done.err


def test_help_loads_nothing_heavy() -> None:
    """Nor does the list of commands, whose single lines come from the same place."""
    script = "import sys; from enroll.cli import main; sys.argv = ['enroll', '--help']; main()"
    heavy = "numpy|pandas|geopandas|shapely|pyproj|ortools|pydantic|rich|pyogrio|pyarrow"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-X", "importtime", "-c", script],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    assert loaded.isdisjoint(heavy.split("|"))
    assert "click" in loaded
