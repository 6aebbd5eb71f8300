"""A replacement file for some zones, read like the file of zones itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from enroll.notices import mask
from enroll.tables.cells import Cells
from enroll.tables.headers import Headers
from enroll.tables.other_columns import ZONE_COLUMNS
from enroll.tables.problems import FileReport
from enroll.tables.reading import read_table
from enroll.tables.zones import read_zones

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from enroll.notices import Problem
    from enroll.records import Source, Zones
    from enroll.scenario.schema import FileRef, Scenario

ROLE = "move_boundary"
"""What the source of such a file is called in a run."""


@dataclass(frozen=True)
class MoreZones:
    """What came of reading such a file.

    Parameters
    ----------
    zones
        None where they cannot be used.
    source
        The file as parsed, None where it cannot be read at all.
    problems
        Everything that is wrong with it.
    """

    zones: Zones | None
    source: Source | None
    problems: list[Problem]


def read_more_zones(
    named: FileRef, folder: Path, settings: Scenario, schools: Mapping[str, int]
) -> MoreZones:
    """Read zones with the headers, words and coordinate system of `[files] zones`.

    Parameters
    ----------
    named, folder
        The file, and the folder at which its path starts.
    schools
        School ids to indices.
    """
    report = FileReport(mask(named.path.replace("\\", "/").split("/")[-1]))
    table = read_table(ROLE, folder, named, report)
    if table is None:
        return MoreZones(None, None, report.listed())
    if not len(table):
        report.add("NO_ZONES")
        return MoreZones(None, table.source, report.listed())
    mapping = settings.columns.get("zones", {})
    headers = Headers(ZONE_COLUMNS, (), mapping, report).match(list(table.columns))
    cells = Cells(table, ZONE_COLUMNS, headers, settings.values.get("zones", {}), report)
    zones = read_zones(cells, settings.coordinates.zones, schools)
    sound = not report.blocked() and report.has_places()
    return MoreZones(zones if sound else None, table.source, report.listed())
