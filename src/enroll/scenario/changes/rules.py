"""Changes to limits and rounds."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from enroll.scenario.changes.touching import UNCHANGED, Touch, refuse_nothing, stated
from enroll.scenario.forms import Many, Name, Settings, about
from enroll.scenario.policy import (  # noqa: TC001 - read by pydantic
    Goal,
    OrderKey,
    SchoolKind,
    Sector,
)


class SetLimits(Settings):
    """Other limits; a school's own columns still take precedence."""

    do: Literal["set_limits"] = Field(description="The kind of change.")
    class_standard: int | None = Field(
        default=None,
        ge=1,
        le=200,
        description="As in `[limits]`.",
        json_schema_extra=about(unit="pupils", default=UNCHANGED),
    )
    class_limit: int | None = Field(
        default=None,
        ge=1,
        le=200,
        description="As in `[limits]`.",
        json_schema_extra=about(unit="pupils", default=UNCHANGED),
    )
    school_limit: int | None = Field(
        default=None,
        ge=1,
        le=100_000,
        description="As in `[limits]`.",
        json_schema_extra=about(unit="pupils", default=UNCHANGED),
    )
    far_m: int | None = Field(
        default=None,
        ge=1,
        le=1_000_000,
        description="As in `[limits]`.",
        json_schema_extra=about(unit="metres", default=UNCHANGED),
    )

    @model_validator(mode="after")
    def _says_something(self) -> SetLimits:
        refuse_nothing(self.keys())
        return self

    def keys(self) -> dict[str, Any]:
        """Return the keys of `[limits]` that are stated."""
        return stated(self)

    def touches(self) -> tuple[Touch, ...]:
        """Return the limits."""
        return tuple(Touch("limits", key) for key in self.keys())


class SetRound(Settings):
    """Other keys of a round; keys left out stay as they are."""

    do: Literal["set_round"] = Field(description="The kind of change.")
    id: Name = Field(
        description="Id of the round, one of the default rounds among them.",
        json_schema_extra=about(form="id of a `[[round]]`"),
    )
    seats: Literal["standard", "limit"] | None = Field(
        default=None,
        description="As in `[[round]]`.",
        json_schema_extra=about(default=UNCHANGED),
    )
    order: Many[OrderKey] | None = Field(
        default=None,
        description="As in `[[round]]`.",
        json_schema_extra=about(default=UNCHANGED),
    )
    max_m: int | None = Field(
        default=None,
        ge=1,
        le=1_000_000,
        description="As in `[[round]]`.",
        json_schema_extra=about(unit="metres", default=UNCHANGED),
    )
    goal: Goal | None = Field(
        default=None,
        description="As in `[[round]]`.",
        json_schema_extra=about(default=UNCHANGED),
    )
    last_seat: Literal["exceed", "skip"] | None = Field(
        default=None,
        description="As in `[[round]]`.",
        json_schema_extra=about(default=UNCHANGED),
    )
    sectors: Many[Sector] | None = Field(
        default=None,
        description="As in `[[round]]`.",
        json_schema_extra=about(default=UNCHANGED),
    )
    kinds: Many[SchoolKind] | None = Field(
        default=None,
        description="As in `[[round]]`.",
        json_schema_extra=about(default=UNCHANGED),
    )

    @model_validator(mode="after")
    def _says_something(self) -> SetRound:
        refuse_nothing(self.keys())
        return self

    def keys(self) -> dict[str, Any]:
        """Return the keys of the round that are stated."""
        return stated(self, "id")

    def touches(self) -> tuple[Touch, ...]:
        """Return the keys."""
        return tuple(Touch("round", self.id, key) for key in self.keys())
