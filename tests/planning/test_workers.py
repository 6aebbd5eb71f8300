"""One job on many items in local processes: order, failures and killed workers."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from enroll.errors import InputError, UnlawfulError, UsageError
from enroll.planning.workers import run_each
from tests.planning import jobs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.mark.parametrize("workers", [1, 2, None])
def test_results_come_in_the_order_of_the_items(workers: int | None) -> None:
    assert run_each(jobs.slow_to_start, range(6), workers=workers) == list(range(6))


def test_nothing_to_do_is_no_work() -> None:
    assert run_each(jobs.square, [], workers=2) == []


def test_one_item_or_one_worker_needs_no_other_process() -> None:
    assert run_each(jobs.own_process, [7]) == [os.getpid()]
    assert run_each(jobs.own_process, [7, 8], workers=1) == [os.getpid()] * 2


def test_two_workers_are_other_processes() -> None:
    assert os.getpid() not in run_each(jobs.own_process, [7, 8], workers=2)


@pytest.mark.parametrize("workers", [1, 2])
def test_of_several_failures_the_first_in_order_speaks(workers: int) -> None:
    with pytest.raises(InputError) as caught:
        run_each(partial(jobs.fail_from, 2), range(6), workers=workers)
    assert [(problem.code, problem.row) for problem in caught.value.problems] == [("NO_SCHOOLS", 2)]


def test_every_ending_comes_back_as_itself() -> None:
    with pytest.raises(UnlawfulError, match="R2") as caught:
        run_each(jobs.unlawful, range(2), workers=2)
    assert caught.value.breaches == ("R1: broken", "R2: broken")
    with pytest.raises(UsageError, match="Say it otherwise"):
        run_each(jobs.refuse, range(2), workers=2)


def test_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    assert run_each(jobs.dying_once(mark), range(8), workers=2) == [n * n for n in range(8)]
    assert mark.exists()


def test_a_job_that_always_ends_its_process_is_given_up() -> None:
    with pytest.raises(UsageError, match="ended 3 times in a row"):
        run_each(jobs.die, range(2), workers=2)


@pytest.fixture
def _heeding_ctrl_c() -> Iterator[None]:
    """Heed ctrl-C also where a shell began the tests in its background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_heeding_ctrl_c")
def test_ctrl_c_leaves_no_process_behind() -> None:
    before = set(multiprocessing.active_children())
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run_each(jobs.interrupt_parent, range(4), workers=2)
    assert time.monotonic() - began < 20
    assert set(multiprocessing.active_children()) <= before


def test_progress_is_told() -> None:
    said: list[str] = []
    run_each(jobs.square, range(3), workers=1, tell=said.append)
    assert said == ["0/3", "1/3", "2/3"]
    said.clear()
    run_each(jobs.square, range(3), workers=2, tell=said.append)
    assert said[0] == "0/3"


def test_senseless_workers_are_refused() -> None:
    with pytest.raises(UsageError, match="at least 1"):
        run_each(jobs.square, range(3), workers=0)
    with pytest.raises(UsageError, match="leave one of the two out"):
        run_each(jobs.square, range(3), workers=2, scheduler="tcp://127.0.0.1:1")
