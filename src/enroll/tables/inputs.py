"""Reading every input file of a scenario in one pass."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from enroll.notices import mask
from enroll.records import Inputs
from enroll.tables.applicant_columns import APPLICANT_COLUMNS
from enroll.tables.applicants import Known, read_applicants
from enroll.tables.cells import Cells
from enroll.tables.demand import read_demand
from enroll.tables.demand_columns import DEMAND_COLUMNS
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
from enroll.tables.sound import no_cells, without_blocked
from enroll.tables.travel import read_travel
from enroll.tables.words import check_words
from enroll.tables.zones import no_zones, read_zones

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from enroll.notices import Problem
    from enroll.records import Applicants, Schools, Source, Texts, TravelMatrix, Zones
    from enroll.scenario import LoadedScenario
    from enroll.scenario.schema import FileRef, Scenario
    from enroll.tables.columns import TableColumns


@dataclass(frozen=True)
class Reading:
    """What came of reading the files of a scenario.

    Parameters
    ----------
    inputs
        What could be read, for looking at it further: a table that could not is empty, and
        applicants with a blocking problem are left out. Fit for an allocation only where no
        problem is blocking.
    problems
        Every problem of every file, by file, row and column.
    blocked
        For each `[files]` key the rows with a blocking problem; 0 is among them where any
        row of the file may be wrong or missing.
    nowhere
        The keys of files whose coordinate system is not known.
    """

    inputs: Inputs
    problems: list[Problem]
    blocked: Mapping[str, frozenset[int]]
    nowhere: frozenset[str]


def read_inputs(scenario: LoadedScenario) -> Reading:
    """Read and check the files of a scenario, all of them whatever is wrong with one.

    Parameters
    ----------
    scenario
        Its settings name the files, their headers and words; its folder is where relative
        paths start.
    """
    desk = Desk(scenario.settings, scenario.folder, f"{scenario.name}.toml")
    schools = schools_on(desk)
    zones = zones_on(desk, schools)
    applicants = _applicants(desk, schools, zones)
    travel = _travel(desk, applicants, schools, zones)
    applicants = _overridden(desk, applicants, schools)
    blocked = desk.blocked(travel)
    inputs = Inputs(applicants, schools, zones, travel, desk.all_sources())
    return Reading(
        inputs=without_blocked(inputs, blocked["applicants"]),
        problems=desk.problems.listed(),
        blocked=blocked,
        nowhere=frozenset(role for role, one in desk.reports.items() if not one.has_places()),
    )


@dataclass
class Desk:
    """The settings at hand while the files come in, and what came of them so far."""

    settings: Scenario
    folder: Path
    scenario_name: str
    problems: Problems = field(default_factory=Problems)
    sources: dict[str, Source] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the reports in the order in which problems are shown."""
        self.own = self.problems.about(mask(self.scenario_name))
        self.reports = {
            role: self.problems.about(mask(named.path.replace("\\", "/").split("/")[-1]))
            for role, named in self.named_files()
            if named is not None
        }

    def named_files(self) -> tuple[tuple[str, FileRef | None], ...]:
        """Return the files that are read, by the keys of `[files]`."""
        files = self.settings.files
        return (
            ("applicants", files.applicants),
            ("demand", files.demand),
            ("schools", files.schools),
            ("zones", files.zones),
            ("travel", self.travel_file()),
            ("overrides", files.overrides),
        )

    def travel_file(self) -> FileRef | None:
        """Return the travel matrix, where ways come from one."""
        settings = self.settings
        if settings.travel.mode != "matrix":
            return None
        return settings.travel.matrix or settings.files.travel

    def blocked(self, travel: TravelMatrix | None) -> dict[str, frozenset[int]]:
        """Return for each `[files]` key the rows that `Reading.blocked` speaks of."""
        whole_file = frozenset({0})
        found = dict.fromkeys(("applicants", "schools"), whole_file)
        found.update((role, report.blocked()) for role, report in self.reports.items())
        if "demand" in self.reports:
            found["applicants"] = found["demand"]
        if self.travel_file() and travel is None:
            found["travel"] = whole_file
        return found

    def ids(self, role: str, ids: Texts) -> dict[str, int] | None:
        """Return the ids of a table with their indices, or None where they did not all come in."""
        report = self.reports.get(role)
        if report is None or not report.has_all_rows():
            return None
        return {name: number for number, name in enumerate(ids.tolist()) if name} or None

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
        if not len(table) and report.has_all_rows():
            if no_rows:
                report.add(no_rows)
            if not table.columns:
                return None  # a map without any feature, which has no header either
        mapping = settings.columns.get(role, {})
        headers = Headers(spec, wanted, mapping, report).match(list(table.columns))
        if not len(table):
            return None
        return Cells(table, spec, headers, values, report)


