"""The draw favours nobody: 100,000 seeds on twelve equal children."""

from hashlib import sha256
from itertools import combinations

import numpy as np
import pytest

from enroll.lottery import rank_tickets

SEEDS = 100_000
CHILDREN = 12
CRITICAL = {1: 10.828, 11: 31.264}
"""Values that chi-square exceeds by chance once in 1,000 times, by degrees of freedom."""


@pytest.fixture(scope="module")
def ranks():
    """(seeds, children) rank of each child under each seed."""
    tickets = [f"TICKET{number:02}".encode() for number in range(CHILDREN)]
    seeds = (sha256(b"fairness %d" % number).digest() for number in range(SEEDS))
    return np.array([rank_tickets(seed, "test-fair", "all", tickets) for seed in seeds])


def chi_square(counts):
    expected = sum(counts) / len(counts)
    return sum((count - expected) ** 2 / expected for count in counts)


def test_everybody_comes_first_equally_often(ranks):
    firsts = (ranks == 1).sum(axis=0)
    assert chi_square(firsts) < CRITICAL[CHILDREN - 1]


def test_of_any_two_children_each_comes_first_equally_often(ranks):
    for one, other in combinations(range(CHILDREN), 2):
        ahead = int((ranks[:, one] < ranks[:, other]).sum())
        assert chi_square([ahead, SEEDS - ahead]) < CRITICAL[1], (one, other)


def test_every_child_gets_every_rank_equally_often(ranks):
    for child in range(CHILDREN):
        counts = np.bincount(ranks[:, child], minlength=CHILDREN + 1)[1:]
        assert chi_square(counts) < CRITICAL[CHILDREN - 1], child
