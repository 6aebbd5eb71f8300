"""What was read: tables as text, and the checked frames of one scenario."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.records.kinds import Days, Flags, Floats, Ints, JsonValue, Texts


MADE = "#"
"""Part of every id of a child who is in no table of applicants; no real id can hold it."""


class Change(NamedTuple):
    """One thing that differs from the base: a setting, or what a `[[change]]` made of it.

    Parameters
    ----------
    key
        Dotted path of the key, such as `limits.far_m` or `schools.S1.classes`.
    old, new
        Values as `json` writes them; None where there is nothing.
    """

    key: str
    old: JsonValue
    new: JsonValue


@dataclass(frozen=True)
class Source:
    """One input file as it was parsed.

    Parameters
    ----------
    role
        The `[files]` key, such as `applicants`.
    name
        File name without its folder: a run never holds a path of a machine.
    sha256
        Of the bytes that were parsed; a Shapefile's parts are hashed one after another.
    encoding
        Of text files, otherwise empty.
    rows
        Number of data rows.
    """

    role: str
    name: str
    sha256: str
    encoding: str
    rows: int


@dataclass(frozen=True)
class Table:
    """A table as read: every cell is text, nothing is interpreted yet.

    Parameters
    ----------
    source
        Where it came from.
    columns
        Header as written (trimmed) to its cells, all of one length; an empty cell is "".
    row
        For each data row its row number in the file, counted from 1 with the header.
    geometry
        shapely geometries, one per row, or None for a plain table; a missing one is None.
    crs
        The file's own coordinate system, such as "EPSG:2263"; empty when it names none.
    """

    source: Source
    columns: Mapping[str, Texts]
    row: Ints
    geometry: Texts | None = None
    crs: str = ""

    def __len__(self) -> int:
        """Return the number of data rows."""
        return len(self.row)


@dataclass(frozen=True)
class Applicants:
    """The children asking for a place, ascending by `applicant_id`; n rows.

    Parameters
    ----------
    applicant_id
        (n,) text, unique; it holds `MADE` where the child is in no table of applicants.
    row
        (n,) row in the file, for messages only; 0 where no file has one.
    lon, lat
        (n,) coordinates as declared in `[coordinates] applicants` (degrees, or easting and
        northing in metres for a projected system); NaN where missing.
    zone
        (n,) zone index set by hand, or -1.
    group
        (n,) group id given in the file, or ""; of a child in no table it holds whatever the
        group's conditions are.
    facts
        Further columns that some `when` asks for, as canonical text; "" where empty.
    review
        (n,) one of `passed`, `pending`, `rejected`.
    birth_date, since
        (n,) datetime64[D], NaT where missing.
    sex
        (n,) text, "" where missing.
    points
        (n,) whole points; more is better; 0 where missing.
    sibling_school, placed_school
        (n,) school index or -1.
    family
        (n,) family number or -1; equal numbers belong together.
    choices
        (n, k) school index or -1, best first.
    accepts_redirect
        (n,) yes unless the file says no.
    placed_reason, placed_authority, placed_date
        (n,) text; "" where `placed_school` is -1.
    crs
        Coordinate system of `lon` and `lat`, such as "gcj02", "wgs84" or "EPSG:2263".
    override_reasons
        Applicant ids to the reason in words, for placements from the file of overrides; their
        `placed_reason` is `override`.
    """

    applicant_id: Texts
    row: Ints
    lon: Floats
    lat: Floats
    zone: Ints
    group: Texts
    facts: Mapping[str, Texts]
    review: Texts
    birth_date: Days
    since: Days
    sex: Texts
    points: Ints
    sibling_school: Ints
    family: Ints
    choices: Ints
    accepts_redirect: Flags
    placed_school: Ints
    placed_reason: Texts
    placed_authority: Texts
    placed_date: Texts
    crs: str = "wgs84"
    override_reasons: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of applicants."""
        return len(self.applicant_id)

    def made(self) -> Flags:
        """Tell (n,) who is in no table of applicants: made by a change or a block of demand."""
        told = (MADE in name for name in self.applicant_id.tolist())
        return np.fromiter(told, dtype=bool, count=len(self))


