"""The texts of ALLOT1: the published vectors, and refusal of everything that is not one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enroll.errors import InputError
from enroll.lottery.protocol import (
    Commitment,
    Roll,
    drand_matches,
    is_time,
    order_bytes,
    read_commit,
    read_roll,
    read_sources,
    seed_bytes,
    seed_of,
    sha256_hex,
    sources_bytes,
)

ROLL = Roll("2026-demo", tuple(f"A{number:04}" for number in range(1, 7)))
RANDOMNESS = "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587"
SIGNATURE = (
    "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be"
    "41076862b98fad56e91a6b85b89cd97b"
)
VALUES = (("ssq-2026082", "01.07.12.19.22.33+08"), ("drand-quicknet-657413", RANDOMNESS))
COMMITMENT = Commitment(
    draw="2026-demo",
    roll=sha256_hex(ROLL.to_bytes()),
    inputs="0" * 64,
    rules="1" * 64,
    program="2" * 64,
    sources=tuple(name for name, _ in VALUES),
    published="2026-07-10T01:00:00Z",
    draw_after="2026-07-12T13:15:00Z",
)


def row_refused(read, content):
    with pytest.raises(InputError) as refused:
        read(content)
    (problem,) = refused.value.problems
    assert problem.code == "DRAW_FILE_MALFORMED"
    return problem.row


def test_roll_is_that_of_the_published_vector():
    content = ROLL.to_bytes()
    assert len(content) == 60
    expected = "1f20f66708779794e46a18cc1611574611cd920f1db28f548ea81200ebcab4f6"
    assert sha256_hex(content) == expected


def test_commitment_is_that_of_the_published_vector():
    content = COMMITMENT.to_bytes()
    assert len(content) == 420
    expected = "b1fd88d3e8183933ebc6d0d5c8f7e8c78feff68930b1e03e255c0e38d40e76bb"
    assert sha256_hex(content) == expected


def test_sources_are_those_of_the_published_vector():
    content = sources_bytes(VALUES)
    assert len(content) == 135
    expected = "a46a22065b0c0eb5c669eb050140bb12bae3c17968a571bc4286e72f6e43f793"
    assert sha256_hex(content) == expected


def test_seed_is_that_of_the_published_vector():
    seed = seed_of(COMMITMENT.to_bytes(), sources_bytes(VALUES))
    assert seed_bytes(seed) == (
        b"5b5809bc677b0407833fd995d31c8fa4c4cc3bff477e4298ab79589afe6c0fb4\n"
    )


@pytest.mark.parametrize(
    ("scope", "first_key", "order"),
    [
        ("all", "37f55a5e00a1dc21", ["A0005", "A0001", "A0003", "A0004", "A0002", "A0006"]),
        ("S1", "0a834635", ["A0004", "A0006", "A0005", "A0003", "A0001", "A0002"]),
    ],
)
def test_order_is_that_of_the_published_vector(scope, first_key, order):
    seed = seed_of(COMMITMENT.to_bytes(), sources_bytes(VALUES))
    head, *lines = order_bytes(seed, ROLL, scope).decode().splitlines()
    assert head == "rank,ticket,key"
    assert [line.split(",")[1] for line in lines] == order
    assert [line.split(",")[0] for line in lines] == list("123456")
    assert lines[0].split(",")[2].startswith(first_key)


def test_drand_randomness_is_the_hash_of_its_signature():
    assert drand_matches(RANDOMNESS, SIGNATURE)
    assert not drand_matches(RANDOMNESS, SIGNATURE[:-2] + "7c")
    assert not drand_matches(RANDOMNESS, "not hex")


def test_what_is_written_is_read_as_it_was():
    assert read_roll(ROLL.to_bytes()) == ROLL
    assert read_commit(COMMITMENT.to_bytes()) == COMMITMENT
    assert read_sources(sources_bytes(VALUES)) == VALUES


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("", 1),
        ("ALLOT1-ROLL\n", 2),
        ("ALLOT2-ROLL\nd\n0\n", 1),
        ("ALLOT1-ROLL\nD\n0\n", 2),
        ("ALLOT1-ROLL\nd\n1\n", 3),
        ("ALLOT1-ROLL\nd\n01\nAAAA\n", 3),
        ("ALLOT1-ROLL\nd\n2\nAAAB\nAAAA\n", 5),
        ("ALLOT1-ROLL\nd\n2\nAAAA\nAAAA\n", 5),
        ("ALLOT1-ROLL\nd\n1\nAAA\n", 4),
        ("ALLOT1-ROLL\nd\n1\naaaa\n", 4),
        ("ALLOT1-ROLL\nd\n1\nAAAA", 4),
        ("ALLOT1-ROLL\r\nd\r\n0\r\n", 4),
        ("ALLOT1-ROLL\nd\n1\nAAA\u00c4\n", 4),
    ],
)
def test_another_roll_is_refused(text, row):
    assert row_refused(read_roll, text.encode()) == row


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [
        ("ALLOT1-COMMIT", "ALLOT1-ROLL", 1),
        ("draw=2026-demo", "draw=2026_demo", 2),
        ("inputs=0", "inputs=g", 4),
        ("rules=", "Rules=", 5),
        ("sources=ssq-2026082,", "sources=,", 7),
        ("sources=ssq-2026082,", "sources=drand-quicknet-657413,", 7),
        ("published=2026-07-10T01:00:00Z", "published=2026-07-10 01:00:00", 8),
        ("draw_after=2026-07-12", "draw_after=2026-02-30", 9),
        ("13:15:00Z\n", "13:15:00Z\nmore=1\n", 10),
        ("draw_after=2026-07-12T13:15:00Z\n", "", 9),
    ],
)
def test_another_commitment_is_refused(old, new, row):
    text = COMMITMENT.to_bytes().decode()
    assert row_refused(read_commit, text.replace(old, new).encode()) == row


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("", 1),
        ("ALLOT1-SOURCES\n", 1),
        ("ALLOT1-SOURCES\na=1\nb=\n", 3),
        ("ALLOT1-SOURCES\na=1\nB=1\n", 3),
        ("ALLOT1-SOURCES\na=X\n", 2),
        ("ALLOT1-SOURCES\na=1\n\n", 3),
    ],
)
def test_other_sources_are_refused(text, row):
    assert row_refused(read_sources, text.encode()) == row


@pytest.mark.parametrize("text", ["2026-07-12T13:15:00Z", "2099-12-31T23:59:59Z"])
def test_moments_are_told(text):
    assert is_time(text)


@pytest.mark.parametrize("text", ["", "2026-07-12", "2026-7-12T13:15:00Z", "2026-07-12T24:00:00Z"])
def test_other_texts_are_no_moments(text):
    assert not is_time(text)


@given(st.sampled_from(["roll", "commit", "sources"]), st.data())
def test_a_changed_byte_is_refused_or_means_something_else(kind, data):
    """No two texts mean the same, so that a hash of one is a hash of its meaning."""
    read, good, write = {
        "roll": (read_roll, ROLL.to_bytes(), Roll.to_bytes),
        "commit": (read_commit, COMMITMENT.to_bytes(), Commitment.to_bytes),
        "sources": (read_sources, sources_bytes(VALUES), sources_bytes),
    }[kind]
    at = data.draw(st.integers(0, len(good) - 1))
    byte = data.draw(st.integers(0, 255))
    bad = good[:at] + bytes([byte]) + good[at + 1 :]
    try:
        meaning = read(bad)
    except InputError:
        return
    assert write(meaning) == bad
