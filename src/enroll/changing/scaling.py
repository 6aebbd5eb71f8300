"""More or fewer children of a zone: copies of some of them, or some of them left out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from enroll.changing.chance import order_of_names, seed_of
from enroll.changing.frames import text_column, with_children
from enroll.geo import find_zones
from enroll.records import MADE, NONE
from enroll.scenario.changes import ScaleDemand

if TYPE_CHECKING:
    from enroll.changing.trial import Trial
    from enroll.records import Ints

_HALF = Fraction(1, 2)
_OF_NO_ZONE = "-"


def scale_demand(trial: Trial) -> None:
    """Repeat children of zones, or leave some out, by the seed of the lottery.

    A zone of n children has n times the factor afterwards, halves up. Its children come in an
    order that the seed and their ids alone decide. The first in it are left out, or copied once
    more than the others: so with a smaller factor those left out stay out, and with a larger one
    those copied stay copied.
    """
    factors = _factors(trial)
    if not factors:
        return
    zone = find_zones(trial.inputs, trial.settings)
    if zone is None:
        return
    ids = trial.inputs.applicants.applicant_id
    times = np.ones(len(ids), dtype=np.int64)
    effective: set[int] = set()
    for index, (number, factor) in factors.items():
        members = np.flatnonzero(zone == index)
        times[members] = _times(trial, ids[members].tolist(), factor)
        before, after = len(members), int(times[members].sum())
        if before != after:
            effective.add(number)
            name = _OF_NO_ZONE if index == NONE else str(trial.inputs.zones.zone_id[index])
            trial.record(f"demand.{name}.children", before, after)
    for number in sorted({number for number, _ in factors.values()} - effective):
        trial.wrong("CHANGE_WITHOUT_EFFECT", number, "factor", year=trial.settings.year)
    at = np.repeat(np.arange(len(ids)), times)
    copy = np.arange(len(at)) - np.repeat(np.cumsum(times) - times, times)
    names = [
        name if number == 0 else f"{name}{MADE}{number + 1}"
        for name, number in zip(ids[at].tolist(), copy.tolist(), strict=True)
    ]
    trial.inputs = with_children(trial.inputs, at, text_column(names))


def _factors(trial: Trial) -> dict[int, tuple[int, Fraction]]:
    """Return the change and the factor of every zone that is scaled; -1 is no zone."""
    found: dict[int, tuple[int, Fraction]] = {}
    zones = trial.inputs.zones.zone_id.tolist()
    for number, change in trial.of_kind(ScaleDemand):
        factor = Fraction(str(change.factor))
        known = [zone for zone in change.zones if trial.knows_zone(number, "zones", zone)]
        indices = [zones.index(zone) for zone in known]
        for index in indices if change.zones else range(NONE, len(zones)):
            found[index] = (number, factor)
    return found


def _times(trial: Trial, names: list[str], factor: Fraction) -> Ints:
    """Return how often each of some children takes part."""
    wanted = int(len(names) * factor + _HALF)
    whole = wanted // len(names) if names else 0
    order = order_of_names(seed_of(trial.settings), "scale", names)
    times = np.full(len(names), whole, dtype=np.int64)
    more = wanted - whole * len(names)
    # Who is first is left out first and copied first; so the last of the order stay longest.
    chosen = order[len(names) - more :] if whole == 0 else order[:more]
    times[chosen] += 1
    return times
