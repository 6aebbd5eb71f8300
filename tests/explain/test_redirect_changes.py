"""What is told of a redirect round is held against the engine, which runs with the change."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enroll.allocate.ledger import Ledger
from enroll.allocate.redirect_round import run_redirect_round
from enroll.allocate.zone_round import run_zone_round
from enroll.explain import explain_child
from enroll.explain.redirect_changes import Redirects
from enroll.explain.redirected import NotTheBest, Redirected
from tests.explain.runs import run_of
from tests.frames import county_of, make_county

ZONE = {"id": "zone", "rule": "zone"}
WAYS = [50, 100, 150, 300, 600, 1000, 2950, 3050, 3500]


@st.composite
def counties(draw):
    """Return the columns of a county without families, and its rounds."""
    children, schools = draw(st.integers(2, 8)), draw(st.integers(2, 4))

    def column(low, high, length=children):
        return draw(st.lists(st.integers(low, high), min_size=length, max_size=length))

    way = st.sampled_from([*WAYS, *WAYS, -1])
    seats = column(0, 2, schools)
    more = column(0, 1, schools)
    columns = {
        "ways": [[draw(way) for _ in range(schools)] for _ in range(children)],
        "seats": seats,
        "limit": [one + two for one, two in zip(seats, more, strict=True)],
        "zones": [(0,), tuple(range(schools))],
        "zone": column(-1, 1),
        "group": column(0, 2),
        "lottery": list(draw(st.permutations(range(1, children + 1)))),
        "accepts": [int(draw(st.integers(0, 3)) > 0) for _ in range(children)],
    }
    goal = draw(st.sampled_from(["total", "fewest_far"]))
    longest = draw(st.sampled_from([None, 1000, 3050]))
    rounds = [ZONE] if draw(st.booleans()) else []
    rounds.append({"id": "redirect", "rule": "redirect", "goal": goal, "max_m": longest})
    if draw(st.booleans()):
        rounds.append({"id": "stretch", "rule": "redirect", "goal": goal, "seats": "limit"})
    return columns, rounds


def rerun(columns, rounds, step, **changed):
    """Return the ledger after a round that is run with some columns changed."""
    county, other = county_of(**columns), county_of(**{**columns, **changed})
    rules = county.settings(*rounds).round
    ledger = Ledger.open(county.inputs, county.ground, county.ranking, county.seats)
    for number, rule in enumerate(rules[: step + 1]):
        if number == step:
            ledger.inputs, ledger.ground = other.inputs, other.ground
            ledger.ranking, ledger.seats = other.ranking, other.seats
        if rule.rule == "zone":
            run_zone_round(ledger, rule, number)
        else:
            run_redirect_round(ledger, rule, number, 3000)
    return ledger


def with_one(columns, name, at, value):
    return {name: [value if one == at else old for one, old in enumerate(columns[name])]}


def change_of(columns, child, turn):
    """Return the columns that a turn changes."""
    if turn.what == "seat":
        more = [int(at == turn.school) for at in range(len(columns["seats"]))]
        return {
            name: [a + b for a, b in zip(columns[name], more, strict=True)]
            for name in ("seats", "limit")
        }
    if turn.what == "group":
        return with_one(columns, "group", child, turn.value)
    if turn.what == "lottery":
        moved = [*columns["lottery"]]
        moved[child] = turn.value - 0.5
        return {"lottery": np.unique(moved, return_inverse=True)[1] + 1}
    ways = [[*row] for row in columns["ways"]]
    ways[child][turn.school] = turn.value
    return {"ways": ways}


def trials(columns, rounds):
    """Yield every child of every redirect round to try things with, and the round."""
    run = run_of(county_of(**columns), *rounds)
    redirects = Redirects(run)
    for step, rule in enumerate(rounds):
        if rule["rule"] == "redirect" and step in run.certificates:
            around = Redirected(run, step)
            for child in around.children:
                yield step, redirects.trial(step, child), around


def schools_of(trial):
    return [int(school) for school in np.flatnonzero(trial.ways >= 0)]


@settings(max_examples=60, deadline=None)
@given(counties())
def test_every_change_that_is_told_brings_the_place(county):
    columns, rounds = county
    for step, trial, _ in trials(columns, rounds):
        child = trial.child.number
        for turn in trial.turns(schools_of(trial)):
            ledger = rerun(columns, rounds, step, **change_of(columns, child, turn))
            assert ledger.school[child] == turn.to, turn


@settings(max_examples=60, deadline=None)
@given(counties())
def test_one_rank_less_than_told_does_not_bring_the_place(county):
    columns, rounds = county
    for step, trial, _ in trials(columns, rounds):
        child = trial.child.number
        for turn in trial.turns([]):
            if turn.what == "lottery":
                less = change_of(columns, child, turn._replace(value=turn.value + 1))
                before = rerun(columns, rounds, step).school[child]
                assert rerun(columns, rounds, step, **less).school[child] == before


def levels(columns, ledger, around):
    """Return what a round came to, level by level as the house counts losses."""
    entrants = [child.number for child in around.children]
    place = {child: int(ledger.school[child]) for child in entrants}
    held = {child.number for child, held in zip(around.children, around.held, strict=True) if held}
    group = columns["group"]
    found = {("kept", -1): sum(place[child] < 0 for child in held)}
    used = np.bincount([at for at in place.values() if at >= 0], minlength=around.out)
    found["over", -1] = int(np.maximum(used - np.array(around.within), 0).sum())
    for each in set(group):
        mine = [child for child in entrants if group[child] == each]
        ways = [columns["ways"][child][place[child]] for child in mine if place[child] >= 0]
        found["placed", each] = len(mine) - len(ways)
        found["ways", each] = sum(ways)
        if around.rule["goal"] == "fewest_far":
            found["far", each] = sum(way > 3000 for way in ways)
    return found


def worth(around, loss):
    return sum(around.unit[what, group] * lost for what, group, lost in loss)


@settings(max_examples=60, deadline=None)
@given(counties())
def test_what_room_would_cost_is_what_the_engine_loses_by_it(county):
    columns, rounds = county
    for step, trial, around in trials(columns, rounds):
        child = trial.child.number
        at = around.of[child]
        if around.held[at] or around.at[at] == around.out:
            continue
        before = levels(columns, rerun(columns, rounds, step), around)
        for school in schools_of(trial):
            loss = trial.loss(school)
            ways = [[*row] for row in columns["ways"]]
            ways[child] = [way if at == school else -1 for at, way in enumerate(ways[child])]
            ledger = rerun(columns, rounds, step, ways=ways)
            if ledger.school[child] != school:
                assert loss is None or worth(around, loss) >= worth(around, trial.loss(around.out))
                continue
            after = levels(columns, ledger, around)
            assert {(what, group): lost for what, group, lost in loss} == {
                name: after[name] - before[name] for name in after if after[name] != before[name]
            }


@settings(max_examples=60, deadline=None)
@given(counties())
def test_the_end_with_one_more_seat_is_among_those_that_are_foreseen(county):
    columns, rounds = county
    for step, trial, around in trials(columns, rounds):
        child = trial.child.number
        for school in range(around.out):
            other = around.with_one_more(school)
            if other is not None:
                more = change_of(columns, child, SimpleNamespace(what="seat", school=school))
                got = int(rerun(columns, rounds, step, **more).school[child])
                at = around.of[child]
                ends = other.ends(other.costs(at), other.room(at))
                assert (got if got >= 0 else around.out) in ends


@settings(max_examples=60, deadline=None)
@given(counties())
def test_what_a_family_would_have_got_that_declined(county):
    columns, rounds = county
    run = run_of(county_of(**columns), *rounds)
    redirects = Redirects(run)
    for child in run.children:
        if child.row["reason"] != "DECLINED":
            continue
        found = redirects.had_it_accepted(child)
        accepting = county_of(**{**columns, **with_one(columns, "accepts", child.number, 1)})
        placement = accepting.run(*rounds)
        if found is None:
            continue
        step, school, way = found
        if school < 0:
            assert placement.school[child.number] < 0
        else:
            assert placement.history[step][child.number] == school
            assert 0 <= placement.metres[child.number] <= way


@settings(max_examples=40, deadline=None)
@given(counties())
def test_the_first_school_beyond_is_reached_by_the_way_that_is_named(county):
    columns, rounds = county
    rounds = [one if one["rule"] == "zone" else {**one, "max_m": 100} for one in rounds]
    columns = {**columns, "accepts": 1}
    run = run_of(county_of(**columns), *rounds)
    for child in run.children:
        if child.row["reason"] == "NO_SCHOOL_IN_REACH":
            ways = [way for way in columns["ways"][child.number] if way >= 0]
            text = explain_child(run, child, "en")[-1]
            assert (
                text.startswith(f"Only if it allowed {min(ways):,} m")
                if ways
                else "allow no" in text
            )
            for longest in (min(ways) - 50, min(ways)) if ways else ():
                wider = [*rounds[:-1], {**rounds[-1], "max_m": longest}]
                reason = county_of(**columns).run(*wider).reason[child.number]
                assert (reason == "NO_SCHOOL_IN_REACH") == (longest < min(ways))


TOWN = """
child group accepts S1  S2  S3
Ann   0     1       100 150 900
Bob   0     1       100 600 900
Cid   1     1       100 700 3500
Dan   1     1       100 700 3500
Eve   1     1       600 700 3500
Fay   1     0       600 700 3500
"""
ONE = {"id": "redirect", "rule": "redirect"}
TWO = [{**ONE, "max_m": 1000}, {"id": "stretch", "rule": "redirect", "seats": "limit"}]


def said(child, *rounds, goal="total", language="en", **columns):
    """Return what follows the sentences that every child has."""
    county = make_county(TOWN, zones=[()], **columns)
    run = run_of(county, *({**one, "goal": goal} for one in rounds))
    return explain_child(run, run.by_id[child], language)[6:]


def test_a_redirected_child_is_told_what_a_nearer_place_would_cost():
    assert said("Dan", ONE, seats=[1, 2, 2])[1:] == [
        "S1, 100 m, is nearer and full.",
        "One seat more there would save group A 50 m of ways in all.",
        "With you there, the ways of group A would be 500 m longer in all, although yours would be "
        "3,400 m shorter.",
        "S2, 700 m, is nearer and full.",
        "One seat more there would save 2,800 m of ways in all.",
        "With you there, all would be as well off together; the order of the draw decided.",
        "With any one of these alone, and the rounds before as they were, round redirect would "
        "have placed you nearer: group A instead of B, at S1, 100 m; a lottery rank before 3 "
        "instead of 4, at S2, 700 m; a way of at most 650 m to S2 instead of 700 m.",
    ]


def test_the_same_in_chinese():
    assert said("Dan", ONE, seats=[1, 2, 2], language="zh")[3] == (
        "如果您的孩子在该校，类别 A 的路程合计会多 500 米，尽管您的孩子少走 3,400 米。"
    )
    assert said("Dan", ONE, seats=[1, 2, 2], language="zh")[-1] == (
        "只要具备下列任何一项，之前各批次不变，批次 redirect 就会给您的孩子更近的学位："
        "类别 A（而不是 B），学校S1，100 米；"
        "派位序号在第 3 位之前（而不是第 4 位），学校S2，700 米；"
        "到S2的路程不超过 650 米（而不是 700 米）。"
    )


@pytest.mark.parametrize(
    ("child", "rounds", "goal", "seats", "sentence"),
    [
        (
            "Ann",
            TWO,
            "total",
            [1, 1, 2],
            "A place for you there would cost another child the place that an earlier round gave "
            "it.",
        ),
        (
            "Bob",
            [ONE],
            "total",
            [0, 1, 2],
            "None of its seats was left to the children of this round.",
        ),
    ],
)
def test_what_else_room_may_cost(child, rounds, goal, seats, sentence):
    assert sentence in said(child, *rounds, goal=goal, seats=seats, limit=[max(seats[0], 1), 2, 2])


def test_who_declined_is_told_what_a_redirect_would_have_given():
    declined = (
        "Without a place: the family accepts no redirect, and there is no zone whose schools it "
        "could have."
    )
    assert said("Fay", *TWO, seats=[2, 3, 3], zone=-1)[0] == declined
    assert said("Fay", ONE, TWO[1], seats=[0, 0, 6], zone=-1)[1:] == [
        "Had it accepted one, round redirect would have given the child a place at S3, 3,500 m.",
        "The rounds after that one could only have brought it nearer.",
    ]
    assert said("Fay", ONE, seats=[0, 0, 0], zone=-1)[1:] == [
        "Had it accepted one, there would have been no seat for the child either.",
    ]
    assert said("Fay", ONE, seats=[1, 2, 3], zone=-1, goal="farthest")[1:] == [
        "Had it accepted one, the child would have taken part in the redirect; what it would have "
        "got cannot be told for certain.",
    ]


def test_nothing_follows_from_places_that_are_not_the_best():
    run = run_of(make_county(TOWN, seats=[2, 2, 2], zone=-1), ONE)
    worse = {"Ann": 2, "Eve": 0}
    children = [
        replace(child, school=worse[child.id], after={0: worse[child.id]})
        if child.id in worse
        else child
        for child in run.children
    ]
    forged = replace(run, children=children)
    with pytest.raises(NotTheBest):
        Redirected(forged, 0).room(0)
    told = explain_child(forged, forged.by_id["Ann"], "en")
    assert not [one for one in told if one.startswith(("With", "A place for you"))]
    assert explain_child(forged, forged.by_id["Fay"], "en")[-1].startswith(
        "Had it accepted one, the"
    )
