"""Public cutoffs: as coarse as can be, and every receipt gives the place that exact ones give."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enroll.report.publication.cutoffs import admits, coarsest
from enroll.verify.program import verify
from enroll.verify.receipts import turns
from enroll.verify.rerun import OPTIONS
from tests.report.publication.runs import (
    county_run,
    county_site,
    drawn_run,
    drawn_site,
    office_run,
    rows_of,
    site_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ORDER = ["group", "distance", "lottery"]
GROUPS = ["A", "B", "C", "D"]


@pytest.mark.parametrize(
    ("order", "last", "refused", "told"),
    [
        (ORDER, (0, 950, 7), (1, 50, 3), "group=A"),
        (ORDER, (0, 950, 7), (3, 50, 3), "group=A"),
        (ORDER, (1, 950, 7), (1, 1050, 3), "group=B distance=1000"),
        (ORDER, (1, 850, 7), (1, 950, 3), "group=B distance=900"),
        (ORDER, (1, 300, 7), (1, 900, 3), "group=B distance=500"),
        (ORDER, (1, 900, 7), (1, 2600, 3), "group=B distance=1000"),
        (ORDER, (1, 100, 7), (1, 150, 3), "group=B distance=100"),
        (ORDER, (1, 100, 1408), (1, 100, 2750), "group=B distance=100 lottery=2000"),
        (ORDER, (1, 100, 71), (1, 100, 74), "group=B distance=100 lottery=71"),
        (ORDER, (2, 100, 71), None, "group=C"),
        (["sibling", "lottery"], (0, 9), (1, 2), "sibling=yes"),
        (["points", "lottery"], (-17, 9), (-9, 2), "points=10"),
        (["points", "lottery"], (-17, 9), (-16, 2), "points=17"),
        (["since", "lottery"], ("2021-03-05", 9), ("2022-02-02", 2), "since=2022-01-01"),
        (["since", "lottery"], ("2021-03-05", 9), ("2021-05-02", 2), "since=2021-04-01"),
        (["since", "lottery"], ("2021-03-05", 9), ("2021-03-09", 2), "since=2021-03-05"),
        (["since", "lottery"], ("2021-03-05", 9), ("none", 2), "since=2022-01-01"),
        (["since", "lottery"], ("none", 9), ("none", 22), "since=none lottery=10"),
        (["since", "lottery"], ("2021-01-01", 9), ("2021-06-02", 2), "since=2021-01-01"),
        (["since", "lottery"], ("2021-03-01", 9), ("2021-03-09", 2), "since=2021-03-01"),
        (["since", "lottery"], ("2021-12-05", 9), ("2021-12-09", 2), "since=2021-12-05"),
        (["since", "lottery"], ("9999-12-31", 9), ("none", 2), "since=9999-12-31"),
        (["since", "lottery"], ("none", 9), None, "since=none"),
        (["distance", "lottery"], (950, 9), None, "distance=1000"),
        (["lottery"], (1234,), (5678,), "lottery=5000"),
        (["lottery"], (71,), None, "lottery=1000"),
    ],
)
def test_as_few_parts_as_decide_and_the_last_one_round(
    order: list[str], last: Any, refused: Any, told: str
) -> None:
    assert coarsest(order, (last, refused), GROUPS) == told


KEY = st.tuples(st.integers(0, 3), st.integers(0, 60).map(lambda n: 50 * n), st.integers(1, 3000))


@given(KEY, KEY, KEY)
def test_it_decides_as_the_exact_ones_do(one: Any, other: Any, key: Any) -> None:
    """Of any key that is not between the last admitted and the first refused."""
    last, refused = sorted([one, other])
    if last == refused or last < key < refused:
        return
    line = key_of(coarsest(ORDER, (last, refused), GROUPS), {"groups": GROUPS})
    assert admits(line, key) == (key <= last)
    assert all(metres % 50 == 0 for metres in line[1:2])


def key_of(text: str, rules: Mapping[str, list[str]]) -> tuple[Any, ...]:
    """Read a cutoff as a receipt's check does."""
    of: dict[str, Any] = {
        "group": rules["groups"].index,
        "sibling": ["yes", "no"].index,
        "since": str,
        "points": lambda value: -int(value),
    }
    return tuple(of.get(name, int)(value) for name, value in re.findall(r"(\w+)=(\S+)", text))


def receipts(run: Path, cutoffs: bytes) -> list[list[str]]:
    """Return what each family's receipt check says of the zone rounds, by these cutoffs."""
    checked: Any = verify.Run(run, OPTIONS)
    for step in ("v3", "v5", "v6"):
        getattr(checked, step)()
    groups = {"groups": checked.groups}
    lines = {
        (row["round"], row["school_id"]): key_of(row["cutoff"], groups) for row in rows_of(cutoffs)
    }
    families: dict[str, list[int]] = {}
    for number, child in enumerate(checked.children):
        free = [] if child.out or child.fixed >= 0 else [number]
        families.setdefault(child.ticket, []).extend(free)
    told = []
    for ticket, waiting in sorted(families.items()):
        told.append([ticket])
        for rule in checked.steps:
            for _, wishes in checked.units(rule, waiting) if rule["rule"] == "zone" else ():
                asked = [
                    ((rule["id"], checked.schools[s]["id"]), tuple(key[:-1])) for s, key in wishes
                ]
                given = [p[1] for p, key in asked if p not in lines or admits(lines[p], key)]
                told[-1].append((given or ["no place"])[0])
    return told


@pytest.mark.parametrize("number", range(24))
def test_receipts_of_random_offices_give_the_same_places(number: int) -> None:
    run = office_run(number)
    exact, public = (run / "cutoffs.csv").read_bytes(), site_of(run).files["cutoffs.csv"]
    assert receipts(run, public) == receipts(run, exact)


def test_receipts_under_a_draw_give_the_same_places() -> None:
    """With group, sibling, way, points and date in the order, and some refused."""
    exact = (drawn_run() / "cutoffs.csv").read_bytes()
    assert receipts(drawn_run(), drawn_site()["cutoffs.csv"]) == receipts(drawn_run(), exact)
    assert any("no place" in told for told in receipts(drawn_run(), exact))


def test_receipts_of_the_county_give_the_same_places() -> None:
    exact, public = (county_run() / "cutoffs.csv").read_bytes(), county_site()["cutoffs.csv"]
    assert receipts(county_run(), public) == receipts(county_run(), exact)
    assert len(public) < len(exact)


def test_a_turn_lies_above_everybody_admitted() -> None:
    places = turns(county_run())
    assert len(places) == 10
    assert all(refused is None or last < refused for last, refused in places.values())


def test_seats_filled_are_told_only_where_no_number_follows_from_them() -> None:
    """Seats offered are those that decisions left, so few decisions would show."""
    schools = {row["school_id"]: row for row in rows_of(county_site()["schools.csv"])}
    told = [row for row in rows_of(county_site()["cutoffs.csv"]) if row["filled"]]
    assert told
    for row in told:
        assert row["filled"] == schools[row["school_id"]]["zone"]
    hidden = [row for row in rows_of(county_site()["cutoffs.csv"]) if not row["filled"]]
    assert hidden
    assert any(not schools[row["school_id"]]["fixed"] for row in hidden)
    assert json.loads(county_site()["publication.json"])["hidden_cells"] > 0
