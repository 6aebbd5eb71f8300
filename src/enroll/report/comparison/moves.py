"""Who moves: children whose school is another one than in the first scenario."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enroll.report.comparison.rows import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Child:
    """What a run says of one child.

    Parameters
    ----------
    school
        Empty for a child without a place.
    sibling_school, family
        School of an older sibling; ticket that the child shares with others; empty for none.
    """

    school: str
    zone: str
    group: str
    metres: int | None
    sibling_school: str
    family: str


@dataclass(frozen=True)
class Moves:
    """What differs between two runs, child by child.

    Parameters
    ----------
    moved
        Children of both runs whose school, or having none, differs.
    nearer, farther
        Those of the moved whose known way became shorter or longer.
    added, gone
        Children who are in the second run only, in the first only.
    matrix
        Moved children by school in the first and in the second run; empty is no place.
    by_zone, by_group
        Moved children by their zone and group in the first run.
    siblings_separated
        Children placed with an older sibling, or bundles placed together, in the first run
        and not in the second.
    siblings_united
        The other way round.
    """

    moved: int
    nearer: int
    farther: int
    added: int
    gone: int
    matrix: tuple[tuple[str, str, int], ...]
    by_zone: tuple[tuple[str, int], ...]
    by_group: tuple[tuple[str, int], ...]
    siblings_separated: int
    siblings_united: int


def moves_between(first: Mapping[str, bytes], second: Mapping[str, bytes]) -> Moves:
    """Return who moves from one run to another.

    Parameters
    ----------
    first, second
        Content of two run folders by name.
    """
    return moves_of(children_of(first), children_of(second))


def moves_of(before: Mapping[str, Child], after: Mapping[str, Child]) -> Moves:
    """Return who moves between the children of two runs."""
    both = sorted(before.keys() & after.keys())
    moved = [one for one in both if before[one].school != after[one].school]
    ways = [(before[one].metres, after[one].metres) for one in moved]
    known = [(old, new) for old, new in ways if old is not None and new is not None]
    together_before, together_after = _together(before, both), _together(after, both)
    return Moves(
        moved=len(moved),
        nearer=sum(new < old for old, new in known),
        farther=sum(new > old for old, new in known),
        added=len(after.keys() - before.keys()),
        gone=len(before.keys() - after.keys()),
        matrix=_counted_pairs((before[one].school, after[one].school) for one in moved),
        by_zone=_counted(before[one].zone for one in moved),
        by_group=_counted(before[one].group for one in moved),
        siblings_separated=len(together_before - together_after),
        siblings_united=len(together_after - together_before),
    )


def children_of(files: Mapping[str, bytes]) -> dict[str, Child]:
    """Return every child of a run by its id."""
    siblings: dict[str, str] = {}
    families: dict[str, str] = {}
    for line in files["audit/records.jsonl"].splitlines():
        for child in json.loads(line)["record"]["children"]:
            siblings[child["id"]], families[child["id"]] = child["sibling_school"], child["bundle"]
    return {
        row["applicant_id"]: Child(
            school=row["school_id"],
            zone=row["zone_id"],
            group=row["group"],
            metres=int(row["distance_m"]) if row["distance_m"] else None,
            sibling_school=siblings[row["applicant_id"]],
            family=families[row["applicant_id"]],
        )
        for row in table_of(files, "allocation.csv")
    }


def _together(children: Mapping[str, Child], among: list[str]) -> set[str]:
    """Return who is at the school of an older sibling, and every family placed as a whole."""
    together = {
        one
        for one in among
        if children[one].school and children[one].school == children[one].sibling_school
    }
    schools: dict[str, set[str]] = {}
    for one in among:
        if children[one].family:
            schools.setdefault(children[one].family, set()).add(children[one].school)
    whole = {family for family, places in schools.items() if len(places) == 1 and "" not in places}
    return together | {f"bundle {family}" for family in whole}


def _counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items()))


def _counted_pairs(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str, int], ...]:
    counts = Counter(pairs)
    return tuple((old, new, count) for (old, new), count in sorted(counts.items()))
