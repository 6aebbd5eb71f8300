"""The same rounds under many lotteries: every draw ends as the whole allocation would."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from enroll.allocate import run_rounds
from enroll.allocate.redraw import Lotteries
from tests.counties import counties, county_number, programmes

DRAWS = 6


def redrawn(county, number):
    """Return the county's ranking under another lottery."""
    bearer = np.arange(len(county.ranking.bundle))
    for bundle in range(int(county.ranking.bundle.max(initial=-1)) + 1):
        members = np.flatnonzero(county.ranking.bundle == bundle)
        bearer[members] = members[0]
    rank = np.random.default_rng(number).permutation(len(bearer)) + 1
    return replace(county.ranking, draw=replace(county.ranking.draw, rank=rank[bearer]))


def assert_every_draw_is_the_allocation(county, policy, draws=DRAWS):
    known = (county.inputs, county.ground)
    lotteries = Lotteries(*known, county.ranking, county.seats, policy)
    for number in range(draws):
        ranking = redrawn(county, number)
        placed = run_rounds(*known, ranking, county.seats, policy).school
        assert lotteries.place(ranking.draw.rank).tolist() == placed.tolist()
        assert lotteries.sure_school[lotteries.sure].tolist() == placed[lotteries.sure].tolist()


@settings(max_examples=300, deadline=None, derandomize=True)
@given(county=counties(9, 4), rounds=programmes())
def test_every_draw_is_the_allocation_under_its_lottery(county, rounds):
    assert_every_draw_is_the_allocation(county, county.settings(*rounds, far_m=120))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(number=st.integers(0, 2**32 - 1), rounds=programmes())
def test_larger_counties_too(number, rounds):
    county = county_number(number, 40, 6)
    assert_every_draw_is_the_allocation(county, county.settings(*rounds, far_m=120), 3)
