"""The same job on a real Dask scheduler and workers, killed workers included."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import distributed
import pytest

from enroll.errors import InputError, UsageError
from enroll.planning import cluster as room
from enroll.planning import compare
from enroll.planning.workers import run_each
from tests.cli.screens import run, starter
from tests.planning import jobs
from tests.planning.clusters import Cluster, cluster
from tests.planning.comparisons import CLOSED, NEAR, scenarios

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from distributed import Future


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster"), 2) as made:
        yield made


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_results_come_in_the_order_of_the_items(two: Cluster) -> None:
    assert run_each(jobs.slow_to_start, range(6), scheduler=two.address) == list(range(6))


def test_of_several_failures_the_first_in_order_speaks(two: Cluster) -> None:
    with pytest.raises(InputError) as caught:
        run_each(partial(jobs.fail_from, 2), range(6), scheduler=two.address)
    assert [problem.row for problem in caught.value.problems] == [2]


def test_a_comparison_is_the_same_bytes_as_in_one_process(two: Cluster, tmp_path: Path) -> None:
    paths = scenarios(tmp_path, closed=CLOSED, near=NEAR)
    far = compare(paths, kept=tmp_path / "far", scheduler=two.address)
    near = compare(paths, kept=tmp_path / "near", workers=1)
    assert far.files == near.files
    assert contents(tmp_path / "far") == contents(tmp_path / "near")


def test_odds_and_runs_are_the_same_bytes_as_in_one_process(two: Cluster, tmp_path: Path) -> None:
    scenarios = [starter(tmp_path / name) for name in ("east", "west")]
    for name, option in (("far", ("--scheduler", two.address)), ("near", ("--workers", "1"))):
        odds = run("odds", scenarios[0], "--draws", 20, "-o", tmp_path / name / "odds", *option)
        assert odds.status == 0, odds.err
        done = run("allocate", *scenarios, "-o", tmp_path / name / "runs", *option)
        assert done.status == 0, done.err
    assert contents(tmp_path / "far") == contents(tmp_path / "near")
    assert len(contents(tmp_path / "far")) > 10


def test_a_worker_killed_on_purpose_changes_no_byte(tmp_path: Path) -> None:
    with cluster(tmp_path / "cluster", 2) as made:
        mark = tmp_path / "mark"
        results = run_each(jobs.dying_once(mark), range(8), scheduler=made.address)
        assert mark.exists()
        ended = [worker for worker in made.workers if worker.poll() is not None]
        assert len(ended) == 1, "one worker was killed"
    assert results == [number * number for number in range(8)]


def end_holder(desk: room._Desk, future: Future, made: Cluster) -> None:
    """Kill the worker that holds the result of a task."""
    client = desk._client
    (address,) = client.who_has([future])[future.key]
    process = client.run(os.getpid, workers=[address])[address]
    worker = next(worker for worker in made.workers if worker.pid == process)
    worker.kill()
    worker.wait()


def test_a_result_lost_before_it_is_asked_for_is_worked_out_again(tmp_path: Path) -> None:
    ending_of = room._Desk._ending_of
    seen: list[str] = []

    def take(desk: room._Desk, future: Future) -> room._Ending | None:
        if not seen:
            end_holder(desk, future, made)
            while future.status == "finished":
                time.sleep(0.01)
            seen.append(future.status)
            (tmp_path / "go").touch()
        return ending_of(desk, future)

    with cluster(tmp_path / "cluster", 2) as made, patch.object(room._Desk, "_ending_of", take):
        results = run_each(jobs.held_back(tmp_path), range(6), scheduler=made.address)
    assert (results, seen) == (list(range(6)), ["lost"])


def test_a_result_lost_as_it_is_fetched_is_worked_out_again(tmp_path: Path) -> None:
    fetch = distributed.Future.result
    tries: list[str] = []

    def result(future: Future, timeout: float) -> object:
        tries.append(future.key)
        if len(tries) > 1:
            (tmp_path / "go").touch()
            return fetch(future, timeout)
        end_holder(desks[0], future, made)
        return fetch(future, 1)

    class Desk(room._Desk):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            desks.append(self)

    desks: list[room._Desk] = []
    with (
        cluster(tmp_path / "cluster", 2) as made,
        patch.object(room, "_Desk", Desk),
        patch.object(distributed.Future, "result", result),
    ):
        results = run_each(jobs.held_back(tmp_path), range(6), scheduler=made.address)
    assert results == list(range(6))
    assert tries.count(tries[0]) == 2, "the lost one was fetched again"


class BrokenFetch:
    """A task that was done, and whose result cannot be had."""

    def __init__(self, error: Exception, then: str) -> None:
        self.status = "finished"
        self._error = error
        self._then = then

    def result(self, timeout: float) -> object:  # noqa: ARG002 - as the library calls it
        self.status = self._then
        raise self._error


@pytest.mark.parametrize("error", [OSError("gone"), RuntimeError("killed")], ids=repr)
def test_a_task_that_failed_when_run_again_is_looked_at_again(error: Exception) -> None:
    desk = room._Desk(None, "tcp://127.0.0.1:1", "en")
    assert desk._ending_of(BrokenFetch(error, "error")) is None


@pytest.mark.parametrize(
    ("error", "raised", "sentence"),
    [
        (OSError("gone"), UsageError, "connection to the scheduler .* was lost"),
        (RuntimeError("a bug"), RuntimeError, "a bug"),
    ],
    ids=["the connection broke", "a bug is not hidden"],
)
def test_a_result_that_cannot_be_fetched(
    error: Exception, raised: type[Exception], sentence: str
) -> None:
    desk = room._Desk(None, "tcp://127.0.0.1:1", "en")
    with pytest.raises(raised, match=sentence):
        desk._ending_of(BrokenFetch(error, "finished"))


def test_another_version_on_a_worker_is_refused(two: Cluster) -> None:
    with (
        patch.object(room, "__version__", "9.9.9"),
        pytest.raises(UsageError, match=r"this machine 9\.9\.9.*same version"),
    ):
        run_each(jobs.square, range(3), scheduler=two.address)


def test_a_scheduler_without_workers_is_named(tmp_path: Path) -> None:
    with (
        cluster(tmp_path, 0) as made,
        patch.object(room, "WORKERS_S", 1),
        pytest.raises(UsageError, match=r"no worker for 1 seconds: start some"),
    ):
        run_each(jobs.square, range(3), scheduler=made.address)


def test_a_scheduler_that_is_lost_is_named(tmp_path: Path) -> None:
    with cluster(tmp_path, 1) as made:
        job = partial(jobs.kill, made.scheduler.pid)
        with pytest.raises(UsageError, match=r"connection to the scheduler .* was lost"):
            run_each(job, range(2), scheduler=made.address)


def test_no_scheduler_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as free, patch.object(room, "CONNECT_S", 1):
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        done = run("odds", starter(tmp_path), "-o", tmp_path / "odds", "--scheduler", address)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("No Dask scheduler answers at tcp://127.0.0.1:")
    assert not (tmp_path / "odds").exists()


@pytest.mark.parametrize("address", ["", "nowhere://x", "tcp://127.0.0.1", "a b:1"])
def test_no_address_is_one_sentence(address: str) -> None:
    with (
        patch.object(room, "CONNECT_S", 1),
        pytest.raises(UsageError, match="No Dask scheduler answers"),
    ):
        run_each(jobs.square, range(3), scheduler=address)


def test_without_the_extra_a_scheduler_is_refused() -> None:
    with (
        patch.dict(sys.modules, {"distributed": None}),
        pytest.raises(UsageError, match=r"pip install 'enroll\[cluster\]'"),
    ):
        run_each(jobs.square, range(3), scheduler="tcp://127.0.0.1:8786")


def test_a_clean_process_ends_without_a_word_of_the_library(two: Cluster, tmp_path: Path) -> None:
    scenario = starter(tmp_path / "in")
    words = ["odds", str(scenario), "--draws", "5", "--scheduler", two.address]
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "enroll", *words, "-o", str(tmp_path / "odds")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
