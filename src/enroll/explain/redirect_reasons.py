"""Reasons of the redirect rounds: nearer schools, why they are full, what a seat is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.explain.redirected import options
from enroll.explain.run import NONE
from enroll.explain.zone_reasons import join
from enroll.notices import Phrase
from enroll.notices import about_reasons as say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.explain.redirect_changes import Redirects, Trial, Turn
    from enroll.explain.run import Child, Record, RunFiles

_SHOWN = 3
"""Nearer schools that are named one by one."""


def placed_reasons(run: RunFiles, child: Child, redirects: Redirects) -> Iterator[Phrase]:
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
    trial = redirects.trial(step, child) if nearer else None
    for way, school in nearer[:_SHOWN]:
        yield from _full(run, step, school, way)
        if trial is not None:
            yield _room(run, trial, school, here - way)
    if len(nearer) > _SHOWN:
        yield Phrase(say.MORE_FULL, {"count": len(nearer) - _SHOWN})
    # The round that placed the child is the one in which something else could have come of it:
    # later ones only keep a place or better it.
    decided = redirects.trial(child.round, child) if nearer else None
    if decided is not None:
        yield from _turns(decided, nearer, say.CHANGED_NEARER)


def _room(run: RunFiles, trial: Trial, school: int, shorter: int) -> Phrase:
    """Return what a place at a nearer school would have cost the others."""
    parts = trial.loss(school)
    if parts is None:
        return Phrase(say.ROOM["none"])
    what, group, loss = parts[0] if parts else ("equal", 0, 0)
    told = {"metres": loss, "own": shorter, "far": run.rules["far_m"]}
    return Phrase(say.ROOM[what], {**told, "group": run.group(max(group, 0))})


def _turns(trial: Trial, schools: list[tuple[int, int]], sentence: str) -> Iterator[Phrase]:
    """Yield what would have changed the result for a child, if anything is certain to."""
    told = [_turn(trial, one) for one in trial.turns([school for _, school in schools[:_SHOWN]])]
    if told:
        ways = join(told, say.ALTERNATIVE)
        yield Phrase(sentence, {"round": trial.around.rule["id"], "ways": ways})


def _turn(trial: Trial, turn: Turn) -> Phrase:
    run, child = trial.around.run, trial.child
    what = turn.what
    value: object = turn.value
    own: object = child.rank
    if what == "group":
        value, own = (run.group(one) for one in (turn.value, child.group))
    elif what == "distance":
        own = int(trial.ways[turn.school])
    elif what == "seat" and turn.to != turn.school:
        what = "seat_elsewhere"
    told = {"value": value, "own": own, "school": run.name(turn.to), "at": run.name(turn.school)}
    return Phrase(say.TURN[what], {**told, "metres": int(trial.ways[turn.to])})


def unplaced_reasons(run: RunFiles, child: Child, redirects: Redirects) -> Iterator[Phrase]:
    """Yield why an eligible child has no place, and what would have given it one."""
    steps = [step for step, rule in enumerate(run.steps) if rule["rule"] == "redirect"]
    reason = child.row["reason"]
    if reason == "DECLINED":
        yield Phrase(say.DECLINED if child.record["zone"] else say.DECLINED_NO_ZONE)
        if steps:
            yield from _accepted(run, child, redirects)
    elif reason == "NO_SCHOOL_IN_REACH":
        yield from _out_of_reach(run, child, steps[-1])
    elif not steps:
        yield Phrase(say.NO_SEAT)
    else:
        yield from _no_seat(run, child, steps, redirects)


def _accepted(run: RunFiles, child: Child, redirects: Redirects) -> Iterator[Phrase]:
    """Yield what a redirect would have brought a child whose family accepts none."""
    found = redirects.had_it_accepted(child)
    if found is None:
        yield Phrase(say.ACCEPTED_OPEN)
        return
    step, school, way = found
    if school == NONE:
        yield Phrase(say.ACCEPTED_NONE)
        return
    rule = run.steps[step]["id"]
    yield Phrase(say.ACCEPTED, {"round": rule, "school": run.name(school), "metres": way})
    later = run.steps[step + 1 :]
    if any(one["rule"] == "redirect" and one["seats"] == "limit" for one in later):
        yield Phrase(say.ACCEPTED_LATER)


def _no_seat(
    run: RunFiles, child: Child, steps: list[int], redirects: Redirects
) -> Iterator[Phrase]:
    reached = [(step, allowed(run, child, step)) for step in steps]
    step, ways = next((step, ways) for step, ways in reversed(reached) if ways)
    way, nearest = ways[0]
    yield Phrase(
        say.NO_SEAT_NEAREST, {"count": len(ways), "school": run.name(nearest), "metres": way}
    )
    schools = {run.schools[school]["id"]: run.name(school) for _, school in ways}
    for part in run.certificates[step]["overloads"]:
        if schools.keys() & set(part["schools"]):
            yield _overload(run, part)
    for step, ways in reversed(reached):
        trial = redirects.trial(step, child)
        told = [*_turns(trial, ways, say.CHANGED_PLACED)] if ways and trial is not None else []
        yield from told
        if told:  # nobody loses a place in a later round
            return


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
    known = np.flatnonzero(run.redirecting[step] & (ways >= 0))
    longest = run.steps[step]["max_m"]
    if not len(known) or longest is None:
        yield Phrase(say.OUT_OF_REACH)
        return
    school = int(known[np.argmin(ways[known])])
    told = {"school": run.name(school), "metres": int(ways[school])}
    yield Phrase(say.OUT_OF_REACH_NEAREST, told)
    yield Phrase(say.LONGEST, {"metres": longest})
    left = run.schools[school]["seats_" + run.steps[step]["seats"]] - run.taken[step + 1][school]
    yield Phrase(say.FIRST_BEYOND, {**told, "count": max(left, 0)})


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
    ways = options(run, step, child)
    fits = (ways >= 0) & (shorter_than is None or ways < shorter_than)
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
    group = "" if parts[0]["group"] is None else run.called(parts[0]["group"])
    told = {"metres": metres, "far": run.rules["far_m"], "group": group}
    yield Phrase(say.GAIN[what], told)
