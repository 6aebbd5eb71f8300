"""What a change touches, and how it says nothing about the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import Field

from enroll.scenario.forms import about, refuse

if TYPE_CHECKING:
    from enroll.scenario.forms import Settings

ANY = "*"
"""Stands for every id, part or item of what a change touches; no id holds this sign."""

UNCHANGED = "unchanged"
"""The default of a key that gives something a new value."""


class Touch(NamedTuple):
    """One thing that a change touches; two changes may not touch the same.

    Parameters
    ----------
    table, id, part, item
        Such as `zones`, a zone id, `schools` and a school id; `ANY` for all of them.
    """

    table: str
    id: str
    part: str = ANY
    item: str = ANY

    def meets(self, other: Touch) -> bool:
        """Return whether both touch one thing."""
        return all(ANY in (one, two) or one == two for one, two in zip(self, other, strict=True))

    def named(self, other: Touch) -> str:
        """Return what both touch as a dotted key, such as `schools.S1.classes`."""
        pairs = zip(self[:3], other[:3], strict=True)
        parts = (two if one == ANY else one for one, two in pairs)
        return ".".join(part for part in parts if part != ANY)


def stated(change: Settings, *but: str) -> dict[str, Any]:
    """Return what a change states, without the keys that only name what it is about."""
    keys = {key: getattr(change, key) for key in type(change).model_fields}
    return {
        key: value for key, value in keys.items() if value is not None and key not in ("do", *but)
    }


def refuse_nothing(keys: dict[str, Any]) -> None:
    """Refuse a change that changes nothing."""
    if not keys:
        raise refuse("CHANGE_EMPTY")


def id_of(what: str) -> Any:
    """Return the field of a school's or zone's id."""
    form = about(form="1 to 64 letters of any script, digits, `.`, `_` or `-`")
    return Field(description=what, json_schema_extra=form)
