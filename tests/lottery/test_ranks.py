"""The lottery's order is a pure function of seed, draw, scope and ticket."""

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enroll.lottery import draw, rank_key, rank_tickets
from tests.small import make_applicants, make_settings

SEED = bytes.fromhex("5b5809bc677b0407833fd995d31c8fa4c4cc3bff477e4298ab79589afe6c0fb4")
TICKETS = [f"A{number:04}".encode() for number in range(1, 7)]
ALONE = np.full(6, -1)


def order_of(scope):
    ranks = rank_tickets(SEED, "2026-demo", scope, TICKETS)
    return [TICKETS[number].decode() for number in np.argsort(ranks)]


@pytest.mark.parametrize(
    ("scope", "ticket", "start"),
    [
        ("all", b"A0005", "37f55a5e00a1dc21"),
        ("all", b"A0001", "907b6aee"),
        ("S1", b"A0004", "0a834635"),
    ],
)
def test_keys_are_those_of_the_published_vectors(scope, ticket, start):
    assert rank_key(SEED, "2026-demo", scope, ticket).hex().startswith(start)


def test_order_over_all_schools_is_that_of_the_published_vector():
    assert order_of("all") == ["A0005", "A0001", "A0003", "A0004", "A0002", "A0006"]


def test_order_at_one_school_is_that_of_the_published_vector():
    assert order_of("S1") == ["A0004", "A0006", "A0005", "A0003", "A0001", "A0002"]


def test_key_is_hmac_sha256_spelt_out():
    inner = bytes(byte ^ 0x36 for byte in SEED.ljust(64, b"\0"))
    outer = bytes(byte ^ 0x5C for byte in SEED.ljust(64, b"\0"))
    message = b"ALLOT1-RANK\0test-2026-primary\0all\0A0001"
    expected = hashlib.sha256(outer + hashlib.sha256(inner + message).digest()).digest()
    assert rank_key(SEED, "test-2026-primary", "all", b"A0001") == expected


def test_rehearsal_draws_by_applicant_id_with_the_scenario_s_seed():
    settings = make_settings(lottery={"seed": SEED.hex()}, stage="junior")
    made = draw(make_applicants(6), ALONE, settings)
    assert made.draw_id == "test-2026-junior"
    assert list(made.ticket) == [ticket.decode() for ticket in TICKETS]
    assert list(made.rank) == list(rank_tickets(SEED, "test-2026-junior", "all", TICKETS))


def test_without_a_seed_the_seed_is_64_zeros():
    zeros = make_settings(lottery={"seed": "0" * 64})
    plain = draw(make_applicants(6), ALONE, make_settings())
    assert list(plain.rank) == list(draw(make_applicants(6), ALONE, zeros).rank)


def test_bundle_carries_ticket_and_rank_of_its_smallest_id():
    alone = draw(make_applicants(6), ALONE, make_settings())
    made = draw(make_applicants(6), np.array([-1, 0, 1, -1, 0, 1]), make_settings())
    assert list(made.ticket) == ["A0001", "A0002", "A0003", "A0004", "A0002", "A0003"]
    assert list(made.rank) == [alone.rank[number] for number in (0, 1, 2, 3, 1, 2)]


def test_nobody_to_draw_gives_an_empty_order():
    assert len(rank_tickets(SEED, "test", "all", [])) == 0


@given(st.sets(st.binary(min_size=1, max_size=8), min_size=2, max_size=30), st.data())
def test_leaving_reorders_nobody_else(tickets, data):
    gone = data.draw(st.sampled_from(sorted(tickets)))
    everyone, rest = sorted(tickets), sorted(tickets - {gone})
    before = dict(zip(everyone, rank_tickets(SEED, "test", "all", everyone), strict=True))
    after = dict(zip(rest, rank_tickets(SEED, "test", "all", rest), strict=True))
    assert sorted(rest, key=before.get) == sorted(rest, key=after.get)


@given(st.sets(st.binary(min_size=1, max_size=8), max_size=30))
def test_ranks_are_the_sorted_keys_counted_from_one(tickets):
    ordered = sorted(tickets)
    by_key = sorted(ordered, key=lambda ticket: (rank_key(SEED, "d", "s", ticket), ticket))
    ranks = dict(zip(ordered, rank_tickets(SEED, "d", "s", ordered).tolist(), strict=True))
    assert [ranks[ticket] for ticket in by_key] == list(range(1, len(ordered) + 1))
