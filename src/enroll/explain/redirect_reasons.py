"""Reasons of the redirect rounds: nearer schools, why they are full, what a seat is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.notices import Phrase
from enroll.notices import about_reasons as say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.explain.run import Child, Record, RunFiles

_SHOWN = 3
"""Nearer schools that are named one by one."""


def placed_reasons(run: RunFiles, child: Child) -> Iterator[Phrase]:
    """Yield why a redirected child is at its school and at no nearer one."""
    step = _last_round(run, child)
    here = run.way(child, child.school)
    family = run.families.get((step, child.id))
    told = {
        "round": run.steps[child.round]["id"],
        "school": run.name(child.school),
        "metres": here,
    }
    if family:
        split = family["school_id"] is None
        yield Phrase(say.SPLIT if split else say.TOGETHER, told)
        return
    yield Phrase(say.REDIRECTED, told)
    nearer = allowed(run, child, step, shorter_than=here)
    for way, school in nearer[:_SHOWN]:
        yield from _full(run, step, school, way)
    if len(nearer) > _SHOWN:
        yield Phrase(say.MORE_FULL, {"count": len(nearer) - _SHOWN})


def unplaced_reasons(run: RunFiles, child: Child) -> Iterator[Phrase]:
    """Yield why an eligible child has no place, and where how many seats are missing."""
    redirects = [step for step, rule in enumerate(run.steps) if rule["rule"] == "redirect"]
    reason = child.row["reason"]
    if reason == "DECLINED":
        yield Phrase(say.DECLINED)
    elif reason == "NO_SCHOOL_IN_REACH":
        yield from _out_of_reach(run, child, redirects[-1])
    elif not redirects:
        yield Phrase(say.NO_SEAT)
    else:
        yield from _no_seat(run, child, redirects)


def _no_seat(run: RunFiles, child: Child, redirects: list[int]) -> Iterator[Phrase]:
    reached = [(step, allowed(run, child, step)) for step in redirects]
    step, ways = next((step, ways) for step, ways in reversed(reached) if ways)
    way, nearest = ways[0]
    yield Phrase(
        say.NO_SEAT_NEAREST, {"count": len(ways), "school": run.name(nearest), "metres": way}
    )
    schools = {run.schools[school]["id"]: run.name(school) for _, school in ways}
    for part in run.certificates[step]["overloads"]:
        if schools.keys() & set(part["schools"]):
            yield _overload(run, part)


def _overload(run: RunFiles, part: Record) -> Phrase:
    return Phrase(
        say.OVERLOAD,
        {
            "schools": tuple(run.name(run.number_of[one]) for one in part["schools"]),
            "seats": part["seats"],
            "demand": part["demand"],
            "gap": part["demand"] - part["seats"],
        },
    )


def _out_of_reach(run: RunFiles, child: Child, step: int) -> Iterator[Phrase]:
    ways = run.ways(child)
    known = np.flatnonzero(ways >= 0)
    if len(known):
        school = int(known[np.argmin(ways[known])])
        told = {"school": run.name(school), "metres": int(ways[school])}
        yield Phrase(say.OUT_OF_REACH_NEAREST, told)
    else:
        yield Phrase(say.OUT_OF_REACH)
    longest = run.steps[step]["max_m"]
    if longest is not None:
        yield Phrase(say.LONGEST, {"metres": longest})


def allowed(
    run: RunFiles, child: Child, step: int, shorter_than: int | None = None
) -> list[tuple[int, int]]:
    """Return the ways and schools that a redirect round allows a child, nearest first.

    Parameters
    ----------
    run, child, step
        The run, the child and the number of the round.
    shorter_than
        Metres that a way stays below; None for every allowed way.
    """
    longest = run.steps[step]["max_m"]
    ways = run.ways(child)
    fits = run.redirecting[step] & (ways >= 0)
    if longest is not None:
        fits &= ways <= longest
    if shorter_than is not None:
        fits &= ways < shorter_than
    if not child.record["accepts_redirect"]:
        own = np.zeros_like(fits)
        own[run.zone_schools(child)] = True
        fits &= own
    schools = np.flatnonzero(fits)
    order = schools[np.argsort(ways[schools], kind="stable")]
    return list(zip(ways[order].tolist(), order.tolist(), strict=True))


def _last_round(run: RunFiles, child: Child) -> int:
    """Return the last redirect round in which a redirected child took part."""
    later = [step for step in child.after if step > child.round]
    reopened = [step for step in later if run.steps[step]["seats"] == "limit"]
    return max([child.round, *reopened])


def _full(run: RunFiles, step: int, school: int, way: int) -> Iterator[Phrase]:
    """Yield why a nearer school took nobody more, and what a seat there would be worth."""
    about = {"school": run.name(school), "metres": way}
    one, taken = run.schools[school], run.taken[step + 1][school]
    if taken >= one["seats_" + run.steps[step]["seats"]]:
        yield Phrase(say.FULL, about)
    elif taken >= one["seats_standard"]:
        yield Phrase(say.FULL_STANDARD, about)
    else:
        return
    yield from _gain(run, run.certificates[step], one["id"])


def _gain(run: RunFiles, certificate: Record, school: str) -> Iterator[Phrase]:
    """Yield what one more seat would save, by the prices; nothing where they do not tell it."""
    levels = certificate["levels"]
    if any(level["what"] == "farthest" for level in levels):
        return
    counted = [one for one in certificate["counted"] if one["prices"].get(school)]
    parts = [*counted, *(level for level in levels if level["prices"].get(school))]
    whats = [level["what"] for level in parts]
    if not parts:
        return
    if "placed" in whats or "kept" in whats:
        yield Phrase(say.GAIN["placed"])
        return
    metres = parts[0]["prices"][school]
    what = "total" if whats == ["ways"] else whats[0]
    far, group = run.rules["far_m"], parts[0]["group"]
    yield Phrase(say.GAIN[what], {"metres": metres, "far": far, "group": group})
