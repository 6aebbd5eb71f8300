"""What a stranger could work out of hidden cells, by code that knows not how they were chosen.

Linear algebra over a prime field says whether a hidden cell follows from what is open; bounds, made
tighter until nothing changes, say whether one follows because no count is below zero.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from enroll.report.publication.suppression import Cell, Tables

PRIME = 2**61 - 1
"""A cell that follows over the fractions follows in this field too, whose numbers stay small."""

_MOST_STEPS = 2_000_000


def breaches(tables: Tables, hidden: Set[Cell]) -> list[str]:
    """Return what is wrong with hiding these cells and no others; nothing where all is right.

    A small cell may be open only if it would follow even with everything hidden.
    """
    found = [f"{_name(cell)} is hidden and follows from sums" for cell in solved(tables, hidden)]
    found += [f"{_name(cell)} is hidden and has one count left" for cell in pinned(tables, hidden)]
    shown = tables.small - hidden
    if shown:
        everything = frozenset(tables.counts) - tables.given
        known = solved(tables, everything) | pinned(tables, everything)
        found += [f"{_name(cell)} is small and open" for cell in sorted(shown - known)]
    return found + [f"{_name(cell)} cannot be hidden" for cell in sorted(hidden & tables.given)]


def _name(cell: Cell) -> str:
    return " / ".join(part or "-" for part in cell)


def solved(tables: Tables, hidden: Set[Cell]) -> set[Cell]:
    """Return the hidden cells that are a linear combination of what is open."""
    number = {cell: at for at, cell in enumerate(sorted(hidden))}
    names = sorted(hidden)
    rows = [{number[c]: n % PRIME for c, n in one.items() if c in number} for one in tables.sums]
    reduced: dict[int, dict[int, int]] = {}
    for row in sorted(filter(None, rows), key=len):
        _insert(reduced, row)
    for pivot in sorted(reduced, key=lambda at: len(reduced[at])):
        _clear(reduced, pivot)
    return {names[pivot] for pivot, row in reduced.items() if len(row) == 1}


def _insert(reduced: dict[int, dict[int, int]], row: dict[int, int]) -> None:
    """Add a row in echelon form: its pivot is the smallest column that no other row has."""
    while row:
        pivot = min(row)
        if pivot not in reduced:
            inverse = pow(row[pivot], -1, PRIME)
            reduced[pivot] = {at: value * inverse % PRIME for at, value in row.items()}
            return
        row = _less(row, reduced[pivot], row[pivot])


def _clear(reduced: dict[int, dict[int, int]], pivot: int) -> None:
    """Take the pivots of other rows out of a row, from the left to the right."""
    row = reduced[pivot]
    while others := [at for at in row if at != pivot and at in reduced]:
        at = min(others)
        row = _less(row, reduced[at], row[at])
    reduced[pivot] = row


def _less(row: Mapping[int, int], other: Mapping[int, int], times: int) -> dict[int, int]:
    result = dict(row)
    for at, value in other.items():
        left = (result.get(at, 0) - times * value) % PRIME
        if left:
            result[at] = left
        else:
            result.pop(at, None)
    return result


def pinned(tables: Tables, hidden: Set[Cell]) -> set[Cell]:
    """Return the hidden cells for which one count alone is left, as none is below zero."""
    sums = [
        (
            [(cell, part) for cell, part in one.items() if cell in hidden],
            -sum(tables.counts[cell] * part for cell, part in one.items() if cell not in hidden),
        )
        for one in tables.sums
    ]
    low = dict.fromkeys(hidden, 0)
    high = dict.fromkeys(hidden, sum(tables.counts.values()))
    waiting = deque(range(len(sums)))
    queued = set(waiting)
    for _ in range(_MOST_STEPS):
        if not waiting:
            break
        at = waiting.popleft()
        queued.discard(at)
        for cell in _tighten(*sums[at], low, high):
            fresh = [other for other in tables.sums_of[cell] if other not in queued]
            waiting.extend(fresh)
            queued.update(fresh)
    return {cell for cell in hidden if low[cell] == high[cell]}


def _tighten(
    terms: Sequence[tuple[Cell, int]], total: int, low: dict[Cell, int], high: dict[Cell, int]
) -> list[Cell]:
    """Make the bounds of the cells of one sum tighter; return those that changed."""
    least = sum(part * (low if part > 0 else high)[cell] for cell, part in terms)
    most = sum(part * (high if part > 0 else low)[cell] for cell, part in terms)
    changed = []
    for cell, part in terms:
        ends = (part * low[cell], part * high[cell])
        rest_low, rest_high = total - (most - max(ends)), total - (least - min(ends))
        ends = (rest_low, rest_high) if part > 0 else (rest_high, rest_low)
        fresh = max(low[cell], -(-ends[0] // part)), min(high[cell], ends[1] // part)
        if fresh != (low[cell], high[cell]):
            low[cell], high[cell] = fresh
            changed.append(cell)
    return changed
