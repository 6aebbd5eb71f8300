"""Reading what is known before anybody registers: the schools and the zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enroll.records import Inputs
from enroll.tables.inputs import Desk, Reading, no_applicants, schools_on, zones_on

if TYPE_CHECKING:
    from enroll.scenario import LoadedScenario
    from enroll.scenario.schema import FileRef


def read_plan(scenario: LoadedScenario) -> Reading:
    """Read and check the schools and the zones; no other file is opened, or has to be there."""
    desk = _PlanDesk(scenario.settings, scenario.folder, f"{scenario.name}.toml")
    schools = schools_on(desk)
    zones = zones_on(desk, schools)
    nobody = no_applicants(desk.settings, schools)
    return Reading(
        inputs=Inputs(nobody, schools, zones, None, desk.all_sources()),
        problems=desk.problems.listed(),
        blocked={**desk.blocked(None), "applicants": frozenset(), "travel": frozenset()},
        nowhere=frozenset(role for role, one in desk.reports.items() if not one.has_places()),
    )


class _PlanDesk(Desk):
    """The desk with nothing about any child on it."""

    def named_files(self) -> tuple[tuple[str, FileRef | None], ...]:
        """Return the files that are read, by the keys of `[files]`."""
        files = self.settings.files
        return (("schools", files.schools), ("zones", files.zones))
