"""A wheel that is built from the checkout works far away from it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, folder: Path, **variables: str) -> str:
    environment = {**os.environ, "PYTHONWARNINGS": "error", **variables}
    ended = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, *map(str, command)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run("-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, folder=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if name.startswith("enroll/")}
    source = ROOT / "src"
    expected = {
        path.relative_to(source).as_posix()
        for path in (source / "enroll").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pot"
    }
    assert inside == expected
    assert {"enroll/py.typed", "enroll/locale/zh_CN/LC_MESSAGES/enroll.mo"} <= inside


def test_the_wheel_carries_its_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert any(name.endswith("licenses/LICENSE") for name in archive.namelist())


def test_help_runs_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    shown = run("-m", "enroll", "--help", folder=tmp_path, PYTHONPATH=str(installed))
    assert "allocate" in shown


def test_a_new_scenario_runs_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    """The starter scenario and the Chinese sentences come along."""
    run("-m", "enroll", "new", "autumn", folder=tmp_path, PYTHONPATH=str(installed))
    (scenario,) = (tmp_path / "autumn").rglob("*.toml")
    command = ("-m", "enroll", "allocate", scenario, "-o", "runs/first", "--lang", "zh")
    run(*command, folder=tmp_path, PYTHONPATH=str(installed))
    assert (tmp_path / "runs" / "first" / "SHA256SUMS").is_file()


def test_the_package_comes_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = run(
        "-c", "import enroll; print(enroll.__file__)", folder=tmp_path, PYTHONPATH=str(installed)
    )
    assert Path(where.strip()).is_relative_to(installed)
