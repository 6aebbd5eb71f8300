"""What the redirected bear: extra metres, how evenly they are shared, and what was not given."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enroll.fairness.outcomes import SMALLEST_SHOWN, outcome_of, outcomes_by
from enroll.fairness.statistics import gini
from enroll.fairness.ways import Ways

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from enroll.fairness.register import RunCopy


@dataclass(frozen=True)
class Burden:
    """Extra metres of the redirected of one group, or of all.

    Parameters
    ----------
    group
        "" for all.
    children
        The redirected whose way is known; None, as are the rest, where there are fewer than
        five or where the outcomes by group hide how many there are.
    total_m, farthest_m
        Sum of their extra metres, and the most that one child goes.
    gini
        0 where all go equally far, near 1 where one child bears all.
    """

    group: str
    children: int | None
    total_m: int | None
    farthest_m: int | None
    gini: Fraction | None


def burdens(run: RunCopy) -> list[Burden]:
    """Return what all the redirected bear, and then group by group.

    A child's extra metres are its way less the shortest one to a school of its zone, or, without
    a known one, to any school; never less than 0.
    """
    ways, zones = Ways(run), run.zones
    schools = [one["id"] for one in run.rules["schools"]]
    extra = defaultdict[str, list[int]](list)
    for key, child in run.children.items():
        place = run.places[key]
        if outcome_of(child, place, zones) != "redirected" or not place["distance_m"]:
            continue
        near = ways.shortest(child, zones.get(child["zone"], []))
        near = ways.shortest(child, schools) if near is None else near
        extra[child["group"]].append(max(0, int(place["distance_m"]) - (near or 0)))
    hidden = {part.value for part in outcomes_by(run, "group") if part.counts["redirected"] is None}
    everybody = [way for group in extra.values() for way in group]
    groups = [one["id"] for one in run.rules["groups"] if one["id"] in extra]
    return [
        _burden("", everybody),
        *(_burden(group, extra[group], group in hidden) for group in groups),
    ]


def _burden(group: str, extra: Sequence[int], hidden: bool = False) -> Burden:
    if hidden or 0 < len(extra) < SMALLEST_SHOWN:
        return Burden(group, None, None, None, None)
    return Burden(group, len(extra), sum(extra), max(extra, default=0), gini(extra))
