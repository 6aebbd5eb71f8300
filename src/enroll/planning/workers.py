"""One job on many items: in local processes, or on a Dask cluster.

Results come in the order of the items, whatever the number of workers and whoever finishes
first; where several items fail, the first of them in order speaks. A worker that is killed
loses nothing: its items run again.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from enroll.errors import UsageError
from enroll.notices import translate
from enroll.notices.kinds import N_
from enroll.notices.telling import silent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from enroll.notices import Language
    from enroll.notices.telling import Tell

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

ATTEMPTS = 3
"""How often a job may lose its worker before it is held to be the cause."""

WORKERS_LOST = N_(
    "Workers were ended {count} times in a row and nothing came of it, most likely for want of"
    " memory: name fewer workers with --workers, or use a machine with more memory."
)
_NO_WORKERS = N_("{workers} workers can do nothing: name at least 1 with --workers.")
_BOTH = N_(
    "--workers counts processes of this machine and --scheduler names a cluster, which has"
    " workers of its own: leave one of the two out."
)


def run_each(
    job: Callable[[_Item], _Result],
    items: Sequence[_Item],
    *,
    scheduler: str | None = None,
    workers: int | None = None,
    tell: Tell = silent,
    language: Language = "en",
) -> list[_Result]:
    """Run a job on every item and return the results in the order of the items.

    Parameters
    ----------
    job
        A function of a module, or a `functools.partial` of one; it and the items are pickled.
    items
        What it is run on, one at a time. A single item, or a single worker, is run in this
        process.
    scheduler
        Address of a Dask scheduler, such as `tcp://127.0.0.1:8786`. Its cluster must be trusted:
        scheduler and workers see the children's data and run any code they are given.
    workers
        Local processes; default: one per processor that this process may use.
    tell
        Called with "done/all" as items are done, for a progress display.
    language
        Of the sentence that an error says.

    Raises
    ------
    UsageError
        If the number of workers makes no sense, the cluster is not there, or workers are
        ended again and again.
    EnrollError
        Whatever ending the job has come to; of several, that of the first item in order.
    """
    if scheduler is not None and workers is not None:
        raise UsageError(translate(_BOTH, language))
    if workers is not None and workers < 1:
        raise UsageError(translate(_NO_WORKERS, language, {"workers": workers}))
    if scheduler is not None:
        from enroll.planning.cluster import run_on_cluster

        return run_on_cluster(job, items, scheduler, tell, language)
    count = min(len(items), workers or processors())
    if count <= 1:
        return _run_here(job, items, tell)
    return _run_in_processes(job, items, count, tell, language)


def processors() -> int:
    """Return how many processors this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # pragma: no cover - another system than the tests'


def _run_here(
    job: Callable[[_Item], _Result], items: Sequence[_Item], tell: Callable[[str], None]
) -> list[_Result]:
    results = []
    for number, item in enumerate(items):
        tell(f"{number}/{len(items)}")
        results.append(job(item))
    return results


def _run_in_processes(
    job: Callable[[_Item], _Result],
    items: Sequence[_Item],
    count: int,
    tell: Tell,
    language: Language,
) -> list[_Result]:
    done: dict[int, _Result] = {}
    lost = 0
    while len(done) < len(items):
        before = len(done)
        try:
            with _pool(job, count) as pool:
                _collect(pool, items, done, tell)
        except BrokenProcessPool:
            lost = lost + 1 if len(done) == before else 1
            if lost >= ATTEMPTS:
                raise UsageError(translate(WORKERS_LOST, language, {"count": lost})) from None
    return [done[number] for number in range(len(items))]


def _collect(
    pool: ProcessPoolExecutor,
    items: Sequence[_Item],
    done: dict[int, _Result],
    tell: Tell,
) -> None:
    """Run the items that are not done yet; keep each result as soon as it is there."""
    number_of: dict[Future[Any], int] = {
        pool.submit(_do, item): number for number, item in enumerate(items) if number not in done
    }
    failures: dict[int, BaseException] = {}
    while number_of:
        tell(f"{len(done)}/{len(items)}")
        ready, _ = wait(number_of, return_when=FIRST_COMPLETED)
        broken = None
        for future in ready:
            number = number_of.pop(future)
            error = future.exception()
            if error is None:
                done[number] = future.result()
            elif isinstance(error, BrokenProcessPool):
                broken = error
            else:
                failures[number] = error
        if failures:
            _drop_later(number_of, min(failures))
        if broken is not None:
            raise broken
    if failures:
        raise failures[min(failures)]


def _drop_later(number_of: dict[Future[Any], int], failed: int) -> None:
    """Give up the items after one that failed; those before it may still fail themselves."""
    for future, number in list(number_of.items()):
        if number > failed and future.cancel():
            del number_of[future]


@contextmanager
def _pool(job: Callable[[Any], Any], count: int) -> Iterator[ProcessPoolExecutor]:
    """Give new processes that know the job, and end them however the block is left."""
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        count,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(pickle.dumps(job),),
    )
    try:
        yield pool
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


_job: Callable[[Any], Any]


def _begin(job: bytes) -> None:
    """Remember the job once per process; leave ctrl-C to the process that started this one."""
    global _job
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _job = pickle.loads(job)  # noqa: S301 - written by the process that started this one


def _do(item: Any) -> Any:
    return _job(item)