def schools_on(desk: Desk) -> Schools:
    """Return the schools, none where their file cannot be read."""
    named = desk.settings.files.schools
    if named is None:
        desk.own.add("FILE_NOT_NAMED", role="schools")
    cells = desk.cells(SCHOOL_COLUMNS, named, "NO_SCHOOLS") if named else None
    return read_schools(cells or no_cells(SCHOOL_COLUMNS), desk.settings)


def zones_on(desk: Desk, schools: Schools) -> Zones:
    """Return the zones with the schools that serve them."""
    named = desk.settings.files.zones
    if named is None and any(step.rule == "zone" for step in desk.settings.round):
        desk.own.add("ZONES_NOT_NAMED")
    cells = desk.cells(ZONE_COLUMNS, named, "NO_ZONES") if named else None
    if cells is None:
        return no_zones()
    known = desk.ids("schools", schools.school_id)
    return read_zones(cells, desk.settings.coordinates.zones, known)


def no_applicants(settings: Scenario, schools: Schools) -> Applicants:
    """Return the table of applicants where nobody is read."""
    known = Known(None, None, schools.classes)
    return read_applicants(no_cells(APPLICANT_COLUMNS), settings, known)


def _applicants(desk: Desk, schools: Schools, zones: Zones) -> Applicants:
    if desk.settings.files.demand is not None:
        return _demand(desk, zones)
    named = desk.settings.files.applicants
    if named is None:
        desk.own.add("FILE_NOT_NAMED", role="applicants")
    asked = asked_facts(desk.settings)
    cells = desk.cells(APPLICANT_COLUMNS, named, "NO_APPLICANTS", asked) if named else None
    if cells is None:
        cells = no_cells(APPLICANT_COLUMNS)
    else:
        check_fact_columns(cells, desk.settings)
    known = Known(
        schools=desk.ids("schools", schools.school_id),
        zones=desk.ids("zones", zones.zone_id),
        classes=schools.classes,
    )
    return read_applicants(cells, desk.settings, known)


def _demand(desk: Desk, zones: Zones) -> Applicants:
    named = desk.settings.files.demand
    cells = desk.cells(DEMAND_COLUMNS, named, "NO_APPLICANTS") if named else None
    known = desk.ids("zones", zones.zone_id)
    return read_demand(cells or no_cells(DEMAND_COLUMNS), desk.settings, zones, known)


def _travel(
    desk: Desk, applicants: Applicants, schools: Schools, zones: Zones
) -> TravelMatrix | None:
    named = desk.travel_file()
    cells = desk.cells(TRAVEL_COLUMNS, named, "NO_WAYS") if named else None
    if cells is None:
        return None
    return read_travel(
        cells,
        desk.ids("applicants", applicants.applicant_id),
        desk.ids("zones", zones.zone_id),
        desk.ids("schools", schools.school_id),
    )


def _overridden(desk: Desk, applicants: Applicants, schools: Schools) -> Applicants:
    named = desk.settings.files.overrides
    cells = desk.cells(OVERRIDE_COLUMNS, named) if named else None
    if cells is None:
        return applicants
    known = Known(desk.ids("schools", schools.school_id), None, schools.classes)
    # Who is missing from a table that did not come in whole cannot be told.
    whole = desk.ids("applicants", applicants.applicant_id) is not None
    changed = with_overrides(cells, applicants if whole else None, known)
    return applicants if changed is None else changed
