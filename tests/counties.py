"""Small random counties in which everything may happen that the rules speak of."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from enroll.records import NONE
from tests.frames import County, county_of

WAYS = [-1, 0, 50, 50, 100, 150, 200, 300]
ORDERS = [("group", "sibling", "distance"), ("points", "since", "distance"), ("distance",), ()]


def counties(most_children=6, most_schools=3) -> st.SearchStrategy[County]:
    """Return counties by number: one number is much cheaper to draw than a hundred cells."""
    return st.integers(0, 2**32 - 1).map(
        lambda number: county_number(number, most_children, most_schools)
    )


def county_number(number, most_children=6, most_schools=3) -> County:
    """Return ties, full schools, bundles, siblings, fixed places and children left waiting."""
    chance = np.random.default_rng(number)
    children = int(chance.integers(1, most_children + 1))
    schools = int(chance.integers(1, most_schools + 1))
    zones = [
        tuple(np.flatnonzero(chance.random(schools) < 0.7).tolist())
        for _ in range(chance.integers(1, 4))
    ]

    def rarely(highest, share=0.25):
        drawn = chance.integers(0, highest, children)
        return np.where(chance.random(children) < share, drawn, NONE)

    seats = chance.integers(0, 3, schools)
    fixed = rarely(schools)
    status = np.where(chance.random(children) < 0.15, "TOO_YOUNG", "").astype(object)
    bundle = _bundles(rarely(2, 0.5), (status == "") & (fixed == NONE))
    return county_of(
        chance.choice(WAYS, (children, schools)),
        seats=seats,
        limit=seats + chance.integers(0, 3, schools),
        zones=zones,
        zone=chance.integers(NONE, len(zones), children),
        group=chance.integers(0, 3, children),
        lottery=_shared(chance.permutation(children) + 1, bundle),
        bundle=bundle,
        sibling=rarely(schools),
        points=chance.integers(0, 3, children),
        since=chance.choice(["", "2020-01-01", "2024-06-30"], children).tolist(),
        fixed=fixed,
        accepts=chance.random(children) < 0.8,
        ineligible=status,
        sector=chance.choice(["public", "public", "private"], schools).astype(object),
        kind=chance.choice(["full", "full", "boarding"], schools).astype(object),
        classes=(chance.random(schools) < 0.9).astype(int),
        unmeasured=chance.random(children) < 0.1,
    )


def _bundles(wanted, free):
    """Return bundles of two or more children who may be in one, numbered without gaps."""
    wanted = np.where(free, wanted, NONE)
    numbers, count = np.unique(wanted[wanted != NONE], return_counts=True)
    bundle = np.full(len(wanted), NONE)
    for number, old in enumerate(numbers[count > 1].tolist()):
        bundle[wanted == old] = number
    return bundle


def _shared(lottery, bundle):
    """Return lottery ranks in which a bundle has that of its first child."""
    for number in range(int(bundle.max(initial=NONE)) + 1):
        members = np.flatnonzero(bundle == number)
        lottery[members] = lottery[members[0]]
    return lottery


@st.composite
def programmes(draw) -> list[dict]:
    """Return the rounds of a scenario."""
    goal = draw(st.sampled_from(["total", "farthest", "fewest_far"]))
    zone = {
        "id": "zone",
        "rule": "zone",
        "seats": draw(st.sampled_from(["standard", "standard", "limit"])),
        "order": draw(st.sampled_from(ORDERS)),
        "last_seat": draw(st.sampled_from(["exceed", "skip"])),
    }
    redirect = {"rule": "redirect", "goal": goal}
    near = {"id": "near", "max_m": 150, **redirect}
    wide = {
        "id": "wide",
        "max_m": 200,
        "seats": "limit",
        "sectors": ["public", "private"],
        **redirect,
    }
    rest = {"id": "rest", "seats": "limit", **redirect}
    chosen = [[zone], [zone, near], [near], [near, wide, rest], [zone, near, wide, rest]]
    return [{"id": "fixed", "rule": "fixed"}, *draw(st.sampled_from(chosen))]
