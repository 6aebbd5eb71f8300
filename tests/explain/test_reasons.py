"""Reasons in words, one kind of outcome each."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enroll import office
from enroll.explain import UnreadableRun, explain_all, explain_child, read_files, show_case
from enroll.explain.redirect_changes import Redirects
from enroll.explain.redirect_reasons import placed_reasons
from enroll.notices import about_reasons as say
from enroll.notices import mask_id
from enroll.report import read_run
from tests.explain.runs import files_of, run_of
from tests.frames import county_of, make_county

ZONE = {"id": "zone", "rule": "zone"}
REDIRECT = {"id": "redirect", "rule": "redirect", "max_m": 1000}
STRETCH = {"id": "stretch", "rule": "redirect", "seats": "limit", "max_m": 1000}


def reason(run, child, language="en"):
    """Return the sentences that follow those every child has."""
    return explain_child(run, run.by_id[child], language)[6:]


TOWN = """
child zone group S1  S2  S3
Ann   0    0     100 300 900
Bob   0    0     250 400 900
Cid   0    1     150 600 -1
"""


def test_the_key_of_the_child_stands_beside_the_last_admitted():
    run = run_of(make_county(TOWN, seats=[1, 1, 0], zones=[(0,)]), ZONE, REDIRECT)
    assert "admitted. Last admitted: group A, 100 m" in reason(run, "Ann")[0]
    assert reason(run, "Bob") == [
        "Round zone, S1 (250 m): refused. Last admitted: group A, 100 m; you: group A, 250 m.",
        "Nobody refused there ranks before you.",
        "With any one of these alone, you would have had a place there or at a school asked "
        "before: an older sibling at this school; a way of at most 50 m to this school instead of "
        "250 m; one more seat at this school.",
        "Round redirect: S2, 400 m, the nearest school that had a seat for you.",
        "S1, 250 m, is nearer and full.",
        "One seat more there would place one more child.",
        "None of its seats was left to the children of this round.",
        "With any one of these alone, and the rounds before as they were, round redirect would "
        "have placed you nearer: one more seat at S1.",
    ]


TWINS = """
child bundle zone lottery S1
Ann   0      0    1       100
Bob   0      0    1       100
Cid   -1     0    {rank}       150
"""


@pytest.mark.parametrize(
    ("commit", "rank", "english", "chinese"),
    [
        ("", 3, "rank 3 of 3 applicants.", "在 3 名报名学生中排第 3 位。"),
        ("ab" * 32, 2, "rank 2 of 2 tickets.", "在 2 个派位号中排第 2 位。"),
    ],
    ids=["rehearsal", "committed"],
)
def test_a_rank_is_among_what_the_draw_ranks(commit, rank, english, chinese):
    files = files_of(make_county(TWINS.format(rank=rank), seats=[3], zones=[(0,)]), ZONE)
    manifest = json.loads(files["manifest.json"])
    manifest["draw"]["commit"] = commit
    run = read_files({**files, "manifest.json": json.dumps(manifest).encode()})
    assert explain_child(run, run.by_id["Cid"], "en")[1].endswith(english)
    assert explain_child(run, run.by_id["Cid"], "zh")[1].endswith(chinese)


def test_without_a_place_the_missing_seats_are_named():
    run = run_of(make_county(TOWN, seats=[1, 1, 0], zones=[(0,)]), ZONE, REDIRECT)
    assert reason(run, "Cid")[-3:] == [
        "Without a place: all 2 schools that the last redirect round allows are full; the nearest "
        "is S1, 150 m.",
        "Seats at S1, S2 and S3: 1; children who have no other school: 2. Seats missing there, or "
        "at another school that these children reach: 1.",
        "With any one of these alone, and the rounds before as they were, round redirect would "
        "have given you a place: one more seat at S1, as one at S2, 600 m, would become free; "
        "one more seat at S2.",
    ]


def test_chinese_says_the_same():
    run = run_of(make_county(TOWN, seats=[1, 1, 0], zones=[(0,)]), ZONE, REDIRECT)
    assert reason(run, "Bob", "zh")[0] == (
        "批次 zone，S1（250 米）：未录取。末位录取：类别 A、100 米；您的孩子：类别 A、250 米。"
    )
    assert set(explain_all(run, "zh")) == {"Ann", "Bob", "Cid"}


def test_who_declines_and_who_is_out_of_reach():
    table = """
    child zone accepts S1   S2
    Ann   0    1       100  300
    Bob   0    0       250  400
    Cid   -    1       1500 2000
    Dan   -    1       -    -
    """
    run = run_of(make_county(table, seats=[1, 1], zones=[(0,)]), ZONE, REDIRECT)
    assert reason(run, "Bob")[-2:] == [
        "Without a place: the family accepts no redirect, and no school of the zone had a seat "
        "left.",
        "Had it accepted one, round redirect would have given the child a place at S2, 400 m.",
    ]
    assert reason(run, "Cid") == [
        "Without a place: the redirect rounds allow no school within their reach; the nearest that "
        "they may use is S1, 1,500 m.",
        "The last redirect round allows ways of at most 1,000 m.",
        "Only if it allowed 1,500 m could the child go to S1; seats left there after that round: "
        "0.",
    ]
    assert reason(run, "Dan")[0] == "Without a place: the redirect rounds allow no school."


def test_nothing_more_is_tried_where_no_redirect_follows():
    run = run_of(make_county(TOWN, seats=[0, 1, 0], zones=[(0,)]), ZONE)
    assert reason(run, "Ann")[0].endswith("refused, as it had no seat in this round.")
    assert reason(run, "Ann")[-1] == "Without a place: every school that the rounds allow is full."


def test_a_place_by_decision_and_the_ineligible():
    table = """
    child status         fixed S1
    Ann   -              S1    100
    Bob   REVIEW_PENDING -     100
    """
    run = run_of(make_county(table, seats=[1]), {"id": "fixed", "rule": "fixed"}, ZONE)
    assert reason(run, "Ann")[0].startswith("Placed at S1 by decision, before every round")
    assert explain_child(run, run.by_id["Bob"], "en")[-1] == (
        "Not eligible: the review of the documents is not finished."
    )


OVERRIDDEN = "人工调整：A… 安排到 S1；失火（No. 7，2026年7月1日）。"


@pytest.mark.parametrize(
    ("language", "message", "sentence"),
    [
        (
            "en",
            "Override: A… to S1; fire; at home (No. 7, 2026-07-01). It stands on every rerun.",
            "reason override: fire; at home, authority No. 7, date 2026-07-01.",
        ),
        (
            "en",
            "人工调整：A… 安排到 S1；失火（No. 7，2026年7月1日）。",
            "reason override: 失火, authority",
        ),
        (
            "zh",
            "人工调整：A… 安排到 S1；失火（No. 7，2026年7月1日）。",
            "事由 人工调整：失火，依据 No. 7",
        ),
        ("en", "Something else.", "reason override, authority No. 7"),
    ],
)
def test_an_override_is_told_in_the_words_of_the_office(language, message, sentence):
    table = """
    child fixed S1
    Ann   S1    100
    """
    files = files_of(make_county(table, seats=[1]), {"id": "fixed", "rule": "fixed"}, ZONE)
    record = json.loads(files["audit/records.jsonl"])
    told = {"placed_authority": "No. 7", "placed_date": "2026-07-01", "placed_reason": "override"}
    record["record"]["children"][0].update(told)
    shown = message.replace("A…", mask_id("Ann"))
    run = read_files(
        {
            **files,
            "audit/records.jsonl": json.dumps(record).encode(),
            "warnings.csv": f'code,subject,message\nOVERRIDE,Ann,"{shown}"\n'.encode(),
        }
    )
    assert sentence in explain_child(run, run.by_id["Ann"], language)[-1]


FAMILY = """
child zone bundle lottery S1  S2
Ann   0    0      1       100 300
Bob   0    0      1       150 300
Cid   0    -      3       200 500
"""


def test_a_family_asks_as_one_and_is_redirected_together():
    run = run_of(make_county(FAMILY, seats=[0, 2], zones=[(0,)]), ZONE, REDIRECT)
    told = reason(run, "Bob")
    assert told[0] == "Round zone: the 2 children of the family ask as one."
    assert told[-1].startswith("Round redirect: S2, 300 m; bundles and younger siblings go first")


def test_a_family_too_large_for_the_last_seats_is_passed_over():
    county = make_county(FAMILY, seats=[1, 2], zones=[(0,)])
    run = run_of(county, {**ZONE, "last_seat": "skip"}, REDIRECT)
    assert any("passed over" in line for line in reason(run, "Ann"))


def test_a_family_that_no_school_can_take_is_split():
    run = run_of(make_county(FAMILY, seats=[1, 1], zones=[()]), ZONE, REDIRECT)
    assert reason(run, "Ann")[0] == "Round zone: no way to a school of the zone is known."
    assert "no school could take the children of the family together" in reason(run, "Ann")[1]


def test_a_school_full_up_to_its_standard_is_not_called_full():
    county = make_county(TOWN, seats=[1, 1, 2], limit=[2, 1, 2], zones=[()])
    run = run_of(county, {**STRETCH, "goal": "total"})
    told = [line for child in run.by_id for line in reason(run, child)]
    assert any("full up to its class standard" in line for line in told)


def test_the_facts_of_the_group_are_named():
    group = [{"id": "A", "when": {"zone": {"values": ["Z1"]}}}]
    run = run_of(make_county(TOWN, seats=[3, 1, 0], zones=[(0,)]), ZONE, group=group)
    assert explain_child(run, run.by_id["Ann"], "en")[4] == ("Group: A (A), decided by: zone = Z1.")


POLICY = [
    {"id": "A", "name": "here", "when": {"zone": {"values": ["Z9"]}}},
    {"id": "A", "name": "or there", "when": {"zone": {"values": ["Z1"]}}},
]


@pytest.mark.parametrize(
    ("policy", "child", "sentence"),
    [
        (POLICY, "Ann", "Group: A (or there), decided by: zone = Z1."),
        ([{"id": "A"}], "Ann", "Group: A (A), entered by the office."),
        (
            POLICY,
            "Cid",
            "Group: B; no group of the rules takes the child, and so it comes after all of them.",
        ),
        (
            [{"id": "A", "when": {"age": {"min": 3, "max": 9, "values": []}}}],
            "Ann",
            "Group: A (A), decided by: age = 7 (at least 3, at most 9).",
        ),
    ],
)
def test_the_entry_that_took_the_child_is_the_one_that_is_named(policy, child, sentence):
    files = files_of(make_county(TOWN, seats=[3, 1, 0], zones=[(0,)]), ZONE, group=policy)
    lines = files["audit/records.jsonl"].replace(b'"facts":{}', b'"facts":{"age":"7"}')
    run = read_files({**files, "audit/records.jsonl": lines})
    assert explain_child(run, run.by_id[child], "en")[4] == sentence


def test_other_keys_are_told_in_words():
    table = """
    child since      points sibling S1
    Ann   2020-01-01 5      S1      100
    Bob   -          5      -       200
    """
    county = make_county(table, seats=[1])
    for order, last, own in (
        (["since"], "since 2020-01-01", "no date"),
        (["points", "distance"], "5 points, 100 m", "5 points, 200 m"),
        (["sibling"], "older sibling there", "no older sibling there"),
    ):
        run = run_of(county, {**ZONE, "order": order})
        assert f"Last admitted: {last}; you: {own}." in reason(run, "Bob")[0]


def test_a_case_shows_the_record_of_the_child():
    run = run_of(make_county(TOWN, seats=[1, 1, 0], zones=[(0,)]), ZONE, REDIRECT)
    shown = show_case(run, run.by_id["Bob"], "en")
    assert {"id: Bob", "zone: Z1", "status: placed", "redirect: S2"} <= set(shown)


def test_a_run_of_the_future_or_without_its_audit_is_refused():
    files = files_of(make_county(TOWN, seats=[1, 1, 0], zones=[(0,)]), ZONE)
    manifest = json.loads(files["manifest.json"])
    later = {**files, "manifest.json": json.dumps({**manifest, "format": 2}).encode()}
    with pytest.raises(UnreadableRun) as refused:
        read_files(later)
    assert refused.value.future
    del files["audit/records.jsonl"]
    with pytest.raises(UnreadableRun) as refused:
        read_files(files)
    assert not refused.value.future


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_one_seat_more_is_worth_is_what_it_brings(data):
    children, schools = data.draw(st.integers(2, 7)), data.draw(st.integers(2, 3))
    ways = [[50 * data.draw(st.integers(1, 12)) for _ in range(schools)] for _ in range(children)]
    seats = data.draw(st.lists(st.integers(0, 3), min_size=schools, max_size=schools))
    rule = {**REDIRECT, "goal": "total"}
    county = county_of(ways, seats=seats)
    run, before = run_of(county, rule), county.run(rule)
    for child in run.children:
        named = None
        for sentence in placed_reasons(run, child, Redirects(run)) if child.school >= 0 else ():
            if sentence.text == say.FULL:
                named = next(
                    at for at in range(schools) if run.name(at) == sentence.params["school"]
                )
            elif sentence.text in say.GAIN.values():
                more = [one + (at == named) for at, one in enumerate(seats)]
                after = county_of(ways, seats=more).run(rule)
                if sentence.text == say.GAIN["placed"]:
                    assert (after.school >= 0).sum() == (before.school >= 0).sum() + 1
                else:
                    saved = before.metres.sum() - after.metres.sum()
                    assert saved == sentence.params["metres"]


def gains(county, *rounds):
    run = run_of(county, *rounds)
    every = say.GAIN.values()
    told = [
        one
        for child in run.children
        if child.school >= 0
        for one in placed_reasons(run, child, Redirects(run))
    ]
    return [(one.text, dict(one.params)) for one in told if one.text in every]


CROWD = """
child zone group S1   S2
Ann   -    0     100  400
Bob   -    1     100  700
Cid   -    1     100  3500
"""
ANYWHERE = {"id": "redirect", "rule": "redirect"}


@pytest.mark.parametrize(
    ("rule", "seats", "sentence"),
    [
        ({}, [1, 3], say.GAIN["total"]),
        ({"goal": "fewest_far"}, [1, 3], say.GAIN["far"]),
        ({"seats": "limit"}, [0, 1], say.GAIN["over"]),
    ],
)
def test_what_a_seat_brings_first_is_named(rule, seats, sentence):
    county = make_county(CROWD, seats=seats, limit=[seats[0], 3])
    assert {text for text, _ in gains(county, {**ANYWHERE, **rule})} == {sentence}


def test_metres_of_one_group_are_named_where_others_change_too():
    table = """
    child zone group S1  S2  S3
    Ann   -    0     100 400 900
    Bob   -    1     600 200 300
    """
    told = gains(make_county(table, seats=[0, 1, 1]), ANYWHERE)
    run = run_of(make_county(table, seats=[0, 1, 1]), ANYWHERE)
    assert {text for text, _ in told} <= {say.GAIN["total"], say.GAIN["ways"]}
    prices = [level["prices"] for level in run.certificates[0]["levels"]]
    assert told[0][1]["metres"] == next(one["S1"] for one in prices if "S1" in one)


def test_the_goal_farthest_names_no_worth():
    told = gains(make_county(CROWD, seats=[1, 3]), {**ANYWHERE, "goal": "farthest"})
    assert told == []


def test_only_the_nearest_schools_that_are_full_are_named():
    table = """
    child zone S1  S2  S3  S4  S5
    Ann   -    100 150 200 250 300
    """
    run = run_of(make_county(table, seats=[0, 0, 0, 0, 1]), ANYWHERE)
    assert reason(run, "Ann")[-2] == "Other schools that are nearer and full: 1."


def test_a_straight_way_is_measured_as_the_run_measured_it(tmp_path):
    starter = office.new(tmp_path / "start")
    scenario = next(path for path in starter if path.suffix == ".toml")
    _, folder = office.allocate_to(scenario, tmp_path / "run")
    run = read_files(read_run(folder))
    placed = [child for child in run.children if child.row["distance_m"]]
    assert placed
    for child in placed:
        assert run.way(child, child.school) == int(child.row["distance_m"])
    assert all(explain_all(run, "en").values())
