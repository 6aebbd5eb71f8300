"""Reading every input file of a scenario in one pass."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from enroll.notices import mask
from enroll.records import Inputs
from enroll.tables.applicant_columns import APPLICANT_COLUMNS
from enroll.tables.applicants import Known, read_applicants
from enroll.tables.cells import Cells
from enroll.tables.facts import asked_facts, check_fact_columns
from enroll.tables.headers import Headers, known_names
from enroll.tables.other_columns import (
    OVERRIDE_COLUMNS,
    SCHOOL_COLUMNS,
    TRAVEL_COLUMNS,
    ZONE_COLUMNS,
)
from enroll.tables.overrides import with_overrides
from enroll.tables.problems import Problems
from enroll.tables.reading import read_table
from enroll.tables.schools import read_schools
from enroll.tables.travel import read_travel
from enroll.tables.words import check_words
from enroll.tables.zones import no_zones, read_zones

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from enroll.notices import Problem
    from enroll.records import Applicants, Schools, Source, Texts, TravelMatrix, Zones
    from enroll.scenario import LoadedScenario
    from enroll.scenario.schema import FileRef, Scenario
    from enroll.tables.columns import TableColumns


def read_inputs(scenario: LoadedScenario) -> tuple[Inputs | None, list[Problem]]:
    """Read and check the files of a scenario.

    Parameters
    ----------
    scenario
        Its settings name the files, their headers and words; its folder is where relative
        paths start.

    Returns
    -------
    inputs : Inputs or None
        None when a problem is blocking.
    problems : list of Problem
        Every problem of every file, by file, row and column.
    """
    desk = _Desk(scenario.settings, scenario.folder, f"{scenario.name}.toml")
    schools = _schools(desk)
    zones = _zones(desk, schools)
    applicants = _applicants(desk, schools, zones)
    travel = _travel(desk, applicants, schools, zones)
    applicants = _overridden(desk, applicants, schools)
    problems = desk.problems.listed()
    if schools is None or zones is None or applicants is None or desk.problems.blocking():
        return None, problems
    return Inputs(applicants, schools, zones, travel, desk.all_sources()), problems


@dataclass
class _Desk:
    """The settings at hand while the files come in, and what came of them so far."""

    settings: Scenario
    folder: Path
    scenario_name: str
    problems: Problems = field(default_factory=Problems)
    sources: dict[str, Source] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the reports in the order in which problems are shown."""
        self.own = self.problems.about(mask(self.scenario_name))
        files = self.settings.files
        self.reports = {
            role: self.problems.about(mask(named.path.replace("\\", "/").split("/")[-1]))
            for role, named in (
                ("applicants", files.applicants),
                ("schools", files.schools),
                ("zones", files.zones),
                ("travel", self.travel_file()),
                ("overrides", files.overrides),
            )
            if named is not None
        }

    def travel_file(self) -> FileRef | None:
        """Return the travel matrix, where ways come from one."""
        settings = self.settings
        if settings.travel.mode != "matrix":
            return None
        return settings.travel.matrix or settings.files.travel

    def all_sources(self) -> tuple[Source, ...]:
        """Return the files as parsed, in the order of the `[files]` keys."""
        return tuple(self.sources[role] for role in self.reports if role in self.sources)

    def cells(
        self, spec: TableColumns, named: FileRef, no_rows: str = "", wanted: Iterable[str] = ()
    ) -> Cells | None:
        """Return the cells of one file, or None when it cannot be read or has no rows.

        Parameters
        ----------
        no_rows
            The problem of a table without rows, "" where that is none.
        """
        settings, role = self.settings, spec.table
        report = self.reports[role]
        values = settings.values.get(role, {})
        check_words(spec, values, known_names(spec, wanted), self.own)
        table = read_table(role, self.folder, named, report)
        if table is None:
            return None
        self.sources[role] = table.source
        mapping = settings.columns.get(role, {})
        headers = Headers(spec, wanted, mapping, report).match(list(table.columns))
        if not len(table):
            if no_rows:
                report.add(no_rows)
            return None
        return Cells(table, spec, headers, values, report)


def _schools(desk: _Desk) -> Schools | None:
    named = desk.settings.files.schools
    if named is None:
        desk.own.add("FILE_NOT_NAMED", role="schools")
        return None
    cells = desk.cells(SCHOOL_COLUMNS, named, "NO_SCHOOLS")
    return read_schools(cells, desk.settings) if cells else None


def _zones(desk: _Desk, schools: Schools | None) -> Zones | None:
    named = desk.settings.files.zones
    if named is None:
        if any(step.rule == "zone" for step in desk.settings.round):
            desk.own.add("ZONES_NOT_NAMED")
        return no_zones()
    cells = desk.cells(ZONE_COLUMNS, named, "NO_ZONES")
    if cells is None:
        return None
    return read_zones(cells, desk.settings.coordinates.zones, _school_index(schools))


def _applicants(desk: _Desk, schools: Schools | None, zones: Zones | None) -> Applicants | None:
    named = desk.settings.files.applicants
    if named is None:
        desk.own.add("FILE_NOT_NAMED", role="applicants")
        return None
    asked = asked_facts(desk.settings)
    cells = desk.cells(APPLICANT_COLUMNS, named, "NO_APPLICANTS", asked)
    if cells is None:
        return None
    check_fact_columns(cells, desk.settings)
    return read_applicants(cells, desk.settings, _known(schools, zones))


def _travel(
    desk: _Desk, applicants: Applicants | None, schools: Schools | None, zones: Zones | None
) -> TravelMatrix | None:
    named = desk.travel_file()
    cells = desk.cells(TRAVEL_COLUMNS, named, "NO_WAYS") if named else None
    if cells is None:
        return None
    by_id = None if applicants is None else _numbered(applicants.applicant_id)
    return read_travel(cells, by_id, _zone_index(zones), _school_index(schools))


def _overridden(
    desk: _Desk, applicants: Applicants | None, schools: Schools | None
) -> Applicants | None:
    named = desk.settings.files.overrides
    cells = desk.cells(OVERRIDE_COLUMNS, named) if named else None
    return with_overrides(cells, applicants, _known(schools)) if cells else applicants


def _known(schools: Schools | None, zones: Zones | None = None) -> Known:
    classes = np.zeros(0, dtype=np.int64) if schools is None else schools.classes
    return Known(_school_index(schools), _zone_index(zones), classes)


def _school_index(schools: Schools | None) -> dict[str, int] | None:
    return None if schools is None else _numbered(schools.school_id)


def _zone_index(zones: Zones | None) -> dict[str, int] | None:
    return None if zones is None else _numbered(zones.zone_id)


def _numbered(ids: Texts) -> dict[str, int] | None:
    """Return ids to indices, or None where there is no id at all to compare with."""
    return {name: number for number, name in enumerate(ids.tolist()) if name} or None
