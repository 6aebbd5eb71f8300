"""Scenario files for tests: written in a line, loaded in a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enroll.errors import InputError
from enroll.scenario import load

if TYPE_CHECKING:
    from pathlib import Path

    from enroll.notices import Problem

LEAST = 'title = "T"\nyear = 2026\nstage = "primary"\n'
"""A scenario with nothing but what is required."""


def written(folder: Path, text: str, name: str = "own.toml") -> Path:
    """Return the path of a new scenario file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path) -> tuple[Problem, ...]:
    """Return what is wrong with a scenario that cannot be loaded."""
    with pytest.raises(InputError) as stopped:
        load(path)
    return stopped.value.problems


def refused(folder: Path, text: str) -> list[tuple[str, str]]:
    """Return code and key of every problem of a scenario with these lines added."""
    return [(one.code, one.column) for one in problems(written(folder, LEAST + text))]
