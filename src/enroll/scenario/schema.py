"""The settings of one scenario: frozen, strict, every key documented.

Every key has a description, its unit, its default and where the default comes from;
`docs/reference/scenario.md` is generated from them. The types refuse what a rule could not
use; the classes read nothing and know no file.
"""

from __future__ import annotations

from collections import Counter
from datetime import date  # noqa: TC003 - pydantic reads the annotations
from typing import Literal

from pydantic import Field, field_validator, model_validator

from enroll.scenario.changes import AddHomes, Changing, ScaleDemand
from enroll.scenario.files import Coordinates, Files
from enroll.scenario.forecasting import Forecasting
from enroll.scenario.forms import (
    FileRef,
    Many,
    PathText,
    Seed,
    Settings,
    TableName,
    Text,
    about,
    refuse,
)
from enroll.scenario.policy import FIXED, Condition, Group, PlacedReason, Round
from enroll.scenario.publishing import Publication

__all__ = [
    "Age",
    "Condition",
    "Coordinates",
    "FileRef",
    "Files",
    "Group",
    "Limits",
    "Lottery",
    "Planning",
    "Publication",
    "Round",
    "Scenario",
    "Settings",
    "TravelSettings",
]


class Limits(Settings):
    """Class and school sizes; a school's own columns take precedence."""

    class_standard: int = Field(
        default=45,
        ge=1,
        le=200,
        description="The size an entry class should have.",
        json_schema_extra=about(
            unit="pupils", default="45 primary, 50 junior", source="GB 50099-2011, 3.0.1"
        ),
    )
    class_limit: int = Field(
        default=55,
        ge=1,
        le=200,
        description="The size an entry class must never pass; not below `class_standard`.",
        json_schema_extra=about(
            unit="pupils", source="a class of 56 counts as oversized (国发〔2016〕40号)"
        ),
    )
    school_limit: int = Field(
        default=2000,
        ge=1,
        le=100_000,
        description="The size of a school, all grades together; 2,500 is usual for a nine-year "
        "school and goes into that school's own column.",
        json_schema_extra=about(unit="pupils", source="教督〔2017〕6号"),
    )
    far_m: int = Field(
        default=3000,
        ge=1,
        le=1_000_000,
        description="A longer way to school raises a notice; also `max_m` of the default rounds.",
        json_schema_extra=about(
            unit="metres", source="a choice: norms for a day pupil's way differ by province"
        ),
    )

    @model_validator(mode="after")
    def _limit_holds_the_standard(self) -> Limits:
        if self.class_limit < self.class_standard:
            raise refuse(
                "LIMIT_BELOW_STANDARD", limit=self.class_limit, standard=self.class_standard
            )
        return self


class Age(Settings):
    """The age test: which birth dates may enter."""

    latest_birth: date | None = Field(
        default=None,
        description="Born on this day or before.",
        json_schema_extra=about(
            default="primary: 31 August of `year` - 6; junior: no test",
            source="Compulsory Education Law, art. 11, with the usual cut-off day",
        ),
    )
    earliest_birth: date | None = Field(
        default=None,
        description="Born on this day or after.",
        json_schema_extra=about(default="no bound"),
    )
    waive: Many[PlacedReason] = Field(
        default=(),
        description="Values of `placed_reason` that let a child in at any age.",
        json_schema_extra=about(default="none: a fixed placement does not cure age"),
    )

    @model_validator(mode="after")
    def _somebody_may_enter(self) -> Age:
        if self.latest_birth and self.earliest_birth and self.earliest_birth > self.latest_birth:
            raise refuse(
                "AGE_BOUNDS_CROSSED", earliest=self.earliest_birth, latest=self.latest_birth
            )
        return self


class TravelSettings(Settings):
    """How the way to school is measured."""

    mode: Literal["straight", "matrix"] = Field(
        default="straight",
        description="Straight line in the plane of `metric_crs`, or a matrix of ways measured "
        "elsewhere.",
        json_schema_extra=about(source="needs no further data"),
    )
    matrix: FileRef | None = Field(
        default=None,
        description="Table of `applicant_id` or `zone_id`, `school_id` and `metres` "
        '(.csv, .xlsx, .parquet), for `mode = "matrix"`.',
    )
    round_m: int = Field(
        default=50,
        ge=1,
        le=1000,
        description="Every way is rounded to a multiple of this, halves up.",
        json_schema_extra=about(
            unit="metres",
            source="homes are known no better, and exact distances would locate a child",
        ),
    )


class Lottery(Settings):
    """The draw that ends every tie; a plain seed is a rehearsal."""

    seed: Seed | None = Field(
        default=None,
        description="Seed of a rehearsal; the same seed gives the same order.",
        json_schema_extra=about(form="64 hexadecimal digits", default="64 zeros"),
    )
    draw: PathText | None = Field(
        default=None,
        description="Folder of a committed draw, made by `enroll lottery`; it takes the place of "
        "`seed`, also of one that a base states.",
        json_schema_extra=about(form="path of a draw's folder", default="none: a rehearsal"),
    )

    @model_validator(mode="after")
    def _one_lottery(self) -> Lottery:
        if self.seed is not None and self.draw is not None:
            raise refuse("LOTTERY_TWICE")
        return self


