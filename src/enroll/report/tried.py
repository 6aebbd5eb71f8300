"""What a scenario tries, one sentence for each `[[change]]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from enroll.notices import translate
from enroll.notices.kinds import N_
from enroll.scenario.forecasting import FIRST_GRADE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.notices import Language
    from enroll.scenario.changes import (
        AddHomes,
        AddSchool,
        CloseSchool,
        MoveBoundary,
        ScaleDemand,
        SetLimits,
        SetRound,
        SetSchool,
        SetZone,
    )
    from enroll.scenario.schema import Scenario

    Sentence = tuple[str, Mapping[str, object]]
    """A template and what fills it."""


def changes_tried(settings: Scenario, language: Language) -> list[str]:
    """Return what each change of a scenario tries, in the order in which they are stated.

    Parameters
    ----------
    settings
        Their year and stage say how many children of a new estate take part.
    language
        Of every word but names, ids and keys.
    """
    sentences = [_SENTENCES[change.do](change, settings) for change in settings.change]
    return [translate(template, language, fields) for template, fields in sentences]


def _add_school(change: AddSchool, _: Scenario) -> Sentence:
    fields = {"school": change.school_id, "name": change.name, "classes": change.classes}
    return N_("Tried: a new school {school} ({name}) with {classes} entry classes."), fields


def _close_school(change: CloseSchool, _: Scenario) -> Sentence:
    return N_("Tried: school {school} is closed."), {"school": change.school_id}


def _set_school(change: SetSchool, _: Scenario) -> Sentence:
    fields = {"school": change.school_id, "values": _stated(change.columns())}
    return N_("Tried: school {school} has {values}."), fields


def _set_zone(change: SetZone, _: Scenario) -> Sentence:
    fields: dict[str, object] = {"zone": change.zone_id, "schools": change.schools}
    if not change.schools:
        return N_("Tried: zone {zone} has no school."), fields
    return N_("Tried: zone {zone} is served by {schools}."), fields


def _move_boundary(change: MoveBoundary, _: Scenario) -> Sentence:
    name = change.file.path.rpartition("/")[2]
    return N_("Tried: the zones have the boundaries of {file}."), {"file": name}


def _add_homes(change: AddHomes, settings: Scenario) -> Sentence:
    fields = {
        "name": change.name or change.id,
        "dwellings": change.dwellings,
        "children": change.pupils(FIRST_GRADE[settings.stage], settings.year),
        "year": str(settings.year),
    }
    return N_(
        "Tried: an estate {name} of {dwellings} dwellings, with {children} entrants in {year}."
    ), fields


def _scale_demand(change: ScaleDemand, _: Scenario) -> Sentence:
    fields: dict[str, object] = {"factor": f"{change.factor:g}", "zones": change.zones}
    if not change.zones:
        return N_("Tried: {factor} times the children everywhere."), fields
    return N_("Tried: {factor} times the children in the zones {zones}."), fields


def _set_limits(change: SetLimits, _: Scenario) -> Sentence:
    return N_("Tried: the limits have {values}."), {"values": _stated(change.keys())}


def _set_round(change: SetRound, _: Scenario) -> Sentence:
    fields = {"round": change.id, "values": _stated(change.keys())}
    return N_("Tried: round {round} has {values}."), fields


_SENTENCES: dict[str, Any] = {
    "add_school": _add_school,
    "close_school": _close_school,
    "set_school": _set_school,
    "set_zone": _set_zone,
    "move_boundary": _move_boundary,
    "add_homes": _add_homes,
    "scale_demand": _scale_demand,
    "set_limits": _set_limits,
    "set_round": _set_round,
}
"""The sentence of every kind of change."""


def _stated(keys: dict[str, Any]) -> tuple[str, ...]:
    """Return keys with their new values, as they are written in a scenario."""
    return tuple(f"{key} = {_written(value)}" for key, value in keys.items())


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(str, value))}]"
    return str(value)
