"""New York's 70,000 kindergarten children on the map and the schools that the city published.

Run `ENROLL_REAL_DATA=FOLDER python benchmarks/new_york.py OUT`. FOLDER holds `nyc_elem` (see
docs/how-to/new-york.md); OUT is a folder outside the project. The script writes the scenarios
there, checks and allocates, and prints what was found beside what is known to be wrong.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from new_york_files import build
from run import PYTHON, measure

from enroll import office
from enroll.notices import level_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enroll.notices import Problem

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Dirt:
    """One thing that is wrong in the published files.

    Parameters
    ----------
    what
        In words.
    scenario
        The scenario whose check finds it.
    code
        Of the problem that names it.
    known
        How many there are, as counted without enroll.
    field
        Parameter of the problem that holds the number; "" where each has a problem of its own.
    tolerance
        How far the number found may be off: the plane is another one than the city's.
    """

    what: str
    scenario: str
    code: str
    known: int
    field: str = ""
    tolerance: int = 0

    def found(self, problems: Iterable[Problem]) -> int:
        """Return how many of them the problems name."""
        if self.field:
            return sum(int(each.params[self.field]) for each in problems if each.code == self.code)
        return sum(_rows(each, self.code) for each in problems)

    def kept(self, problems: Iterable[Problem]) -> bool:
        """Return whether as many are named as there are, within the tolerance."""
        return abs(self.found(problems) - self.known) <= self.tolerance


DIRT = (
    Dirt("outlines that cross themselves", "new-york", "ZONE_REPAIRED", 2),
    Dirt("overlaps of zones", "new-york", "ZONE_OVERLAP", 2),
    Dirt("overlaps that are slivers", "new-york", "ZONE_DUST", 524, "slivers", 10),
    Dirt("pin-holes between zones", "new-york", "ZONE_DUST", 866, "pinholes", 10),
    Dirt("zones without a school", "new-york", "ZONE_WITHOUT_SCHOOL", 30),
    Dirt("zones naming a school not listed", "new-york", "ZONE_SCHOOL_UNKNOWN", 13),
    Dirt("schools outside their own zone", "new-york", "SCHOOL_OUTSIDE_ZONE", 17, "", 2),
    Dirt("schools at longitude and latitude 0", "new-york", "COORDINATES_ZERO", 5),
    Dirt("schools with no point, these among them", "new-york", "SCHOOLS_NOT_ON_MAP", 6, "count"),
    Dirt("schools listed twice", "as-published", "ID_TWICE", 59),
    Dirt("schools at 0 in the columns of feet", "feet", "COORDINATES_ZERO", 2),
    Dirt("schools with a digit lost in feet", "feet", "POINT_FAR_AWAY", 2),
)
"""What is known to be wrong, counted from the files by other means."""
SCENARIOS = ("new-york", "as-published", "feet")


def main() -> int:
    """Build, check, allocate and show; return 1 where a number is off."""
    arguments = _arguments()
    out = arguments.out.resolve()
    build(arguments.real / "nyc_elem", out, arguments.children)
    kept = _show_dirt({name: office.check(out / f"{name}.toml") for name in SCENARIOS})
    _measure("check", out, arguments.runs)
    _measure("allocate", out, arguments.runs)
    _show_run(out / "run")
    return 0 if kept else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, metavar="OUT", help="folder outside the project")
    parser.add_argument("--children", type=int, default=70_000, help="applicants to invent")
    parser.add_argument("--runs", type=int, default=3, help="how often to measure")
    arguments = parser.parse_args()
    if arguments.out.resolve().is_relative_to(PROJECT):
        parser.error("OUT must lie outside the project: published data is not kept in it")
    if not os.environ.get("ENROLL_REAL_DATA"):
        parser.error("ENROLL_REAL_DATA names no folder")
    arguments.real = Path(os.environ["ENROLL_REAL_DATA"]).resolve()
    return arguments


def _measure(job: str, out: Path, runs: int) -> None:
    """Run a command as a whole process, cold, and print what it took."""
    run, enroll = out / "run", Path(PYTHON).with_name("enroll")
    options = f"-o '{run}' --tables-only" if job == "allocate" else ""
    command = f"rm -rf '{run}'; exec '{enroll}' {job} '{out / 'new-york.toml'}' {options}"
    seconds, megabytes = measure(["sh", "-c", command], runs)
    print(f"enroll {job}: {seconds:.1f} s (median of {runs}), {megabytes:.0f} MB")


def _rows(problem: Problem, code: str) -> int:
    """Return for how many rows a problem speaks of a code."""
    if problem.code == "MORE_LIKE_THIS" and problem.params["like"] == code:
        return int(problem.params["count"])
    return int(problem.code == code)


def _show_dirt(found: dict[str, list[Problem]]) -> bool:
    print(f"\n{'known to be wrong':<42} {'known':>6} {'found':>6}  named by")
    for dirt in DIRT:
        problems = found[dirt.scenario]
        mark = "" if dirt.kept(problems) else "  OFF"
        print(f"{dirt.what:<42} {dirt.known:>6} {dirt.found(problems):>6}  {dirt.code}{mark}")
    print()
    for name, problems in found.items():
        levels = Counter(level_of(problem) for problem in problems)
        print(f"{name}: " + ", ".join(f"{levels[level]} {level}" for level in sorted(levels)))
    return all(dirt.kept(found[dirt.scenario]) for dirt in DIRT)


def _show_run(run: Path) -> None:
    with (run / "warnings.csv").open(encoding="utf-8", newline="") as file:
        notices = Counter((row["level"], row["code"]) for row in csv.DictReader(file))
    print("\nnotices of the run")
    for (level, code), count in sorted(notices.items()):
        print(f"  {level:<8} {code:<24} {count:>5}")
    summary = json.loads((run / "summary.json").read_bytes())
    print("\n" + json.dumps(summary["all"], indent=1))


if __name__ == "__main__":
    sys.exit(main())
