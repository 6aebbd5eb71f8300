"""The changes that a scenario can try: `[[change]]`, one class for each kind.

A class says what a change names and what it touches. What it does to limits and rounds is in
`scenario/trying.py`; what it does to the tables that were read, in the room `changing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from enroll.scenario.changes.homes import AddHomes, ScaleDemand
from enroll.scenario.changes.places import (
    AddSchool,
    CloseSchool,
    MoveBoundary,
    SetSchool,
    SetZone,
)
from enroll.scenario.changes.rules import SetLimits, SetRound
from enroll.scenario.changes.touching import ANY, Touch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enroll.scenario.forms import Settings

__all__ = [
    "ANY",
    "KINDS",
    "AddHomes",
    "AddSchool",
    "Changing",
    "CloseSchool",
    "MoveBoundary",
    "ScaleDemand",
    "SetLimits",
    "SetRound",
    "SetSchool",
    "SetZone",
    "Touch",
    "clashes",
]

Changing = Annotated[
    AddSchool
    | CloseSchool
    | SetSchool
    | SetZone
    | MoveBoundary
    | AddHomes
    | ScaleDemand
    | SetLimits
    | SetRound,
    Field(discriminator="do"),
]
"""One entry of `[[change]]`; `do` says which kind it is."""

KINDS: dict[str, type[Settings]] = {
    "add_school": AddSchool,
    "close_school": CloseSchool,
    "set_school": SetSchool,
    "set_zone": SetZone,
    "move_boundary": MoveBoundary,
    "add_homes": AddHomes,
    "scale_demand": ScaleDemand,
    "set_limits": SetLimits,
    "set_round": SetRound,
}
"""The kinds by the word that `do` holds for them."""


def clashes(changes: Sequence[Changing]) -> Iterator[tuple[int, int, str]]:
    """Yield every pair of changes that touch the same thing, and that thing.

    Yields
    ------
    tuple
        Positions of the earlier and the later change, and a dotted key.
    """
    touched = [change.touches() for change in changes]
    for later, change in enumerate(changes):
        for earlier in range(later):
            both = (changes[earlier], change)
            thing = _common(touched[earlier], touched[later]) or _closed(*both)
            if thing:
                yield earlier, later, thing


def _common(some: Sequence[Touch], others: Sequence[Touch]) -> str:
    met = (one.named(two) for one in some for two in others if one.meets(two))
    return next(met, "")


def _closed(one: Changing, other: Changing) -> str:
    """Return the school that one of two changes closes and the other counts on, or ""."""
    for closing, serving in ((one, other), (other, one)):
        if isinstance(closing, CloseSchool) and isinstance(serving, SetZone):
            return f"schools.{closing.school_id}" if closing.school_id in serving.schools else ""
    return ""
