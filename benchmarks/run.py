"""`make bench`: the figures of the project's speed, each beside its bound.

Every command is a whole process, cold; times are medians of wall seconds. Times bounded by
the reference are measured in turn with it: a process that only imports geopandas, pandas and
OR-Tools' flow solver. Results go to the screen and to benchmarks/out/results.json.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from instances import CITY, COUNTY, MEGACITY, Size, write_instance, write_years

HERE = Path(__file__).parent
OUT = HERE / "out"
PYTHON = sys.executable
REFERENCE = [PYTHON, "-c", "import geopandas, pandas, ortools.graph.python.min_cost_flow"]
MEGABYTE = 1024


@dataclass(frozen=True)
class Figure:
    """One line of the table; a bound of 0 means that none is set.

    `page` is the size of the page that the work made, in MB.
    """

    work: str
    seconds: float
    seconds_bound: float
    megabytes: float
    megabytes_bound: float
    note: str = ""
    page: float = 0
    page_bound: float = 0

    @property
    def kept(self) -> bool:
        """Whether the figure is within its bounds."""
        in_time = not self.seconds_bound or self.seconds <= self.seconds_bound
        in_memory = not self.megabytes_bound or self.megabytes <= self.megabytes_bound
        return in_time and in_memory and (not self.page_bound or self.page <= self.page_bound)


def measure(command: list[str], runs: int) -> tuple[float, float]:
    """Return the median wall seconds and the largest peak memory in MB of a command."""
    times, peaks = [], []
    for _ in range(runs):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=HERE.parent)
        _, status, usage = os.wait4(process.pid, 0)
        times.append(time.perf_counter() - start)
        peaks.append(usage.ru_maxrss / MEGABYTE)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return statistics.median(times), max(peaks)


def against_reference(work: str, command: list[str], ratio: float, megabytes: float) -> Figure:
    """Measure a command in turn with the reference."""
    pairs = []
    measure(REFERENCE, 1)
    for _ in range(5):
        reference, _ = measure(REFERENCE, 1)
        pairs.append((*measure(command, 1), reference))
    seconds = statistics.median(pair[0] for pair in pairs)
    reference = statistics.median(pair[2] for pair in pairs)
    share = statistics.median(pair[0] / pair[2] for pair in pairs)
    note = f"{share:.2f} x the reference ({reference:.2f} s); at most {ratio} x"
    peak = max(pair[1] for pair in pairs)
    return Figure(work, seconds, ratio * reference, peak, megabytes, note)


def allocate(size: Size, name: str = "run", options: str = "--tables-only") -> list[str]:
    """Return the command that allocates an instance, with its old run removed."""
    scenario = write_instance(size, OUT / size.name)
    run = OUT / size.name / name
    shutil.rmtree(run, ignore_errors=True)
    enroll = str(Path(PYTHON).with_name("enroll"))
    return [
        "sh",
        "-c",
        f"rm -rf '{run}'; exec '{enroll}' allocate '{scenario}' -o '{run}' {options}",
    ]


def whole_runs() -> list[Figure]:
    """Measure the command line."""
    enroll = str(Path(PYTHON).with_name("enroll"))
    county = against_reference("county: 6,000 x 60", allocate(COUNTY), 3, 300)
    city_seconds, city_memory = measure(allocate(CITY), 3)
    seconds, memory = measure(allocate(MEGACITY), 1)
    county_check, county_peak = measure(verify(COUNTY), 3)
    check, check_peak = measure(verify(MEGACITY), 1)
    times = f"{seconds / city_seconds:.2f} x the city; at most 4.5 x"
    return [
        against_reference("enroll --help", [enroll, "--help"], 0.25, 0),
        county,
        Figure("city: 100,000 x 500", city_seconds, 15, city_memory, 1000),
        Figure(
            "megacity: 300,000 x 1,500", seconds, min(60, 4.5 * city_seconds), memory, 2500, times
        ),
        Figure("verify.py of the county", county_check, 2, county_peak, 0),
        Figure("verify.py of the megacity", check, seconds, check_peak, 0, "at most its allocate"),
    ]


def verify(size: Size) -> list[str]:
    """Return the command by which a stranger checks the run that was allocated."""
    return [PYTHON, "-I", str(OUT / size.name / "run" / "verify.py"), "--rehearsal"]


def pages() -> list[Figure]:
    """Measure how long a run's page takes to be made again, and how large it is."""
    return [report(COUNTY, seconds=5, megabytes=5), report(MEGACITY, seconds=60, megabytes=15)]


