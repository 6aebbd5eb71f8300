"""The log beside a scenario: one line per step, each chained to all before it.

Whoever changes, removes or adds a line changes every hash after it, and with them the head
that a draw has committed to and that runs were made under. A step is logged before its files
appear, so nothing that was ever shown is missing here.
"""

from __future__ import annotations

import errno
import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import IO, TYPE_CHECKING

from enroll.errors import InputError
from enroll.notices import Problem
from enroll.notices.masking import printable
from enroll.notices.system import why
from enroll.office.storage import locked
from enroll.report.json_out import json_bytes
from enroll.report.run_folder import flush_folder
from enroll.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from enroll.records import JsonValue, Source

LOG = "log.jsonl"
"""Name of the log in the folder of the scenario."""

NO_HEAD = "0" * 64
"""Head of a log without any line."""

_PREFIX = b"ALLOT1-LOG\0"
_KEYS = {"command", "in", "operator", "out", "previous", "time", "version"}
_START = b'{"command":"'
"""How every line begins."""

_LONGEST_OPERATOR = 100


def utc_now() -> str:
    """Return the present moment in UTC, in whole seconds, such as `2026-07-12T13:15:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Step:
    """One step to log.

    Parameters
    ----------
    command
        Such as `allocate` or `lottery draw`.
    taken, made
        SHA-256 of the files that went in and came out, by name without folder of a machine.
    operator
        Who was at the keyboard, as they said.
    time
        UTC.
    """

    command: str
    taken: Mapping[str, str]
    made: Mapping[str, str]
    operator: str
    time: str


def chain(head: str, line: bytes) -> str:
    """Return the head after one more line.

    Parameters
    ----------
    head
        The head before, in hex; `NO_HEAD` for the first line.
    line
        The line without its line end.
    """
    return sha256(_PREFIX + bytes.fromhex(head) + line).hexdigest()


def read_heads(content: bytes) -> list[str]:
    """Return the head after each line of a log, that of the empty log first.

    Raises
    ------
    InputError
        Naming the first line that is not one of enroll's or does not continue the chain: a
        line was changed, removed, moved or put in, or two logs were mixed.
    """
    heads = [NO_HEAD]
    lines = content.split(b"\n")
    for row, line in enumerate(lines[:-1], start=1):
        if not _continues(line, heads[-1]):
            raise InputError([Problem("LOG_BROKEN", LOG, row)])
        heads.append(chain(heads[-1], line))
    if lines[-1]:
        raise InputError([Problem("LOG_BROKEN", LOG, len(lines))])
    return heads


class Log:
    """A log that is held against every other process.

    Parameters
    ----------
    stream
        The file, open for reading and writing.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._content = stream.read()
        if not self._content.endswith(b"\n"):
            self._drop_unfinished_line()
        self.heads = read_heads(self._content)

    @property
    def head(self) -> str:
        """The head after the last line, in hex."""
        return self.heads[-1]

    def holds(self, made: str) -> bool:
        """Tell whether some step made a file of this SHA-256."""
        lines = map(json.loads, self._content.splitlines())
        return any(made in line["out"].values() for line in lines)

    def need(self, head: str) -> None:
        """Refuse a log that does not lead to a head that a draw has committed to.

        Raises
        ------
        InputError
            Where the log was begun anew since.
        """
        if head not in self.heads:
            raise InputError([Problem("LOG_ANEW", LOG)])

    def append(self, step: Step) -> str:
        """Write one line, flush it to the disk, and return the new head."""
        line = json_bytes(
            {
                "command": step.command,
                "in": dict(step.taken),
                "operator": step.operator,
                "out": dict(step.made),
                "previous": self.head,
                "time": step.time,
                "version": __version__,
            }
        )
        self._stream.seek(0, os.SEEK_END)
        self._stream.write(line)
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._content += line
        self.heads.append(chain(self.head, line[:-1]))
        return self.head

    def _drop_unfinished_line(self) -> None:
        """Take out what a power cut left of a line: its step was never carried out.

        A whole line that only lost its line end is kept, and its end is put back. What does
        not look like the rest of a step is not ours to take out.
        """
        *lines, rest = self._content.split(b"\n")
        kept = b"".join(line + b"\n" for line in lines)
        head = read_heads(kept)[-1]
        if _continues(rest, head):
            kept += rest + b"\n"
        elif rest.strip(b"\0") and not (rest.startswith(_START) or _START.startswith(rest)):
            raise InputError([Problem("LOG_BROKEN", LOG, len(lines) + 1)])
        if kept != self._content:
            self._stream.seek(0)
            self._stream.write(kept)
            self._stream.truncate()
        self._content = kept


@contextmanager
def open_log(folder: Path) -> Iterator[Log]:
    """Open the log beside a scenario, made where there is none, and hold it meanwhile.

    Parameters
    ----------
    folder
        Folder of the scenario.

    Raises
    ------
    InputError
        Where the log cannot be written, or its chain is broken.
    """
    path = folder / LOG
    try:
        if os.path.lexists(path) and not path.is_file():
            raise OSError(errno.EINVAL, "what has its name is no file")
        stream = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "rb+")
    except OSError as error:
        raise _not_written(error) from error
    with stream, locked(stream):
        flush_folder(folder)
        yield _opened(stream)


def _opened(stream: IO[bytes]) -> Log:
    try:
        return Log(stream)
    except OSError as error:
        raise _not_written(error) from error


def _not_written(error: OSError) -> InputError:
    return InputError([Problem("LOG_NOT_WRITTEN", LOG, params={"reason": why(error)})])


def checked_operator(operator: str) -> str:
    """Return the operator's name as it may stand in the log.

    Raises
    ------
    InputError
        Where it is long, or holds what is not printed.
    """
    if len(operator) > _LONGEST_OPERATOR or printable(operator) != operator:
        raise InputError([Problem("OPERATOR_FORM", column="--operator")])
    return operator


def hashes_of(sources: Iterable[Source]) -> dict[str, str]:
    """Return the hash of each input file by its name, with its role where names repeat."""
    found: dict[str, str] = {}
    for source in sources:
        taken = found.get(source.name, source.sha256) != source.sha256
        found[f"{source.role} {source.name}" if taken else source.name] = source.sha256
    return found


def _continues(line: bytes, head: str) -> bool:
    """Tell whether a line is one of enroll's and names the head before it."""
    value = _as_json(line)
    if not isinstance(value, dict) or value.keys() != _KEYS or value["previous"] != head:
        return False
    try:
        return isinstance(value["out"], dict) and json_bytes(value) == line + b"\n"
    except (TypeError, UnicodeEncodeError):
        return False


def _as_json(line: bytes) -> JsonValue:
    """Return what a line says, or None."""
    try:
        return json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
