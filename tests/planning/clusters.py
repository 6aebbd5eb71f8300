"""A Dask scheduler and its workers as processes on loopback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


class Cluster:
    """Processes of a cluster, each of which may be killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []
        log = folder / "scheduler.log"
        self.scheduler = self._start(
            log, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"
        )
        self.address = _wait_for(log, r"Scheduler at:\s+(tcp://127\.0\.0\.1:\d+)")

    def add_worker(self) -> None:
        """Start one more worker and wait until it has registered."""
        log = self._folder / f"worker-{len(self.workers)}.log"
        words = ("--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard")
        space = ("--local-directory", str(self._folder))
        self.workers.append(self._start(log, "worker", self.address, *words, *space))
        _wait_for(log, r"(Registered to)")

    def stop(self) -> None:
        """End every process that is still there."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _start(self, log: Path, *words: str) -> subprocess.Popen[bytes]:
        path = os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")])
        with log.open("wb") as stream:
            return subprocess.Popen(  # noqa: S603 - our own words
                [sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]],
                stdout=stream,
                stderr=stream,
                cwd=self._folder,
                env={**os.environ, "PYTHONPATH": path},
            )


def _wait_for(log: Path, pattern: str) -> str:
    for _ in range(1200):
        found = re.search(pattern, log.read_text(encoding="utf-8", errors="replace"))
        if found:
            return found[1]
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8", errors="replace"))


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """Give a cluster and leave no process behind."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Cluster(folder)
    try:
        for _ in range(workers):
            made.add_worker()
        yield made
    finally:
        made.stop()
