"""Kills real processes in the midst of a step of a draw: `python -m tests.office.killing FOLDER`.

Every child process is killed by the system, once before each of its calls that change the disk
and then at random moments. What it leaves behind must be the state before or after the step.
"""

import os
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random

from enroll.errors import InputError
from enroll.office import draws
from enroll.office.log import read_heads
from tests.office.draws import AFTER, SOURCES, VALUES, before, later, make_draw, make_scenario

CALLS = ("fsync", "link", "mkdir", "open", "rename", "replace", "sync", "unlink")
MOMENTS = 6
"""Kills of each step at a random moment."""

OTHER_VALUES = [VALUES[0], ("pl5-2026182", "40818")]


def freeze(folder):
    """Freeze the draw of a folder."""
    draws.freeze(folder / "autumn" / "scenario.toml", folder / "draw", clock=before)


def commit(folder):
    """Commit the draw of a folder."""
    draws.commit(folder / "draw", SOURCES, AFTER, clock=before)


def draw(folder):
    """Draw the order of a folder."""
    draws.draw(folder / "draw", VALUES, clock=later)


STEPS = {freeze: "frozen", commit: "committed", draw: "drawn"}
ENDED = {"DRAW_EXISTS", "DRAW_COMMITTED_ALREADY", "DRAW_DRAWN_ALREADY"}


def base(step, folder):
    """Make a folder in which a step is due."""
    if step is freeze:
        make_scenario(folder / "autumn")
    else:
        make_draw(folder, upto="frozen" if step is commit else "committed")


def dies(step, folder, after=None, within_s=None):
    """Carry out a step in a process that is killed; tell whether it was before it ended."""
    child = os.fork()
    if not child:
        if after is not None:
            kill_after(after)
        step(folder)
        os._exit(0)
    if within_s is not None:
        time.sleep(within_s)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, status
    return os.WIFSIGNALED(status)


def kill_after(calls):
    """Let this process be killed when it has changed the disk so many times."""
    left = [None] * calls

    def dying(real):
        def call(*arguments, **options):
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left.pop()
            return real(*arguments, **options)

        return call

    for name in CALLS:
        setattr(os, name, dying(getattr(os, name)))


def stage_of(folder):
    """Return how far a draw has come; whatever is there is whole and logged."""
    log = folder / "autumn" / "log.jsonl"
    if log.exists():
        read_heads(log.read_bytes())
    if not (folder / "draw").exists():
        return None
    checked = draws.check_draw(folder / "draw")
    codes = [problem.code for problem in checked.problems]
    begun = (folder / "draw" / "sources.txt").exists() and checked.stage == "committed"
    assert codes == (["DRAW_UNFINISHED"] if begun else []), codes
    return checked.stage


def hold(step, folder):
    """Hold what a killed step has left: running it again ends it, and only once."""
    names = list(STEPS)
    earlier = STEPS[names[names.index(step) - 1]] if step is not freeze else None
    assert stage_of(folder) in (earlier, STEPS[step])
    if step is draw and (folder / "draw" / "sources.txt").exists():
        assert refused(lambda: draws.draw(folder / "draw", OTHER_VALUES, clock=later))
    if refused(lambda: step(folder)):
        assert stage_of(folder) == STEPS[step]
    assert stage_of(folder) == STEPS[step]
    for following in names[names.index(step) + 1 :]:
        following(folder)
    assert stage_of(folder) == "drawn"


def refused(job):
    """Tell whether a job is refused because it was done already."""
    try:
        job()
    except InputError as error:
        if {problem.code for problem in error.problems} - ENDED:
            raise
        return True
    return False


def main(folder):
    """Kill every step at every call and at random moments, and say how often."""
    os.fsync = os.sync = lambda *_: None  # a kill, unlike a power cut, leaves what was written
    for step in STEPS:
        made = folder / step.__name__
        base(step, made)
        killed, calls = 0, 0
        while dies(step, copied(made), after=calls):
            hold(step, made.with_name("copy"))
            killed, calls = killed + 1, calls + 1
        start = time.perf_counter()
        dies(step, copied(made))
        took, chance = time.perf_counter() - start, Random(step.__name__)  # noqa: S311
        for _ in range(MOMENTS):
            killed += dies(step, copied(made), within_s=chance.random() * took)
            hold(step, made.with_name("copy"))
        print(step.__name__, calls, killed)


def copied(made):
    """Return a copy of a folder; its name stays the same, so that the draw finds its scenario."""
    copy = made.with_name("copy")
    with suppress(FileNotFoundError):
        shutil.rmtree(copy)
    return Path(shutil.copytree(made, copy))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
