"""Folders that go out: new, beside every run and never inside one, complete or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from enroll.notices.refusing import usage_error
from enroll.notices.system import why

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.notices import Language

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
