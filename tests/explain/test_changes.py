"""Every change that is told is held against the engine, which runs with it."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from enroll.explain import explain_child
from enroll.explain.changes import Change, find_changes
from enroll.explain.contest import Contest
from tests.explain.runs import run_of
from tests.frames import county_of, make_county

UNIT = {"distance": 50, "group": 1, "points": -1, "since": 1, "lottery": 1}
"""One step towards a worse key."""

DAY = date(2019, 3, 1).toordinal()

ORDERS = [
    ["group", "sibling", "distance"],
    ["group", "since", "distance"],
    ["since"],
    ["distance"],
    ["points", "distance"],
    ["group"],
    ["sibling", "since", "points"],
]


@st.composite
def tables(draw):
    """Return the columns of a county, bundles among its children, and a round."""
    children, schools = draw(st.integers(2, 9)), draw(st.integers(1, 3))

    def column(low, high):
        return draw(st.lists(st.integers(low, high), min_size=children, max_size=children))

    ways = [
        [50 * draw(st.integers(1, 8)) if draw(st.integers(0, 9)) else -1 for _ in range(schools)]
        for _ in range(children)
    ]
    lottery = list(draw(st.permutations(range(1, children + 1))))
    bundle = [-1] * children
    if draw(st.booleans()):
        bundle[0] = bundle[1] = 0
        lottery[1] = lottery[0]
    every = tuple(range(schools))
    seats = draw(st.lists(st.integers(0, 3), min_size=schools, max_size=schools))
    columns = {
        "ways": ways,
        "seats": seats,
        "limit": [one + draw(st.integers(0, 1)) for one in seats],
        "zones": [every, every[:1]],
        "zone": column(0, 1),
        "group": column(0, 2),
        "points": column(0, 2),
        "since": [day(at) for at in column(-1, 4)],
        "sibling": column(-1, schools - 1),
        "lottery": lottery,
        "bundle": bundle,
    }
    rule = {
        "id": "zone",
        "rule": "zone",
        "order": draw(st.sampled_from(ORDERS)),
        "last_seat": draw(st.sampled_from(["exceed", "exceed", "skip"])),
    }
    return columns, rule


def day(number):
    """Return a day of spring, and no day for -1."""
    return None if number < 0 else date.fromordinal(DAY + number).isoformat()


def with_change(columns, child, school, change, better=0):
    """Return the columns with a change, or with even more of it."""
    now = {name: [*values] for name, values in columns.items()}
    if change.what == "seat":
        now["seats"][school] += 1 + better
        now["limit"][school] += 1 + better
    elif change.what == "distance":
        now["ways"] = [[*row] for row in now["ways"]]
        now["ways"][child][school] = max(change.value - 50 * better, 0)
    elif change.what == "lottery":
        now["lottery"][child] = max(change.value - better, 1) - 0.5
        _, now["lottery"] = np.unique(now["lottery"], return_inverse=True)
        now["lottery"] = now["lottery"] + 1
    elif change.what == "points":
        now["points"][child] = change.value + better
    elif change.what == "since":
        now["since"][child] = date.fromordinal(change.value - better).isoformat()
    elif change.what == "sibling":
        now["sibling"][child] = school
    else:
        now["group"][child] = change.value
    return now


def refusals(contest):
    """Yield every asker with each school that refused it."""
    for at, asker in enumerate(contest.askers):
        got = contest.place(at)
        refusing = asker.schools[: asker.schools.index(got)] if got >= 0 else asker.schools
        for school in refusing:
            yield at, school


@settings(max_examples=120, deadline=None)
@given(tables(), st.integers(0, 2))
def test_every_change_that_is_told_brings_the_place(table, better):
    columns, rule = table
    contest = Contest(run_of(county_of(**columns), rule), 0)
    for at, school in refusals(contest):
        asker = contest.askers[at]
        for change in find_changes(contest, at, school):
            now = with_change(columns, asker.children[0], school, change)
            placement = county_of(**now).run(rule)
            assert {placement.school[child] for child in asker.children} == {school}, change
            if change.what in UNIT and change.what != "group":
                more = with_change(columns, asker.children[0], school, change, better)
                now_at = county_of(**more).run(rule).school[asker.children[0]]
                assert now_at in asker.schools[: asker.schools.index(school) + 1], change


@settings(max_examples=120, deadline=None)
@given(tables())
def test_one_step_less_than_told_does_not_bring_the_place(table):
    columns, rule = table
    contest = Contest(run_of(county_of(**columns), rule), 0)
    for at, school in refusals(contest):
        asker, child = contest.askers[at], contest.askers[at].children[0]
        for change in find_changes(contest, at, school):
            if change.what not in UNIT or change.value == date.max.toordinal():
                continue
            less = change._replace(value=change.value + UNIT[change.what])
            got = county_of(**with_change(columns, child, school, less)).run(rule).school[child]
            assert got not in asker.schools[: asker.schools.index(school) + 1], change


def values(columns, child, school, what):
    """Return every value of a part of a child's key that is better than its own."""
    ways, since = columns["ways"][child][school], columns["since"][child]
    last = DAY + 6 if since is None else date.fromisoformat(since).toordinal()
    return {
        "group": range(columns["group"][child]),
        "sibling": [0] if columns["sibling"][child] != school else [],
        "distance": range(0, ways, 50),
        "points": range(columns["points"][child] + 1, 4),
        "since": range(DAY - 1, last),
    }[what]


