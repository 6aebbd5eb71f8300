"""Redirect rounds: allowed, optimal and proved (rules R7 and R8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.verify.case import NONE
from enroll.verify.entrants import find_entrants
from enroll.verify.proofs import Bounding, Proving, System
from enroll.verify.reached import Reached, Shortage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.verify.case import Case, Flags, Level, Proof
    from enroll.verify.entrants import Entrants
    from enroll.verify.steps import Step

COUNTED = ("kept", "placed")
"""Levels that count places."""


def redirect_breaches(case: Case, step: Step, in_reach: Flags) -> Iterator[str]:
    """Yield where a redirect round is not allowed, not optimal or not proved.

    Parameters
    ----------
    in_reach
        (n,) children who had some school to go to; this round's are added.
    """
    claimed = [proof for proof in case.result.proofs if proof.round_id == step.rule.id]
    proof = claimed[0] if len(claimed) == 1 else None
    entrants = find_entrants(case, step, proof)
    if len(claimed) != int(len(entrants.child) > 0):
        yield f"R7: round {step.rule.id} has {len(claimed)} certificates."
    reached = Reached(entrants, case.far_m)
    if proof is None:
        _look(entrants, [reached])
    else:
        yield from _families(entrants, proof)
        yield from _proof_breaches(entrants, proof, reached)
    yield from reached.forbidden()
    in_reach[entrants.child] |= reached.in_reach


def _look(entrants: Entrants, checks: list[Reached | Shortage | Proving | Bounding]) -> None:
    for block in entrants.blocks():
        for check in checks:
            check.look(block)


def _proof_breaches(entrants: Entrants, proof: Proof, reached: Reached) -> Iterator[str]:
    shortage = Shortage(entrants, proof.overloads)
    form = list(_form(entrants, proof))
    if form:
        _look(entrants, [reached])
        yield from form
        return
    systems, bounds = _systems(entrants, proof)
    proving = [Proving(system, entrants) for system in systems]
    bounding = [(Bounding(system, entrants), level) for system, level in bounds]
    _look(entrants, [reached, shortage, *proving, *(check for check, _ in bounding)])
    yield from _values(entrants, proof, reached)
    for check in proving:
        yield from check.breaches(reached)
    for bound, level in bounding:
        yield from bound.breaches(reached, level)
    yield from shortage.breaches()


def _families(entrants: Entrants, proof: Proof) -> Iterator[str]:
    """Yield families that are none, are listed twice or do not sit where they are said to."""
    case, rule = entrants.case, entrants.step.rule.id
    place = dict(zip(entrants.child.tolist(), entrants.place.tolist(), strict=True))
    bundle = case.children.bundle[entrants.child]
    bundles = {
        tuple(sorted(entrants.child[bundle == number].tolist()))
        for number in np.unique(bundle[bundle != NONE]).tolist()
    }
    bundles = {members for members in bundles if len(members) > 1}
    listed = [family.applicants for family in proof.families if family.kind == "bundle"]
    if sorted(listed) != sorted(bundles):
        yield f"R8: the bundles listed by round {rule} are not those that took part."
    seated: set[int] = set()
    for family in proof.families:
        is_right = family.kind == "bundle" or (
            len(family.applicants) == 1
            and int(case.children.sibling_school[family.applicants[0]]) == family.school
        )
        together = all(place.get(child) == family.school for child in family.applicants)
        if not is_right or (
            family.school != NONE and (not together or seated & {*family.applicants})
        ):
            name = case.children.name(family.applicants[0])
            yield f"R8: the family of {name} does not sit where round {rule} says it does."
        seated |= {*family.applicants} if family.school != NONE else set()


def _form(entrants: Entrants, proof: Proof) -> Iterator[str]:
    """Yield if the levels are not those of the rule, or their prices no table of the schools."""
    rule = entrants.step.rule
    left = ~entrants.seated
    levels = [(level.what, level.group) for level in proof.levels]
    if levels != _expected(entrants, left):
        yield f"R7: the levels of round {rule.id} are not those of its goal."
    counted = [(level.what, level.group) for level in proof.counted]
    everybody = _expected(entrants, np.ones_like(left))
    needed = [each for each in everybody if each[0] in COUNTED] if entrants.seated.any() else []
    if counted != needed:
        yield f"R8: round {rule.id} does not prove that families cost nobody a place."
    shapes = [level.prices.shape for level in (*proof.counted, *proof.levels)]
    if shapes != [*[(entrants.schools,)] * len(counted), *_shapes(entrants, proof)]:
        yield f"R7: the prices of round {rule.id} are not one for each school and level."


def _expected(entrants: Entrants, chosen: Flags) -> list[tuple[str, int]]:
    groups = np.unique(entrants.group[chosen]).tolist()
    rule = entrants.step.rule
    first = {"total": [], "farthest": ["farthest"], "fewest_far": ["far"]}[rule.goal]
    return [
        *([("kept", NONE)] if (entrants.held[chosen] != NONE).any() else []),
        *(("placed", group) for group in groups),
        *([("over", NONE)] if rule.seats == "limit" else []),
        *((what, group) for group in groups for what in (*first, "ways")),
    ]


def _shapes(entrants: Entrants, proof: Proof) -> list[tuple[int, ...]]:
    """Return the shape that each level's prices must have."""
    shapes: list[tuple[int, ...]] = []
    solved, restated = 0, False
    for level in proof.levels:
        if level.what == "farthest":
            restated = True
            # As many levels as the proof needs; none where nobody of the group is placed.
            rows = level.prices.shape[0] if level.prices.ndim == 2 else 0
            shapes.append((min(rows, solved), entrants.schools))
            continue
        solved += 1
        shapes.append((solved, entrants.schools) if restated else (entrants.schools,))
    return shapes


