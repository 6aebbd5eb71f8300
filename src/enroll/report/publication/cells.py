"""The tables of the public edition as cells, and everything that ties them together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from enroll.report.publication.contents import HOWS, INELIGIBLE, PLACED, UNPLACED
from enroll.report.publication.filling import filled_schools, zones_served
from enroll.report.publication.suppression import SMALL, Tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from enroll.report.publication.contents import Child, Contents
    from enroll.report.publication.suppression import Cell

BANDS = (500, 1000, 2000, 3000, 5000)
"""Metres up to which a band of ways reaches."""

WAYS = (*(f"to_{metres}_m" for metres in BANDS), f"over_{BANDS[-1]}_m", "unknown")
"""Bands of ways, and children for whom no way is known."""

ALL = "ALL"
"""Of a line: all of it. It is no way to a place, and no band."""

_WITHOUT = (*UNPLACED, INELIGIBLE)


def band_of(metres: int | None) -> str:
    """Return the band that a way falls into."""
    if metres is None:
        return WAYS[-1]
    return WAYS[sum(metres > bound for bound in BANDS)]


def tables_of(contents: Contents) -> Tables:
    """Return every cell of the public tables with what is known of them whoever was counted.

    Cells: children of each school, zone and group by how they came to their place or why they
    have none; children of each group with a place by their way; the totals of lines and columns.
    Cells in which nobody can be by the rules, which are public, are no cells.
    """
    made = _Made()
    possible = _possible(contents)
    schools = [row["school_id"] for row in contents.schools]
    placed = [child for child in contents.children if child.school]
    zones = [*contents.served, ""]
    groups = [row["id"] for row in contents.rules["groups"]]
    made.table("school", schools, PLACED, placed, lambda c: (c.school, c.how), possible)
    made.table("zone", zones, HOWS, contents.children, lambda c: (c.zone, c.how), possible)
    made.table("group", groups, HOWS, contents.children, lambda c: (c.group, c.how), _anywhere)
    made.table("way", groups, WAYS, placed, lambda c: (c.group, band_of(c.way)), _anywhere)
    made.public_lines("school", schools, PLACED)
    made.total(("school", "", ALL), len(contents.children) - len(placed), given=True)
    made.columns("school", schools, PLACED)
    made.columns("zone", zones, HOWS)
    made.columns("group", groups, HOWS)
    made.columns("way", groups, WAYS)
    made.sum_of([("how", how) for how in _WITHOUT], ("school", "", ALL))
    made.sum_of([("how", how) for how in PLACED], len(placed))
    made.sum_of([("way", "", band) for band in WAYS], len(placed))
    made.whole("zone", zones, len(contents.children))
    made.whole("group", groups, len(contents.children))
    for group in groups:
        made.equal(
            [("group", group, how) for how in PLACED], [("way", group, band) for band in WAYS]
        )
    for zones_together, serving in contents.catchments:
        made.equal(
            [("zone", zone, "ZONE") for zone in zones_together],
            [("school", school, "ZONE") for school in serving],
        )
    for school, exactly in filled_schools(contents):
        made.filled(school, exactly)
    return made.tables()


def _anywhere(_table: str, _line: str, _column: str) -> bool:
    return True


def _possible(contents: Contents) -> Callable[[str, str, str], bool]:
    """Return what says whether the rules let any child be in a cell."""
    rounds = contents.rules["rounds"]
    rules = {row["rule"].upper() for row in rounds}
    serving = {school for schools in contents.served.values() for school in schools}
    redirecting = {
        school["id"]
        for school in contents.rules["schools"]
        for row in rounds
        if row["rule"] == "redirect"
        and school["classes"] > 0
        and school["sector"] in row["sectors"]
        and school["kind"] in row["kinds"]
    }

    served = zones_served(contents)

    def possible(table: str, line: str, how: str) -> bool:
        if how in PLACED and how not in rules:
            return False
        if table == "zone" and line in served and how in ("REDIRECT", *UNPLACED):
            return False
        if how == "ZONE":
            return line in serving if table == "school" else bool(contents.served.get(line))
        return not (table == "school" and how == "REDIRECT" and line not in redirecting)

    return possible


class _Made:
    """Cells and sums as they are put together."""

    def __init__(self) -> None:
        self._counts: dict[Cell, int] = {}
        self._sums: list[dict[Cell, int]] = []
        self._given: set[Cell] = set()
        self._withheld: set[Cell] = set()

    def tables(self) -> Tables:
        """Return what was put together."""
        last = (c for c in self._counts if c[0] == "school" or c[-1] == "ZONE")
        given, withheld = frozenset(self._given), frozenset(self._withheld)
        return Tables(self._counts, self._sums, given, frozenset(last), withheld)

    def total(self, cell: Cell, count: int, *, given: bool = False) -> Cell:
        """Add a total, public in any case or not."""
        self._counts[cell] = count
        if given:
            self._given.add(cell)
        return cell

    def table(
        self,
        name: str,
        lines: Iterable[str],
        columns: Iterable[str],
        children: Iterable[Child],
        place: Callable[[Child], tuple[str, str]],
        possible: Callable[[str, str, str], bool],
    ) -> None:
        """Add the cells of a table."""
        counted = Counter(map(place, children))
        columns = tuple(columns)
        for line in lines:
            for column in columns:
                if counted[line, column] or possible(name, line, column):
                    self._counts[name, line, column] = counted[line, column]

    def public_lines(self, name: str, lines: Iterable[str], columns: Iterable[str]) -> None:
        """Add the totals of lines that everybody knows."""
        columns = tuple(columns)
        for line in lines:
            cells = self._line(name, line, columns)
            count = sum(self._counts[cell] for cell in cells)
            self.sum_of(cells, self.total((name, line, ALL), count, given=True))

    def _line(self, name: str, line: str, columns: Iterable[str]) -> list[Cell]:
        cells = ((name, line, column) for column in columns)
        return [cell for cell in cells if cell in self._counts]

    def columns(self, name: str, lines: Iterable[str], columns: Iterable[str]) -> None:
        """Add the totals of columns, of those by how once for all tables."""
        lines = tuple(lines)
        for column in columns:
            cells = [(name, line, column) for line in lines if (name, line, column) in self._counts]
            if not cells:
                continue
            total = (name, "", column) if name == "way" else ("how", column)
            count = sum(self._counts[cell] for cell in cells)
            if total not in self._counts:
                self.total(total, count)
            self.sum_of(cells, total)

    def whole(self, name: str, lines: Iterable[str], count: int) -> None:
        """Add the totals of lines that may be small, and that they add up to everybody."""
        totals = []
        for line in lines:
            cells = self._line(name, line, HOWS)
            whole = sum(self._counts[cell] for cell in cells)
            totals.append(self.total((name, line, ALL), whole))
            self.sum_of(cells, totals[-1])
        self.sum_of(totals, count)

    def filled(self, school: str, exactly: bool) -> None:
        """Say that everybody knows how many decisions and zone rounds together placed at a school.

        Where that is known but nearly, few redirects would seem to follow from it and be left
        open: there, what zone rounds placed is hidden instead.
        """
        before = [("school", school, how) for how in ("FIXED", "ZONE")]
        if exactly or not 0 < self._counts.get(("school", school, "REDIRECT"), 0) < SMALL:
            self.sum_of(before, sum(self._counts.get(cell, 0) for cell in before))
        else:
            self._withheld |= self._counts.keys() & before[1:]

    def sum_of(self, cells: Iterable[Cell], total: Cell | int) -> None:
        """Say that cells add up to a total."""
        one = {cell: 1 for cell in cells if cell in self._counts}
        if isinstance(total, int):
            total = self.total(("known", str(len(self._given))), total, given=True)
        self._sums.append({**one, total: -1})

    def equal(self, left: Iterable[Cell], right: Iterable[Cell]) -> None:
        """Say that cells add up to what others add up to."""
        one = {cell: 1 for cell in left if cell in self._counts}
        other = {cell: -1 for cell in right if cell in self._counts}
        if one or other:
            self._sums.append({**one, **other})
