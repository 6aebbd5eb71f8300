"""Reading the tables of a forecast: schools and zones, roll, births and homes, in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.records import Inputs, Past
from enroll.scenario.forecasting import FIRST_GRADE, LAST_GRADE
from enroll.tables.births import read_births
from enroll.tables.forecast_columns import BIRTHS_COLUMNS, HOMES_COLUMNS, ROLL_COLUMNS
from enroll.tables.homes import read_homes
from enroll.tables.inputs import Desk, no_applicants, schools_on, zones_on
from enroll.tables.rolls import read_roll
from enroll.tables.sound import no_cells

if TYPE_CHECKING:
    from enroll.notices import Problem
    from enroll.records import Births, Homes, Ints, Roll
    from enroll.scenario import LoadedScenario
    from enroll.scenario.schema import FileRef, Scenario


@dataclass(frozen=True)
class PastReading:
    """What came of reading the tables of a forecast.

    Parameters
    ----------
    inputs
        Schools and zones; nobody is among the applicants.
    past
        Roll, births and homes; fit for a forecast only where no problem is blocking.
    problems
        Every problem of every file, by file, row and column.
    """

    inputs: Inputs
    past: Past
    problems: list[Problem]


def read_past(scenario: LoadedScenario) -> PastReading:
    """Read and check the files that a forecast is made from; applicants are not read."""
    desk = _PastDesk(scenario.settings, scenario.folder, f"{scenario.name}.toml")
    schools = schools_on(desk)
    zones = zones_on(desk, schools)
    known_schools = desk.ids("schools", schools.school_id)
    known_zones = desk.ids("zones", zones.zone_id)
    roll = _roll(desk, known_schools)
    births = _births(desk, known_zones)
    homes = _homes(desk, known_zones)
    nobody = no_applicants(desk.settings, schools)
    sources = desk.all_sources()
    return PastReading(
        Inputs(nobody, schools, zones, None, sources),
        Past(roll, births, homes, sources),
        desk.problems.listed(),
    )


def grades_of(settings: Scenario) -> Ints:
    """Return (G,) the grades of a scenario's stage."""
    asked, stage = settings.forecast, settings.stage
    first = FIRST_GRADE[stage] if asked.first_grade is None else asked.first_grade
    last = LAST_GRADE[stage] if asked.last_grade is None else asked.last_grade
    return np.arange(first, max(first, last) + 1)


class _PastDesk(Desk):
    """The desk with other files on it."""

    def named_files(self) -> tuple[tuple[str, FileRef | None], ...]:
        """Return the files that are read, by the keys of `[files]`."""
        files = self.settings.files
        return (
            ("schools", files.schools),
            ("zones", files.zones),
            ("roll", files.roll),
            ("births", files.births),
            ("homes", files.homes),
        )


def _roll(desk: Desk, schools: dict[str, int] | None) -> Roll:
    named = desk.settings.files.roll
    if named is None:
        desk.own.add("FILE_NOT_NAMED", role="roll")
    cells = desk.cells(ROLL_COLUMNS, named, "NO_ROLL") if named else None
    return read_roll(cells or no_cells(ROLL_COLUMNS), schools, grades_of(desk.settings))


def _births(desk: Desk, zones: dict[str, int] | None) -> Births | None:
    named = desk.settings.files.births
    cells = desk.cells(BIRTHS_COLUMNS, named, "NO_BIRTHS") if named else None
    return None if cells is None else read_births(cells, zones)


def _homes(desk: Desk, zones: dict[str, int] | None) -> Homes | None:
    named = desk.settings.files.homes
    cells = desk.cells(HOMES_COLUMNS, named) if named else None
    if cells is None:
        return None
    settings = desk.settings
    return read_homes(cells, zones, settings.stage, settings.coordinates.homes)
