"""What changes made of schools and zones, old and new, told by the tables themselves."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from enroll.records import NONE, Change
from enroll.scenario.changes.places import SCHOOL_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from enroll.records import Inputs, JsonValue, Schools

Row = dict[str, "JsonValue"]


def recorded(before: Inputs, after: Inputs, besides: Iterable[Change]) -> tuple[Change, ...]:
    """Return everything that differs, ascending by key.

    Parameters
    ----------
    before, after
        The inputs as read and as changed.
    besides
        What their schools and zones do not show: boundaries, and numbers of children.
    """
    found = [
        *_differences("schools", _schools(before.schools), _schools(after.schools)),
        *_differences("zones", _zones(before), _zones(after)),
        *besides,
    ]
    return tuple(sorted(found, key=lambda change: change.key))


def _differences(table: str, old: dict[str, Row], new: dict[str, Row]) -> Iterator[Change]:
    for name in sorted({*old, *new}):
        if name in old and name in new:
            for column, value in old[name].items():
                if value != new[name][column]:
                    yield Change(f"{table}.{name}.{column}", value, new[name][column])
        else:
            yield Change(f"{table}.{name}", old.get(name), new.get(name))


def _schools(schools: Schools) -> dict[str, Row]:
    columns = [getattr(schools, name).tolist() for name in SCHOOL_COLUMNS]
    rows = zip(*columns, strict=True)
    return {
        name: {column: _plain(column, row[at]) for at, column in enumerate(SCHOOL_COLUMNS)}
        for name, row in zip(schools.school_id.tolist(), rows, strict=True)
    }


def _plain(column: str, cell: JsonValue) -> JsonValue:
    """Return a cell as a run writes it; None where nothing is known."""
    missing = isinstance(cell, float) and math.isnan(cell)
    return None if missing or (column == "beds" and cell == NONE) else cell


def _zones(inputs: Inputs) -> dict[str, Row]:
    zones, names = inputs.zones, inputs.schools.school_id
    rows = zip(zones.zone_id, zones.name, zones.area, zones.schools, strict=True)
    return {
        zone: {"name": name, "area": area, "schools": [str(names[school]) for school in served]}
        for zone, name, area, served in rows
    }
