"""The canonical record of a ticket, as the committed bytes hold it."""

import dataclasses
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enroll.lottery.record import bundle_names, records_by_ticket
from enroll.priority import rank
from enroll.records import Draw
from tests.small import (
    make_applicants,
    make_ground,
    make_inputs,
    make_schools,
    make_settings,
    make_zones,
    texts,
)


def records(count, *, tickets=None, ground=None, **columns):
    """Return the records of some applicants by ticket, as values."""
    inputs = make_inputs(make_applicants(count, **columns), make_schools(2), make_zones((0, 1)))
    place = make_ground(inputs)
    place = dataclasses.replace(place, **(ground or {}))
    ranking = rank(inputs, place, make_settings())
    if tickets:
        drawn = Draw("test", np.array(tickets, dtype=object), np.zeros(count, dtype=np.int64))
        ranking = dataclasses.replace(ranking, draw=drawn)
    names, contents = records_by_ticket(inputs, place, ranking)
    return dict(zip(names, contents, strict=True))


def child(**columns):
    (content,) = records(1, **columns).values()
    (found,) = json.loads(content)["children"]
    return found


def test_a_child_s_record_holds_all_that_the_rules_know():
    found = child(
        applicant_id=["A7"],
        zone=[0],
        facts={"household": ["zone"], "房屋": ['自有 "全"']},
        birth_date=["2020-02-29"],
        since=["2018-09-01"],
        points=[7],
        sibling_school=[1],
        placed_school=[0],
        placed_reason=["policy_care"],
        accepts_redirect=[False],
        ground={"home_point": np.array([[31, -42]])},
    )
    assert found == {
        "accepts_redirect": False,
        "birth_date": "2020-02-29",
        "bundle": "",
        "choices": [],
        "distance_from": "home",
        "facts": {"household": "zone", "房屋": '自有 "全"'},
        "group": "all",
        "id": "A7",
        "ineligible": "",
        "placed_authority": "",
        "placed_date": "",
        "placed_reason": "policy_care",
        "placed_school": "S1",
        "points": 7,
        "review": "passed",
        "sibling_school": "S2",
        "since": "2018-09-01",
        "x_dm": 31,
        "y_dm": -42,
        "zone": "Z1",
        "zone_how": "map",
    }


@pytest.mark.parametrize("start", ["matrix", ""])
def test_who_is_not_measured_from_a_point_shows_none(start):
    found = child(ground={"distance_from": texts(start, 1)})
    assert (found["x_dm"], found["y_dm"], found["distance_from"]) == (None, None, start)


def test_what_is_missing_is_empty():
    found = child(birth_date=[None], zone=[-1])
    assert [found[key] for key in ("birth_date", "since", "zone", "placed_school")] == [""] * 4


def test_not_eligible_children_have_a_record_too():
    assert child(review=["pending"])["ineligible"] == "REVIEW_PENDING"


def test_a_bundle_shares_one_record_ascending_by_id():
    contents = records(4, family=[-1, 3, -1, 3], tickets=["TTT2", "TTT9", "TTT1", "TTT9"])
    assert list(contents) == ["TTT1", "TTT2", "TTT9"]
    twins = json.loads(contents["TTT9"])
    assert [(one["id"], one["bundle"]) for one in twins["children"]] == [
        ("A0002", "A0002"),
        ("A0004", "A0002"),
    ]
    assert twins["ticket"] == "TTT9"


def test_in_a_rehearsal_the_ticket_is_the_smallest_id():
    assert list(records(3, family=[-1, 1, 1])) == ["A0001", "A0002"]


def test_nobody_has_no_record():
    assert records(0) == {}


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=3))
def test_records_are_canonical_json_whatever_the_facts_say(facts):
    applicants = {"facts": {"a%s": facts, "b": facts[::-1]}}
    for content in records(len(facts), **applicants).values():
        value = json.loads(content)
        written = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert written.encode() == content


def test_a_bundle_is_named_by_its_smallest_id():
    names = bundle_names(texts(["A", "B", "C", "D"], 4), np.array([1, 0, 1, -1]))
    assert list(names) == ["A", "B", "A", ""]
