"""One job on many items on a Dask cluster.

A cluster is trusted: whoever can reach its scheduler can run code on every worker and sees
what the workers see. enroll never starts one and connects to none that was not named.
"""

from __future__ import annotations

import logging
import pickle
import time
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from enroll.errors import UsageError
from enroll.notices import translate
from enroll.notices.kinds import N_
from enroll.notices.masking import printable
from enroll.planning.workers import ATTEMPTS, WORKERS_LOST
from enroll.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from distributed import Client, Future

    from enroll.notices import Language

    _Ending = tuple[BaseException | None, Any]
    """How a task ended: an error, or its result."""

CONNECT_S = 10
"""Seconds to wait for the scheduler's answer."""

WORKERS_S = 60
"""Seconds to wait for a first worker, and for another one when none is left."""

_LOOK_S = 2
"""Seconds between two looks at whether the cluster is still there."""

_NO_EXTRA = N_(
    "--scheduler needs the library dask.distributed: install it with pip install 'enroll[cluster]'."
)
_UNREACHABLE = N_(
    "No Dask scheduler answers at {address}: start one with dask scheduler, or name its address,"
    " such as tcp://127.0.0.1:8786."
)
_NOBODY = N_(
    "The scheduler at {address} has had no worker for {seconds} seconds: start some with"
    " dask worker {address}."
)
_LOST = N_(
    "The connection to the scheduler at {address} was lost, and nothing was written: see whether"
    " it still runs, and give the command again."
)
_OTHER_VERSION = N_(
    "A worker of the cluster has enroll {theirs} and this machine {ours}: install the same version"
    " everywhere, so that the same input gives the same bytes."
)
_NO_ENROLL = N_(
    "A worker of the cluster cannot run enroll ({reason}): install enroll {ours} there too."
)


def run_on_cluster(
    job: Callable[[Any], Any],
    items: Sequence[Any],
    address: str,
    tell: Callable[[str], None],
    language: Language,
) -> list[Any]:
    """Run a job on every item on a cluster; see `run_each`.

    Raises
    ------
    UsageError
        If the library, the scheduler or its workers are missing or lost, or run another
        version of enroll.
    """
    with _connected(address, language) as client:
        desk = _Desk(client, address, language)
        return desk.run(pickle.dumps(job), [pickle.dumps(item) for item in items], tell)


class _Desk:
    """What is out on the cluster, and what came back.

    Parameters
    ----------
    client
        Connected to the scheduler at `address`.
    """

    def __init__(self, client: Client, address: str, language: Language) -> None:
        self._client = client
        self._address = address
        self._language = language
        self._seen_workers = time.monotonic()

    def run(self, job: bytes, parcels: Sequence[bytes], tell: Callable[[str], None]) -> list[Any]:
        """Return the results of a job on all parcels in their order."""
        out = {self._submit(job, parcel): number for number, parcel in enumerate(parcels)}
        lost = [0] * len(parcels)
        done: dict[int, Any] = {}
        failures: dict[int, BaseException] = {}
        while out:
            tell(f"{len(done)}/{len(parcels)}")
            for future in self._ready(list(out)):
                ending = self._ending_of(future)
                if ending is None:
                    continue
                number = out.pop(future)
                error, result = ending
                if error is None:
                    done[number] = result
                elif _is_killed(error):
                    lost[number] += 1
                    if lost[number] >= ATTEMPTS:
                        raise self._stop(WORKERS_LOST, count=lost[number])
                    out[self._submit(job, parcels[number])] = number
                else:
                    failures[number] = error
            if failures:
                first = min(failures)
                out = {future: number for future, number in out.items() if number < first}
        if failures:
            raise self._ending(failures[min(failures)])
        return [done[number] for number in range(len(parcels))]

    def _submit(self, job: bytes, parcel: bytes) -> Future:
        return self._client.submit(_do, __version__, job, parcel, pure=False)

    def _ready(self, futures: list[Future]) -> list[Future]:
        """Return futures that are done, some of them at least, in no order."""
        from distributed import wait

        while True:
            try:
                return list(wait(futures, timeout=_LOOK_S, return_when="FIRST_COMPLETED").done)
            except TimeoutError:
                self._look()
            except _cancelled() as error:
                raise self._stop(_LOST) from error

    def _look(self) -> None:
        """Stop where the scheduler is gone, or every worker has been for long."""
        if self._client.status != "running":
            raise self._stop(_LOST)
        try:
            workers = self._client.nthreads()
        except OSError as error:
            raise self._stop(_LOST) from error
        if workers:
            self._seen_workers = time.monotonic()
        elif time.monotonic() - self._seen_workers > WORKERS_S:
            raise self._stop(_NOBODY, seconds=WORKERS_S)

    def _ending_of(self, future: Future) -> _Ending | None:
        """Return how a task ended, or None where its result was lost with its worker.

        The scheduler runs such a task again by itself: a result is safe only when it is here.
        """
        status = future.status
        if status == "cancelled":
            raise self._stop(_LOST)
        if status == "error":
            return future.exception(), None
        if status != "finished":
            return None
        try:
            return None, future.result(timeout=WORKERS_S)
        except TimeoutError:
            self._look()
        except _broken() as error:
            if future.status != "error":
                raise self._stop(_LOST) from error
        except Exception:  # what the job raised when it was run again, which the next look tells
            if future.status != "error":
                raise
        return None

    def _ending(self, error: BaseException) -> BaseException:
        """Return the ending that an error of a task stands for."""
        if isinstance(error, ImportError):
            return self._stop(_NO_ENROLL, reason=str(error), ours=__version__)
        if isinstance(error, _OtherVersionError):
            return self._stop(_OTHER_VERSION, theirs=error.theirs, ours=__version__)
        return error

    def _stop(self, sentence: str, **params: object) -> UsageError:
        return _usage_error(sentence, self._language, address=self._address, **params)


