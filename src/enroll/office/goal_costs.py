"""The redirect rounds of a run solved again with another goal, from the run's own files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from enroll.allocate.redirect.families import Family
from enroll.allocate.redirect.problem import Problem
from enroll.allocate.redirect.round import solve_round
from enroll.fairness.goals import GoalCost
from enroll.fairness.outcomes import SMALLEST_SHOWN
from enroll.verify.program import verify
from enroll.verify.rerun import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from enroll.records import Goal, Ints

MOST_WAYS = 20_000_000
"""Children times schools of a round that is solved again; more would take minutes."""

_ANY_WAY = 2**40
"""Longer than any way."""


def goal_costs(folder: Path) -> list[GoalCost]:
    """Return what the goal `farthest` would have cost each round with the goal `total`.

    Each round starts from the places that the run had given before it.

    Parameters
    ----------
    folder
        A run whose rounds the verifier can follow.
    """
    return [_cost(round_) for round_ in redirect_rounds(folder) if round_.rule["goal"] == "total"]


def redirect_rounds(folder: Path) -> Iterator[Any]:
    """Yield every redirect round of a run as the verifier sees it, with the run as it was then."""
    run: Any = verify.Run(folder, OPTIONS)
    for step in ("v3", "v5", "v6"):
        getattr(run, step)()
    names = [rule["id"] for rule in run.steps if rule["rule"] == "redirect"]
    number = {**run.number, "": -1}
    claims = {
        child: dict(zip(names, (number[place] for place in places), strict=True))
        for child, *places in run.table("audit/places.csv", " ".join(["applicant_id", *names]))
    }
    proofs = json.loads(run.read("certificate.json"))["rounds"]
    run.school, run.round, moved = [-1] * len(run.children), [-1] * len(run.children), set[int]()
    for rule in run.steps:
        waiting = [i for i, s in enumerate(run.school) if s < 0 and not run.children[i].out]
        placed = {i: run.children[i].fixed for i in waiting}
        if rule["rule"] == "zone":
            placed = run.zone_round(rule, waiting)
        elif rule["rule"] == "redirect":
            again = moved if rule["seats"] == "limit" else ()
            placed = {i: claims[run.children[i].id][rule["id"]] for i in [*waiting, *again]}
            if placed:
                yield verify.Redirect(run, rule, placed, proofs.pop(0))
            moved |= {i for i, s in placed.items() if s >= 0}
        for i, school in placed.items():
            run.school[i] = school


def solved(round_: Any, goal: Goal) -> tuple[Problem, Ints]:
    """Return a round as the engine takes it, and its places with a goal.

    Parameters
    ----------
    round_
        Of `redirect_rounds`.
    """
    who = round_.who
    ways = np.full((len(who), len(round_.seats)), -1, dtype=np.int64)
    for row, entrant in enumerate(who):
        for way, school in round_.ways(entrant, _ANY_WAY):
            ways[row, school] = way
    held = np.array([entrant.held >= 0 for entrant in who])
    reach = [entrant.reach if entrant.held >= 0 else _ANY_WAY for entrant in who]
    problem = Problem(
        ways=ways,
        reach=np.array(reach, dtype=np.int64),
        group=np.array([entrant.group for entrant in who], dtype=np.int64),
        kept=held,
        standard=np.array([within for within, _ in round_.seats], dtype=np.int64),
        over=np.array([above for _, above in round_.seats], dtype=np.int64),
    )
    limit = round_.rule["seats"] == "limit"
    families = _families(who, problem)
    return problem, solve_round(problem, families, goal=goal, far_m=round_.far_m, limit=limit).place


def _families(who: Sequence[Any], problem: Problem) -> list[Family]:
    """Return bundles, then younger siblings, in the order in which they choose."""
    members: dict[str, list[int]] = {}
    for row, entrant in enumerate(who):
        if entrant.c.bundle:
            members.setdefault(entrant.c.bundle, []).append(row)
    bundles = [
        Family(tuple(rows), _together(problem, rows)) for rows in members.values() if len(rows) > 1
    ]
    return bundles + [
        Family((row,), (entrant.c.sibling,))
        for row, entrant in enumerate(who)
        if entrant.c.sibling >= 0
        and 0 <= problem.ways[row, entrant.c.sibling] <= problem.reach[row]
    ]


def _together(problem: Problem, rows: list[int]) -> tuple[int, ...]:
    """Return the schools with seats that all may have, nearest first."""
    ways = problem.rows(np.array(rows))
    seats = problem.standard + problem.over
    common = np.flatnonzero((ways < problem.never).all(axis=0) & (seats >= len(rows)))
    total = ways[:, common].sum(axis=0, dtype=np.int64)
    return tuple(common[np.lexsort((common, total))].tolist())


def _cost(round_: Any) -> GoalCost:
    name, now = round_.rule["id"], [e.way for e in round_.who if e.place < round_.out]
    if len(now) < SMALLEST_SHOWN or len(round_.who) * round_.out > MOST_WAYS:
        return GoalCost(name)
    problem, place = solved(round_, "farthest")
    rows = np.flatnonzero(place < problem.schools)
    ways = problem.ways[rows, place[rows]]
    return GoalCost(name, int(ways.sum()) - sum(now), max(now), max(now) - int(ways.max()))
