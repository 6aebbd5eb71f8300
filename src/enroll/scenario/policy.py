"""The policy part of a scenario: conditions, priority groups and rounds."""

from __future__ import annotations

import math
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from enroll.scenario.forms import Label, Many, Name, Settings, about, refuse

Rule = Literal["fixed", "zone", "redirect"]
OrderKey = Literal["group", "sibling", "distance", "points", "since", "lottery"]
Goal = Literal["total", "farthest", "fewest_far"]
PlacedReason = Literal["disabled", "policy_care", "feeder", "sibling", "court", "override"]
Sector = Literal["public", "private"]
SchoolKind = Literal["full", "village", "nine-year", "boarding"]

FIXED = "fixed"
"""Rule and reserved id of the round that comes before every other (design R9)."""

_LARGEST_FACT = 10**12
_Number = Annotated[int, Field(ge=-_LARGEST_FACT, le=_LARGEST_FACT)]
_ORDER: tuple[OrderKey, ...] = ("group", "sibling", "distance")
_PUBLIC: tuple[Sector, ...] = ("public",)
_DAY_SCHOOLS: tuple[SchoolKind, ...] = ("full", "village", "nine-year")

_READ_BY: dict[str, tuple[Rule, ...]] = {
    "seats": ("zone", "redirect"),
    "order": ("zone",),
    "last_seat": ("zone",),
    "max_m": ("redirect",),
    "goal": ("redirect",),
    "sectors": ("redirect",),
    "kinds": ("redirect",),
}
"""Keys of a round to the rules that read them."""


class Condition(Settings):
    """What one fact must be: one of some values, between bounds, or both.

    A single value or a list of values stands for `values`.
    """

    values: Many[str] = Field(
        default=(),
        description="The fact is one of these, after the office's words were translated by "
        "`[values]`.",
        json_schema_extra=about(default="any value"),
    )
    min: _Number | date | None = Field(
        default=None,
        description="The fact is at least this number, or this day or a later one.",
        json_schema_extra=about(form="whole number or date", default="no bound"),
    )
    max: _Number | date | None = Field(
        default=None,
        description="The fact is at most this number, or this day or an earlier one.",
        json_schema_extra=about(form="whole number or date", default="no bound"),
    )
    before: date | None = Field(
        default=None,
        description="The fact is a day earlier than this one.",
        json_schema_extra=about(default="no bound"),
    )
    after: date | None = Field(
        default=None,
        description="The fact is a day later than this one.",
        json_schema_extra=about(default="no bound"),
    )

    @model_validator(mode="before")
    @classmethod
    def _from_values(cls, value: object) -> object:
        if isinstance(value, dict | Condition):
            return value
        items = value if isinstance(value, list | tuple) else [value]
        return {"values": tuple(fact_text(item) for item in items)}

    @model_validator(mode="after")
    def _can_hold(self) -> Condition:
        bounds = [self.min, self.max, self.before, self.after]
        kinds = {type(bound) for bound in bounds if bound is not None}
        if not (self.values or kinds):
            raise refuse("CONDITION_EMPTY")
        if len(kinds) > 1:
            raise refuse("CONDITION_MIXED")
        if _lowest(self) > _highest(self):
            raise refuse("CONDITION_NEVER")
        return self


class Group(Settings):
    """One entry of the policy, best first; several entries with one id mean "or"."""

    id: Name = Field(
        description="Id of the priority group.",
        json_schema_extra=about(form="1 to 64 letters, digits, `.`, `_` or `-`"),
    )
    name: Label = Field(
        default="",
        description="The group's name in words.",
        json_schema_extra=about(default="none"),
    )
    when: dict[str, Condition] | None = Field(
        default=None,
        description="Facts (columns of the applicants) and what they must be; all must hold, "
        "and `{}` takes everybody who is left. Without it the entry takes the children whose "
        "`group` column holds its id. Whom no entry takes comes last, in a group `other`.",
        json_schema_extra=about(
            form="table: column = value, list of values, or `{min=, max=, before=, after=}`",
            default="the applicants' `group` column",
        ),
    )


