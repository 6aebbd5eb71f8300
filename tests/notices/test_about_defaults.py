"""What enroll's own groups and rounds are called; what an office has named is left alone."""

from __future__ import annotations

import pytest

from enroll.notices import translate
from enroll.notices.about_defaults import own_group, own_groups, own_rounds
from enroll.scenario.loading import default_rounds

ROUNDS = [step.model_dump() for step in default_rounds(3000)]


@pytest.mark.parametrize(
    ("group_id", "policy", "chinese"),
    [
        ("all", set(), "全部学生"),
        ("other", {"A"}, "其他学生"),
        ("other-2", {"A", "other"}, "其他学生"),
        ("other", {"A", "other"}, None),
        ("all", {"all"}, None),
        ("A", {"A"}, None),
    ],
)
def test_a_group_that_no_policy_has_is_put_into_words(group_id, policy, chinese):
    called = own_group(group_id, policy)
    assert (called and translate(called.text, "zh")) == chinese
    assert bool(own_groups([group_id], policy)) == bool(chinese)


def test_every_default_round_has_a_name_of_its_own():
    names = [translate(called.text, "zh") for called in own_rounds(ROUNDS).values()]
    assert names == [
        "人工安置",
        "片区学校",
        "统筹安排",
        "统筹安排（至班额上限）",
        "统筹安排（不限距离）",
    ]


def test_a_round_that_an_office_has_made_otherwise_keeps_its_id():
    assert not own_rounds([{**step, "id": "first"} for step in ROUNDS])
    assert list(own_rounds([{**step, "seats": "limit"} for step in ROUNDS])) == ["stretch", "reach"]
