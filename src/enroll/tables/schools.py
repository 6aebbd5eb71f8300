"""The schools: from a table of text to a frame of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.records import NONE, Schools
from enroll.tables.grid import text_array
from enroll.tables.ids import PLACE_ID
from enroll.tables.places import read_places

if TYPE_CHECKING:
    from enroll.records import Ints
    from enroll.scenario.schema import Scenario
    from enroll.tables.cells import Cells

OUTLOOK = (
    "class_cost",
    "cost",
    "next_entry",
    "next_leavers",
    "next_rooms",
    "mixed",
    "next_mixed",
)
"""Columns that only the planner asks for: `open-classes`, and costs in comparisons."""


def read_schools(cells: Cells, settings: Scenario) -> Schools:
    """Return the schools, ascending by id.

    Parameters
    ----------
    cells
        The table with its columns found; it takes the problems.
    settings
        `[limits]` stand where a school has no limit of its own, `[coordinates]` say which
        system `lon` and `lat` are in.
    """
    ids = cells.unique_ids("school_id", PLACE_ID)
    order = ascending(ids)
    places = read_places(cells, "schools", settings.coordinates.schools)
    limits = settings.limits
    classes = cells.whole("classes")
    rooms = cells.whole("rooms", empty=-1)
    schools = Schools(
        school_id=text_array(ids)[order],
        name=cells.texts("name")[order],
        row=cells.table.row[order],
        lon=places.lon[order],
        lat=places.lat[order],
        classes=classes[order],
        rooms=np.where(rooms < 0, classes, rooms)[order],
        class_standard=cells.whole("class_standard", limits.class_standard)[order],
        class_limit=cells.whole("class_limit", limits.class_limit)[order],
        reserved=cells.whole("reserved")[order],
        reserved_for=cells.texts("reserved_for")[order],
        other_grades=cells.whole("other_grades")[order],
        leavers=cells.whole("leavers")[order],
        school_limit=cells.whole("school_limit", limits.school_limit)[order],
        sector=cells.words("sector", "public")[order],
        kind=cells.words("kind", "full")[order],
        setting=cells.words("setting")[order],
        area=cells.texts("area")[order],
        beds=cells.whole("beds", empty=-1)[order],
        crs=places.crs,
        outlook={name: cells.whole(name, empty=NONE)[order] for name in OUTLOOK},
    )
    _check(schools, cells)
    return schools


def ascending(ids: list[str]) -> Ints:
    """Return the order that sorts ids as UTF-8 bytes do; equal ones stay as they come.

    Python compares text by code point, and UTF-8 keeps that order.
    """
    return np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)


def _check(schools: Schools, cells: Cells) -> None:
    """Report what the columns of one school say against each other."""
    rows = schools.row
    for school in np.flatnonzero(schools.class_standard > schools.class_limit).tolist():
        cells.report.add(
            "STANDARD_ABOVE_LIMIT",
            int(rows[school]),
            "class_limit",
            standard=int(schools.class_standard[school]),
            limit=int(schools.class_limit[school]),
        )
    for school in np.flatnonzero(schools.rooms < schools.classes).tolist():
        cells.report.add("ROOMS_BELOW_CLASSES", int(rows[school]), "rooms")
    unnamed = (schools.reserved > 0) & (schools.reserved_for == "")
    for school in np.flatnonzero(unnamed).tolist():
        cells.report.add("RESERVED_WITHOUT_PURPOSE", int(rows[school]), "reserved_for")
    read = cells.has("classes") and cells.sound("classes")
    if len(schools) and read and not schools.classes.any():
        cells.report.add("NO_CLASSES")
