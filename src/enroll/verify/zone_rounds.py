"""Zone rounds: nobody refused ranks above anybody admitted (rules R6 and R8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.verify.case import NONE
from enroll.verify.replay import replay
from enroll.verify.steps import tell
from enroll.verify.wishes import find_wishes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.verify.case import Case, Cutoff, Flags, Ints
    from enroll.verify.steps import Step
    from enroll.verify.wishes import Wishes

_NOBODY = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Outcome:
    """What a zone round did with the wishes.

    Parameters
    ----------
    admitted, refused
        (w,) wishes that came true; wishes that their unit prefers to what it got, without
        those of bundles that were passed over.
    worst
        (m,) the admitted wish that ranks last at each school, -1 for none.
    filled
        (m,) children admitted.
    seats, limit
        (m,) a unit may come while fewer than `seats` are taken, up to `limit`.
    """

    admitted: Flags
    refused: Flags
    worst: Ints
    filled: Ints
    seats: Ints
    limit: Ints


def zone_breaches(case: Case, step: Step) -> Iterator[str]:
    """Yield where the places of a zone round do not follow from the ranking."""
    wishes = find_wishes(case, step)
    yield from _strangers(case, step, wishes)
    yield from _passed_over(case, step, wishes)
    outcome = _outcome(case, step, wishes)
    yield from _envy(case, step, wishes, outcome)
    yield from _last_seats(case, step, wishes, outcome)
    yield from _cutoffs(case, step, wishes, outcome)
    if step.rule.last_seat != "skip":
        yield from _other_places(case, step, wishes, outcome)


def _strangers(case: Case, step: Step, wishes: Wishes) -> Iterator[str]:
    """Yield who got a school it could not ask for, and bundles that were split."""
    name, rule = case.children.name, step.rule.id
    right = np.zeros(len(step.after), dtype=bool)
    kept = wishes.unit[wishes.school == step.after[wishes.unit]]
    right[kept] = True
    for unit, children in wishes.members.items():
        together = len({int(step.after[child]) for child in children}) == 1
        right[children] = right[unit] and together
        if not together:
            yield f"R8: round {rule} splits the family of {name(unit)}."
    yield from tell(
        np.flatnonzero((step.after != step.before) & ~right),
        lambda child: f"R6: round {rule} gives {name(child)} a school it could not ask for.",
    )


def _passed_over(case: Case, step: Step, wishes: Wishes) -> Iterator[str]:
    """Yield bundles listed as passed over that did not ask there, or not in such a round."""
    for school, bundle in sorted(_listed(case, step)):
        here = (wishes.school == school) & (wishes.size > 1)
        asked = case.children.bundle[wishes.unit[here]] == bundle
        if step.rule.last_seat != "skip" or not asked.any():
            yield (
                f"R8: round {step.rule.id} lists a bundle as passed over at"
                f" {case.schools.name(school)} where it could not be."
            )


def _listed(case: Case, step: Step) -> set[tuple[int, int]]:
    return {
        (school, bundle)
        for round_id, school, bundle in case.result.passed_over
        if round_id == step.rule.id and 0 <= school < len(case.schools.classes)
    }


def _outcome(case: Case, step: Step, wishes: Wishes) -> Outcome:
    schools = len(case.schools.classes)
    admitted = wishes.school == step.after[wishes.unit]
    position = np.arange(len(admitted))
    first = np.flatnonzero(np.diff(wishes.unit, prepend=-1))
    count = np.diff(np.append(first, len(admitted)))
    got = np.minimum.reduceat(np.where(admitted, position, _NOBODY), first) if len(first) else first
    refused = position < np.repeat(got, count)
    listed = _listed(case, step)
    for wish in np.flatnonzero(refused & (wishes.size > 1)).tolist() if listed else ():
        bundle = int(case.children.bundle[wishes.unit[wish]])
        refused[wish] = (int(wishes.school[wish]), bundle) not in listed
    worst = np.full(schools, NONE, dtype=np.int64)
    chosen = np.flatnonzero(admitted)
    chosen = chosen[np.argsort(wishes.rank[chosen])]
    worst[wishes.school[chosen]] = chosen
    filled = np.zeros(schools, dtype=np.int64)
    np.add.at(filled, wishes.school[chosen], wishes.size[chosen])
    seats = step.open_seats(case, step.rule.seats)
    limit = seats if step.rule.last_seat == "skip" else step.open_seats(case, "limit")
    return Outcome(admitted, refused, worst, filled, seats, limit)


def _envy(case: Case, step: Step, wishes: Wishes, outcome: Outcome) -> Iterator[str]:
    name, school_name = case.children.name, case.schools.name
    last = np.append(wishes.rank, NONE)[outcome.worst]
    passed = outcome.refused & (wishes.rank < last[wishes.school])
    yield from tell(
        np.flatnonzero(passed),
        lambda wish: (
            f"R6: round {step.rule.id} refuses {name(int(wishes.unit[wish]))} at"
            f" {school_name(int(wishes.school[wish]))} and admits"
            f" {name(int(wishes.unit[outcome.worst[wishes.school[wish]]]))}, who ranks below."
        ),
    )


def _last_seats(case: Case, step: Step, wishes: Wishes, outcome: Outcome) -> Iterator[str]:
    """Yield schools whose last unit did not fit, or which refused one that did."""
    name, rule = case.schools.name, step.rule.id
    last = np.append(wishes.size, 0)[outcome.worst]
    too_many = (outcome.filled - last >= outcome.seats) | (outcome.filled > outcome.limit)
    yield from tell(
        np.flatnonzero(too_many & (outcome.filled > 0)),
        lambda school: f"R8: round {rule} admits more at {name(school)} than its seats allow.",
    )
    if step.rule.last_seat == "skip":
        return
    first = _best_refused(wishes, outcome)
    size = np.append(wishes.size, 0)[first]
    room = (outcome.filled < outcome.seats) & (outcome.filled + size <= outcome.limit)
    yield from tell(
        np.flatnonzero((first != NONE) & room),
        lambda school: (
            f"R6: round {rule} refuses {case.children.name(int(wishes.unit[first[school]]))}"
            f" at {name(school)}, which has a seat."
        ),
    )


def _best_refused(wishes: Wishes, outcome: Outcome) -> Ints:
    """Return (m,) the refused wish that ranks first at each school, -1 for none."""
    first = np.full(len(outcome.seats), NONE, dtype=np.int64)
    refused = np.flatnonzero(outcome.refused)
    refused = refused[np.argsort(-wishes.rank[refused])]
    first[wishes.school[refused]] = refused
    return first


def _cutoffs(case: Case, step: Step, wishes: Wishes, outcome: Outcome) -> Iterator[str]:
    """Yield cutoffs that are missing, superfluous or wrong."""
    name, rule = case.schools.name, step.rule.id
    claimed = [cutoff for cutoff in case.result.cutoffs if cutoff.round_id == rule]
    refusing = set(wishes.school[outcome.refused].tolist())
    stated = [cutoff.school for cutoff in claimed]
    if stated != sorted(refusing):
        yield f"R6: the cutoffs of round {rule} are not those of the schools that refused."
    for cutoff in claimed:
        if cutoff.school in refusing and not _is_right(cutoff.school, cutoff, wishes, outcome):
            yield f"R6: the cutoff of {name(cutoff.school)} in round {rule} is wrong."


def _is_right(school: int, cutoff: Cutoff, wishes: Wishes, outcome: Outcome) -> bool:
    worst = int(outcome.worst[school])
    key = tuple(wishes.key[worst].tolist()) if worst >= 0 else ()
    right = (int(outcome.seats[school]), int(outcome.filled[school]), key)
    return (cutoff.offered, cutoff.filled, tuple(cutoff.key)) == right


def _other_places(case: Case, step: Step, wishes: Wishes, outcome: Outcome) -> Iterator[str]:
    """Yield who would have another school had everybody asked in the order of its wishes."""
    admitted = np.zeros(len(wishes.unit), dtype=bool)
    admitted[replay(wishes, outcome.seats, outcome.limit)] = True
    differing = np.flatnonzero(admitted & ~outcome.admitted)
    yield from tell(
        differing,
        lambda wish: (
            f"R6: in round {step.rule.id} {case.children.name(int(wishes.unit[wish]))} is due"
            f" a place at {case.schools.name(int(wishes.school[wish]))}."
        ),
    )
    lost = np.flatnonzero(
        outcome.admitted & ~admitted & ~np.isin(wishes.unit, wishes.unit[differing])
    )
    yield from tell(
        lost,
        lambda wish: (
            f"R6: in round {step.rule.id} {case.children.name(int(wishes.unit[wish]))} is due"
            " no place."
        ),
    )
