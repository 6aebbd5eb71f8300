"""The tables on trial: as changed so far, and what is wrong with the changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from enroll.records import Change
from enroll.scenario.trying import change_problem, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from enroll.notices import Problem
    from enroll.records import Inputs, JsonValue
    from enroll.scenario import LoadedScenario
    from enroll.scenario.schema import Scenario
    from enroll.tables import Reading

Kind = TypeVar("Kind")


@dataclass
class Trial:
    """Inputs while changes are tried on them.

    Parameters
    ----------
    settings, folder, file
        Of the scenario; `file` is the name of the one that states `[[change]]`.
    inputs
        As changed so far.
    whole
        Keys of the files whose rows all came in: only there can an id be called unknown.
    problems, changes
        What is wrong, and what was changed besides what the tables show themselves.
    """

    settings: Scenario
    folder: Path
    file: str
    inputs: Inputs
    whole: frozenset[str]
    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @classmethod
    def of(cls, scenario: LoadedScenario, reading: Reading) -> Trial:
        """Return the trial of a scenario's changes on what was read."""
        whole = frozenset(
            role for role in ("schools", "zones") if 0 not in reading.blocked.get(role, ())
        )
        return cls(scenario.settings, scenario.folder, scenario.changes_in, reading.inputs, whole)

    def of_kind(self, kind: type[Kind]) -> list[tuple[int, Kind]]:
        """Return the changes of one kind with their positions."""
        numbered = enumerate(self.settings.change)
        return [(number, change) for number, change in numbered if isinstance(change, kind)]

    def wrong(
        self, code: str, number: int, key: str = "", value: str = "", **params: object
    ) -> None:
        """Note that something is wrong with a change; `value` is not masked yet."""
        self.problems.append(change_problem(code, self.file, number, key, value, **params))

    def record(self, key: str, old: JsonValue, new: JsonValue) -> None:
        """Note what a change made of something that no column of schools or zones shows."""
        self.changes.append(Change(key, old, new))

    def knows_school(self, number: int, key: str, school_id: str) -> bool:
        """Return whether there is a school, and note where there is none."""
        return self._knows("schools", number, key, school_id, self.inputs.schools.school_id)

    def knows_zone(self, number: int, key: str, zone_id: str) -> bool:
        """Return whether there is a zone, and note where there is none."""
        return self._knows("zones", number, key, zone_id, self.inputs.zones.zone_id)

    def _knows(self, role: str, number: int, key: str, name: str, known: Iterable[str]) -> bool:
        ids = list(known)
        if name in ids:
            return True
        if role in self.whole:
            code = "CHANGE_SCHOOL_UNKNOWN" if role == "schools" else "CHANGE_ZONE_UNKNOWN"
            self.wrong(code, number, key, name, nearest=nearest(name, ids))
        return False
