"""Changes to the children: a new estate, and more or fewer of those who are there."""

from __future__ import annotations

import math
from datetime import date  # noqa: TC003 - read by pydantic
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, Strict, field_validator, model_validator

from enroll.scenario.changes.touching import ANY, Touch
from enroll.scenario.forms import Label, Many, Name, PlaceId, Settings, about, refuse
from enroll.scenario.policy import fact_text

Pair = Annotated[tuple[float, float], Strict(strict=False)]

_GRADES = tuple(str(grade) for grade in range(1, 10))
_MOST_YIELD = 1000
_PERCENT = 100
_TRIANGLE = 3
_YEAR_DIGITS = 4


class AddHomes(Settings):
    """A new estate: children who are not in any table live in it."""

    do: Literal["add_homes"] = Field(description="The kind of change.")
    id: Name = Field(
        max_length=40,
        description="Id of the estate; its children are called `ID#00001` and so on.",
        json_schema_extra=about(form="1 to 40 letters, digits, `.`, `_` or `-`"),
    )
    name: Label = Field(
        default="",
        description="The estate's name in words.",
        json_schema_extra=about(default="none"),
    )
    point: Pair | None = Field(
        default=None,
        description="Longitude and latitude (easting and northing) at which all its children "
        "live, in the system of the applicants' table; either this or `polygon`.",
        json_schema_extra=about(form="`[lon, lat]`", default="`polygon` says where"),
    )
    polygon: Many[Pair] = Field(
        default=(),
        description="Corners of the estate, in which its children are spread evenly by the seed "
        "of the lottery.",
        json_schema_extra=about(form="list of `[lon, lat]`", default="`point` says where"),
    )
    dwellings: int = Field(
        ge=1,
        le=1_000_000,
        description="Homes in the estate when all are built.",
        json_schema_extra=about(unit="dwellings"),
    )
    pupils_per_100: dict[str, float] = Field(
        description="Pupils for every 100 dwellings by grade, such as `{1 = 6.5, 7 = 4}`; a "
        "grade left out has none. An allocation takes the entry grade: 1 or 7.",
        json_schema_extra=about(form="table: grade from 1 to 9 = number"),
    )
    delivered: int = Field(
        ge=1990,
        le=2100,
        description="First year in which somebody lives there.",
        json_schema_extra=about(form="year"),
    )
    occupancy: dict[str, int] = Field(
        default_factory=dict,
        description="Percentage of its dwellings that are lived in by year, such as "
        "`{2028 = 40, 2030 = 100}`; a year left out is as the last one before it.",
        json_schema_extra=about(
            form="table: year = 0 to 100",
            default="100 from `delivered` on",
            source="the whole estate is the case to be ready for",
        ),
    )
    group: Name | None = Field(
        default=None,
        description="Id of the priority group of its children, whatever the group's conditions "
        "ask for; either this or `facts`, wherever there are groups.",
        json_schema_extra=about(form="id of a `[[group]]`", default="`facts` decide"),
    )
    facts: dict[str, str | int | date] = Field(
        default_factory=dict,
        description="What holds for each of its children, such as "
        '`{household = "zone", home = "own"}`, in enroll\'s own words.',
        json_schema_extra=about(form="table: column = value", default="nothing is known of them"),
    )

    @model_validator(mode="after")
    def _lies_somewhere(self) -> AddHomes:
        if (self.point is None) == (not self.polygon):
            raise refuse("HOMES_PLACE")
        corners = (*self.polygon, *([self.point] if self.point else ()))
        if not all(math.isfinite(part) for corner in corners for part in corner):
            raise refuse("HOMES_PLACE")
        if self.polygon and len(set(self.polygon)) < _TRIANGLE:
            raise refuse("HOMES_POLYGON")
        return self

    @model_validator(mode="after")
    def _one_way_to_a_group(self) -> AddHomes:
        if self.group is not None and self.facts:
            raise refuse("HOMES_GROUP_TWICE")
        return self

    @field_validator("pupils_per_100", mode="after")
    @classmethod
    def _grades(cls, yields: dict[str, float]) -> dict[str, float]:
        if not yields or any(
            grade not in _GRADES or not 0 <= number <= _MOST_YIELD
            for grade, number in yields.items()
        ):
            raise refuse("HOMES_YIELD", most=_MOST_YIELD)
        return yields

    @field_validator("occupancy", mode="after")
    @classmethod
    def _shares(cls, shares: dict[str, int]) -> dict[str, int]:
        for year, share in shares.items():
            if not (year.isascii() and year.isdecimal() and len(year) == _YEAR_DIGITS):
                raise refuse("HOMES_OCCUPANCY")
            if not 0 <= share <= _PERCENT:
                raise refuse("HOMES_OCCUPANCY")
        return shares

    @field_validator("facts", mode="after")
    @classmethod
    def _as_text(cls, facts: dict[str, str | int | date]) -> dict[str, str | int | date]:
        return {name: fact_text(value) for name, value in facts.items()}

    def pupils(self, grade: int, year: int) -> int:
        """Return the pupils of one grade in a school year, halves up.

        Parameters
        ----------
        grade
            1 to 9.
        year
            The school year that begins in its autumn.
        """
        per_100 = Fraction(str(self.pupils_per_100.get(str(grade), 0)))
        exact = self.dwellings * per_100 / 100 * Fraction(self.occupied(year), _PERCENT)
        return int(exact + Fraction(1, 2))

    def occupied(self, year: int) -> int:
        """Return the percentage of dwellings that are lived in."""
        if year < self.delivered:
            return 0
        stated = [int(key) for key in self.occupancy if int(key) <= year]
        if not self.occupancy:
            return _PERCENT
        return self.occupancy[str(max(stated))] if stated else 0

    def touches(self) -> tuple[Touch, ...]:
        """Return the estate."""
        return (Touch("homes", self.id),)


class ScaleDemand(Settings):
    """More or fewer children of the table of applicants, by zone."""

    do: Literal["scale_demand"] = Field(description="The kind of change.")
    zones: Many[PlaceId] = Field(
        default=(),
        description="Ids of the zones, as they are after all other changes.",
        json_schema_extra=about(
            default="every zone, and the children of no zone", source="a whole county grows"
        ),
    )
    factor: float = Field(
        ge=0,
        le=10,
        allow_inf_nan=False,
        description="Children afterwards for each child now; the number of a zone is rounded, "
        "halves up.",
        json_schema_extra=about(form="number, 0 to 10"),
    )

    def touches(self) -> tuple[Touch, ...]:
        """Return the children of the zones."""
        return tuple(Touch("demand", zone) for zone in self.zones or (ANY,))
