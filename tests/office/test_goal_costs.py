"""Redirect rounds solved again from a run's own files with another goal."""

from __future__ import annotations

import json

import pytest

from enroll import allocate, load
from enroll.fairness.goals import GoalCost
from enroll.fairness.ways import Ways
from enroll.office import goal_costs
from enroll.office.reruns import Reruns
from tests.office.test_reruns import read
from tests.verify.counties import PLAIN, SCENARIO, make_county

GOAL = 'max_m = 1500\ngoal = "{goal}"'


@pytest.fixture(scope="module", params=[1, 2])
def made(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("goals")
    return folder, make_county(folder, children=220, seed=request.param)[0]


@pytest.fixture
def rebuilt(made):
    return Reruns(read(made[1]), made[1]).rebuilt


def rounds_of(rebuilt):
    return [number for number, rule in enumerate(rebuilt.rounds) if rule.rule == "redirect"]


def test_who_took_part_is_as_the_proofs_of_the_run_say(made, rebuilt):
    proofs = json.loads((made[1] / "certificate.json").read_bytes())["rounds"]
    for number, proof in zip(rounds_of(rebuilt), proofs, strict=True):
        who, after = goal_costs.took_part(rebuilt, number), rebuilt.placement.history[number]
        counted = proof.get("counted") or proof["levels"]
        due = sum(one["value"] for one in counted if one["what"] == "placed")
        assert (who & (after >= 0)).sum() == due


def test_the_first_round_costs_what_a_run_with_the_other_goal_says(made, monkeypatch):
    """Brute force: the same county is allocated once more with the goal `farthest`."""
    monkeypatch.setattr(goal_costs, "SMALLEST_SHOWN", 1)
    folder, _ = made
    home = folder / "county"
    ways = {}
    for goal in ("total", "farthest"):
        text = SCENARIO.replace('draw = "../draw"', PLAIN).replace(
            "max_m = 1500", GOAL.format(goal=goal)
        )
        (home / f"{goal}.toml").write_text(text, "utf-8")
        allocate(load(home / f"{goal}.toml"), tables_only=True).write(folder / goal, overwrite=True)
        run = read(folder / goal)
        places = first_places(folder / goal)
        ways[goal] = [way_of(run, key, school) for key, school in places if school]
    total = Reruns(read(folder / "total"), folder / "total").rebuilt
    cost = goal_costs.goal_costs(total)[0]
    now, then = ways["total"], ways["farthest"]
    assert cost == GoalCost("redirect", sum(then) - sum(now), max(now), max(now) - max(then))


def first_places(folder):
    """Return (child, school) of all who took part in the first redirect round."""
    lines = (folder / "audit" / "places.csv").read_text("utf-8").splitlines()[1:]
    return [line.split(",")[:2] for line in lines]


def way_of(run, key, school):
    return Ways(run).to(run.children[key], school)


def test_every_round_with_the_total_has_its_cost_and_others_have_none(rebuilt):
    costs = goal_costs.goal_costs(rebuilt)
    assert [one.round_id for one in costs] == [rebuilt.rounds[n].id for n in rounds_of(rebuilt)]
    first = rebuilt.rounds[rounds_of(rebuilt)[0]]
    object.__setattr__(first, "goal", "fewest_far")
    assert [one.round_id for one in goal_costs.goal_costs(rebuilt)] == [
        one.round_id for one in costs[1:]
    ]


def test_a_round_too_large_to_be_solved_again_says_nothing(rebuilt, monkeypatch):
    monkeypatch.setattr(goal_costs, "MOST_WAYS", 0)
    assert goal_costs.goal_costs(rebuilt) == [
        GoalCost(rebuilt.rounds[number].id) for number in rounds_of(rebuilt)
    ]
