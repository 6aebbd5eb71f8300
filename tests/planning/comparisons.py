"""Scenarios to compare: the starter and what extends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.screens import starter

if TYPE_CHECKING:
    from pathlib import Path

MORE = """\
extends = "scenario.toml"
title   = "Sample County with a class more (synthetic)"

[[change]]
do        = "set_school"
school_id = "S2"
classes   = 2
"""
NEAR = """\
extends = "scenario.toml"
title   = "Sample County, redirects of 1 km at most (synthetic)"

[limits]
far_m = 1000
"""
ROLL = "year,school_id,grade,pupils\n" + "".join(
    f"{year},S{school},{grade},{10 * school + year - 2022 + grade}\n"
    for year in range(2022, 2026)
    for school in (1, 2, 3)
    for grade in range(1, 7)
)


def scenarios(folder: Path, **others: str) -> list[Path]:
    """Write the starter and scenarios beside it, and return the paths of all."""
    paths = [starter(folder)]
    for name, text in others.items():
        paths.append(folder / f"{name}.toml")
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def with_roll(folder: Path, **others: str) -> list[Path]:
    """Return the same with a roll of four years."""
    paths = scenarios(folder, **others)
    (folder / "roll.csv").write_text(ROLL, encoding="utf-8")
    text = paths[0].read_text(encoding="utf-8")
    paths[0].write_text(text.replace("[files]", '[files]\nroll = "roll.csv"', 1), encoding="utf-8")
    return paths


CLOSED = """\
extends = "scenario.toml"
title   = "Sample County without its eastern school (synthetic)"

[[change]]
do        = "close_school"
school_id = "S3"

[[change]]
do      = "set_zone"
zone_id = "Z3"
schools = ["S2"]
"""
ESTATE = """\
extends = "scenario.toml"
title   = "Sample County with an estate (synthetic)"

[[change]]
do             = "add_homes"
id             = "NEW"
point          = [112.395, 29.36]
dwellings      = 100
pupils_per_100 = {1 = 6, 2 = 3}
delivered      = 2026
occupancy      = {2026 = 50, 2028 = 100}
group          = "A"
"""
