"""The files of a scenario and their coordinate systems: `[files]` and `[coordinates]`."""

from __future__ import annotations

from pydantic import Field, model_validator

from enroll.scenario.forms import (
    CoordinateName,
    FileRef,
    MetricName,
    PathText,
    Settings,
    about,
    refuse,
)


class Files(Settings):
    """The input files: a path, or a table `{path=, sheet=, header_row=}`."""

    applicants: FileRef | None = Field(
        default=None,
        description="Children asking for a place: .csv, .xlsx, .parquet, .gpkg or .geojson.",
        json_schema_extra=about(
            default="needed by every command that reads tables, or else `demand`"
        ),
    )
    demand: FileRef | None = Field(
        default=None,
        description="Blocks of children who are expected, in place of `applicants` and of "
        "`overrides`, also of those that a base states (.csv, .xlsx, .parquet, .gpkg, .geojson).",
        json_schema_extra=about(default="none: `applicants` names every child"),
    )
    schools: FileRef | None = Field(
        default=None,
        description="Schools with an entry grade: .csv, .xlsx, .parquet, .gpkg or .geojson.",
        json_schema_extra=about(default="needed by every command that reads tables"),
    )
    zones: FileRef | None = Field(
        default=None,
        description="Catchment zones: a map (.geojson, .gpkg, .shp), or a table without "
        "geometry whose zones have an anchor point.",
        json_schema_extra=about(default="no zones: everybody goes on to redirect rounds"),
    )
    travel: FileRef | None = Field(
        default=None,
        description="Travel matrix; `[travel] matrix` is the usual place to name it.",
    )
    overrides: FileRef | None = Field(
        default=None,
        description="Placements by decision that came after the rest: one row each, with its "
        "reason, authority and date (.csv, .xlsx, .parquet).",
        json_schema_extra=about(default="no overrides"),
    )
    roll: FileRef | None = Field(
        default=None,
        description="Pupils by year, school and grade, for forecasts (.csv, .xlsx, .parquet).",
        json_schema_extra=about(default="needed by `enroll forecast`; no other command reads it"),
    )
    births: FileRef | None = Field(
        default=None,
        description="Births by year, or by month, and by zone or for the whole county, for "
        "forecasts.",
        json_schema_extra=about(default="entrants are forecast from those of past years"),
    )
    homes: FileRef | None = Field(
        default=None,
        description="New homes with the year of delivery and the pupils expected, for forecasts.",
        json_schema_extra=about(default="no new homes"),
    )
    other_stage: PathText | None = Field(
        default=None,
        description="Run folder of the other stage, so that nine-year schools share their "
        "headroom between both entry grades.",
        json_schema_extra=about(form="path of a run folder", default="none, with a notice"),
    )

    @model_validator(mode="after")
    def _children_named_once(self) -> Files:
        if self.demand is not None and (self.applicants or self.overrides):
            raise refuse("DEMAND_TWICE")
        return self


class Coordinates(Settings):
    """Declared coordinate systems; there is none by default where a table has lon and lat."""

    applicants: CoordinateName | None = Field(
        default=None,
        description="Coordinate system of the applicants' `lon` and `lat`: `wgs84`, "
        "`cgcs2000`, `gcj02` (Amap, Tencent), `bd09` (Baidu), or a code such as `EPSG:4490`.",
        json_schema_extra=about(
            form="name or code",
            default="none: required wherever the table has coordinates",
            source="GCJ-02 read as WGS 84 puts a home some 500 m off",
        ),
    )
    demand: CoordinateName | None = Field(
        default=None,
        description="Coordinate system of the blocks of demand.",
        json_schema_extra=about(
            form="name or code",
            default="the one the file itself names; required for a table with coordinates",
        ),
    )
    schools: CoordinateName | None = Field(
        default=None,
        description="Coordinate system of the schools' `lon` and `lat`.",
        json_schema_extra=about(
            form="name or code", default="none: required wherever the table has coordinates"
        ),
    )
    zones: CoordinateName | None = Field(
        default=None,
        description="Coordinate system of the zones.",
        json_schema_extra=about(form="name or code", default="the one the file itself names"),
    )
    homes: CoordinateName | None = Field(
        default=None,
        description="Coordinate system of the new homes' `lon` and `lat`.",
        json_schema_extra=about(
            form="name or code", default="none: required wherever the table has coordinates"
        ),
    )
    metric_crs: MetricName | None = Field(
        default=None,
        description="Plane coordinate system in metres, in which distances are measured.",
        json_schema_extra=about(form="code such as `EPSG:4546`", default="the UTM zone that fits"),
    )
