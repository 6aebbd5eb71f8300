"""The figures that tell a run in one look: counts and ways, by group, zone and area."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.classes import list_classes
from enroll.notices import LEVELS, level_of
from enroll.records import NONE
from enroll.report.manifest import draw_json
from enroll.report.wholes import at_own_school, redirected_elsewhere
from enroll.watch.schools import OVERSIZED, VERY_OVERSIZED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from enroll.records import Flags, Ints, JsonValue, Schools
    from enroll.report.results import Results


@dataclass(frozen=True)
class WaysToSchool:
    """Ways of the placed children whose way is known, in whole metres.

    Parameters
    ----------
    children
        How many have a known way.
    mean
        Rounded to the metre, halves up.
    median
        The middle way; between two, their mean, halves up.
    p95
        The smallest way that at least 95 % of the children do not exceed.
    farthest
        The longest way.
    """

    children: int
    mean: int
    median: int
    p95: int
    farthest: int


@dataclass(frozen=True)
class Block:
    """Counts of one part of the applicants, or of all of them.

    Parameters
    ----------
    placed_in_zone
        Placed, by any rule, at a school that serves their zone.
    redirected
        Placed by a redirect round at a school that does not.
    reasons
        Children per ending, those that occur.
    """

    applicants: int
    placed: int
    placed_in_zone: int
    redirected: int
    unplaced: int
    ineligible: int
    reasons: dict[str, int]
    distance_m: WaysToSchool | None


@dataclass(frozen=True)
class ClassCounts:
    """How many classes open, and how many of them are too large."""

    opened: int
    above_standard: int
    oversized: int
    very_oversized: int


@dataclass(frozen=True)
class Summary:
    """What `summary.json` holds and the terminal shows."""

    everybody: Block
    groups: tuple[Block, ...]
    zones: tuple[Block, ...]
    areas: tuple[Block, ...]
    area_names: tuple[str, ...]
    classes: ClassCounts
    farther_than_far: int
    notices: dict[str, int]
    cost: int | None


def measure_ways(metres: Ints) -> WaysToSchool | None:
    """Return the figures of some ways in metres, or None where there are none."""
    count = len(metres)
    if not count:
        return None
    ascending = np.sort(metres)
    total = int(ascending.sum())
    middle = int(ascending[(count - 1) // 2]) + int(ascending[count // 2])
    return WaysToSchool(
        children=count,
        mean=(2 * total + count) // (2 * count),
        median=(middle + 1) // 2,
        p95=int(ascending[-(-95 * count // 100) - 1]),
        farthest=int(ascending[-1]),
    )


def summarise(results: Results) -> Summary:
    """Count everybody once, and then by group, by zone and by area."""
    zone, zones = results.ground.zone, results.inputs.zones
    area_names = tuple(sorted({str(name) for name in zones.area} - {""}))
    area_of_zone = np.array([_position(area_names, name) for name in zones.area] + [-1])
    everybody = np.zeros(len(zone), dtype=np.int64)
    metres = results.placement.metres
    return Summary(
        everybody=next(_blocks(results, everybody, 1)),
        groups=tuple(_blocks(results, results.ranking.groups.of, len(results.ranking.groups.ids))),
        zones=tuple(_blocks(results, zone, len(zones))),
        areas=tuple(_blocks(results, area_of_zone[zone], len(area_names))),
        area_names=area_names,
        classes=_count_classes(results),
        farther_than_far=int((metres > results.scenario.settings.limits.far_m).sum()),
        notices=_count_notices(results),
        cost=cost_of(results.inputs.schools),
    )


def summary_json(summary: Summary, results: Results) -> JsonValue:
    """Return the summary as `summary.json` holds it."""
    groups = results.ranking.groups
    zones = results.inputs.zones
    cost = {} if summary.cost is None else {"cost": summary.cost}
    return {
        **cost,
        "all": asdict(summary.everybody),
        "groups": [
            {"group": group, "name": name, **asdict(block)}
            for group, name, block in zip(groups.ids, groups.names, summary.groups, strict=True)
        ],
        "zones": [
            {"zone_id": zone, "name": name, **asdict(block)}
            for zone, name, block in zip(zones.zone_id, zones.name, summary.zones, strict=True)
        ],
        "areas": _named("area", summary.area_names, summary.areas),
        "classes": asdict(summary.classes),
        "farther_than_far_m": summary.farther_than_far,
        "notices": summary.notices,
        "draw": draw_json(results.ranking.draw),
    }


def cost_of(schools: Schools) -> int | None:
    """Return what schools and their planned classes cost, or None where no cost is given.

    A school that plans no class costs nothing.
    """
    given = {name: schools.outlook.get(name) for name in ("class_cost", "cost")}
    known = {name: np.maximum(cost, 0) for name, cost in given.items() if cost is not None}
    if all(cost is None or (cost == NONE).all() for cost in given.values()):
        return None
    classes = schools.classes
    total = np.zeros(len(schools), dtype=np.int64)
    total += known.get("class_cost", 0) * classes
    total += np.where(classes > 0, known.get("cost", 0), 0)
    return int(total.sum())


def _named(key: str, names: Iterable[str], blocks: Sequence[Block]) -> JsonValue:
    return [{key: name, **asdict(block)} for name, block in zip(names, blocks, strict=True)]


def _position(names: Sequence[str], name: str) -> int:
    return names.index(name) if name else -1


def _blocks(results: Results, part: Ints, parts: int) -> Iterator[Block]:
    """Yield one block per part; `part` holds each applicant's part, -1 for none."""
    placement = results.placement
    names = sorted({str(reason) for reason in placement.reason})
    endings = [_per_part(part, placement.reason == name, parts) for name in names]
    applicants = _per_part(part, np.ones(len(part), dtype=np.bool_), parts)
    placed = _per_part(part, placement.school >= 0, parts)
    ineligible = _per_part(part, results.ranking.ineligible != "", parts)
    in_zone = _per_part(part, at_own_school(results), parts)
    redirected = _per_part(part, redirected_elsewhere(results), parts)
    for number, ways in enumerate(_ways_per_part(results, part, parts)):
        reasons = {name: int(ending[number]) for name, ending in zip(names, endings, strict=True)}
        yield Block(
            applicants=int(applicants[number]),
            placed=int(placed[number]),
            placed_in_zone=int(in_zone[number]),
            redirected=int(redirected[number]),
            unplaced=int(applicants[number] - placed[number] - ineligible[number]),
            ineligible=int(ineligible[number]),
            reasons={reason: count for reason, count in reasons.items() if count},
            distance_m=measure_ways(ways),
        )


def _ways_per_part(results: Results, part: Ints, parts: int) -> Iterator[Ints]:
    metres = results.placement.metres
    known = np.flatnonzero((metres >= 0) & (results.placement.school >= 0) & (part >= 0))
    known = known[np.argsort(part[known], kind="stable")]
    ends = np.searchsorted(part[known], np.arange(parts + 1))
    for number in range(parts):
        yield metres[known[ends[number] : ends[number + 1]]]


def _per_part(part: Ints, flags: Flags, parts: int) -> Ints:
    return np.bincount(part[flags & (part >= 0)], minlength=parts).astype(np.int64)


def _count_classes(results: Results) -> ClassCounts:
    school, _, size = list_classes(results.plan)
    return ClassCounts(
        opened=len(size),
        above_standard=int((size > results.inputs.schools.class_standard[school]).sum()),
        oversized=int((size >= OVERSIZED).sum()),
        very_oversized=int((size >= VERY_OVERSIZED).sum()),
    )


def _count_notices(results: Results) -> dict[str, int]:
    levels = [level_of(notice) for notice in results.notices]
    return {level: levels.count(level) for level in LEVELS if level in levels}