@dataclass(frozen=True)
class Schools:
    """The schools with an entry grade, ascending by `school_id`; m rows.

    Parameters
    ----------
    school_id, name
        (m,) text.
    row
        (m,) row in the file, for messages only.
    lon, lat
        (m,) as declared in `[coordinates] schools`; NaN where missing.
    classes
        (m,) planned entry classes.
    rooms
        (m,) most entry classes that fit; equals `classes` where not given.
    class_standard, class_limit
        (m,) pupils per class, the scenario's `[limits]` where the file says nothing.
    reserved
        (m,) seats held back; `reserved_for` says for what.
    other_grades, leavers
        (m,) pupils in the other grades; last summer's top grade.
    school_limit
        (m,) pupils in all grades.
    sector, kind, setting, area
        (m,) text: public | private; full | village | nine-year | boarding;
        urban | town | rural | ""; free.
    beds
        (m,) boarding places, -1 where not given.
    outlook
        (m,) whole numbers by column of what only the planner asks for, -1 where not given:
        `class_cost`, `cost`, `next_entry`, `next_leavers`, `next_rooms`, `mixed` and `next_mixed`.
    crs
        Coordinate system of `lon` and `lat`, such as "gcj02", "wgs84" or "EPSG:2263".
    """

    school_id: Texts
    name: Texts
    row: Ints
    lon: Floats
    lat: Floats
    classes: Ints
    rooms: Ints
    class_standard: Ints
    class_limit: Ints
    reserved: Ints
    reserved_for: Texts
    other_grades: Ints
    leavers: Ints
    school_limit: Ints
    sector: Texts
    kind: Texts
    setting: Texts
    area: Texts
    beds: Ints
    crs: str = "wgs84"
    outlook: Mapping[str, Ints] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of schools."""
        return len(self.school_id)


@dataclass(frozen=True)
class Zones:
    """Catchment zones, ascending by `zone_id`; z rows.

    Parameters
    ----------
    zone_id, name, area
        (z,) text.
    row
        (z,) row or feature number in the file, for messages only.
    schools
        (z,) tuples of school indices, ascending.
    geometry
        (z,) shapely polygons in `crs`, or None for a table without geometry.
    crs
        Coordinate system of `geometry` or of the anchors, such as "EPSG:4326" or "gcj02".
    lon, lat
        (z,) anchor point in `crs`; NaN where missing.
    """

    zone_id: Texts
    name: Texts
    area: Texts
    row: Ints
    schools: tuple[tuple[int, ...], ...]
    geometry: Texts | None
    crs: str
    lon: Floats
    lat: Floats

    def __len__(self) -> int:
        """Return the number of zones."""
        return len(self.zone_id)


@dataclass(frozen=True)
class TravelMatrix:
    """Ways that were measured elsewhere, as sparse triples in canonical order.

    Parameters
    ----------
    keyed_by
        What `key` indexes: applicants or zones.
    key, school
        (t,) index into the frame named by `keyed_by`, index into the schools; unique pairs.
    metres
        (t,) whole metres as given, before rounding to `round_m`.
    """

    keyed_by: Literal["applicant", "zone"]
    key: Ints
    school: Ints
    metres: Ints


@dataclass(frozen=True)
class Inputs:
    """Everything that was read for one scenario, checked cell by cell.

    Parameters
    ----------
    sources
        The files as parsed, in the order of the `[files]` keys.
    changed
        What the scenario's changes made of the tables, ascending by key.
    """

    applicants: Applicants
    schools: Schools
    zones: Zones
    travel: TravelMatrix | None
    sources: tuple[Source, ...]
    changed: tuple[Change, ...] = ()
