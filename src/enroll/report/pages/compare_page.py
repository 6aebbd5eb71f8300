"""`report.html` of a comparison: scenarios side by side, made from the folder's other files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from enroll.report.pages.compare_rows import (
    Comparison,
    changed_in,
    classes_rows,
    figure_rows,
    flow_rows,
    mover_rows,
    price_rows,
    school_changes,
    zone_rows,
)
from enroll.report.pages.reading import Record, read_columns, reading
from enroll.report.pages.rendering import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.notices import Language

PAGE = "report.html"
"""Name of the page in a comparison."""

MOST_CHANGES = 600
"""Changes of schools that the page lists; all are in `compare-schools.csv`."""

MOST_FLOWS = 40
"""Moves between two schools that the page lists; all are in `moves.csv`."""


def compare_page(files: Mapping[str, bytes], language: Language) -> bytes:
    """Return `report.html` of a comparison.

    Parameters
    ----------
    files
        The folder's files by name. Without `compare-map.json` the page has no maps and says
        so, without `compare-years.csv` no years ahead.
    language
        Of every sentence; names are as the files have them.

    Raises
    ------
    UsageError
        Where the files are no comparison that this version reads.
    """
    with reading(language):
        found = read_comparison(files)
        shown = {
            **_tables(found, language),
            **_maps(files, found, language),
            **_years(files, found),
        }
    title = found.sides[0]["title"]
    return render("compare.html.j2", language, title=title, sides=found.sides, **shown)


def read_comparison(files: Mapping[str, bytes]) -> Comparison:
    """Return what a comparison's files say.

    Raises
    ------
    KeyError, ValueError
        Where a file is missing or has a format that is not known.
    """
    from enroll.report.comparison.rows import letter_of
    from enroll.report.manifest import RUN_FORMAT

    told = json.loads(files["compare.json"])
    if told["format"] != RUN_FORMAT:
        raise ValueError(told["format"])
    sides = [{**side, "letter": letter_of(at)} for at, side in enumerate(told["scenarios"])]
    names = ("compare-schools", "compare-zones")
    schools, zones = (_by_scenario(read_columns(files[f"{name}.csv"])) for name in names)
    return Comparison(sides, schools, zones)


def _by_scenario(columns: Mapping[str, list[str]]) -> dict[str, list[Record]]:
    """Return the lines of a table by the scenario that they are of, numbers as text."""
    found: dict[str, list[Record]] = {}
    for cells in zip(*columns.values(), strict=True):
        row = dict(zip(columns, cells, strict=True))
        found.setdefault(row["scenario"], []).append(row)
    return found


def _tables(found: Comparison, language: Language) -> dict[str, object]:
    changes = school_changes(found)
    return {
        "figures": figure_rows(found),
        "zones": zone_rows(found),
        "classes": classes_rows(found),
        "changed": changed_in,
        "changes": changes[:MOST_CHANGES],
        "changes_left_out": max(len(changes) - MOST_CHANGES, 0),
        "movers": mover_rows(found),
        **flow_rows(found, MOST_FLOWS, language),
        "prices": price_rows(found, language),
        "children": any(side["moves"] is not None for side in found.sides),
    }


def _maps(files: Mapping[str, bytes], found: Comparison, language: Language) -> dict[str, object]:
    from enroll.report.pages.compare_maps import small_maps
    from enroll.report.pages.labels import demand_labels

    content = files.get("compare-map.json")
    maps = [] if content is None else small_maps(found, json.loads(content), language)
    return {"maps": maps, "demand_labels": demand_labels()}


def _years(files: Mapping[str, bytes], found: Comparison) -> dict[str, object]:
    from enroll.report.pages.compare_years import years_of

    content = files.get("compare-years.csv")
    return {"ahead": None if content is None else years_of(found, read_columns(content))}
