"""The classes to open as files: open-classes.csv, open-classes.json and frontier.csv."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.notices import level_of, message_of, remedy_of
from enroll.notices.kinds import N_
from enroll.report.json_out import json_bytes
from enroll.report.manifest import SUMS, origin, seal
from enroll.report.ordering import sort_notices
from enroll.tables.csv_out import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.classes.opening_plan import Reached
    from enroll.notices import Language, Notice
    from enroll.records import Inputs, Ints, JsonValue
    from enroll.scenario import LoadedScenario

WHY = {
    "as_planned": N_("as planned"),
    "more": N_("more needed"),
    "fewer": N_("fewer are enough"),
    "none": N_("none needed"),
    "no_room": N_("no room"),
}
HELD_BY = {
    "": "",
    "rooms": N_("full, all rooms"),
    "school": N_("full, school limit"),
    "next_year": N_("full, for next year"),
    "classes": N_("full"),
}
"""Words of the columns `why` and `held_by`."""


@dataclass(frozen=True)
class OpeningResult:
    """Classes to open and what is shown of them.

    Parameters
    ----------
    classes, pupils, largest
        (m,) entry classes, their entrants (reserved seats included), and the largest class,
        pupils of other grades in mixed classes included.
    rooms
        (m,) most classes of each school.
    why, held_by
        (m,) keys of `WHY` and `HELD_BY`.
    next_entrants
        (m,) children expected next year; None for a plan of one year.
    farthest
        (m,) metres of the longest way to each school, -1 where nobody goes.
    reached
        Value, bound and gap of every goal in order.
    frontier
        Pairs of classes and metres; None where not asked for.
    seats, years, goals, reach
        What was asked: `standard` or `limit`, 1 or 2, the goals in order, metres.
    children
        Children who were planned for, those placed by decision among them.
    """

    scenario: LoadedScenario
    inputs: Inputs
    classes: Ints
    pupils: Ints
    largest: Ints
    rooms: Ints
    why: tuple[str, ...]
    held_by: tuple[str, ...]
    next_entrants: Ints | None
    farthest: Ints
    reached: tuple[Reached, ...]
    frontier: tuple[tuple[int, int], ...] | None
    notices: tuple[Notice, ...]
    seats: str
    years: int
    goals: tuple[str, ...]
    reach: int
    children: int

    def shown(self) -> Ints:
        """Return the schools that have anything to show: a class, a room or a plan."""
        planned = self.inputs.schools.classes
        return np.flatnonzero((self.rooms > 0) | (planned > 0) | (self.classes > 0))

    def value(self, what: str) -> int:
        """Return what one goal reached."""
        return next(each.value for each in self.reached if each.what == what)


def opening_files(result: OpeningResult, language: Language) -> dict[str, bytes]:
    """Return the files of the folder by name, `SHA256SUMS` included."""
    files = {
        "open-classes.csv": _classes_csv(result),
        "open-classes.json": _json(result),
        "warnings.csv": _warnings_csv(result.notices, language),
    }
    if result.frontier is not None:
        classes, metres = np.array(result.frontier, dtype=np.int64).reshape(-1, 2).T
        files["frontier.csv"] = csv_bytes(("classes", "metres"), (classes, metres))
    return {**files, SUMS: seal(files)}


def _classes_csv(result: OpeningResult) -> bytes:
    at = result.shown()
    schools = result.inputs.schools
    nothing = np.full(len(schools), "", dtype=object)
    expected = nothing if result.next_entrants is None else result.next_entrants
    columns = {
        "school_id": schools.school_id,
        "name": schools.name,
        "classes_planned": schools.classes,
        "rooms": result.rooms,
        "classes": result.classes,
        "pupils": result.pupils,
        "largest_class": result.largest,
        "farthest_m": result.farthest,
        "next_entrants": expected,
        "why": np.array(result.why, dtype=object),
        "held_by": np.array(result.held_by, dtype=object),
    }
    return csv_bytes(list(columns), [column[at] for column in columns.values()])


def _json(result: OpeningResult) -> bytes:
    content: dict[str, JsonValue] = {
        **origin(result.scenario, result.inputs.sources, result.inputs.changed),
        "asked": {
            "seats": result.seats,
            "years": result.years,
            "goals": list(result.goals),
            "max_m": result.reach,
        },
        "children": result.children,
        "reached": [
            {
                "goal": each.what,
                "value": each.value,
                "bound": each.bound,
                "gap": each.gap,
                "bound_without_solver": each.checked,
            }
            for each in result.reached
        ],
        "classes": {
            str(result.inputs.schools.school_id[at]): int(result.classes[at])
            for at in result.shown().tolist()
        },
    }
    if result.frontier is not None:
        content["frontier"] = [list(pair) for pair in result.frontier]
    return json_bytes(content, indent=2)


def _warnings_csv(notices: Sequence[Notice], language: Language) -> bytes:
    ordered = sort_notices(notices)
    columns = (
        [level_of(notice) for notice in ordered],
        [notice.code for notice in ordered],
        [notice.subject for notice in ordered],
        [message_of(notice, language) for notice in ordered],
        [remedy_of(notice, language) for notice in ordered],
    )
    return csv_bytes(("level", "code", "subject", "message", "remedy"), columns)
