"""What the public edition is made from: a run's tables, and no more of a child than they need."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from enroll.report.pages.counting import catchments, demand_of_zones
from enroll.report.pages.outlines import MAP, Outlines, outlines_of
from enroll.report.pages.reading import RunData, read_data
from enroll.report.pages.rows import records_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.notices import Language
    from enroll.report.pages.counting import Demand
    from enroll.report.pages.reading import Record

PLACED = ("FIXED", "ZONE", "CHOICE", "REDIRECT")
"""How a child with a place came to it: the rule of the round."""

UNPLACED = ("NO_SEAT", "NO_SCHOOL_IN_REACH", "DECLINED")
INELIGIBLE = "INELIGIBLE"

HOWS = (*PLACED, *UNPLACED, INELIGIBLE)


class Child(NamedTuple):
    """A child as far as the public edition counts it.

    Parameters
    ----------
    ticket, school
        Its ticket, and its school, "" for none: what is made public.
    how
        One of `HOWS`.
    group, zone, way
        What it is counted by; the way in metres, None where none is known.
    """

    ticket: str
    school: str
    how: str
    group: str
    zone: str
    way: int | None


@dataclass(frozen=True)
class Contents:
    """A run as the public edition needs it.

    Parameters
    ----------
    data
        The tables and JSON files of the run.
    children
        In the order of `result.csv`: by ticket, school and how.
    by_round
        Children whom each round gave their place, by school and round id.
    outlines
        Where the zones lie, if the run has a map.
    files
        The run's files by name.
    """

    data: RunData
    children: Sequence[Child]
    by_round: Mapping[str, Mapping[str, int]]
    outlines: Outlines | None
    files: Mapping[str, bytes]

    @property
    def rules(self) -> Record:
        """Return `rules.json`."""
        return self.data.rules

    @property
    def rehearsal(self) -> bool:
        """Return whether the draw decides nothing."""
        return self.data.manifest["draw"]["rehearsal"] is not False

    @property
    def title(self) -> str:
        """Return the title of the scenario."""
        return str(self.data.settings["title"])

    @cached_property
    def schools(self) -> list[Record]:
        """Return the lines of `schools.csv`, whole numbers as such."""
        return records_of(self.data.tables["schools"])

    @cached_property
    def cutoffs(self) -> list[Record]:
        """Return the lines of `cutoffs.csv`."""
        columns = self.data.tables["cutoffs"]
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]

    @cached_property
    def served(self) -> dict[str, list[str]]:
        """Return the schools of each zone."""
        return {row["id"]: list(row["schools"]) for row in self.rules["zones"]}

    @cached_property
    def catchments(self) -> list[tuple[list[str], list[str]]]:
        """Return the zones that share schools, directly or through others, and these schools."""
        served = {zone: schools for zone, schools in self.served.items() if schools}
        return [
            (zones, sorted({school for zone in zones for school in served[zone]}))
            for zones in catchments(served)
        ]

    @cached_property
    def demand(self) -> dict[str, Demand]:
        """Return the office's figure of how full each zone is."""
        return demand_of_zones(self.data)

    @cached_property
    def zone_names(self) -> dict[str, str]:
        """Return the names of the zones; their ids where they have no name."""
        return self.data.zone_names

    def without_children(self) -> RunData:
        """Return the data without anything about a child, for what is drawn from it."""
        empty = {name: list[str]() for name in self.data.tables["allocation"]}
        tables = {**self.data.tables, "allocation": empty, "warnings": {}}
        return replace(self.data, tables=tables, summary={}, manifest={})


def read_run_contents(files: Mapping[str, bytes], language: Language) -> Contents:
    """Return what the files of a run say.

    Raises
    ------
    UsageError
        Where they are no run that this version reads.
    """
    data = read_data(files, language)
    table = data.tables["allocation"]
    columns = ("ticket", "school_id", "status", "reason", "group", "zone_id", "distance_m")
    children = sorted(
        Child(
            ticket,
            school,
            INELIGIBLE if status == "ineligible" else reason,
            group,
            zone,
            int(metres) if metres else None,
        )
        for ticket, school, status, reason, group, zone, metres in zip(
            *(table[name] for name in columns), strict=True
        )
    )
    by_round: dict[str, Counter[str]] = {}
    for school, round_id in zip(table["school_id"], table["round"], strict=True):
        if school:
            by_round.setdefault(school, Counter())[round_id] += 1
    outlines = outlines_of(files, data) if MAP in files else None
    return Contents(data, children, by_round, outlines, files)
