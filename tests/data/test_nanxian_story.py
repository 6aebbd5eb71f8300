"""The scenarios of the sample county tell the story that `data/README.md` promises."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from enroll.notices import level_of
from enroll.office import allocate, check
from enroll.scenario import load

if TYPE_CHECKING:
    from enroll.office import Run

SCENARIOS = Path(__file__).parents[2] / "scenarios"
STAGES = ("primary", "junior")


def scenario_of(stage: str) -> Path:
    return SCENARIOS / f"nanxian-{stage}-2026.toml"


@pytest.fixture(scope="module")
def runs() -> dict[str, Run]:
    return {stage: allocate(load(scenario_of(stage))) for stage in STAGES}


@pytest.mark.parametrize("stage", STAGES)
def test_check_finds_nothing_to_mend(stage: str) -> None:
    assert {level_of(problem) for problem in check(scenario_of(stage))} <= {"info"}


@pytest.mark.parametrize("stage", STAGES)
def test_nobody_stays_without_a_seat_but_who_declines(runs: dict[str, Run], stage: str) -> None:
    rows = runs[stage].table("allocation")
    unplaced = Counter(rows["reason"][rows["status"] == "unplaced"])
    assert set(unplaced) == {"DECLINED"}


@pytest.mark.parametrize("stage", STAGES)
def test_every_home_is_found_in_a_zone_but_those_beyond_the_county(
    runs: dict[str, Run], stage: str
) -> None:
    assert sum(runs[stage].table("allocation")["zone_id"] == "") == 4


@pytest.mark.parametrize(("stage", "knots"), [("primary", 8), ("junior", 6)])
def test_the_crowded_zones_are_named(runs: dict[str, Run], stage: str, knots: int) -> None:
    rows = runs[stage].table("warnings")
    found = Counter(zip(rows["level"], rows["code"], strict=True))
    assert found["red", "ZONE_FULL"] == knots
    assert found["red", "OVERLOAD"] >= 2
    assert found["orange", "OVER_STANDARD"] >= 5
    assert found["yellow", "FAR"] > 0


def test_village_schools_stand_half_empty_beside_full_ones(runs: dict[str, Run]) -> None:
    schools = runs["primary"].table("schools").set_index("school_id")
    counts = schools[["seats_standard", "placed"]].astype(int)
    empty = counts["placed"] < 0.6 * counts["seats_standard"]
    over = counts["placed"] > counts["seats_standard"]
    assert empty.sum() >= 15
    assert over.sum() >= 10


def test_a_few_children_go_far(runs: dict[str, Run]) -> None:
    rows = runs["primary"].table("allocation")
    assert 1 <= sum(rows["round"] == "far") <= 20
