"""A nine-year school's headroom is shared by both entries (R2), by way of the other run."""

from __future__ import annotations

import csv
import io
import shutil
from typing import TYPE_CHECKING

import pytest

import enroll
from enroll import office
from enroll.notices import message_of
from enroll.report.manifest import SUMS, seal
from tests.cli.screens import run, starter, starter_text

if TYPE_CHECKING:
    from pathlib import Path

NINE_YEAR = starter_text(
    "schools.csv",
    ("school_id,", "school_limit,school_id,"),
    ("S1,Sample School West", "190,S1,Sample School West"),
    ("S2,", ",S2,"),
    ("S3,", ",S3,"),
    ("180,public,full", "180,public,nine-year"),
)
"""The starter's schools; the one in the west is nine-year and has 10 places left."""


def county(folder: Path, junior: str = "junior", **changed: str | bytes) -> tuple[Path, Path]:
    """Write a primary scenario that names the run of a junior one, and that scenario."""
    text = starter_text("scenario.toml", ("[files]", '[files]\nother_stage = "junior-run"'))
    primary = starter(folder, scenario=text, schools=NINE_YEAR)
    same = ('stage    = "primary"', f'stage    = "{junior}"')
    age = ("latest_birth = 2020-08-31", "earliest_birth = 2008-01-01")
    text = starter_text("scenario.toml", same, *([age] if junior == "junior" else []))
    (folder / "junior.toml").write_text(text, encoding="utf-8")
    return primary, folder / "junior.toml"


def cells(content: bytes, column: str) -> dict[str, str]:
    rows = csv.DictReader(io.StringIO(content.decode("utf-8")))
    return {row["school_id"]: row[column] for row in rows}


def codes(made: enroll.Run) -> set[str]:
    return {notice.code for notice in made.made.results.notices}


def test_the_headroom_is_shared(tmp_path: Path) -> None:
    """Four go to its junior entry, so six of its ten places are left, and none elsewhere."""
    primary, junior = county(tmp_path)
    first = enroll.allocate(enroll.load(junior))
    first.write(tmp_path / "junior-run")
    second = enroll.allocate(enroll.load(primary))
    assert cells(first.files["schools.csv"], "placed")["S1"] == "4"
    assert cells(first.files["schools.csv"], "seats_limit")["S1"] == "10"
    assert cells(second.files["schools.csv"], "seats_limit") == {"S1": "6", "S2": "55", "S3": "55"}
    assert "OTHER_STAGE_UNKNOWN" in codes(first)
    assert "OTHER_STAGE_UNKNOWN" not in codes(second)


def test_the_run_names_the_other_run_by_its_hash(tmp_path: Path) -> None:
    primary, junior = county(tmp_path)
    enroll.allocate(enroll.load(junior)).write(tmp_path / "junior-run")
    inputs = enroll.allocate(enroll.load(primary)).made.results.inputs
    source = next(one for one in inputs.sources if one.role == "other_stage")
    assert (source.name, source.rows) == ("junior-run", 3)


def broken(folder: Path, how: str) -> None:
    """Make the junior run unreadable in some way."""
    target = folder / "junior-run"
    if how == "missing":
        shutil.rmtree(target)
    elif how == "changed":
        (target / "classes.csv").write_text("school_id,class_no,size\nS1,1,1\n")
    elif how == "no run":
        (target / SUMS).unlink()
    else:
        files = {"manifest.json": (target / "manifest.json").read_bytes(), "classes.csv": b"x\n1\n"}
        if how == "other file":
            del files["classes.csv"]
        for name, content in {**files, SUMS: seal(files)}.items():
            (target / name).write_bytes(content)


@pytest.mark.parametrize("how", ["missing", "changed", "no run", "other file", "other columns"])
def test_an_unreadable_run_is_told_and_nothing_is_written(tmp_path: Path, how: str) -> None:
    primary, junior = county(tmp_path)
    enroll.allocate(enroll.load(junior)).write(tmp_path / "junior-run")
    broken(tmp_path, how)
    screen = run("allocate", primary, "-o", tmp_path / "run")
    assert (screen.status, screen.out) == (2, "")
    assert "[OTHER_STAGE_UNREADABLE]" in screen.err
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ('stage    = "primary"', "same stage"),
        ("year     = 2027", "another school year"),
    ],
)
def test_the_wrong_run_is_refused(tmp_path: Path, change: str, reason: str) -> None:
    """The places of the same children would be taken off twice."""
    primary, junior = county(tmp_path, junior="primary" if "stage" in change else "junior")
    text = junior.read_text(encoding="utf-8")
    if "year" in change:
        junior.write_text(text.replace("year     = 2026", change), encoding="utf-8")
    enroll.allocate(enroll.load(junior)).write(tmp_path / "junior-run")
    (problem,) = office.check(primary)
    assert problem.code == "OTHER_STAGE_UNREADABLE"
    assert reason in message_of(problem, "en")
