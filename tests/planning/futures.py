"""A small county with a past, written to a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SCHOOLS = (
    "school_id,name,lon,lat,classes\nS1,First,112.40,29.36,2\nS2,Second,112.42,29.36,3\n"
    "S3,Closed,112.41,29.36,0\n"
)
ZONES = "zone_id,name,schools,lon,lat\nZ1,West,S1,112.40,29.36\nZ2,East,S2,112.42,29.36\n"
SCENARIO = """\
title = "Years ahead"
year = 2026
stage = "primary"
[files]
schools = "schools.csv"
zones = "zones.csv"
roll = "roll.csv"
{files}
[coordinates]
schools = "wgs84"
zones = "wgs84"
homes = "wgs84"
[forecast]
samples = 50
{more}
"""


def roll(*extra: str, years: tuple[int, ...] = (2021, 2022, 2023, 2024, 2025)) -> str:
    """Return a roll of two schools with six grades, and further rows."""
    rows = ["year,school_id,grade,pupils"]
    for year in years:
        for school, size in (("S1", 80), ("S2", 120)):
            rows += [
                f"{year},{school},{grade},{size + (year * 7 + grade * 5) % 9}"
                for grade in range(1, 7)
            ]
    return "\n".join([*rows, *extra]) + "\n"


def births() -> str:
    """Return births by year and zone, 2013 to 2023."""
    rows = [f"{year},{zone},{2 * size - year % 7}" for year in range(2013, 2024)
            for zone, size in (("Z1", 45), ("Z2", 65))]  # fmt: skip
    return "\n".join(["year,zone_id,births", *rows]) + "\n"


def county(folder: Path, more: str = "", **changed: str) -> Path:
    """Write a scenario with its tables and return its path; `changed` replaces or adds tables."""
    tables = {"schools": SCHOOLS, "zones": ZONES, "roll": roll(), **changed}
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    named = "".join(f'{name} = "{name}.csv"\n' for name in ("births", "homes") if name in changed)
    path = folder / "ahead.toml"
    path.write_text(SCENARIO.format(files=named, more=more), encoding="utf-8")
    return path
