"""The finished edition read back and held against the run, by code that did not write it."""

from __future__ import annotations

import csv
import json
from html.parser import HTMLParser
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Row = tuple[str, str, str]

_NOT_ELIGIBLE = "ineligible"


def result_breaches(run: Mapping[str, bytes], site: Mapping[str, bytes]) -> list[str]:
    """Return where `result.csv` or the look-up page does not say what the run decided.

    Both must hold every child once, with its ticket and school; how it came there stands in both
    or in neither, and where it stands it is the run's.

    Parameters
    ----------
    run, site
        Files by name.
    """
    due = sorted(_decided(run["allocation.csv"]), key=_by_bytes)
    told = list(_table(site["result.csv"]))
    looked_up = list(_looked_up(site["lookup.html"]))
    found = []
    if told != sorted(told, key=_by_bytes):
        found.append("result.csv is not in its order")
    if sorted(looked_up, key=_by_bytes) != told:
        found.append("lookup.html says something else than result.csv")
    if sorted(row[:2] for row in told) != sorted(row[:2] for row in due):
        found.append("result.csv has other children or schools than allocation.csv")
    found += _other_hows(due, told)
    return found


def _other_hows(due: list[Row], told: list[Row]) -> list[str]:
    """Return whether a way to a place is told that the run does not have, for each place."""
    left: dict[tuple[str, str], list[str]] = {}
    for ticket, school, how in due:
        left.setdefault((ticket, school), []).append(how)
    for ticket, school, how in told:
        hows = left.get((ticket, school), [])
        if how and how not in hows:
            return ["result.csv says another way to a place than allocation.csv"]
        if how:
            hows.remove(how)
    return []


def _by_bytes(row: Row) -> tuple[bytes, str, str]:
    return row[0].encode(), row[1], row[2]


def _decided(content: bytes) -> Iterator[Row]:
    rows = csv.DictReader(StringIO(content.decode("utf-8"), newline=""))
    for row in rows:
        how = "INELIGIBLE" if row["status"] == _NOT_ELIGIBLE else row["reason"]
        yield row["ticket"].removeprefix("'"), row["school_id"].removeprefix("'"), how


def _table(content: bytes) -> Iterator[Row]:
    reader = csv.reader(StringIO(content.decode("utf-8"), newline=""), strict=True)
    if next(reader) != ["ticket", "school_id", "how"]:
        raise ValueError("result.csv")
    for ticket, school, how in reader:
        yield ticket.removeprefix("'"), school.removeprefix("'"), how


class _Data(HTMLParser):
    """Collects what stands in the elements of data of a page, by their ids."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: dict[str, str] = {}
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element of data."""
        name = dict(attrs).get("id")
        self._inside = name if tag == "script" and name else ""

    def handle_endtag(self, _tag: str) -> None:
        """End it."""
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """Keep what stands in it."""
        if self._inside:
            self.found[self._inside] = self.found.get(self._inside, "") + data


def _looked_up(page: bytes) -> Iterator[Row]:
    """Yield what the page would answer to every ticket that it knows."""
    data = _Data()
    data.feed(page.decode("utf-8"))
    data.close()
    outcomes = json.loads(data.found["facts"])["outcomes"]
    ticket = ""
    for line in filter(None, data.found.get("tickets", "").split("\n")):
        head, _, outcome = line.partition(" ")
        ticket = ticket[: int(head[0], 36)] + head[1:]
        school, how = outcomes[int(outcome, 36)]
        yield ticket, school, how
