"""Twenty scenarios of one county side by side, run for the first time and again.

    python benchmarks/compare.py --scenarios 20

Makes a county of 6,000 applicants and 60 schools, and scenarios beside it that each give one
school a class more. Prints how long `enroll compare` takes cold, and with all runs kept.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from instances import COUNTY, write_instance  # noqa: E402 - beside this file

if TYPE_CHECKING:
    from collections.abc import Sequence

CHANGE = """\
extends = "{base}"

[[change]]
do        = "set_school"
school_id = "{school}"
classes   = 9
"""


def write_scenarios(folder: Path, count: int) -> list[Path]:
    """Write the county and scenarios that extend it; return all, the county first."""
    base = write_instance(COUNTY, folder, seed=1)
    lines = (folder / "schools.csv").read_text(encoding="utf-8").splitlines()
    schools = [line.split(",", 1)[0] for line in lines[1:count]]
    paths = [base]
    for school in schools:
        paths.append(folder / f"more-{school}.toml")
        paths[-1].write_text(CHANGE.format(base=base.name, school=school), encoding="utf-8")
    return paths


def compare(scenarios: Sequence[Path], folder: Path, *words: str) -> float:
    """Return the seconds that a comparison takes, as its user waits for it."""
    asked = ["compare", *map(str, scenarios), *words]
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "enroll", *asked],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
    )
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenarios", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scenarios = write_scenarios(folder, asked.scenarios)
        first = compare(scenarios, folder)
        again = compare(scenarios, folder, "--overwrite")
    print(f"{len(scenarios)} scenarios of 6,000 applicants: {first:.1f} s, again {again:.1f} s")


if __name__ == "__main__":
    main()
