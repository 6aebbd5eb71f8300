"""The settings of one scenario: frozen, strict, every key documented.

Every field has a description that says what it means, its unit, its default and where the
default comes from; `docs/reference/scenario.md` is generated from them.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
CoordinateName = Annotated[
    str, Field(pattern=r"^(wgs84|cgcs2000|gcj02|bd09|EPSG:[0-9]{4,6})$")
]
OrderKey = Literal["group", "sibling", "distance", "points", "since", "lottery"]
Goal = Literal["total", "farthest", "fewest_far"]


class Settings(BaseModel):
    """Base of every table of a scenario: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class FileRef(Settings):
    """A file, with the sheet and header row where a workbook needs them."""

    path: str = Field(min_length=1, description="Path relative to the scenario file.")
    sheet: str | None = Field(None, description="Sheet of a workbook; default: the first.")
    header_row: int = Field(1, ge=1, description="Row that holds the headers, from 1.")


class Files(Settings):
    """The input files."""

    applicants: FileRef | None = Field(None, description="Children asking for a place.")
    schools: FileRef | None = Field(None, description="Schools with an entry grade.")
    zones: FileRef | None = Field(None, description="Catchment zones, as a map or a table.")
    travel: FileRef | None = Field(
        None, description="Travel matrix; `[travel] matrix` is the usual place to name it."
    )
    other_stage: str | None = Field(
        None, description="Run folder of the other stage, for nine-year schools' headroom."
    )


class Coordinates(Settings):
    """Declared coordinate systems; there is no default for tables with lon and lat."""

    applicants: CoordinateName | None = Field(None, description="System of the applicants' file.")
    schools: CoordinateName | None = Field(None, description="System of the schools' file.")
    zones: CoordinateName | None = Field(
        None, description="System of the zones; default: the one the file itself names."
    )
    metric_crs: Annotated[str, Field(pattern=r"^EPSG:[0-9]{4,6}$")] | None = Field(
        None, description="Plane CRS for distances, in metres; default: the fitting UTM zone."
    )


class Limits(Settings):
    """Class and school sizes; a school's own columns take precedence."""

    class_standard: int = Field(45, ge=1, le=200, description="Pupils a class should have.")
    class_limit: int = Field(55, ge=1, le=200, description="Pupils a class must never pass.")
    school_limit: int = Field(2000, ge=1, description="Pupils of all grades.")
    far_m: int = Field(3000, ge=1, description="Metres; a longer way to school raises a notice.")


class Age(Settings):
    """The age test (design R1)."""

    latest_birth: date | None = Field(
        None, description="Born on or before; primary: 31 August of year - 6; junior: no test."
    )
    earliest_birth: date | None = Field(None, description="Born on or after; default: no bound.")
    waive: tuple[str, ...] = Field(
        (), description="`placed_reason` values that cure an age outside the bounds."
    )


class TravelSettings(Settings):
    """How ways are measured (design R4)."""

    mode: Literal["straight", "matrix"] = Field("straight", description="Straight line, or matrix.")
    matrix: FileRef | None = Field(
        None, description="Table of applicant_id or zone_id, school_id, metres."
    )
    round_m: int = Field(50, ge=1, le=1000, description="Metres to which every way is rounded.")


class Lottery(Settings):
    """The draw; a plain seed is a rehearsal."""

    seed: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        None, description="64 hexadecimal digits; default: 64 zeros."
    )


class Condition(Settings):
    """What one fact must be: one of some values, or between bounds."""

    values: tuple[str, ...] = ()
    min: int | date | None = None
    max: int | date | None = None
    before: date | None = None
    after: date | None = None


class Group(Settings):
    """One entry of the policy; several with one id mean "or"."""

    id: Name = Field(description="Id of the priority group.")
    name: str = Field("", description="The group's name in words.")
    when: dict[str, Condition] | None = Field(
        None, description="Conditions on facts that must all hold; none where a column says it."
    )


class Round(Settings):
    """One step of the allocation."""

    id: Name = Field(description="Id of the round.")
    rule: Literal["fixed", "zone", "redirect"] = Field(description="Rule that places.")
    seats: Literal["standard", "limit"] = Field(
        "standard", description="Class size to which this round may fill."
    )
    order: tuple[OrderKey, ...] = Field(
        ("group", "sibling", "distance"),
        description="Keys by which a school ranks applicants; the lottery is always last.",
    )
    max_m: int | None = Field(None, ge=1, description="Metres; longest way a redirect may give.")
    goal: Goal = Field("total", description="What a redirect makes smallest.")
    last_seat: Literal["exceed", "skip"] = Field(
        "exceed", description="What a bundle does at the last seat (design R8)."
    )
    sectors: tuple[str, ...] = Field(
        ("public",), description="Sectors a redirect may use; private only where named."
    )
    kinds: tuple[str, ...] = Field(
        ("full", "village", "nine-year"),
        description="Kinds of school a redirect may use; boarding only where named.",
    )


class Scenario(Settings):
    """One scenario file, with what it extends merged in and defaults filled in."""

    title: str = Field(min_length=1, description="Title of the allocation, in words.")
    year: int = Field(ge=1990, le=2100, description="School year that begins in autumn.")
    stage: Literal["primary", "junior"] = Field(description="Stage; sets defaults.")
    language: Literal["en", "zh"] = Field("en", description="Language of notices and reports.")
    files: Files = Field(default_factory=Files)
    columns: dict[str, dict[str, str]] = Field(default_factory=dict)
    values: dict[str, dict[str, dict[str, str]]] = Field(default_factory=dict)
    coordinates: Coordinates = Field(default_factory=Coordinates)
    limits: Limits = Field(default_factory=Limits)
    age: Age = Field(default_factory=Age)
    travel: TravelSettings = Field(default_factory=TravelSettings)
    lottery: Lottery = Field(default_factory=Lottery)
    group: tuple[Group, ...] = ()
    round: tuple[Round, ...] = ()