def _systems(entrants: Entrants, proof: Proof) -> tuple[list[System], list[tuple[System, Level]]]:
    """Return the systems of prices to be proved, and the tables that prove longest ways."""
    far_m, nothing = entrants.case.far_m, np.zeros((0, entrants.schools), dtype=np.int64)
    systems: list[System] = []
    bounds: list[tuple[System, Level]] = []
    solved: tuple[Level, ...] = ()
    longest: dict[int, int] = {}
    prices = nothing
    for level in proof.levels:
        if level.what != "farthest":
            solved = (*solved, level)
            restated = level.prices.ndim == 2
            prices = level.prices if restated else np.vstack([prices, level.prices])
            if restated:
                systems.append(System(solved, prices, far_m, dict(longest)))
            continue
        if not systems:
            systems.append(System(solved, prices, far_m))
        if len(level.prices):
            shorter = {**longest, level.group: level.value - 1}
            table = System(solved[: len(level.prices)], level.prices, far_m, shorter)
            bounds.append((table, level))
            longest[level.group] = level.value
    if not systems:
        systems.append(System(solved, prices, far_m))
    if proof.counted:
        first = np.stack([level.prices for level in proof.counted])
        systems.append(System(proof.counted, first, far_m, whole=True))
    return systems, bounds


def _values(entrants: Entrants, proof: Proof, reached: Reached) -> Iterator[str]:
    for level in proof.counted:
        if level.value != _counted(entrants, level):
            yield f"R8: round {entrants.step.rule.id} counts other places than were given."
    for level in proof.levels:
        right = reached.value(level)
        if level.value != right:
            yield (
                f"R7: level {level.what} of round {entrants.step.rule.id} is said to be"
                f" {level.value} and is {right}."
            )
        if level.what == "farthest" and not len(level.prices) and right:
            yield f"R7: round {entrants.step.rule.id} does not prove its longest way."


def _counted(entrants: Entrants, level: Level) -> int:
    """Return the places at a level that counts them, families included."""
    counts = entrants.held != NONE if level.what == "kept" else entrants.group == level.group
    return int((counts & (entrants.place < entrants.schools)).sum())
