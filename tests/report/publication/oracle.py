"""Linked tables for tests, and every table that agrees with what is published of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from enroll.report.publication.suppression import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set

    from enroll.report.publication.suppression import Cell

COUNTS = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9])


def linked(school: list[list[int]], group: list[list[int]]) -> Tables:
    """Return two tables whose lines have public totals and whose columns add up to the same.

    Parameters
    ----------
    school, group
        Children by line and kind; the kinds of `group` are made to fit by a last line.
    """
    kinds = range(len(school[0]))
    whole = [sum(line[kind] for line in school) for kind in kinds]
    lacking = [max(whole[k] - sum(line[k] for line in group), 0) for k in kinds]
    rest = [max(sum(line[k] for line in group) - whole[k], 0) for k in kinds]
    tables = {"school": [*school, rest], "group": [*group, lacking]}
    counts: dict[Cell, int] = {}
    sums: list[dict[Cell, int]] = []
    for name, lines in tables.items():
        for at, line in enumerate(lines):
            counts |= {(name, str(at), str(kind)): line[kind] for kind in kinds}
            counts[name, str(at), "all"] = sum(line)
            sums.append({(name, str(at), str(k)): 1 for k in kinds} | {(name, str(at), "all"): -1})
        for kind in kinds:
            counts["kind", str(kind)] = whole[kind] + rest[kind]
            sums.append(
                {(name, str(at), str(kind)): 1 for at in range(len(lines))}
                | {("kind", str(kind)): -1}
            )
    counts["all",] = sum(whole) + sum(rest)
    sums.append({("kind", str(kind)): 1 for kind in kinds} | {("all",): -1})
    given = {("all",), *(("school", str(at), "all") for at in range(len(tables["school"])))}
    return Tables(counts, sums, frozenset(given))


@st.composite
def tables(draw: st.DrawFn) -> Tables:
    """Draw two small tables that are linked."""
    kinds = draw(st.integers(2, 3))
    line = st.lists(COUNTS, min_size=kinds, max_size=kinds)
    school = draw(st.lists(line, min_size=1, max_size=2))
    return linked(school, draw(st.lists(line, min_size=0, max_size=2)))


def agreeing(tables: Tables, hidden: Set[Cell], most: int) -> Iterator[Mapping[Cell, int]]:
    """Yield all counts of the hidden cells that agree with what is open, at most `most` of them."""
    open_cells = {cell: count for cell, count in tables.counts.items() if cell not in hidden}
    waiting = sorted(hidden)
    for found, counts in enumerate(_fill(tables, waiting, open_cells), 1):
        yield {cell: counts[cell] for cell in hidden}
        if found == most:
            raise TooMany


class TooMany(Exception):  # noqa: N818 - no error, but an end of patience
    """There are more tables than a test can look at."""


def _fill(
    tables: Tables, waiting: list[Cell], counts: dict[Cell, int]
) -> Iterator[Mapping[Cell, int]]:
    """Fill in one cell after another, one that has the fewest counts left first."""
    if not waiting:
        yield counts
        return
    bounds = {cell: _bounds(tables, cell, counts) for cell in waiting}
    cell = min(waiting, key=lambda one: bounds[one][1] - bounds[one][0])
    rest = [one for one in waiting if one != cell]
    low, high = bounds[cell]
    for count in range(low, high + 1):
        yield from _fill(tables, rest, {**counts, cell: count})


def _bounds(tables: Tables, cell: Cell, counts: Mapping[Cell, int]) -> tuple[int, int]:
    """Return the least and the most that a cell can be, by each of its sums on its own."""
    low, high = 0, sum(tables.counts.values())
    for number in tables.sums_of[cell]:
        one = tables.sums[number]
        unknown = {c: part for c, part in one.items() if c != cell and c not in counts}
        known = sum(part * counts[c] for c, part in one.items() if c in counts and c != cell)
        value = -known * one[cell]
        signs = {part * one[cell] for part in unknown.values()}
        if -1 not in signs:
            high = min(high, value)
        if 1 not in signs:
            low = max(low, value)
    return low, high
