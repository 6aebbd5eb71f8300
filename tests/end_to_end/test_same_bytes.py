"""The same inputs give the same bytes on any machine, for anyone, at any time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import enroll

ROOT = Path(__file__).parents[2]
SCENARIO = Path("scenarios", "nanxian-primary-2026.toml")
INPUTS = (
    SCENARIO,
    Path("data", "nanxian", "applicants-primary-2026.csv"),
    Path("data", "nanxian", "schools-primary.csv"),
    Path("data", "zones", "nanxian-primary.geojson"),
)

PLACES = {
    "an old machine": {
        "PYTHONHASHSEED": "0",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "TZ": "UTC",
        "LC_ALL": "POSIX",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "LANGUAGE": "zh_CN",
        "USER": "alice",
    },
    "another country": {
        "PYTHONHASHSEED": "1",
        "OMP_NUM_THREADS": "2",
        "OPENBLAS_NUM_THREADS": "2",
        "TZ": "Asia/Kathmandu",
        "LC_ALL": "zh_CN.UTF-8",
        "USER": "bob",
        "HOME": "/nonexistent",
        "COLUMNS": "40",
    },
}


@pytest.fixture(scope="module")
def here() -> dict[str, bytes]:
    """Return the files of the sample county's run as made in this process."""
    return dict(enroll.allocate(enroll.load(ROOT / SCENARIO)).files)


def pinned(words: list[str], processors: str) -> list[str]:
    """Return a command that may use some processors only, where the system can do that."""
    taskset = shutil.which("taskset")
    return [taskset, "-c", processors, *words] if taskset else words


@pytest.mark.parametrize("place", PLACES)
def test_another_place(tmp_path: Path, here: dict[str, bytes], place: str) -> None:
    folder = tmp_path / f"somewhere 在 {place}"
    for path in INPUTS:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, folder / path)
    words = [sys.executable, "-m", "enroll", "allocate", str(SCENARIO), "-o", "run"]
    if PLACES[place]["OMP_NUM_THREADS"] == "1":
        words = pinned(words, "0")
    done = subprocess.run(  # noqa: S603 - our own command
        words, cwd=folder, env={**os.environ, **PLACES[place]}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    run = folder / "run"
    paths = [path for path in run.rglob("*") if path.is_file()]
    there = {path.relative_to(run).as_posix(): path.read_bytes() for path in paths}
    assert [name for name in here if there.get(name) != here[name]] == []
    assert there.keys() == here.keys()


def test_no_run_holds_a_place_a_time_or_a_user(here: dict[str, bytes]) -> None:
    everything = b"\n".join(here.values())
    for trace in (str(ROOT), str(Path.home()), os.uname().nodename, sys.prefix):
        if len(trace) > 3:
            assert trace.encode() not in everything
