"""Changes to schools and zones."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from enroll.scenario.changes.touching import (
    UNCHANGED,
    Touch,
    id_of,
    refuse_nothing,
    stated,
)
from enroll.scenario.forms import FileRef, Many, PlaceId, Settings, Text, about
from enroll.scenario.policy import SchoolKind, Sector  # noqa: TC001 - read by pydantic

Setting = Literal["urban", "town", "rural"]

_MOST_PUPILS = 100_000

_SCHOOL: dict[str, tuple[str, dict[str, Any], dict[str, str]]] = {
    "name": ("Name of the school.", {}, {}),
    "lon": (
        "Longitude in degrees, or easting in metres, in the system of the schools' table.",
        {"allow_inf_nan": False},
        {"form": "number"},
    ),
    "lat": (
        "Latitude in degrees, or northing in metres, in the system of the schools' table.",
        {"allow_inf_nan": False},
        {"form": "number"},
    ),
    "classes": ("Entry classes planned for the year.", {"ge": 0}, {"unit": "classes"}),
    "rooms": (
        "Most entry classes that fit into the building.",
        {"ge": 0},
        {
            "unit": "classes",
            "default": "enough for `classes`",
            "source": "a class that is tried has a room",
        },
    ),
    "class_standard": (
        "Pupils an entry class should have.",
        {"ge": 1, "le": 200},
        {"unit": "pupils", "default": "the scenario's `[limits]`"},
    ),
    "class_limit": (
        "Pupils an entry class must never pass.",
        {"ge": 1, "le": 200},
        {"unit": "pupils", "default": "the scenario's `[limits]`"},
    ),
    "reserved": ("Seats held back.", {"ge": 0}, {"unit": "seats", "default": "0"}),
    "reserved_for": ("For whom seats are held back.", {}, {"default": "nobody"}),
    "other_grades": (
        "Pupils who will be in the other grades.",
        {"ge": 0},
        {"unit": "pupils", "default": "0"},
    ),
    "leavers": (
        "Pupils of the top grade that left last summer.",
        {"ge": 0},
        {"unit": "pupils", "default": "0"},
    ),
    "school_limit": (
        "Pupils of all grades that the school must not pass.",
        {"ge": 1},
        {"unit": "pupils", "default": "the scenario's `[limits]`"},
    ),
    "sector": ("Who runs the school.", {}, {"default": "public"}),
    "kind": ("Kind of school.", {}, {"default": "full"}),
    "setting": ("Where the school lies, for the indicators.", {}, {"default": "not known"}),
    "area": ("Planning area the school belongs to.", {}, {"default": "none"}),
    "beds": ("Boarding places.", {"ge": 0}, {"unit": "places", "default": "not known"}),
}
"""The columns of a school that a change can give: description, bounds, further words."""

SCHOOL_COLUMNS = tuple(_SCHOOL)
"""Names of these columns."""

_MOST_COST = 10**9


def _required(column: str) -> Any:
    meaning, bounds, words = _SCHOOL[column]
    extra = about(unit=words.get("unit", ""), form=words.get("form", ""))
    return Field(description=meaning, json_schema_extra=extra, **_bounded(bounds))


def _new(column: str) -> Any:
    meaning, bounds, words = _SCHOOL[column]
    extra = about(**words)
    return Field(default=None, description=meaning, json_schema_extra=extra, **_bounded(bounds))


def _changed(column: str) -> Any:
    meaning, bounds, words = _SCHOOL[column]
    follows = "raised to `classes` where that is more"
    extra = about(
        unit=words.get("unit", ""),
        form=words.get("form", ""),
        default=follows if column == "rooms" else UNCHANGED,
        source=words.get("source", ""),
    )
    return Field(default=None, description=meaning, json_schema_extra=extra, **_bounded(bounds))


def _bounded(bounds: dict[str, Any]) -> dict[str, Any]:
    return {"le": _MOST_PUPILS, **bounds} if "ge" in bounds else bounds


class AddSchool(Settings):
    """A school that is not in the table of schools."""

    do: Literal["add_school"] = Field(description="The kind of change.")
    school_id: PlaceId = id_of("Id of the new school, which no school has yet.")
    name: Text = _required("name")
    lon: float = _required("lon")
    lat: float = _required("lat")
    classes: int = _required("classes")
    zones: Many[PlaceId] = Field(
        default=(),
        description="Ids of the zones that it will serve besides their schools.",
        json_schema_extra=about(source="a school of no zone is used by redirect rounds only"),
    )
    rooms: int | None = _new("rooms")
    class_standard: int | None = _new("class_standard")
    class_limit: int | None = _new("class_limit")
    reserved: int | None = _new("reserved")
    reserved_for: Text | None = _new("reserved_for")
    other_grades: int | None = _new("other_grades")
    leavers: int | None = _new("leavers")
    school_limit: int | None = _new("school_limit")
    sector: Sector | None = _new("sector")
    kind: SchoolKind | None = _new("kind")
    setting: Setting | None = _new("setting")
    area: Text | None = _new("area")
    beds: int | None = _new("beds")
    class_cost: int | None = Field(
        default=None,
        ge=0,
        le=_MOST_COST,
        description="What one of its entry classes costs, in the county's own unit.",
        json_schema_extra=about(default="not known"),
    )
    cost: int | None = Field(
        default=None,
        ge=0,
        le=_MOST_COST,
        description="What the school costs besides, in the same unit.",
        json_schema_extra=about(default="not known"),
    )

    def columns(self) -> dict[str, Any]:
        """Return the columns that are stated, by name; those of costs are left out."""
        return stated(self, "school_id", "zones", "class_cost", "cost")

    def costs(self) -> dict[str, int]:
        """Return the costs that are stated, by column."""
        named = {"class_cost": self.class_cost, "cost": self.cost}
        return {name: cost for name, cost in named.items() if cost is not None}

    def touches(self) -> tuple[Touch, ...]:
        """Return the school, and its place among the schools of its zones."""
        served = (Touch("zones", zone, "schools", self.school_id) for zone in self.zones)
        return (Touch("schools", self.school_id), *served)


class CloseSchool(Settings):
    """A school that takes no pupils any more: its zones lose it."""

    do: Literal["close_school"] = Field(description="The kind of change.")
    school_id: PlaceId = id_of("Id of the school.")

    def touches(self) -> tuple[Touch, ...]:
        """Return the school."""
        return (Touch("schools", self.school_id),)


class SetSchool(Settings):
    """Other values in the columns of a school; keys left out stay as they are."""

    do: Literal["set_school"] = Field(description="The kind of change.")
    school_id: PlaceId = id_of("Id of the school.")
    name: Text | None = _changed("name")
    lon: float | None = _changed("lon")
    lat: float | None = _changed("lat")
    classes: int | None = _changed("classes")
    rooms: int | None = _changed("rooms")
    class_standard: int | None = _changed("class_standard")
    class_limit: int | None = _changed("class_limit")
    reserved: int | None = _changed("reserved")
    reserved_for: Text | None = _changed("reserved_for")
    other_grades: int | None = _changed("other_grades")
    leavers: int | None = _changed("leavers")
    school_limit: int | None = _changed("school_limit")
    sector: Sector | None = _changed("sector")
    kind: SchoolKind | None = _changed("kind")
    setting: Setting | None = _changed("setting")
    area: Text | None = _changed("area")
    beds: int | None = _changed("beds")

    @model_validator(mode="after")
    def _says_something(self) -> SetSchool:
        refuse_nothing(self.columns())
        return self

    def columns(self) -> dict[str, Any]:
        """Return the columns that are stated, by name."""
        return stated(self, "school_id")

    def touches(self) -> tuple[Touch, ...]:
        """Return the columns."""
        return tuple(Touch("schools", self.school_id, column) for column in self.columns())


class SetZone(Settings):
    """Other schools for a zone."""

    do: Literal["set_zone"] = Field(description="The kind of change.")
    zone_id: PlaceId = id_of("Id of the zone.")
    schools: Many[PlaceId] = Field(
        description="Ids of all the schools that serve it; an empty list leaves its children to "
        "the redirect rounds.",
        json_schema_extra=about(form="list of school ids"),
    )

    def touches(self) -> tuple[Touch, ...]:
        """Return the list of its schools."""
        return (Touch("zones", self.zone_id, "schools"),)


class MoveBoundary(Settings):
    """Other boundaries for some zones."""

    do: Literal["move_boundary"] = Field(description="The kind of change.")
    file: FileRef = Field(
        description="Map or table like that of `[files] zones`, read with the same headers and "
        "in the same coordinate system, with the zones whose ground changes; a zone that is "
        "not in it stays as it is. Their ground is taken from it, and nothing else."
    )
    new: Many[PlaceId] = Field(
        default=(),
        description="Ids of zones in that file that are new; their names, areas and schools are "
        "taken from it too.",
        json_schema_extra=about(source="so that a mistyped id is an error, not another zone"),
    )

    def touches(self) -> tuple[Touch, ...]:
        """Return the new zones; the others are known when the file is read."""
        return tuple(Touch("zones", zone) for zone in self.new)
