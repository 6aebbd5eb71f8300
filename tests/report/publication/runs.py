"""Runs and their public editions for tests."""

from __future__ import annotations

import atexit
import csv
import io
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import enroll
from enroll.report.publication import make_site
from enroll.verify.receipts import turns
from tests.end_to_end.offices import office_number, write
from tests.verify.counties import make_county

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.notices import Language
    from enroll.report.publication import Site

COUNTY = Path(__file__).parents[3] / "scenarios" / "nanxian-primary-2026.toml"


def new_folder() -> Path:
    """Return a new folder that is gone when the tests end."""
    folder = mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


@cache
def county_run() -> Path:
    """Return the folder of the sample county's run, a rehearsal."""
    folder = new_folder()
    enroll.allocate(enroll.load(COUNTY)).write(folder / "run")
    return folder / "run"


@cache
def county_site(language: Language = "en") -> Mapping[str, bytes]:
    """Return the files of its public edition."""
    return enroll.publish(county_run(), language).files


@cache
def drawn_run() -> Path:
    """Return the folder of a small county's run under a committed draw; receipts lie beside it."""
    return make_county(new_folder())[0]


@cache
def drawn_site() -> Mapping[str, bytes]:
    """Return the files of its public edition."""
    return enroll.publish(drawn_run()).files


@cache
def office_run(number: int) -> Path:
    """Return the folder of a random small office's run."""
    folder = new_folder()
    scenario = write(office_number(number), folder / "in")
    enroll.allocate(enroll.load(scenario), tables_only=True).write(folder / "run")
    return folder / "run"


def files_of(run: Path) -> dict[str, bytes]:
    """Return the files of a run by name."""
    paths = (path for path in run.rglob("*") if path.is_file())
    return {path.relative_to(run).as_posix(): path.read_bytes() for path in paths}


def site_of(run: Path) -> Site:
    """Return a run's public edition, whether it verifies or not."""
    return make_site(files_of(run), turns(run), "en")


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Return the lines of a table."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def allocation(run: Path) -> list[dict[str, str]]:
    """Return the lines of a run's allocation.csv."""
    return rows_of((run / "allocation.csv").read_bytes())


def how_of(row: Mapping[str, str]) -> str:
    """Return how a line of allocation.csv is called in public."""
    return "INELIGIBLE" if row["status"] == "ineligible" else row["reason"]
