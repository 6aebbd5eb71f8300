"""Small maps of a comparison: one for each scenario, all in one frame and with one key."""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING, NamedTuple

from enroll.notices import translate
from enroll.notices.kinds import N_
from enroll.report.pages.counting import Demand
from enroll.report.pages.run_map import DEMAND_STEPS, step_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.notices import Language
    from enroll.report.pages.compare_rows import Comparison
    from enroll.report.pages.reading import Record

_FULL = DEMAND_STEPS.index(100) + 1
_SAID = N_(
    "{letter}, {name}: of {zones} zones {full} have as many children as seats or more; of {schools}"
    " schools {above} have a class above the standard."
)


class Mark(NamedTuple):
    """A school as drawn: its place and radius, its level, and what the scenario did to it.

    Parameters
    ----------
    change
        `new`, `closed`, `changed` or "".
    """

    x: int
    y: int
    radius: int
    level: str
    change: str


class SmallMap(NamedTuple):
    """One scenario on the map.

    Parameters
    ----------
    paths
        Outlines by step of their colour, `-1` for zones that no school serves.
    words
        What the map shows in one sentence.
    """

    letter: str
    name: str
    height: int
    paths: Mapping[int, str]
    full: str
    marks: Sequence[Mark]
    words: str


def small_maps(found: Comparison, drawing: Record, language: Language) -> list[SmallMap]:
    """Return a map for each scenario.

    Parameters
    ----------
    drawing
        The content of `compare-map.json`.
    """
    before = {row["school_id"]: row for row in found.schools[found.sides[0]["name"]]}
    places = {
        school["school_id"]: school["at"]
        for told in drawing["scenarios"].values()
        for school in told["schools"]
    }
    return [_small_map(side, found, drawing, (before, places), language) for side in found.sides]


def _small_map(
    side: Record,
    found: Comparison,
    drawing: Record,
    known: tuple[Mapping[str, Record], Mapping[str, Sequence[int] | None]],
    language: Language,
) -> SmallMap:
    name = side["name"]
    demands = {
        row["zone_id"]: Demand(int(row["children"]), int(row["seats"]))
        for row in found.zones.get(name, ())
    }
    paths: dict[int, str] = {}
    for zone in drawing["scenarios"][name]["zones"]:
        if zone["outline"] is not None:
            step = _step(demands.get(zone["zone_id"]))
            paths[step] = paths.get(step, "") + drawing["outlines"][zone["outline"]]
    schools = found.schools[name]
    full = [one for one in demands.values() if _step(one) >= _FULL]
    above = [row for row in schools if _is_above(row)]
    said = {
        "letter": side["letter"],
        "name": name,
        "zones": len(demands),
        "full": len(full),
        "schools": sum(int(row["classes"]) > 0 for row in schools),
        "above": len(above),
    }
    return SmallMap(
        letter=side["letter"],
        name=name,
        height=drawing["height"],
        paths=dict(sorted(paths.items())),
        full="".join(path for step, path in sorted(paths.items()) if step >= _FULL),
        marks=_marks(schools, *known),
        words=translate(_SAID, language, said),
    )


def _step(demand: Demand | None) -> int:
    return -1 if demand is None or (not demand.seats and not demand.children) else step_of(demand)


def _is_above(row: Record) -> bool:
    return bool(row["class_standard"]) and int(row["largest_class"]) > int(row["class_standard"])


def _marks(
    schools: Sequence[Record],
    before: Mapping[str, Record],
    places: Mapping[str, Sequence[int] | None],
) -> list[Mark]:
    """Return the schools that have entry classes here or in the first scenario.

    Those that the scenario changes are drawn last, so that no other hides them.
    """
    marks = []
    for row in schools:
        place = places.get(row["school_id"])
        classes, earlier = int(row["classes"]), before.get(row["school_id"])
        had = int(earlier["classes"]) if earlier else 0
        if place is not None and (classes or had):
            radius = 90 + isqrt(1600 * max(classes, 1))
            marks.append(Mark(place[0], place[1], radius, row["level"], _change(classes, had)))
    return sorted(marks, key=lambda mark: (bool(mark.change), -mark.radius, mark))


def _change(classes: int, had: int) -> str:
    if classes == had:
        return ""
    if not had:
        return "new"
    return "changed" if classes else "closed"
