"""Chances over many lotteries: against whole allocations, and proved ones against all orders."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from enroll.allocate import run_rounds
from enroll.allocate.redraw import Lotteries
from enroll.errors import UsageError
from enroll.office import allocate, prepare
from enroll.planning import odds
from enroll.planning.drawing import seed_of
from enroll.report.odds_files import error_of_share, groups_csv, odds_csv
from enroll.scenario import load
from tests.cli.screens import run, starter, starter_text
from tests.counties import counties, programmes

SAMPLE = Path(__file__).parents[2] / "scenarios" / "nanxian-primary-2026.toml"


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(content.decode().splitlines()))


def crowded(folder: Path) -> Path:
    """Return the starter with four children of one zone, tied, for two seats."""
    schools = starter_text("schools.csv", (",1,180,", ",1,1998,"))
    return starter(folder, schools=schools)


def with_seed(scenario, seed: bytes):
    lottery = scenario.settings.lottery.model_copy(update={"seed": seed.hex()})
    return replace(scenario, settings=scenario.settings.model_copy(update={"lottery": lottery}))


def test_a_seed_follows_from_the_base_seed_and_the_number_of_the_draw() -> None:
    expected = hashlib.sha256(b"enroll-odds-1\0" + bytes.fromhex("ab" * 32) + b"17").digest()
    assert seed_of("ab" * 32, 17) == expected


def assert_draws_are_allocations(path: Path, draws: int, seed: str) -> None:
    scenario = load(path)
    found = odds(scenario, draws, seed=seed, workers=1)
    seen: Counter[tuple[str, str]] = Counter()
    for number in range(1, draws + 1):
        placed = allocate(with_seed(scenario, seed_of(seed, number))).table("allocation")
        placed = placed[placed.status != "ineligible"]
        seen.update(zip(placed.applicant_id, placed.school_id, strict=True))
    told = {
        (row["applicant_id"], row["school_id"]): row["chance"]
        for row in rows(odds_csv(found))
        if float(row["chance"]) > 0
    }
    assert told == {pair: f"{count / draws:.6f}" for pair, count in seen.items()}


def test_every_draw_of_the_starter_is_an_allocation(tmp_path: Path) -> None:
    assert_draws_are_allocations(crowded(tmp_path), 40, "0" * 64)


def test_every_draw_of_the_sample_county_is_an_allocation() -> None:
    assert_draws_are_allocations(SAMPLE, 3, "7" * 64)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(county=counties(5, 3), rounds=programmes())
def test_what_is_proved_holds_in_every_order_there_is(county, rounds) -> None:
    policy = county.settings(*rounds, far_m=120)
    known = county.inputs, county.ground
    lotteries = Lotteries(*known, county.ranking, county.seats, policy)
    schools = np.arange(len(county.inputs.schools))
    children = np.arange(len(lotteries.sure))
    child, school = (part.ravel() for part in np.meshgrid(children, schools, indexing="ij"))
    may = lotteries.may_have(child, school).reshape(len(children), len(schools))
    for order in permutations(range(1, len(children) + 1)):
        rank = np.array(order)[lotteries.bearer]
        draw = replace(county.ranking.draw, rank=rank)
        ranking = replace(county.ranking, draw=draw)
        placed = run_rounds(*known, ranking, county.seats, policy).school
        assert (placed == lotteries.sure_school)[lotteries.sure].all()
        at = np.flatnonzero(placed >= 0)
        assert may[at, placed[at]].all()


def test_chances_of_a_child_and_of_a_group_add_up_to_one(tmp_path: Path) -> None:
    found = odds(load(crowded(tmp_path)), 50, workers=1)
    of_child: Counter[str] = Counter()
    for row in rows(odds_csv(found)):
        of_child[row["applicant_id"]] += round(float(row["chance"]) * 1_000_000)
    assert set(of_child.values()) <= {999_999, 1_000_000, 1_000_001}
    of_group: Counter[str] = Counter()
    for row in rows(groups_csv(found)):
        of_group[row["group"]] += round(float(row["chance"]) * 1_000_000)
    assert all(abs(total - 1_000_000) <= 3 for total in of_group.values())


def test_proved_chances_are_0_or_1_without_an_error() -> None:
    scenario = load(SAMPLE)
    found = odds(scenario, 2, workers=1)
    exact = [row for row in rows(odds_csv(found)) if row["exact"] == "yes"]
    assert {row["chance"] for row in exact} == {"0.000000", "1.000000"}
    assert {row["standard_error"] for row in exact} == {"0.000000"}
    ready, _ = prepare(scenario)
    eligible = ready.ranking.ineligible == ""
    assert found.sure[eligible].sum() > 4500, "nine in ten children have nothing to hope or fear"


@pytest.mark.parametrize(
    ("count", "error"),
    [(500, "0.015811"), (250, "0.013693"), (0, "0.000999"), (1000, "0.000999")],
)
def test_a_standard_error_is_that_of_a_share(count: int, error: str) -> None:
    """By hand: sqrt(p (1 - p) / 1000); for none of them p = 1/1002."""
    assert error_of_share(count, 1000) == error


def test_the_number_of_workers_changes_no_byte(tmp_path: Path) -> None:
    scenario = crowded(tmp_path / "in")
    for workers in (1, 2, 3):
        done = run(
            "odds", scenario, "--draws", 30, "--workers", workers, "-o", tmp_path / f"{workers}"
        )
        assert done.status == 0, done.err
    for name in ("odds.csv", "odds-groups.csv", "manifest.json", "SHA256SUMS"):
        contents = {(tmp_path / f"{workers}" / name).read_bytes() for workers in (1, 2, 3)}
        assert len(contents) == 1


def test_the_screen_says_what_is_decided_and_who_may_see_it(tmp_path: Path) -> None:
    done = run("odds", crowded(tmp_path / "in"), "--draws", 10, "-o", tmp_path / "odds")
    assert done.status == 0
    assert "10 lotteries from the seed" in done.out
    assert "For the office only" in done.out
    again = run("odds", tmp_path / "in" / "scenario.toml", "-o", tmp_path / "odds")
    assert (again.status, again.out) == (2, "")
    assert "exists already" in again.err


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (("--draws", "0"), "not between 1 and 1,000,000"),
        (("--seed", "ABC"), "not 64 hex digits"),
    ],
)
def test_senseless_options_are_refused(tmp_path: Path, option, words: str) -> None:
    done = run("odds", starter(tmp_path / "in"), *option, "-o", tmp_path / "odds")
    assert (done.status, done.out) == (2, "")
    assert words in done.err
    assert not (tmp_path / "odds").exists()


def test_no_draw_is_no_number() -> None:
    with pytest.raises(UsageError):
        odds(load(SAMPLE), 0)


def test_wrong_input_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    scenario = starter(tmp_path / "in", applicants=None)
    done = run("odds", scenario, "-o", tmp_path / "odds")
    assert (done.status, done.out) == (2, "")
    assert "applicants" in done.err
    assert not (tmp_path / "odds").exists()
