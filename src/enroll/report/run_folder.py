"""The run folder: complete or absent, never in between.

A run is built beside its place under a temporary name, every file and folder is flushed to
the disk, and only then does one rename put it where it belongs. Whatever stops that, a full
disk, a power cut, a kill, leaves earlier runs as they were.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from enroll.notices.kinds import N_
from enroll.notices.refusing import usage_error
from enroll.notices.system import why
from enroll.report.manifest import SUMS, read_seal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from enroll.notices import Language

_EXISTS = N_(
    "{folder} exists already and a run is never written over: name another folder with -o, or"
    " give --overwrite to keep the earlier run beside it as {kept}."
)
_NOT_A_RUN = N_(
    "{folder} exists and is not a run of enroll, so it is left alone: name another folder with -o."
)
_NO_NAME = N_("{folder} is not a name for a new folder: name one with -o, such as runs/first.")
_NOT_WRITTEN = N_(
    "The run could not be written to {folder} ({reason}), and nothing was changed: make room or"
    " get the right to write there, or name another folder with -o."
)
_NO_RUN = N_("{folder} holds no complete run: name a folder that enroll allocate has written.")
_CHANGED = N_(
    "{folder} is not as enroll wrote it: {name} is missing or was changed since. Take the run"
    " from a copy that was kept, or make it again."
)


class HasFiles(Protocol):
    """What has the content of a folder by file name, `SHA256SUMS` included."""

    @property
    def files(self) -> Mapping[str, bytes]:
        """Content by file name."""


class Folder:
    """A finished job that is written as a folder of files."""

    def write(self: HasFiles, folder: str | Path, *, overwrite: bool = False) -> Path | None:
        """Write the folder, complete or not at all; return where an earlier one is kept now.

        Raises
        ------
        UsageError
            If the folder cannot be written or exists.
        """
        return write_run(Path(folder), self.files, overwrite=overwrite)


def refuse_target(folder: Path, *, overwrite: bool, language: Language = "en") -> None:
    """Refuse a folder that a run cannot be written to; office asks before it computes.

    Raises
    ------
    UsageError
        Where the folder exists and `overwrite` is not given, where it is no run of enroll,
        or where it has no name of its own.
    """
    if folder.name in ("", "..") or not folder.parts:
        raise usage_error(_NO_NAME, language, folder=folder)
    if not os.path.lexists(folder):
        return
    if not (folder / SUMS).is_file():
        raise usage_error(_NOT_A_RUN, language, folder=folder)
    if not overwrite:
        raise usage_error(_EXISTS, language, folder=folder, kept=_next_kept(folder).name)


def write_run(
    folder: Path, files: Mapping[str, bytes], *, overwrite: bool = False, language: Language = "en"
) -> Path | None:
    """Write a run, complete or not at all.

    Parameters
    ----------
    folder
        The run's place; folders above it are made where they are missing.
    files
        Content by name relative to the folder, `SHA256SUMS` among them; a name may hold
        one folder, as `audit/keys.csv` does.
    overwrite
        Keep an earlier run beside the new one as `NAME.1`, or as the next free number:
        the lowest number is the oldest, and no kept run is ever renamed or removed.
    language
        Of the sentence that an error says.

    Returns
    -------
    Path or None
        Where the earlier run is kept now, if there was one.

    Raises
    ------
    UsageError
        Where the target is refused (see `refuse_target`) or the system does not let the
        run be written; nothing was changed then.
    """
    refuse_target(folder, overwrite=overwrite, language=language)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _built_beside(folder) as built:
            _fill(built, files)
            kept = _move_into_place(built, folder)
    except OSError as error:
        raise usage_error(_NOT_WRITTEN, language, folder=folder, reason=why(error)) from error
    flush_folder(folder.parent)
    return kept


def read_run(folder: Path, *, language: Language = "en") -> dict[str, bytes]:
    """Return the files of a run by name, after checking every one against `SHA256SUMS`.

    Raises
    ------
    UsageError
        Where there is no run, or a file is missing or was changed.
    """
    try:
        content = (folder / SUMS).read_bytes()
        sums = read_seal(content)
    except (OSError, ValueError) as error:
        raise usage_error(_NO_RUN, language, folder=folder) from error
    files = {SUMS: content}
    for name, expected in sums.items():
        files[name] = _content(folder / name)
        if hashlib.sha256(files[name]).hexdigest() != expected:
            raise usage_error(_CHANGED, language, folder=folder, name=name)
    return files


def _content(path: Path) -> bytes:
    """Return a file's bytes; a missing file has none, which matches no seal of a run."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


@contextmanager
def _built_beside(folder: Path) -> Iterator[Path]:
    """Give a new, hidden folder beside `folder` and remove it again unless it was moved."""
    built = new_beside(folder)
    try:
        yield built
    finally:
        with suppress(OSError):
            shutil.rmtree(built)


def new_beside(folder: Path) -> Path:
    """Make a new, hidden folder beside `folder`, in which it can be built."""
    for number in count(1):
        candidate = folder.with_name(f".{folder.name}.unfinished.{number}")
        with suppress(FileExistsError):
            candidate.mkdir()
            break
    return candidate


def _fill(built: Path, files: Mapping[str, bytes]) -> None:
    """Write and flush every file, the seal last, then the folders that name them."""
    for name in sorted(files, key=lambda name: (name == SUMS, name)):
        path = built / name
        path.parent.mkdir(exist_ok=True)
        with path.open("xb") as stream:
            stream.write(files[name])
            stream.flush()
            os.fsync(stream.fileno())
    for path in {built / name for name in files}:
        flush_folder(path.parent)
    flush_folder(built)


def _move_into_place(built: Path, folder: Path) -> Path | None:
    """Rename the finished folder, the earlier run out of its way first."""
    if not os.path.lexists(folder):
        built.rename(folder)
        return None
    kept = _next_kept(folder)
    folder.rename(kept)
    try:
        built.rename(folder)
    except BaseException:
        kept.rename(folder)
        raise
    return kept


def _next_kept(folder: Path) -> Path:
    candidates = (folder.with_name(f"{folder.name}.{number}") for number in count(1))
    return next(path for path in candidates if not os.path.lexists(path))


def flush_folder(folder: Path) -> None:
    """Flush a folder's list of names to the disk; some systems and network drives cannot."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
