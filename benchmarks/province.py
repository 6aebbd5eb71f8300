"""A province of counties on a local Dask cluster of one worker and of two.

    python benchmarks/province.py --counties 100

Makes counties of 6,000 applicants and 60 schools, starts a scheduler on loopback, and gives
`enroll allocate` all of them with one worker and with two. Prints both times, their ratio, and
whether the runs are the same bytes; with `--kill`, a worker is killed on the way.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from instances import COUNTY, write_instance  # noqa: E402 - beside this file
from tests.planning.clusters import cluster  # noqa: E402 - above this file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@contextmanager
def killed_after(process: int, seconds: float) -> Iterator[None]:
    """Kill a process while the block runs."""
    timer = threading.Timer(seconds, os.kill, (process, signal.SIGKILL))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def allocate(scenarios: Sequence[Path], runs: Path, address: str) -> float:
    """Return the seconds that a batch takes, as its user waits for it."""
    words = ["allocate", *map(str, scenarios), "-o", str(runs), "--scheduler", address]
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "enroll", *words], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def digest(runs: Path) -> str:
    """Return one hash over the seals of all runs."""
    seals = [path.read_bytes() for path in sorted(runs.glob("*/SHA256SUMS"))]
    return hashlib.sha256(b"".join(seals)).hexdigest()[:16]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counties", type=int, default=100)
    parser.add_argument("--kill", action="store_true", help="kill one of the two workers")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scenarios = [
            write_instance(COUNTY, folder / f"county-{number:03}", seed=number)
            for number in range(asked.counties)
        ]
        seconds, digests = {}, {}
        for workers in (1, 2):
            with cluster(folder / f"cluster-{workers}", workers) as made:
                runs = folder / f"runs-{workers}"
                allocate(scenarios[:workers], folder / f"warm-{workers}", made.address)
                seconds[workers] = allocate(scenarios, runs, made.address)
                digests[workers] = digest(runs)
                print(f"{workers} worker(s): {seconds[workers]:.1f} s", flush=True)
        print(f"{asked.counties} counties of 6,000 applicants: {seconds[1] / seconds[2]:.2f} times")
        if asked.kill:
            with cluster(folder / "cluster-k", 2) as made:
                runs = folder / "runs-k"
                with killed_after(made.workers[0].pid, seconds[2] / 2):
                    took = allocate(scenarios, runs, made.address)
                digests[0] = digest(runs)
                print(f"one of 2 workers killed half way: {took:.1f} s")
        print("the same bytes" if len(set(digests.values())) == 1 else "DIFFERENT BYTES")


if __name__ == "__main__":
    main()
