"""All changes in their turn, and the record of what they did."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enroll.changing.estates import add_homes
from enroll.changing.recording import recorded
from enroll.changing.scaling import scale_demand
from enroll.changing.schools import add_schools, close_schools, set_schools
from enroll.changing.trial import Trial
from enroll.changing.zones import move_boundaries, set_zones

if TYPE_CHECKING:
    from enroll.scenario import LoadedScenario
    from enroll.tables import Reading

_STEPS = (
    add_schools,
    close_schools,
    set_schools,
    move_boundaries,
    set_zones,
    scale_demand,
    add_homes,
)
"""In this order whatever the order of the entries; each needs what those before it made."""


def tried(scenario: LoadedScenario, reading: Reading) -> Reading:
    """Return what was read with all changes tried on it; see `enroll.changing.try_changes`."""
    trial = Trial.of(scenario, reading)
    for step in _STEPS:
        step(trial)
    _some_class_is_left(trial, reading)
    changed = recorded(reading.inputs, trial.inputs, trial.changes)
    return replace(
        reading,
        inputs=replace(trial.inputs, changed=changed),
        problems=[*reading.problems, *trial.problems],
    )


def _some_class_is_left(trial: Trial, reading: Reading) -> None:
    before, after = reading.inputs.schools.classes, trial.inputs.schools.classes
    if before.any() and not after.any():
        trial.wrong("CHANGE_NO_CLASSES", len(trial.settings.change) - 1)
