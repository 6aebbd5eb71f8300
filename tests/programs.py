"""Programs that some tests look through, and how those without one can have it.

Tests that lack a program are left out, and the summary of a test run has one line for each
program that is missing, however many tests there are.
"""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from enroll.report.drawing import fonts


@dataclass(frozen=True)
class Program:
    """Something of the machine that a test needs.

    Parameters
    ----------
    tests
        What is not tested without it.
    names
        Commands, the first that is there is taken.
    remedy
        How to have it.
    """

    tests: str
    names: tuple[str, ...]
    remedy: str

    def path(self) -> str | None:
        """Return the command's path, None where there is none."""
        found = (shutil.which(name) for name in self.names)
        return next((path for path in found if path), None)


CHROMIUM = Program(
    "pages in a browser",
    ("chromium", "chromium-browser", "google-chrome"),
    "install Chromium (Debian: apt-get install chromium)",
)
OFFICE = Program(
    "workbooks in LibreOffice",
    ("soffice", "libreoffice"),
    "install LibreOffice Calc (Debian: apt-get install libreoffice-calc)",
)
FONT = Program(
    "Chinese names in pictures",
    (),
    "install a Chinese font (Debian: apt-get install fonts-noto-cjk)",
)
QGIS = Program(
    "maps in QGIS",
    (),
    "install QGIS with its Python (Debian: apt-get install python3-qgis)",
)
LIBRARIES = ("playwright", "axe_playwright_python")
LEFT_OUT = "left out: "


def require(program: Program, found: object) -> None:
    """Leave a test out where its program was not found."""
    if not found:
        pytest.skip(f"{LEFT_OUT}{program.tests}; {program.remedy}")


def in_one_line(report: pytest.TestReport) -> None:
    """Let the summary count a test with all others that lack the same program."""
    if report.skipped and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        if reason.startswith(LEFT_OUT):
            report.longrepr = (__file__, None, reason)


def chromium() -> str:
    """Return the path of a Chromium, or leave the test out."""
    path = CHROMIUM.path()
    require(CHROMIUM, path and all(map(importlib.util.find_spec, LIBRARIES)))
    return str(path)


def office() -> str:
    """Return the path of LibreOffice, or leave the test out."""
    path = OFFICE.path()
    require(OFFICE, path)
    return str(path)


@cache
def _draws(signs: str) -> bool:
    try:
        fonts.fonts_for([signs])
    except fonts.MissingSignsError:
        return False
    return True


def chinese_font() -> None:
    """Leave the test out where no font holds Chinese."""
    require(FONT, _draws("南洲镇第一小学"))


def system_python() -> Path:
    """Return the Python that QGIS belongs to, or leave the test out."""
    python = Path("/usr/bin/python3")
    places = ("lib/python3/dist-packages/qgis", "share/qgis/python/qgis")
    require(QGIS, python.is_file() and any(Path("/usr", place).is_dir() for place in places))
    return python
