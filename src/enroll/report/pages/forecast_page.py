"""`report.html` of a forecast: the years ahead, made from the folder's other files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from enroll.report.pages.forecast_rows import (
    COUNTY_SIZE,
    KIND_LETTERS,
    Forecast,
    area_rows,
    calendar,
    county_fans,
    school_rows,
)
from enroll.report.pages.reading import read_columns, reading
from enroll.report.pages.rendering import render
from enroll.report.pages.sentences import NOTICES, findings_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.notices import Language
    from enroll.report.pages.reading import Columns

_TABLES = (
    "forecast",
    "forecast-schools",
    "forecast-past",
    "forecast-seats",
    "forecast-county",
    "warnings-by-year",
    "gaps",
)


def forecast_page(files: Mapping[str, bytes], language: Language) -> bytes:
    """Return `report.html` of a forecast.

    Parameters
    ----------
    files
        The folder's files by name; the back-test is shown where `backtest.csv` is there.
    language
        Of every sentence; names are as the files have them.

    Raises
    ------
    UsageError
        Where the files are no forecast that this version reads.
    """
    with reading(language):
        manifest = json.loads(files["manifest.json"])
        found = read_forecast(files)
        shown = {
            "summary": json.loads(files["summary.json"]),
            "samples": manifest["forecast"]["samples"],
            "schools": school_rows(found),
            "county": county_fans(found),
            "county_size": COUNTY_SIZE,
            "calendar": calendar(found),
            "areas": area_rows(found),
            "scores": _scores(files),
            "findings": findings_of(files, {}, language) if NOTICES in files else [],
            "grades": found.grades,
            "years": found.years,
            **_words(),
        }
        title = manifest["scenario"]["settings"]["title"]
    return render("forecast.html.j2", language, title=title, **shown)


def read_forecast(files: Mapping[str, bytes]) -> Forecast:
    """Return what a forecast's files say.

    Raises
    ------
    KeyError, ValueError
        Where a file is missing or has a format that is not known.
    """
    from enroll.report.manifest import RUN_FORMAT

    manifest = json.loads(files["manifest.json"])
    if manifest["format"] != RUN_FORMAT:
        raise ValueError(manifest["format"])
    tables = {name: read_columns(files[f"{name}.csv"]) for name in _TABLES}
    grades = sorted(set(map(int, tables["forecast"]["grade"])))
    return Forecast(manifest["forecast"]["years"], grades, tables)


def _words() -> dict[str, object]:
    from enroll.report.warnings_ahead import LEVELS
    from enroll.report.warnings_terminal import KIND_WORDS

    kinds = [(kind, LEVELS[kind], KIND_LETTERS[kind], KIND_WORDS[kind]) for kind in LEVELS]
    return {
        "kinds": kinds,
        "levels": LEVELS,
        "kind_words": KIND_WORDS,
        "kind_letters": KIND_LETTERS,
    }


def _scores(files: Mapping[str, bytes]) -> list[dict[str, object]]:
    """Return the lines of `backtest.csv` with one decimal, none without a back-test."""
    from enroll.report.forecast_terminal import LEVEL_NAMES

    if "backtest.csv" not in files:
        return []
    columns: Columns = read_columns(files["backtest.csv"])
    rows = []
    for cells in zip(*columns.values(), strict=True):
        row = dict(zip(columns, cells, strict=True))
        told = {name: _tenths(int(row[name])) for name in ("bias", "error", "last_year", "line")}
        counts = {name: int(row[name]) for name in ("lead", "cases")}
        covered = (int(row["covered"]) + 5) // 10
        rows.append({"level": LEVEL_NAMES[row["level"]], **counts, **told, "covered": covered})
    return rows


def _tenths(thousandths: int) -> str:
    """Return thousandths with one decimal, halves away from zero."""
    tenths = (abs(thousandths) + 50) // 100
    sign = "\u2212" if thousandths < 0 and tenths else ""
    return f"{sign}{tenths // 10:,}.{tenths % 10}"
