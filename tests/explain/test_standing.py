"""A round that is taken back step by step is held against the same round followed anew."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from enroll.explain.matching import Asker, Seats, largest_family, match, taker_of
from enroll.explain.standing import Standing, each_left_out


@st.composite
def rounds(draw):
    """Return askers of one or two children, and the seats of three schools."""
    count = draw(st.integers(1, 9))
    lots = draw(st.permutations(range(count)))
    askers = [
        Asker(
            children=(2 * at, 2 * at + 1)[: draw(st.integers(1, 2))],
            sibling=dict.fromkeys(asked, 1),
            metres={school: rank for rank, school in enumerate(asked)},
            parts={school: (draw(st.integers(0, 3)),) for school in asked},
            lottery=2 * lots[at],
        )
        for at in range(count)
        for asked in [draw(st.permutations(range(3)))[: draw(st.integers(1, 3))]]
    ]
    seats = draw(st.lists(st.integers(0, 4), min_size=3, max_size=3))
    return askers, Seats(seats, [one + draw(st.integers(0, 1)) for one in seats])


def places(standing, askers):
    """Return the school that holds each asker, -1 for none."""
    at = {id(asker): school for school in range(3) for asker in standing.held(school)}
    return [at.get(id(asker), -1) for asker in askers]


@settings(max_examples=150, deadline=None)
@given(rounds(), st.integers(0, 9))
def test_each_is_left_out_as_if_it_had_never_asked(table, first):
    askers, seats = table
    standing = Standing(seats, largest_family(askers))
    for asker in askers[:first]:
        standing.enter(asker)
    seen = 0
    for left_out, without in each_left_out(standing, askers[first:]):
        others = [asker for asker in askers if asker is not left_out]
        assert places(without, others) == match(others, seats)
        assert without.try_out(left_out) == match(askers, seats)[askers.index(left_out)]
        assert places(without, others) == match(others, seats)
        seen += 1
    assert seen == len(askers[first:])
    assert places(standing, askers[:first]) == match(askers[:first], seats)


@settings(max_examples=150, deadline=None)
@given(rounds(), st.randoms(use_true_random=False))
def test_the_order_of_asking_does_not_matter(table, random):
    askers, seats = table
    mixed = random.sample(askers, len(askers))
    assert dict(zip(map(id, mixed), match(mixed, seats), strict=True)) == dict(
        zip(map(id, askers), match(askers, seats), strict=True)
    )


@settings(max_examples=150, deadline=None)
@given(rounds())
def test_a_seat_whose_taker_is_left_out_is_one_seat_more(table):
    askers, seats = table
    standing = Standing(seats.with_one_more(range(3)), largest_family(askers))
    for asker in askers:
        standing.enter(asker)
    for taker, without in each_left_out(standing, [taker_of(school) for school in range(3)]):
        more = seats.with_one_more(taker.schools)
        assert places(without, askers) == match(askers, more)
