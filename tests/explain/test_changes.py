"""Every change that is told is held against the engine, which runs with it."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from enroll.explain.changes import find_changes
from enroll.explain.contest import Contest
from tests.explain.runs import run_of
from tests.frames import county_of, make_county

ORDERS = [
    ["group", "sibling", "distance"],
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
    else:
        now["group"][child] = change.value
    return now


@settings(max_examples=150, deadline=None)
@given(tables(), st.integers(0, 2))
def test_every_change_that_is_told_brings_the_place(table, better):
    columns, rule = table
    contest = Contest(run_of(county_of(**columns), rule), 0)
    for at, asker in enumerate(contest.askers):
        got = contest.place(at)
        refusing = asker.schools[: asker.schools.index(got)] if got >= 0 else asker.schools
        for school in refusing:
            for change in find_changes(contest, at, school):
                now = with_change(columns, asker.children[0], school, change)
                placement = county_of(**now).run(rule)
                assert {placement.school[child] for child in asker.children} == {school}, change
                if change.what in ("distance", "lottery", "points"):
                    more = with_change(columns, asker.children[0], school, change, better)
                    now_at = county_of(**more).run(rule).school[asker.children[0]]
                    assert now_at in asker.schools[: asker.schools.index(school) + 1], change


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
    assert told(run, 2) == {"group": 0, "distance": 150, "seat": 1}
    assert told(run, 3) == {"group": 0, "distance": 150}


def test_a_tie_ends_with_the_lottery():
    run = run_of(make_county(TIED, seats=[3]), {"id": "zone", "rule": "zone"})
    assert told(run, 3) == {"group": 0, "distance": 250, "lottery": 3, "seat": 1}


def test_a_school_without_any_seat_names_the_seat_alone():
    run = run_of(make_county(TIED, seats=[0]), {"id": "zone", "rule": "zone"})
    assert told(run, 0) == {"seat": 1}
    assert told(run, 3) == {}
