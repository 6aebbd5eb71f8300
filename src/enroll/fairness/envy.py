"""Justified envy: who would rather have a place that somebody of a worse rank has.

In zone rounds there must be none. In redirect rounds it is the price of the smallest total:
a child goes farther so that others, together, go less far.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from enroll.fairness.findings import Finding
from enroll.fairness.outcomes import without_small
from enroll.fairness.ways import Ways

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.fairness.register import Child, RunCopy

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Price:
    """What the smallest total costs one group in one redirect round.

    Parameters
    ----------
    round_id, group
        Where, and whose.
    children
        Children of the group whom the round placed, or who stayed without a place.
    envious
        Of these, how many would rather have a place that the round gave to a worse rank.
    most_m
        The most metres that one of them would save.

    Counts below five are None, and the metres with them.
    """

    round_id: str
    group: str
    children: int | None
    envious: int | None
    most_m: int | None


def envy_in_zones(run: RunCopy) -> Iterator[Finding]:
    """Yield every child that a zone round refused for somebody with a larger key.

    Zone rounds after a redirect round are left to the rules' own steps, as are bundles, which
    need more than one seat.
    """
    ways, waiting = Ways(run), _eligible(run)
    for step in run.rules["rounds"]:
        if step["rule"] == "redirect":
            return
        if step["rule"] == "zone":
            yield from _envy_in_round(run, step, waiting, ways)
        waiting = [key for key in waiting if run.places[key]["round"] != step["id"]]


def _eligible(run: RunCopy) -> list[str]:
    return [key for key, place in run.places.items() if place["status"] != "ineligible"]


def _envy_in_round(
    run: RunCopy, step: dict[str, Any], waiting: list[str], ways: Ways
) -> Iterator[Finding]:
    asked = {key: _asked(run, run.children[key], step["order"], ways) for key in waiting}
    unit = defaultdict[tuple[str, str], list[Key]](list)
    for key in waiting:
        child = run.children[key]
        for school, part in asked[key].items():
            unit[child["bundle"] or key, school].append(part)
    last: dict[str, tuple[Key, str]] = {}
    for key in waiting:
        place, child = run.places[key], run.children[key]
        school = place["school_id"]
        if place["round"] == step["id"] and school in asked[key]:
            mine = (min(unit[child["bundle"] or key, school]), key)
            last[school] = max(last.get(school, mine), mine)
    for key in waiting:
        place, child = run.places[key], run.children[key]
        own = _wish(child, place["school_id"], ways) if place["round"] == step["id"] else None
        for school, part in asked[key].items():
            better = own is None or _wish(child, school, ways) < own
            if child["bundle"] or not better or school not in last or part >= last[school][0]:
                continue
            yield Finding(
                "ENVY_IN_ZONE",
                key,
                school,
                {"applicant": key, "school": school, "other": last[school][1]},
                decisive="yes",
                evidence=f"allocation.csv: {last[school][1]}",
            )


def _wish(child: Child, school: str, ways: Ways) -> Key:
    """Return how much a child wants a school of its zone; smaller is more."""
    return (child["sibling_school"] != school, ways.to(child, school) or 0, school.encode())


def _asked(run: RunCopy, child: Child, order: list[str], ways: Ways) -> dict[str, Key]:
    """Return the schools that a child asks in a zone round, each with its key there."""
    groups = {one["id"]: number for number, one in enumerate(run.rules["groups"])}
    asked = {}
    for school in run.zones.get(child["zone"], []):
        way = ways.to(child, school)
        if way is None and child["distance_from"]:
            continue
        parts = {
            "group": groups[child["group"]],
            "sibling": int(child["sibling_school"] != school),
            "distance": way or 0,
            "points": -child["points"],
            "since": child["since"] or "none",
        }
        rank = int(run.places[child["id"]]["lottery_rank"])
        asked[school] = (*(parts[name] for name in order), rank, child["id"].encode())
    return asked


def prices(run: RunCopy) -> list[Price]:
    """Return what each redirect round's total costs each group, in the order of both."""
    ways, found = Ways(run), []
    groups = [one["id"] for one in run.rules["groups"]]
    waiting = _eligible(run)
    for step in run.rules["rounds"]:
        there = [key for key in waiting if run.places[key]["round"] == step["id"]]
        waiting = [key for key in waiting if run.places[key]["round"] != step["id"]]
        if step["rule"] == "redirect":
            left = [key for key in waiting if run.places[key]["status"] == "unplaced"]
            saved = _would_save(run, step, there, left, ways, groups)
            found += [
                _price(run, step["id"], group, [*there, *left], saved)
                for group in groups
                if any(run.children[key]["group"] == group for key in [*there, *left])
            ]
    return found


def _price(
    run: RunCopy, round_id: str, group: str, keys: list[str], saved: dict[str, int]
) -> Price:
    mine = [key for key in keys if run.children[key]["group"] == group]
    envious = [saved[key] for key in mine if key in saved]
    count = without_small(len(envious))
    most = None if count is None else max(envious, default=0)
    return Price(round_id, group, without_small(len(mine)), count, most)


def _would_save(
    run: RunCopy,
    step: dict[str, Any],
    there: list[str],
    left: list[str],
    ways: Ways,
    groups: list[str],
) -> dict[str, int]:
    """Return whom envy is justified of, and the metres that its nearest such place would save."""
    number = {group: place for place, group in enumerate(groups)}

    def rank(key: str) -> Key:
        line = run.places[key]
        return (number[line["group"]], int(line["lottery_rank"]), key.encode())

    ranks = {key: rank(key) for key in [*there, *left]}
    order = {key: place for place, key in enumerate(sorted(ranks, key=ranks.__getitem__))}
    place_of = {one["id"]: place for place, one in enumerate(run.rules["schools"])}
    worst = np.full(len(place_of), -1, dtype=np.int64)
    for key in there:
        school = place_of[run.places[key]["school_id"]]
        worst[school] = max(worst[school], order[key])
    saved = {}
    for key in ranks:
        child = run.children[key]
        if not child["accepts_redirect"] or child["bundle"]:
            continue
        best = ways.nearest(child, worst > order[key])
        own = run.places[key]["distance_m"]
        if best is None or (step["max_m"] is not None and best > step["max_m"]):
            continue
        if not own or best < int(own):
            saved[key] = int(own) - best if own else 0
    return saved
