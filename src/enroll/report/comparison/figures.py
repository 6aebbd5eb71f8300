"""One run in figures, as its own files say them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from enroll.report.comparison.rows import json_of, table_of

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHOOL_COLUMNS = (
    "classes", "largest_class", "placed", "redirected_in", "redirected_away", "spare_standard",
    "spare_limit",
)  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """What a director asks of a plan; None where a run cannot say it.

    Parameters
    ----------
    placed_in_zone, redirected, elsewhere
        Placed at a school of their zone, by a redirect at another one, otherwise elsewhere.
    declined
        Unplaced because the family accepts no redirect; part of `unplaced`.
    above_standard, oversized, very_oversized
        Classes above their standard, of 56 pupils or more, of 66 or more.
    oversized_schools
        Schools above their limit in all grades.
    spare_standard, spare_limit
        Seats left within the class standard and within the class limit, all schools together.
    mean_m, median_m, p95_m, farthest_m
        Ways of the placed, in whole metres.
    beyond_far
        Placed children whose way is longer than `[limits] far_m`.
    cost
        What schools and classes cost, where the schools' table has a cost column.
    """

    applicants: int
    placed: int
    placed_in_zone: int
    redirected: int
    elsewhere: int
    unplaced: int
    declined: int
    ineligible: int
    classes: int
    above_standard: int
    oversized: int
    very_oversized: int
    oversized_schools: int
    spare_standard: int
    spare_limit: int
    mean_m: int | None
    median_m: int | None
    p95_m: int | None
    farthest_m: int | None
    beyond_far: int
    cost: int | None

    def items(self) -> list[tuple[str, int | None]]:
        """Return each figure by its name, in the order above."""
        return [(each.name, getattr(self, each.name)) for each in fields(self)]


def figures_of(files: Mapping[str, bytes]) -> Figures:
    """Return the figures of a run.

    Parameters
    ----------
    files
        Content of the run folder by name.
    """
    summary = json_of(files, "summary.json")
    everybody, classes = summary["all"], summary["classes"]
    schools = table_of(files, "schools.csv")
    ways = everybody["distance_m"] or {}
    large = [
        int(row["value"])
        for row in table_of(files, "indicators.csv")
        if (row["name"], row["setting"]) == ("oversized_schools", "all")
    ]
    return Figures(
        applicants=everybody["applicants"],
        placed=everybody["placed"],
        placed_in_zone=everybody["placed_in_zone"],
        redirected=everybody["redirected"],
        elsewhere=everybody["placed"] - everybody["placed_in_zone"] - everybody["redirected"],
        unplaced=everybody["unplaced"],
        declined=everybody["reasons"].get("DECLINED", 0),
        ineligible=everybody["ineligible"],
        classes=classes["opened"],
        above_standard=classes["above_standard"],
        oversized=classes["oversized"],
        very_oversized=classes["very_oversized"],
        oversized_schools=sum(large),
        spare_standard=sum(int(row["spare_standard"]) for row in schools),
        spare_limit=sum(int(row["spare_limit"]) for row in schools),
        mean_m=ways.get("mean"),
        median_m=ways.get("median"),
        p95_m=ways.get("p95"),
        farthest_m=ways.get("farthest"),
        beyond_far=summary["farther_than_far_m"],
        cost=summary.get("cost"),
    )