class Planning(Settings):
    """What `enroll open-classes` may use."""

    teachers: int | None = Field(
        default=None,
        ge=0,
        le=1_000_000,
        description="Most entry classes in all schools together.",
        json_schema_extra=about(unit="classes", default="no bound"),
    )
    budget: int | None = Field(
        default=None,
        ge=0,
        le=10**12,
        description="Most that entry classes beyond the planned ones may cost, by the schools' "
        "`class_cost`.",
        json_schema_extra=about(unit="as `class_cost`", default="no bound"),
    )
    max_m: int | None = Field(
        default=None,
        ge=1,
        le=1_000_000,
        description="Longest way that is planned for, except for a child with no school so near: "
        "its nearest then.",
        json_schema_extra=about(unit="metres", default="`far_m` of `[limits]`"),
    )
    next_percent: int = Field(
        default=100,
        ge=0,
        le=1000,
        description="Next year's entrants as a share of this year's, for schools without "
        "`next_entry`.",
        json_schema_extra=about(unit="percent", source="a choice: as many as this year"),
    )


class Scenario(Settings):
    """One scenario file, with what it extends merged in and defaults filled in."""

    title: Text = Field(
        description="Title of the allocation, in words.", json_schema_extra=about(form="text")
    )
    year: int = Field(
        ge=1990, le=2100, description="The school year that begins in autumn of this year."
    )
    stage: Literal["primary", "junior"] = Field(
        description="The entrance; sets the defaults of `[limits]` and `[age]`."
    )
    language: Literal["en", "zh"] = Field(
        default="en",
        description="Language of notices and reports.",
        json_schema_extra=about(source="a choice: the language of the settings themselves"),
    )
    files: Files = Field(default_factory=Files, description="The input files.")
    columns: dict[TableName, dict[str, Text]] = Field(
        default_factory=dict,
        description="`[columns.TABLE]`: enroll's column name = header in the office's own file; "
        "TABLE is `applicants`, `demand`, `schools`, `zones`, `travel`, `overrides`, "
        "`roll`, `births` or `homes`.",
        json_schema_extra=about(form="tables", default="enroll's own names and usual synonyms"),
    )
    values: dict[TableName, dict[str, dict[str, str]]] = Field(
        default_factory=dict,
        description="`[values.TABLE.COLUMN]`: the office's own word = enroll's word; COLUMN is "
        "enroll's column name.",
        json_schema_extra=about(form="tables", default="enroll's own words and usual synonyms"),
    )
    coordinates: Coordinates = Field(
        default_factory=Coordinates, description="Declared coordinate systems."
    )
    limits: Limits = Field(default_factory=Limits, description="Class and school sizes.")
    age: Age = Field(default_factory=Age, description="The age test.")
    travel: TravelSettings = Field(
        default_factory=TravelSettings, description="How the way to school is measured."
    )
    lottery: Lottery = Field(default_factory=Lottery, description="The draw.")
    planning: Planning = Field(
        default_factory=Planning, description="What `enroll open-classes` may use."
    )
    forecast: Forecasting = Field(
        default_factory=Forecasting, description="How the years ahead are forecast."
    )
    publication: Publication | None = Field(
        default=None,
        description="What families are told before registration.",
        json_schema_extra=about(form="table", default="nothing but the rules"),
    )
    group: Many[Group] = Field(
        default=(),
        description="`[[group]]`: the priority groups, best first.",
        json_schema_extra=about(default="one group, everybody"),
    )
    round: Many[Round] = Field(
        default=(),
        description="`[[round]]`: the steps of the allocation, in order.",
        json_schema_extra=about(default="the five rounds below"),
    )
    change: Many[Changing] = Field(
        default=(),
        description="`[[change]]`: what-ifs, tried upon everything above; their order does not "
        "matter, and no two may touch the same thing.",
        json_schema_extra=about(form="tables", default="nothing is changed"),
    )

    @field_validator("group", mode="after")
    @classmethod
    def _told_apart_without_conditions(cls, groups: tuple[Group, ...]) -> tuple[Group, ...]:
        by_column = [entry.id for entry in groups if entry.when is None]
        if repeated := _repeated(by_column):
            raise refuse("GROUP_TWICE", groups=tuple(repeated))
        return groups

    @field_validator("round", mode="after")
    @classmethod
    def _rounds_told_apart(cls, rounds: tuple[Round, ...]) -> tuple[Round, ...]:
        if repeated := _repeated([step.id for step in rounds]):
            raise refuse("ROUND_TWICE", rounds=tuple(repeated))
        if any(step.rule == FIXED for step in rounds[1:]):
            raise refuse("ROUND_FIXED_NOT_FIRST")
        return rounds

    @model_validator(mode="after")
    def _changes_fit_the_draw(self) -> Scenario:
        if self.lottery.draw is not None and self.makes_children:
            raise refuse("CHANGE_UNDER_DRAW")
        return self

    @property
    def makes_children(self) -> bool:
        """Whether children take part whom no table of applicants names, or some are left out."""
        return self.files.demand is not None or any(
            isinstance(change, AddHomes | ScaleDemand) for change in self.change
        )

    @model_validator(mode="after")
    def _matrix_named_once(self) -> Scenario:
        named = [file for file in (self.travel.matrix, self.files.travel) if file is not None]
        if self.travel.mode == "matrix" and not named:
            raise refuse("TRAVEL_MATRIX_MISSING")
        if named and "mode" not in self.travel.model_fields_set:
            raise refuse("TRAVEL_MATRIX_UNUSED")
        if len(named) == 2 and named[0] != named[1]:
            raise refuse("TRAVEL_MATRIX_TWICE")
        return self


def _repeated(ids: list[str]) -> list[str]:
    """Return the ids that occur more than once, each once, in their first order."""
    return [one for one, times in Counter(ids).items() if times > 1]
