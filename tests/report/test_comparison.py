"""Who moves between two runs, counted child by child by brute force."""

from __future__ import annotations

import csv
import json
from collections import Counter
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from enroll.report.comparison import moves_between
from enroll.report.comparison.rows import letter_of
from enroll.report.comparison.view import largest_flows

SCHOOLS = ["", "S1", "S2", "S3"]
Child = tuple[str, int]


def files(children: dict[str, Child], siblings: dict[str, str], families: dict[str, str]):
    """Return the two files of a run that moves are read from."""
    table = StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["applicant_id", "school_id", "zone_id", "group", "distance_m"])
    records = []
    for name, (school, metres) in children.items():
        zone, group = f"Z{ord(name[-1]) % 2}", "AB"[ord(name[-1]) % 3 % 2]
        writer.writerow([name, school, zone, group, metres if school else ""])
        child = {"id": name, "sibling_school": siblings[name], "bundle": families[name]}
        records.append(json.dumps({"record": {"children": [child]}}))
    return {
        "allocation.csv": table.getvalue().encode(),
        "audit/records.jsonl": "\n".join(records).encode(),
    }


NAMES = [f"c{letter}" for letter in "abcdefghij"]
PLACES = st.dictionaries(
    st.sampled_from(NAMES),
    st.tuples(st.sampled_from(SCHOOLS), st.integers(0, 3).map(lambda steps: steps * 500)),
)


@given(
    PLACES,
    PLACES,
    st.lists(st.sampled_from(SCHOOLS), min_size=10, max_size=10),
    st.lists(st.sampled_from(["", "", "F1", "F2"]), min_size=10, max_size=10),
)
def test_moves_are_those_of_a_count_child_by_child(before, after, older, shared) -> None:
    siblings, families = (dict(zip(NAMES, each, strict=True)) for each in (older, shared))
    moves = moves_between(files(before, siblings, families), files(after, siblings, families))
    both = [name for name in NAMES if name in before and name in after]
    moved = [name for name in both if before[name][0] != after[name][0]]
    placed = [name for name in moved if before[name][0] and after[name][0]]
    assert moves.moved == len(moved)
    assert moves.nearer == sum(after[name][1] < before[name][1] for name in placed)
    assert moves.farther == sum(after[name][1] > before[name][1] for name in placed)
    assert moves.added == sum(name not in before for name in after)
    assert moves.gone == sum(name not in after for name in before)
    pairs = Counter((before[name][0], after[name][0]) for name in moved)
    assert {(old, new): count for old, new, count in moves.matrix} == pairs
    assert sum(count for _, count in moves.by_zone) == len(moved)
    assert sum(count for _, count in moves.by_group) == len(moved)
    kept = [name for name in both if siblings[name]]
    apart = sum(before[name][0] == siblings[name] != after[name][0] for name in kept)
    joined = sum(after[name][0] == siblings[name] != before[name][0] for name in kept)
    for family in ("F1", "F2"):
        members = [name for name in both if families[name] == family]
        whole = [
            bool(members)
            and len({run[name][0] for name in members}) == 1
            and run[members[0]][0] != ""
            for run in (before, after)
        ]
        apart += whole == [True, False]
        joined += whole == [False, True]
    assert (moves.siblings_separated, moves.siblings_united) == (apart, joined)


def test_the_largest_moves_come_first() -> None:
    none = dict.fromkeys(NAMES, "")
    before = dict.fromkeys(NAMES, ("S1", 0))
    places = ["S2", "S2", "S2", "S3", "S3", "", "S1", "S1", "S1", "S1"]
    after = {name: (school, 0) for name, school in zip(NAMES, places, strict=True)}
    moves = moves_between(files(before, none, none), files(after, none, none))
    assert largest_flows(moves) == [("S1", "S2", 3), ("S1", "S3", 2), ("S1", "", 1)]


def test_letters_go_on_after_z() -> None:
    assert [letter_of(number) for number in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]