class Round(Settings):
    """One step of the allocation, in the order of the file."""

    id: Name = Field(
        description="Id of the round; `fixed` is kept for the rule of that name.",
        json_schema_extra=about(form="1 to 64 letters, digits, `.`, `_` or `-`"),
    )
    rule: Rule = Field(
        description="`fixed`: the places named in the applicants' file, always the first round "
        "and added where it is left out; `zone`: the schools of the child's zone, by `order`; "
        "`redirect`: the nearest schools that still have seats, for everybody still without "
        "a place."
    )
    seats: Literal["standard", "limit"] = Field(
        default="standard",
        description="Class size to which this round may fill: `class_standard` or "
        "`class_limit`. For `zone` and `redirect`.",
        json_schema_extra=about(source="classes grow past their standard only where a round says"),
    )
    order: Many[OrderKey] = Field(
        default=_ORDER,
        description="Keys by which a school ranks applicants, the first counts most; the "
        "lottery is always the last, named or not. For `zone`.",
        json_schema_extra=about(source="the policy first, then families together, then near home"),
    )
    max_m: int | None = Field(
        default=None,
        ge=1,
        le=1_000_000,
        description="Longest way that this round may give. For `redirect`.",
        json_schema_extra=about(unit="metres", default="no bound"),
    )
    goal: Literal["total", "farthest", "fewest_far"] = Field(
        default="total",
        description="What the round makes smallest once most children have a place: the sum of "
        "all ways, the longest way, or the number of ways beyond `far_m`. For `redirect`.",
        json_schema_extra=about(source="a choice: reports show all three side by side"),
    )
    last_seat: Literal["exceed", "skip"] = Field(
        default="exceed",
        description="Whether children placed together may take a school past its standard "
        "seats, within the limit, or are passed over and listed. For `zone`.",
        json_schema_extra=about(source="a place drawn by one twin is a place for both"),
    )
    sectors: Many[Sector] = Field(
        default=_PUBLIC,
        description="Sectors of the schools that may be used. For `redirect`.",
        json_schema_extra=about(source="a private school is used only where it is named"),
    )
    kinds: Many[SchoolKind] = Field(
        default=_DAY_SCHOOLS,
        description="Kinds of school that may be used. For `redirect`.",
        json_schema_extra=about(source="a boarding school is used only where it is named"),
    )

    @field_validator("order", mode="after")
    @classmethod
    def _order_ends_with_the_lottery(cls, order: tuple[OrderKey, ...]) -> tuple[OrderKey, ...]:
        if len(set(order)) < len(order):
            raise refuse("ROUND_ORDER_REPEATS")
        if "lottery" in order[:-1]:
            raise refuse("ROUND_LOTTERY_NOT_LAST")
        return order

    @model_validator(mode="after")
    def _every_key_is_read(self) -> Round:
        """Refuse what would have no effect: the office would believe that it holds."""
        fields = type(self).model_fields
        for key, rules in _READ_BY.items():
            if self.rule not in rules and getattr(self, key) != fields[key].default:
                raise refuse("ROUND_KEY_UNUSED", key=key, rule=self.rule)
        return self

    @model_validator(mode="after")
    def _fixed_by_name_and_rule(self) -> Round:
        if self.id == FIXED and self.rule != FIXED:
            raise refuse("ROUND_ID_RESERVED", id=FIXED)
        return self


def fact_text(item: object) -> str:
    """Return a TOML value as the text that a fact is compared with."""
    if type(item) is int and abs(item) <= _LARGEST_FACT:
        return str(item)
    if type(item) is date:
        return item.isoformat()
    if not isinstance(item, str):
        raise refuse("SETTING_NEEDS_CONDITION")
    return item


def _lowest(condition: Condition) -> float:
    """Return the least number, or the ordinal of the first day, that is admitted."""
    return max(_as_number(condition.min, -math.inf), _as_number(condition.after, -math.inf) + 1)


def _highest(condition: Condition) -> float:
    """Return the greatest number, or the ordinal of the last day, that is admitted."""
    return min(_as_number(condition.max, math.inf), _as_number(condition.before, math.inf) - 1)


def _as_number(bound: int | date | None, missing: float) -> float:
    if isinstance(bound, date):
        return bound.toordinal()
    return missing if bound is None else bound
