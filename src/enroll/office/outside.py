"""What goes out: of a run that verifies, into a new folder beside it, complete or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from enroll.notices.refusing import usage_error
from enroll.notices.system import why

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.notices import Language
    from enroll.report.lists.contents import Contents

_SEAL = ("SHA256SUMS", "manifest.json", "allocation.csv")
"""Files by which a folder is known as a run, wherever it lies."""


class Refusals(NamedTuple):
    """What is said of a place that cannot be written to.

    Parameters
    ----------
    inside
        Of a folder inside a run.
    taken
        Of one that exists.
    not_written
        Of one that the system does not let us write, with `reason`.
    """

    inside: str
    taken: str
    not_written: str


class Doubts(NamedTuple):
    """What is said of a run that nothing may go out of.

    Parameters
    ----------
    unfit
        Of one whose files do not say the same; `what` is at fault.
    future
        Of one in a format that is not known.
    not_verified
        Of one that fails a `step` of the verifier.
    """

    unfit: str
    future: str
    not_verified: str


def fit_contents(
    files: Mapping[str, bytes], folder: Path, language: Language, said: Doubts
) -> Contents:
    """Return what the files of a run say, once all are seen to say the same.

    Raises
    ------
    UsageError
        Where they do not, or are in a format that is not known.
    """
    from enroll.report.lists import RunUnfit, read_contents

    try:
        return read_contents(files)
    except RunUnfit as error:
        sentence = said.unfit if error.what else said.future
        raise usage_error(sentence, language, folder=folder, what=error.what) from error


def refuse_unverified(folder: Path, language: Language, said: Doubts) -> None:
    """Refuse a run in which a rule does not hold.

    Raises
    ------
    UsageError
        Where a step of the verifier fails, or it misses a file.
    """
    from enroll.verify.program import verify
    from enroll.verify.rerun import OPTIONS

    try:
        failed = [name for name, holds, _ in verify.check(folder, OPTIONS) if not holds]
    except FileNotFoundError as error:
        raise usage_error(said.unfit, language, folder=folder, what=error) from error
    if failed:
        raise usage_error(said.not_verified, language, folder=folder, step=failed[0])


def refuse_place(folder: Path, run: Path | None, language: Language, said: Refusals) -> None:
    """Refuse a folder that what goes out cannot be written to; asked before anything is made.

    Parameters
    ----------
    folder, run
        The folder, and the run that goes out; None where there is none.
    language, said
        Of the sentence, and which one.

    Raises
    ------
    UsageError
        Where it exists, or lies inside this run or any other.
    """
    place = Path(os.path.realpath(folder))
    above = (place, *place.parents)
    if (run is not None and Path(os.path.realpath(run)) in above) or any(map(_is_run, above)):
        raise usage_error(said.inside, language, folder=folder)
    if os.path.lexists(folder):
        raise usage_error(said.taken, language, folder=folder)


def write_outside(
    folder: str | Path,
    files: Mapping[str, bytes],
    run: Path | None,
    language: Language,
    said: Refusals,
) -> Path:
    """Write files into a new folder outside every run, complete or not at all.

    Raises
    ------
    UsageError
        Where the folder exists, lies inside a run or cannot be written.
    """
    from enroll.office.storage import write_folder

    target = Path(folder)
    refuse_place(target, run, language, said)
    try:
        write_folder(target, files)
    except OSError as error:
        raise usage_error(said.not_written, language, folder=target, reason=why(error)) from error
    return target


def _is_run(folder: Path) -> bool:
    try:
        return all((folder / name).is_file() for name in _SEAL)
    except OSError:  # a folder that may not be looked into; writing there will say so
        return False