def report(size: Size, *, seconds: float, megabytes: float) -> Figure:
    """Measure the page of a whole run, with its map."""
    measure(allocate(size, "whole", ""), 1)
    page = OUT / size.name / "report.html"
    command = [str(Path(PYTHON).with_name("enroll")), "report", str(OUT / size.name / "whole")]
    spent, memory = measure([*command, "-o", str(page)], 1)
    made = page.stat().st_size / 1e6
    note = f"a page of {made:.1f} MB; at most {megabytes} MB"
    return Figure(f"report: the {size.name}", spent, seconds, memory, 0, note, made, megabytes)


def planning() -> list[Figure]:
    """Measure the planner's exact question on the sample county, and years of a megacity."""
    enroll = str(Path(PYTHON).with_name("enroll"))
    folder = OUT / "openings"
    command = [enroll, "open-classes", "scenarios/nanxian-primary-2026.toml", "-o", str(folder)]
    shutil.rmtree(folder, ignore_errors=True)
    seconds, memory = measure([*command, "--overwrite"], 1)
    years = str(write_years(MEGACITY, OUT / MEGACITY.name))
    folder = OUT / MEGACITY.name / "forecast"
    shutil.rmtree(folder, ignore_errors=True)
    ahead, peak = measure([enroll, "forecast", years, "-o", str(folder)], 1)
    return [
        Figure("open-classes: the sample county", seconds, 10, memory, 0),
        Figure("forecast: the megacity, 6 years ahead", ahead, 0, peak, 0),
    ]


def mechanisms() -> list[Figure]:
    """Measure the engine room in processes of its own."""
    figures = []
    for work, name, bound, memory in (
        ("deferred_acceptance: 300,000 x 1,500, 10 choices", "acceptance", 4, 1000),
        ("assign_min_cost: 4,994 x 430, all pairs", "assignment", 4, 0),
        ("the same assignment by OR-Tools alone", "solver", 0, 0),
    ):
        command = [PYTHON, str(HERE / "mechanisms.py"), name]
        spent = [
            json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            for _ in range(3)
        ]
        seconds = statistics.median(each["seconds"] for each in spent)
        peak = max(each["megabytes"] for each in spent)
        figures.append(Figure(work, seconds, bound, peak, memory, spent[0]["note"]))
    return figures


def show(figures: list[Figure]) -> None:
    """Print the table and write the JSON beside it."""
    print(f"{'work':<50} {'seconds':>8} {'at most':>8} {'MB':>6} {'at most':>8}  kept")
    for each in figures:
        bound = f"{each.seconds_bound:.2f}" if each.seconds_bound else ""
        memory = f"{each.megabytes_bound:.0f}" if each.megabytes_bound else ""
        kept = "yes" if each.kept else "NO"
        print(
            f"{each.work:<50} {each.seconds:>8.2f} {bound:>8} {each.megabytes:>6.0f} {memory:>8}"
            f"  {kept}  {each.note}"
        )
    machine = {"cores": os.cpu_count(), "python": platform.python_version()}
    content = {
        "machine": machine,
        "figures": [{**asdict(each), "kept": each.kept} for each in figures],
    }
    (OUT / "results.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    show([*whole_runs(), *pages(), *planning(), *mechanisms()])
