"""The oldest versions that are promised, and the floors of the house as the linter sees them."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def pins(project: Path = ROOT / "pyproject.toml") -> list[str]:
    spec = importlib.util.spec_from_file_location("lowest", ROOT / "tools" / "lowest.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool.lowest(project)


@pytest.mark.parametrize("pin", pins())
def test_every_library_of_users_has_a_lowest_version(pin: str) -> None:
    name, _, lowest = pin.partition("==")
    numbers = [int(number) for number in lowest.split(".")]
    assert len(numbers) == 3, "the bound names one version that exists"
    assert [int(number) for number in version(name).split(".")[:3]] >= numbers


def test_a_library_without_a_lowest_version_is_refused(tmp_path: Path) -> None:
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\ndependencies = ["numpy"]\noptional-dependencies = {}\n')
    with pytest.raises(ValueError, match="numpy"):
        pins(project)


def test_the_floors_hold() -> None:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
    ]
    ended = subprocess.run(  # noqa: S603 - our own command
        [*command, "--no-cache"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 0, ended.stdout