class _OtherVersionError(Exception):
    """A worker has another version of enroll."""

    def __init__(self, theirs: str) -> None:
        super().__init__(theirs)
        self.theirs = theirs


def _do(version: str, job: bytes, parcel: bytes) -> Any:
    """Run a job on one parcel on a worker.

    Both are opened only where the version is the same, so that nothing is made of a
    half-understood one.
    """
    if version != __version__:
        raise _OtherVersionError(__version__)
    return _opened(job)(pickle.loads(parcel))  # noqa: S301 - a worker trusts its scheduler


@lru_cache(maxsize=1)
def _opened(job: bytes) -> Callable[[Any], Any]:
    """Return a job, kept from one parcel to the next with all that it has worked out."""
    opened: Callable[[Any], Any] = pickle.loads(job)  # noqa: S301 - as above
    return opened


@contextmanager
def _connected(address: str, language: Language) -> Iterator[Client]:
    """Give a client of a cluster with at least one worker; leave nothing on it behind."""
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(translate(_NO_EXTRA, language)) from None
    with _quiet():
        try:
            client = Client(address, timeout=CONNECT_S, set_as_default=False)
        except (OSError, ValueError, ImportError) as error:
            raise _usage_error(_UNREACHABLE, language, address=address) from error
        try:
            _await_workers(client, address, language)
            with client.as_current():
                yield client
        finally:
            with suppress(OSError, TimeoutError):
                client.close(timeout=CONNECT_S)


def _await_workers(client: Client, address: str, language: Language) -> None:
    try:
        client.wait_for_workers(1, timeout=WORKERS_S)
    except TimeoutError:
        raise _usage_error(_NOBODY, language, address=address, seconds=WORKERS_S) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library's log off the screen: what the user can act on is said in a sentence."""
    names = [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    loggers = [logging.getLogger(name) for name in names]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def _is_killed(error: BaseException) -> bool:
    from distributed import KilledWorker

    return isinstance(error, KilledWorker)


def _broken() -> tuple[type[BaseException], ...]:
    return (OSError, *_cancelled())


def _cancelled() -> tuple[type[BaseException], ...]:
    from asyncio import CancelledError as AsyncCancelledError
    from concurrent.futures import CancelledError

    return (AsyncCancelledError, CancelledError)


def _usage_error(sentence: str, language: Language, **params: object) -> UsageError:
    shown = {
        name: value if isinstance(value, int) else printable(str(value))
        for name, value in params.items()
    }
    return UsageError(translate(sentence, language, shown))
