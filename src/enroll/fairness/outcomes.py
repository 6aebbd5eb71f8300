"""Who got what: outcomes by group, zone or any fact, tested and with small cells hidden."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from enroll.fairness.statistics import decimals, fisher, shuffled_sums

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.fairness.other_tables import Listing
    from enroll.fairness.register import Child, RunCopy

SMALLEST_SHOWN = 5
"""Counts above 0 and below this one are hidden, and so many others that none can be worked out."""

OUTCOMES = ("placed_in_zone", "redirected", "elsewhere", "unplaced")
"""Every eligible child has one of these."""

POOLED = "*"
"""Stands for all values of the register that fewer than `SMALLEST_SHOWN` children share."""

OF_RECORDS = ("group", "zone", "zone_how", "distance_from", "review", "accepts_redirect")


@dataclass(frozen=True)
class Part:
    """The outcomes of the children who share a value.

    Parameters
    ----------
    value
        What they share; "" where nothing is known.
    children
        Eligible children, None where hidden.
    counts
        Children by outcome, None where hidden.
    p
        How often chance makes each outcome as unlike the others' as it is; None where hidden.
    median_m, p95_m
        Ways in metres; None where fewer than five ways are known.
    p_way
        The same for the mean way.
    """

    value: str
    children: int | None
    counts: Mapping[str, int | None]
    p: Mapping[str, Fraction | None]
    median_m: int | None
    p95_m: int | None
    p_way: Fraction | None


def fields_of(run: RunCopy) -> list[str]:
    """Return what the children of a run can be parted by."""
    facts = {name for child in run.children.values() for name in child["facts"]}
    return [*OF_RECORDS, *sorted(facts)]


def value_of(child: Child, name: str) -> str:
    """Return a child's value of a field, as text."""
    value = child[name] if name in OF_RECORDS else child["facts"].get(name, "")
    return {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else str(value)


def outcome_of(child: Child, place: Mapping[str, str], zones: Mapping[str, list[str]]) -> str:
    """Return a child's outcome, "" where it is not eligible."""
    if place["status"] != "placed":
        return "unplaced" if place["status"] == "unplaced" else ""
    if place["school_id"] in zones.get(child["zone"], []):
        return "placed_in_zone"
    return "redirected" if place["reason"] == "REDIRECT" else "elsewhere"


def values_of(run: RunCopy, name: str, listing: Listing | None = None) -> dict[str, str]:
    """Return each child's value of a field of the run, or else of a column of the register.

    A value of the register that is nearly a child's own is not shown: all that are shared by few
    are one. A child that the register does not have has no value.
    """
    if listing is None or name in fields_of(run):
        return {key: value_of(child, name) for key, child in run.children.items()}
    given = listing.values[name]
    values = {key: given.get(key, "") for key in run.children}
    eligible = (key for key, place in run.places.items() if place["status"] != "ineligible")
    count = Counter(values[key] for key in eligible)
    return {
        key: value if not value or count[value] >= SMALLEST_SHOWN else POOLED
        for key, value in values.items()
    }


def outcomes_by(run: RunCopy, name: str, listing: Listing | None = None) -> list[Part]:
    """Return the outcomes by a field, in the order of its values.

    Parameters
    ----------
    listing
        The register, for columns that are not in the run.
    """
    value_by = values_of(run, name, listing)
    zones, table = run.zones, defaultdict[str, Counter[str]](Counter)
    ways: list[tuple[str, int]] = []
    for key, child in run.children.items():
        place = run.places[key]
        outcome, value = outcome_of(child, place, zones), value_by[key]
        if outcome:
            table[value][outcome] += 1
        if outcome and place["distance_m"]:
            ways.append((value, int(place["distance_m"])))
    values = sorted(table, key=str.encode)
    cells = [[table[value][outcome] for outcome in OUTCOMES] for value in values]
    hidden = hide([[*row, sum(row)] for row in cells])
    p_way, of = (
        _ways_tested(ways, values, run.seal + name.encode()),
        defaultdict[str, list[int]](list),
    )
    for value, way in ways:
        of[value].append(way)
    everybody = sum(table.values(), Counter[str]())
    return [
        _part(value, table[value], everybody, flags, sorted(of[value]), p_way.get(value))
        for value, flags in zip(values, hidden, strict=True)
    ]


def _part(
    value: str,
    counts: Counter[str],
    everybody: Counter[str],
    hidden: Sequence[bool],
    ways: Sequence[int],
    p_way: Fraction | None,
) -> Part:
    size, whole = counts.total(), everybody.total()
    shown, p = dict[str, int | None](), dict[str, Fraction | None]()
    *secrets, size_hidden = hidden
    for outcome, secret in zip(OUTCOMES, secrets, strict=True):
        mine, others = counts[outcome], everybody[outcome] - counts[outcome]
        shown[outcome] = None if secret else mine
        p[outcome] = (
            None
            if secret or size_hidden or size == whole
            else fisher(mine, size, others, whole - size)
        )
    enough = len(ways) >= SMALLEST_SHOWN
    return Part(
        value=value,
        children=None if size_hidden else size,
        counts=shown,
        p=p,
        median_m=(ways[(len(ways) - 1) // 2] + ways[len(ways) // 2] + 1) // 2 if enough else None,
        p95_m=ways[-(-95 * len(ways) // 100) - 1] if enough else None,
        p_way=p_way if enough and size < whole else None,
    )


def _ways_tested(
    ways: Sequence[tuple[str, int]], values: Sequence[str], seed: bytes
) -> dict[str, Fraction]:
    """Return the p value of each value's mean way."""
    if len(ways) < 2 or len(values) < 2:
        return {}
    number = {value: place for place, value in enumerate(values)}
    part = np.array([number[value] for value, _ in ways])
    metres = np.array([way for _, way in ways])
    return dict(zip(values, shuffled_sums(metres, part, len(values), seed), strict=True))


def hide(table: Sequence[Sequence[int]]) -> list[list[bool]]:
    """Return which cells to hide so that no small one shows or follows from the others.

    Wherever a line or a column hides one cell alone, its smallest other one is hidden too. The
    last cell of a line is the sum of the others, and each column adds up to what is known of all.
    """
    hidden = [[0 < cell < SMALLEST_SHOWN for cell in row] for row in table]
    if not table:
        return hidden
    lines = [[(row, column) for column in range(len(table[0]))] for row in range(len(table))]
    lines += [list(line) for line in zip(*lines, strict=True)]
    changed = True
    while changed:
        changed = False
        for line in lines:
            if sum(hidden[row][column] for row, column in line) != 1:
                continue
            rest = [(table[r][c] == 0, table[r][c], r, c) for r, c in line if not hidden[r][c]]
            if rest:
                _, _, row, column = min(rest)
                hidden[row][column] = changed = True
    return hidden


def without_small(count: int) -> int | None:
    """Return a count that stands alone, None where it is to be hidden."""
    return None if 0 < count < SMALLEST_SHOWN else count


def shown(number: int | None) -> str:
    """Return a count as text, `*` where it is hidden."""
    return "*" if number is None else str(number)


def shown_p(p: Fraction | None) -> str:
    """Return a p value as text, "" where nothing was tested."""
    if p is None:
        return ""
    return "<0.0001" if p * 10_000 < 1 else decimals(p, 4)
