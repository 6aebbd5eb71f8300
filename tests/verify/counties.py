"""Runs under a committed draw for the tests of verify.py: a small county and the sample county."""

from __future__ import annotations

import csv
import io
import random
import shutil
from pathlib import Path

from enroll import allocate, load
from enroll.office import draws
from tests.chance import steady
from tests.office.draws import AFTER, SOURCES, VALUES, before, later

ROOT = Path(__file__).parents[2]
PLAIN = f'seed = "{"0" * 64}"'
SCENARIO = """title = "small county"
year = 2026
stage = "primary"
[files]
applicants = "applicants.csv"
schools = "schools.csv"
zones = "zones.csv"
[coordinates]
applicants = "wgs84"
schools = "wgs84"
zones = "wgs84"
metric_crs = "EPSG:4546"
[limits]
class_standard = 9
class_limit = 11
[lottery]
draw = "../draw"
[[group]]
id = "A"
when = {home = "own"}
[[group]]
id = "B"
when = {}
[[round]]
id = "zone"
rule = "zone"
order = ["group", "sibling", "distance", "points", "since"]
[[round]]
id = "redirect"
rule = "redirect"
max_m = 1500
[[round]]
id = "stretch"
rule = "redirect"
seats = "limit"
"""


def make_county(folder, children=150, seed=1):
    """Allocate a small county under a committed draw; return the run and the published hash."""
    dice = random.Random(seed)  # noqa: S311 - makes a county, draws nothing
    home = folder / "county"
    home.mkdir()
    schools = [
        {"school_id": f"S{n}", "name": f"School {n}", **_point(dice), "classes": dice.randint(1, 3),
         "reserved": n % 2, "reserved_for": "teachers"}
        for n in range(1, 9)
    ]  # fmt: skip
    ids = [school["school_id"] for school in schools]
    zones = [
        {"zone_id": f"Z{n}", "schools": ";".join(ids[n - 1 : n + 1]), **_point(dice)}
        for n in range(1, 8, 2)
    ]
    pupils = [
        {"applicant_id": f"P{n:03}", **_point(dice), "zone": dice.choice(zones)["zone_id"],
         "home": dice.choice(["own", "rent"]),
         "birth_date": dice.choice(["2019-12-01"] * 9 + ["2020-12-12"]),
         "review": dice.choice(["passed"] * 19 + ["pending"]),
         "family": f"F{n // 2}" if n % 20 < 2 else "", "points": dice.randint(0, 2),
         "since": dice.choice(["", "2021-01-01", "2022-02-02"]),
         "sibling_school": dice.choice(ids) if n % 7 == 0 else "",
         "accepts_redirect": dice.choice(["yes"] * 9 + ["no"])}
        for n in range(children)
    ]  # fmt: skip
    for name, rows in (("applicants", pupils), ("schools", schools), ("zones", zones)):
        (home / f"{name}.csv").write_bytes(table_bytes(rows))
    scenario = home / "county.toml"
    return run_with_draw(folder, scenario, SCENARIO, PLAIN)


def make_sample_county(folder):
    """Allocate the sample county under a committed draw; return the run and the published hash."""
    shutil.copytree(ROOT / "data", folder / "data")
    text = (ROOT / "scenarios" / "nanxian-primary-2026.toml").read_text("utf-8")
    plain = next(line for line in text.splitlines() if line.startswith("seed ="))
    (folder / "scenarios").mkdir()
    scenario = folder / "scenarios" / "county.toml"
    return run_with_draw(folder, scenario, text.replace(plain, 'draw = "../draw"'), plain)


def run_with_draw(folder, scenario, text, plain):
    """Freeze, commit and draw; write the run of a scenario's text, which names the draw.

    `plain` is the line of a plain seed that stands in its place until the draw is there.
    """
    scenario.write_text(text.replace('draw = "../draw"', plain), "utf-8")
    with steady():
        draws.freeze(scenario, folder / "draw", draw_id="2026-small", clock=before)
    _, published = draws.commit(folder / "draw", SOURCES, AFTER, clock=before)
    draws.draw(folder / "draw", VALUES, clock=later)
    scenario.write_text(text, "utf-8")
    allocate(load(scenario)).write(folder / "run")
    return folder / "run", published


def _point(dice):
    return {"lon": f"{dice.uniform(112.30, 112.34):.5f}", "lat": f"{dice.uniform(29.4, 29.44):.5f}"}


def table_bytes(rows):
    """Return the lines of a table as a file."""
    stream = io.StringIO(newline="")
    table = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return stream.getvalue().encode()
