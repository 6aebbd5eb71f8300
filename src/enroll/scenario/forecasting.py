"""The settings of a forecast."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from enroll.scenario.forms import Many, Settings, about

Percent = Annotated[int, Field(ge=0, le=100)]

FIRST_GRADE = {"primary": 1, "junior": 7}
"""The entry grade of each stage."""

LAST_GRADE = {"primary": 6, "junior": 9}
"""The highest grade of each stage."""

ENTRY_AGE = {"primary": 6, "junior": 12}
"""Age in years on the cut-off day of those who enter."""


class Forecasting(Settings):
    """How the years ahead are forecast; `enroll forecast` follows it."""

    average: Literal["mean", "median", "weighted", "last"] = Field(
        default="weighted",
        description="Average of past ratios: their mean, their median, the pupils of all these "
        "years together (`weighted`), or the last one.",
        json_schema_extra=about(source="smallest error in the back-test (docs/how-to/forecast.md)"),
    )
    years: int = Field(
        default=3,
        ge=1,
        le=30,
        description="How many past ratios count.",
        json_schema_extra=about(
            unit="years",
            source="older ones did not help in the back-test (docs/how-to/forecast.md)",
        ),
    )
    shrink: int = Field(
        default=100,
        ge=0,
        le=100_000,
        description="Pupils that the ratio of all schools counts for beside a school's own, so "
        "that a small school does not follow its own chance; 0 for each school by itself.",
        json_schema_extra=about(
            unit="pupils", source="smallest error in the back-test (docs/how-to/forecast.md)"
        ),
    )
    breaks: Literal["keep", "leave_out"] = Field(
        default="keep",
        description="What to do with a past ratio that falls outside those of the other years; "
        "it is named in either case.",
        json_schema_extra=about(source="a choice: what happened once may happen again"),
    )
    first_grade: int | None = Field(
        default=None,
        ge=0,
        le=12,
        description="Entry grade.",
        json_schema_extra=about(unit="grade", default="1 primary, 7 junior"),
    )
    last_grade: int | None = Field(
        default=None,
        ge=0,
        le=13,
        description="Highest grade of the stage.",
        json_schema_extra=about(unit="grade", default="6 primary, 9 junior"),
    )
    entry_age: int | None = Field(
        default=None,
        ge=3,
        le=16,
        description="Age of entrants at the end of `cutoff_month`.",
        json_schema_extra=about(unit="years", default="6 primary, 12 junior"),
    )
    cutoff_month: int = Field(
        default=8,
        ge=1,
        le=12,
        description="Last month of birth of those who enter in the autumn; 8 splits the births of "
        "a calendar year 8/12 and 4/12.",
        json_schema_extra=about(unit="month", source="Compulsory Education Law: 31 August"),
    )
    births_change: int = Field(
        default=0,
        ge=-30,
        le=30,
        description="Percent by which births change in each year after the last that is known; "
        "entrants of such years are marked as assumed.",
        json_schema_extra=about(unit="percent", source="a choice: nobody knows"),
    )
    occupancy: Many[Percent] = Field(
        default=(40, 70, 90, 100),
        min_length=1,
        max_length=30,
        description="Percent of new homes that are lived in: in the year of delivery, the year "
        "after it and so on; the last figure holds from then on. A row of `homes` may say its own.",
        json_schema_extra=about(
            form="list of whole numbers, 0 to 100", source="a choice: estates fill over some years"
        ),
    )
    build_years: int = Field(
        default=3,
        ge=0,
        le=15,
        description="Years from a decision to build until children sit in the new classrooms; "
        "`gaps.csv` counts them back from the first gap.",
        json_schema_extra=about(
            unit="years", source="a choice: land, design and building of a new school"
        ),
    )
    samples: int = Field(
        default=1000,
        ge=10,
        le=10_000,
        description="Courses that are drawn for the ranges.",
        json_schema_extra=about(source="bounds of 8 in 10 are then steady to about a pupil"),
    )
    seed: int = Field(
        default=1,
        ge=0,
        le=2**62,
        description="Seed of these courses; the same seed gives the same ranges.",
        json_schema_extra=about(source="a choice"),
    )
