"""Redirect rounds solved again from a run's own files: as they were, and with another goal."""

from __future__ import annotations

import pytest

from enroll.fairness.goals import GoalCost
from enroll.office import goal_costs
from enroll.office.goal_costs import redirect_rounds, solved
from tests.verify.counties import make_county


@pytest.fixture(scope="module", params=[1, 2])
def run(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("goals")
    return make_county(folder, children=220, seed=request.param)[0]


def test_a_round_is_rebuilt_as_the_engine_had_it(run):
    rounds = 0
    for each in redirect_rounds(run):
        _, place = solved(each, each.rule["goal"])
        assert place.tolist() == [one.place for one in each.who]
        rounds += 1
    assert rounds


def test_the_smallest_total_is_never_longer_and_the_farthest_never_farther(run):
    for each in redirect_rounds(run):
        each.rule["goal"] = "total"
        cost = goal_costs._cost(each)
        if cost.more_m is not None and len({one.group for one in each.who}) == 1:
            assert (cost.more_m >= 0, cost.spared_m >= 0) == (True, True)


def test_rounds_with_another_goal_are_left_out(run):
    totals = [each.rule["id"] for each in redirect_rounds(run) if each.rule["goal"] == "total"]
    assert [one.round_id for one in goal_costs.goal_costs(run)] == totals


def test_a_round_too_large_to_be_solved_again_says_nothing(run, monkeypatch):
    monkeypatch.setattr(goal_costs, "MOST_WAYS", 0)
    for each in redirect_rounds(run):
        assert goal_costs._cost(each) == GoalCost(each.rule["id"])
