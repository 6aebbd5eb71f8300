"""How likely large classes are: counts by hand, margins by definition, files by workers."""

from __future__ import annotations

import csv
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enroll.planning.risks import risk_of
from enroll.report.forecast_tables import classes_of
from enroll.report.risk_files import risk_csv
from tests.cli.screens import run, starter, starter_text
from tests.small import make_applicants, make_inputs, make_schools

if TYPE_CHECKING:
    from pathlib import Path

WITH_ROLL = starter_text("scenario.toml", ("[files]", '[files]\nroll = "roll.csv"'))


def outlook(samples, schools):
    """Return what `risk_of` looks at, from (S, Y, m, G) pupils."""
    samples = np.array(samples)
    scenario = SimpleNamespace(settings=SimpleNamespace(forecast=SimpleNamespace(seed=1)))
    told = SimpleNamespace(
        samples=samples,
        years=2027 + np.arange(samples.shape[1]),
        grades=1 + np.arange(samples.shape[3]),
    )
    inputs = make_inputs(make_applicants(1), schools)
    return SimpleNamespace(scenario=scenario, inputs=inputs, told=told)


def with_roll(folder: Path, pupils: int) -> Path:
    """Return the starter with eight years in which every grade has about so many pupils."""
    lines = [
        f"{year},{school},{grade},{pupils + (year * 7 + grade * 3) % 9}"
        for year in range(2018, 2026)
        for school in ("S1", "S2", "S3")
        for grade in range(1, 7)
    ]
    scenario = starter(folder, scenario=WITH_ROLL)
    (folder / "roll.csv").write_text("\n".join(["year,school_id,grade,pupils", *lines]) + "\n")
    return scenario


def test_chances_are_the_courses_in_which_a_class_is_large() -> None:
    """One class of at most 55: 56 pupils are too many, 55 are not."""
    found = risk_of(
        outlook([[[[56, 10]]], [[[55, 60]]], [[[55, 55]]], [[[1, 1]]]], make_schools(1))
    )
    assert found.large.tolist() == [[[1, 1, 2]]]
    assert found.above_limit.tolist() == found.oversized.tolist() == [[[1, 1, 2]]]


def test_a_lower_limit_of_the_school_counts_too() -> None:
    schools = make_schools(1, class_standard=30, class_limit=45)
    found = risk_of(outlook([[[[46]]], [[[45]]]], schools))
    assert found.above_limit.tolist() == found.large.tolist() == [[[1, 1]]]
    assert found.oversized.tolist() == [[[0, 0]]]


def test_a_margin_leaves_fewer_than_five_in_a_hundred_courses() -> None:
    """Of 100 courses 6 have 5, 10, 15, 20, 25 and 30 too many: 4 may stay, so 10 seats do."""
    pupils = [[[[55 + beyond]]] for beyond in (5, 10, 15, 20, 25, 30, *[0] * 94)]
    assert risk_of(outlook(pupils, make_schools(1))).margin.tolist() == [[[10, 10]]]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(number=st.integers(0, 2**32 - 1))
def test_the_margin_is_the_smallest_that_does(number: int) -> None:
    chance = np.random.default_rng(number)
    schools = make_schools(1, classes=[int(chance.integers(1, 4))])
    pupils = chance.integers(0, 240, (int(chance.integers(1, 60)), 1, 1, 1))
    margin = int(risk_of(outlook(pupils, schools)).margin[0, 0, 0])

    def is_enough(seats: int) -> bool:
        """Whether few enough courses have a large class when so many pupils go elsewhere."""
        largest = classes_of(np.maximum(pupils - seats, 0), schools)[1]
        return int((largest > 55).sum()) * 100 < 5 * len(pupils)

    assert is_enough(margin)
    assert margin == 0 or not is_enough(margin - 1)


def test_a_school_without_classes_has_no_large_one() -> None:
    found = risk_of(outlook([[[[500]]]], make_schools(1, classes=0)))
    assert (found.large.sum(), found.margin.sum()) == (0, 0)


def test_the_table_has_every_grade_and_the_school(tmp_path: Path) -> None:
    found = risk_of(outlook([[[[56, 10]]], [[[55, 60]]]], make_schools(1)))
    table = list(csv.DictReader(risk_csv(found).decode().splitlines()))
    assert [(row["grade"], row["chance"], row["margin"]) for row in table] == [
        ("1", "0.500000", "1"),
        ("2", "0.500000", "5"),
        ("all", "1.000000", "5"),
    ]


def test_the_number_of_workers_changes_no_byte(tmp_path: Path) -> None:
    scenario = with_roll(tmp_path / "in", 48)
    for workers in ("1", "2"):
        words = ("--samples", 1500, "--years", 3, "--workers", workers)
        done = run("risk", scenario, *words, "-o", tmp_path / workers)
        assert done.status == 0, done.err
        assert "1,500 courses" in done.out
    for name in ("risk.csv", "manifest.json", "SHA256SUMS"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_small_schools_are_told_to_have_none(tmp_path: Path) -> None:
    done = run("risk", with_roll(tmp_path / "in", 10), "--years", 2, "-o", tmp_path / "risk")
    assert done.status == 0, done.err
    assert "No school has a large class in 5 % of the courses or more." in done.out


@pytest.mark.parametrize("option", [("--samples", 0), ("--years", 16)])
def test_senseless_options_are_refused(tmp_path: Path, option) -> None:
    done = run("risk", with_roll(tmp_path / "in", 10), *option, "-o", tmp_path / "risk")
    assert (done.status, done.out) == (2, "")
    assert "is not between 1 and" in done.err
    assert not (tmp_path / "risk").exists()


def test_without_a_roll_the_problem_is_named(tmp_path: Path) -> None:
    done = run("risk", starter(tmp_path / "in"), "-o", tmp_path / "risk")
    assert (done.status, done.out) == (2, "")
    assert not (tmp_path / "risk").exists()
