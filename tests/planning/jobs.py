"""Jobs that the tests of the workers run: a worker imports them by name."""

from __future__ import annotations

import os
import signal
import time
from functools import partial
from pathlib import Path

from enroll.errors import InputError, UnlawfulError, UsageError
from enroll.notices import Problem


def square(number: int) -> int:
    return number * number


def own_process(_: int) -> int:
    return os.getpid()


def slow_to_start(number: int) -> int:
    """Let the first items be done last."""
    time.sleep(0.05 * (3 - number % 4))
    return number


def fail_from(least: int, number: int) -> int:
    if number >= least:
        raise InputError([Problem("NO_SCHOOLS", "schools.csv", row=number)])
    return number


def unlawful(_: int) -> int:
    raise UnlawfulError(["R1: broken", "R2: broken"])


def refuse(_: int) -> int:
    raise UsageError("Say it otherwise.")


def die_once(mark: str, number: int) -> int:
    """End this process at the first try of item 3, and leave a mark that it was done."""
    if number == 3 and not Path(mark).exists():
        Path(mark).write_text("killed")
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def hold_back(folder: str, number: int) -> int:
    """Be quick at the first try of an item, and let a second one wait for a file to appear."""
    mark = Path(folder, f"tried-{number}")
    while mark.exists() and not Path(folder, "go").exists():
        time.sleep(0.01)
    mark.touch()
    return number


def held_back(folder: Path) -> partial[int]:
    return partial(hold_back, str(folder))


def die(_: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def interrupt_parent(number: int) -> int:
    if number == 0:
        os.kill(os.getppid(), signal.SIGINT)
    time.sleep(30)
    return number


def dying_once(mark: Path) -> partial[int]:
    return partial(die_once, str(mark))


def kill(process: int, number: int) -> int:
    """End another process, and go on for longer than anybody waits."""
    os.kill(process, signal.SIGKILL)
    time.sleep(20)
    return number
