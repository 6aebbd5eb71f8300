"""The plan of a scenario: what is known before anybody registers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from enroll.lottery.protocol import REHEARSAL, sha256_hex
from enroll.scenario.schema import Publication

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.geo.surveying import Sites
    from enroll.lottery.protocol import Commitment
    from enroll.records import Inputs, Seats
    from enroll.report.announcement.ahead import Ahead
    from enroll.scenario import LoadedScenario
    from enroll.scenario.schema import Scenario


@dataclass(frozen=True)
class Committed:
    """The commitment of the scenario's draw.

    Parameters
    ----------
    content
        `commit.txt`, byte for byte.
    said
        What it says.
    """

    content: bytes
    said: Commitment

    @property
    def digest(self) -> str:
        """SHA-256 of `commit.txt`: the hash that is made public elsewhere too."""
        return sha256_hex(self.content)

    @property
    def rehearsal(self) -> bool:
        """Whether the draw decides nothing."""
        return self.said.draw.startswith(REHEARSAL)


@dataclass(frozen=True)
class Plan:
    """Everything that is published before registration; it knows no child.

    Parameters
    ----------
    scenario
        As loaded.
    inputs
        Schools and zones, as its changes leave them; nobody is among the applicants.
    seats
        Of each school.
    sites
        Where schools and zones are.
    draw
        The commitment, None where there is none yet.
    ahead
        Warnings of a forecast, None without one.
    """

    scenario: LoadedScenario
    inputs: Inputs
    seats: Seats
    sites: Sites
    draw: Committed | None = None
    ahead: Ahead | None = None

    @property
    def settings(self) -> Scenario:
        """The resolved scenario."""
        return self.scenario.settings

    @property
    def told(self) -> Publication:
        """What the office tells besides the rules."""
        return self.settings.publication or Publication()

    @cached_property
    def zones_of_schools(self) -> Sequence[Sequence[str]]:
        """The ids of the zones that each school serves, ascending."""
        zones = self.inputs.zones
        served: list[list[str]] = [[] for _ in range(len(self.inputs.schools))]
        for zone, schools in zip(zones.zone_id.tolist(), zones.schools, strict=True):
            for school in schools:
                served[school].append(zone)
        return served

    @cached_property
    def totals(self) -> Mapping[str, int]:
        """The figures of all schools with entry classes together, and how much else there is."""
        schools, settings = self.inputs.schools, self.settings
        return {
            "schools": int((schools.classes > 0).sum()),
            "classes": int(schools.classes.sum()),
            "standard": int(self.seats.standard.sum()),
            "limit": int(self.seats.limit.sum()),
            "reserved": int(schools.reserved.sum()),
            "zones": len(self.inputs.zones),
            "groups": len({entry.id for entry in settings.group}) or 1,
            "rounds": len(settings.round),
        }

    @property
    def lacks(self) -> list[str]:
        """What a family would look for and the plan does not say."""
        said = {
            "timetable": self.told.timetable,
            "telephones": self.told.telephones,
            "where": self.told.where or self.told.website,
            "sources": self.told.sources or self.draw,
            "warnings": self.ahead,
        }
        return [name for name, there in said.items() if not there]