@settings(max_examples=80, deadline=None)
@given(tables())
def test_every_part_that_alone_brings_the_place_is_told(table):
    columns, rule = table
    contest = Contest(run_of(county_of(**columns), rule), 0)
    for at, school in refusals(contest):
        asker, child = contest.askers[at], contest.askers[at].children[0]
        if len(asker.children) > 1 or contest.families(school):
            continue
        told = {change.what for change in find_changes(contest, at, school)}
        enough = asker.schools[: asker.schools.index(school)]
        for what in set(rule["order"]) - told:
            got = {
                int(county_of(**now).run(rule).school[child])
                for value in values(columns, child, school, what)
                for now in [with_change(columns, child, school, Change(what, value))]
            }
            assert school not in got or got & {*enough}, what


@settings(max_examples=50, deadline=None)
@given(tables())
def test_a_round_followed_anew_ends_as_the_engine_ended_it(table):
    columns, rule = table
    contest = Contest(run_of(county_of(**columns), rule), 0)
    assert all(contest.foreseeable.values())


TIED = """
child group S1
Ann   0     100
Bob   1     200
Cid   1     300
Dan   1     300
"""


def told(run, child, school=0):
    contest = Contest(run, 0)
    found = find_changes(contest, contest.of[child], school)
    return {change.what: change.value for change in found}


def test_who_is_next_in_line_needs_the_least():
    run = run_of(make_county(TIED, seats=[2]), {"id": "zone", "rule": "zone"})
    assert told(run, 2) == {"group": 0, "sibling": 0, "distance": 150, "seat": 1}
    assert told(run, 3) == {"group": 0, "sibling": 0, "distance": 150}


def test_a_tie_ends_with_the_lottery():
    run = run_of(make_county(TIED, seats=[3]), {"id": "zone", "rule": "zone"})
    assert told(run, 3) == {
        "group": 0,
        "sibling": 0,
        "distance": 250,
        "lottery": 3,
        "seat": 1,
    }


def test_a_school_without_any_seat_names_the_seat_alone():
    run = run_of(make_county(TIED, seats=[0]), {"id": "zone", "rule": "zone"})
    assert told(run, 0) == {"seat": 1}
    assert told(run, 3) == {}


SINCE = """
child since      points S1
Ann   2019-03-04 2      100
Bob   2019-03-09 1      200
Cid   -          0      200
"""


def test_a_day_is_told_and_how_many_points():
    county = make_county(SINCE, seats=[1])
    run = run_of(county, {"id": "zone", "rule": "zone", "order": ["since", "distance"]})
    assert told(run, 1) == {"since": date(2019, 3, 3).toordinal(), "seat": 1}
    run = run_of(county, {"id": "zone", "rule": "zone", "order": ["points", "distance"]})
    assert told(run, 1) == {"points": 3, "seat": 1}
    assert told(run, 2) == {"points": 3}


def test_any_day_may_be_enough():
    table = SINCE.replace("2019-03-04", "-         ").replace("2019-03-09", "-         ")
    rule = {"id": "zone", "rule": "zone", "order": ["since", "distance"]}
    run = run_of(make_county(table, seats=[1]), rule)
    assert told(run, 1)["since"] == date.max.toordinal()
    assert "any date (since) instead of none;" in " ".join(
        explain_child(run, run.children[1], "en")
    )


def test_the_changes_of_a_day_and_of_points_are_put_into_words():
    rule = {"id": "zone", "rule": "zone", "order": ["since", "points"]}
    run = run_of(make_county(SINCE, seats=[1]), rule)
    said = " ".join(explain_child(run, run.children[1], "en"))
    assert "asked before: since 2019-03-03 or earlier instead of 2019-03-09; one" in said
    run = run_of(make_county(SINCE, seats=[1]), {**rule, "order": ["points"]})
    said = " ".join(explain_child(run, run.children[2], "en"))
    assert "asked before: 3 points instead of 0." in said
    run = run_of(make_county(SINCE, seats=[1]), rule)
    said = " ".join(explain_child(run, run.children[2], "en"))
    assert "or earlier instead of no date." in said
