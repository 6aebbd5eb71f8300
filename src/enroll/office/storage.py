"""Files that are complete or absent: written beside their place, flushed, then put there."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING

from enroll.report.run_folder import flush_folder, new_beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import IO

_MANY = 100
"""Files that are flushed one by one; a disk takes milliseconds for each."""

PRIVATE = "private"
"""Folder whose files nobody but its owner may read."""


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a new folder, complete or not at all.

    Parameters
    ----------
    folder
        Its place; folders above it are made where they are missing.
    files
        Content by name relative to the folder. Those under `private/` get mode 0600, and
        their folders 0700.

    Raises
    ------
    FileExistsError
        Where something of this name exists.
    OSError
        Where the system does not let it be written.
    """
    if os.path.lexists(folder):
        raise FileExistsError(17, os.strerror(17))
    folder.parent.mkdir(parents=True, exist_ok=True)
    built = new_beside(folder)
    try:
        _fill(built, files)
        built.rename(folder)
    finally:
        with suppress(OSError):
            shutil.rmtree(built)
    flush_folder(folder.parent)


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in the place of an earlier one, or where there is none."""
    written = _written_beside(path, content)
    try:
        written.replace(path)
    finally:
        with suppress(OSError):
            written.unlink()
    flush_folder(path.parent)


def write_once(path: Path, content: bytes) -> None:
    """Write a file that must not exist yet, also where two processes try at once.

    Raises
    ------
    FileExistsError
        Where the file exists.
    """
    written = _written_beside(path, content)
    try:
        os.link(written, path)  # unlike a rename, fails where the name is taken
    finally:
        with suppress(OSError):
            written.unlink()
    flush_folder(path.parent)


@contextmanager
def locked(stream: IO[bytes]) -> Iterator[None]:
    """Hold a file against every other process that asks for it in this way."""
    if sys.platform == "win32":  # pragma: no cover - another system than the tests'
        import msvcrt

        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)
        try:
            yield
        finally:
            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)
        return
    import fcntl

    fcntl.flock(stream, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(stream, fcntl.LOCK_UN)


def _fill(built: Path, files: Mapping[str, bytes]) -> None:
    """Write all files and flush them afterwards, which is much faster than one after another."""
    folders = {built}
    for name, content in files.items():
        path = built / name
        if path.parent not in folders:
            secret = name.startswith(f"{PRIVATE}/")
            path.parent.mkdir(mode=0o700 if secret else 0o777, exist_ok=True)
            folders.add(path.parent)
        with _opened(path, private=name.startswith(f"{PRIVATE}/")) as stream:
            stream.write(content)
    _flush([built / name for name in files])
    for path in folders:
        flush_folder(path)


def _flush(paths: Sequence[Path]) -> None:
    """Flush files to the disk: very many of them all at once, where the system can."""
    together = len(paths) > _MANY and hasattr(os, "sync")
    if together:
        os.sync()
    for path in paths[:_MANY] if together else paths:
        with path.open("rb+") as stream:
            os.fsync(stream.fileno())


def _opened(path: Path, *, private: bool) -> IO[bytes]:
    mode = 0o600 if private else 0o666
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb")


def _written_beside(path: Path, content: bytes) -> Path:
    """Write and flush a new hidden file beside `path`, of which nothing is left if that fails."""
    for number in count(1):
        candidate = path.with_name(f".{path.name}.unfinished.{number}")
        with suppress(FileExistsError):
            stream = _opened(candidate, private=path.parent.name == PRIVATE)
            break
    try:
        with stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        with suppress(OSError):
            candidate.unlink()
        raise
    return candidate
