"""Roots and paths of RFC 6962, by its vectors and against its own recursive definition."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enroll.lottery.merkle import leaf_hash, node_hash, paths_of, root_from, root_of

LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def recursive_root(contents):
    """The definition of the standard: split at the largest power of two below the count."""
    if len(contents) < 2:
        return sha256(b"\0" + contents[0]).digest() if contents else sha256(b"").digest()
    half = 1
    while half * 2 < len(contents):
        half *= 2
    return sha256(
        b"\1" + recursive_root(contents[:half]) + recursive_root(contents[half:])
    ).digest()


@pytest.mark.parametrize("count", ROOTS)
def test_roots_are_those_of_the_standard_s_vectors(count):
    assert root_of([leaf_hash(leaf) for leaf in LEAVES[:count]]).hex() == ROOTS[count]


@pytest.mark.parametrize("count", range(40))
def test_roots_are_those_of_the_recursive_definition(count):
    contents = [bytes([number]) for number in range(count)]
    assert root_of([leaf_hash(one) for one in contents]) == recursive_root(contents)


@pytest.mark.parametrize("count", range(1, 20))
def test_every_path_leads_to_the_root(count):
    leaves = [leaf_hash(bytes([number])) for number in range(count)]
    for index, path in enumerate(paths_of(leaves)):
        assert root_from(leaves[index], index, count, path) == root_of(leaves)


def test_nobody_has_no_path():
    assert paths_of([]) == []


@given(st.integers(1, 30), st.data())
def test_another_leaf_place_or_path_leads_elsewhere(count, data):
    leaves = [leaf_hash(bytes([number])) for number in range(count)]
    index = data.draw(st.integers(0, count - 1))
    path, root = paths_of(leaves)[index], root_of(leaves)
    assert root_from(leaf_hash(b"other"), index, count, path) != root
    assert root_from(leaves[index], index, count, (*path, root)) is None
    if path:
        assert root_from(leaves[index], index, count, path[:-1]) is None
        assert root_from(leaves[index], index ^ 1, count + 1, path) != root


@pytest.mark.parametrize(("index", "count"), [(-1, 2), (2, 2), (0, 0)])
def test_a_place_outside_the_tree_has_no_root(index, count):
    assert root_from(leaf_hash(b""), index, count, ()) is None


def test_leaf_and_node_are_never_mistaken_for_each_other():
    left, right = leaf_hash(b"l"), leaf_hash(b"r")
    assert node_hash(left, right) != leaf_hash(left + right)
