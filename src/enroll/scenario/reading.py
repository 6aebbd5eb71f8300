"""Reading scenario files: the bytes, the TOML in them, and the chain of what they extend."""

from __future__ import annotations

import hashlib
import posixpath
import re
import stat
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from enroll.notices import Problem, mask
from enroll.notices.about_toml import in_toml
from enroll.notices.system import why

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Document = dict[str, Any]
"""A parsed TOML file: nested dictionaries and lists of text, numbers, dates and bool."""

LARGEST_FILE = 2**20
"""Bytes that a scenario file may have."""

DEEPEST = 12
"""Levels of nesting that are read; the schema has five."""

MOST_DOTS = 200
"""Dots in one line: the time to parse a dotted key grows with the square of its length."""

_FILE_KEYS = (("files", "applicants"), ("files", "schools"), ("files", "zones"))
_OTHER_KEYS = (
    ("files", "demand"),
    ("files", "travel"),
    ("files", "overrides"),
    ("files", "other_stage"),
)
_FORECAST_KEYS = (("files", "roll"), ("files", "births"), ("files", "homes"))
_PATHS = (*_FILE_KEYS, *_OTHER_KEYS, *_FORECAST_KEYS, ("travel", "matrix"), ("lottery", "draw"))
_WHERE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True)
class Layer:
    """One scenario file as read, without its `extends`.

    Parameters
    ----------
    name
        File name without its folder.
    sha256
        Of the bytes that were parsed.
    document
        Its settings; file paths are relative to the scenario that was asked for.
    """

    name: str
    sha256: str
    document: Document


class _UnreadableError(Exception):
    """A scenario file that cannot be used."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def read_chain(path: Path) -> tuple[list[Layer], list[Problem]]:
    """Read a scenario and everything it extends.

    Returns
    -------
    layers
        The scenario first, then what it extends, the outermost base last; without those
        that cannot be read.
    problems
        One where a file cannot be found or read, which ends the chain; otherwise none.
    """
    layers: list[Layer] = []
    try:
        layers.extend(_layers(path))
    except _UnreadableError as error:
        return layers, [error.problem]
    return layers, []


def _layers(path: Path) -> Iterator[Layer]:
    folder, places = "", [path]
    missing = Problem("SCENARIO_MISSING", path.name)
    while True:
        content = _read_bytes(path, missing)
        document = _parse(content, path.name)
        base = document.pop("extends", None)
        digest = hashlib.sha256(content).hexdigest()
        yield Layer(path.name, digest, _with_paths_from(folder, document))
        if base is None:
            return
        _refuse_unusual_base(base, path.name)
        missing = Problem("BASE_MISSING", path.name, column="extends", value=mask(base))
        path, folder = path.parent / base, posixpath.join(folder, posixpath.dirname(base))
        _refuse_cycle(path, places)
        places.append(path)


def _refuse_unusual_base(base: object, name: str) -> None:
    """Refuse what is not a plain relative path; `:` would be a drive or an address."""
    text = base if isinstance(base, str) else ""
    if not text.isprintable() or text[:1] in ("", "/") or {":", "\\"} & set(text):
        problem = Problem("BASE_NOT_A_PATH", name, column="extends", value=mask(text))
        raise _UnreadableError(problem)


def _refuse_cycle(path: Path, places: list[Path]) -> None:
    resolved = [place.resolve() for place in places]
    if path.resolve() in resolved:
        chain = tuple(place.name for place in places[resolved.index(path.resolve()) :])
        name = places[-1].name
        raise _UnreadableError(
            Problem("BASE_CYCLE", name, column="extends", params={"chain": chain})
        )


def _read_bytes(path: Path, missing: Problem) -> bytes:
    """Return the bytes of a plain regular file of bearable size."""
    name = path.name
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _UnreadableError(Problem("SCENARIO_NOT_A_FILE", name))
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise _UnreadableError(missing) from None
    except OSError as error:
        reason = {"reason": why(error)}
        raise _UnreadableError(Problem("SCENARIO_UNREADABLE", name, params=reason)) from None
    if len(content) > LARGEST_FILE:
        bound = {"bound": LARGEST_FILE}
        raise _UnreadableError(Problem("SCENARIO_TOO_LARGE", name, params=bound))
    if not content.strip():
        raise _UnreadableError(Problem("SCENARIO_EMPTY", name))
    return content


def _parse(content: bytes, name: str) -> Document:
    """Return the settings of a TOML file.

    `tomllib` ends with a recursion error on deep nesting and with a plain value error on a
    number of thousands of digits; both are the file's fault, not a bug.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise _UnreadableError(Problem("SCENARIO_NOT_UTF8", name, row)) from None
    if row := _row_of_long_key(text):
        raise _UnreadableError(Problem("SCENARIO_TOO_DEEP", name, row))
    try:
        document = tomllib.loads(text)
    except RecursionError:
        raise _UnreadableError(Problem("SCENARIO_TOO_DEEP", name)) from None
    except ValueError as error:
        raise _UnreadableError(_syntax_problem(str(error), text, name)) from None
    if _too_deep(document):
        raise _UnreadableError(Problem("SCENARIO_TOO_DEEP", name))
    return document


def _row_of_long_key(text: str) -> int:
    """Return the first row that could hold a key of very many parts, or 0."""
    for row, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > MOST_DOTS and not line.lstrip().startswith("#"):
            return row
    return 0


def _syntax_problem(sentence: str, text: str, name: str) -> Problem:
    """Return the problem for what `tomllib` said, with the line it means."""
    lines = text.split("\n")
    where = _WHERE.search(sentence)
    row = int(where[1] or len(lines)) if where else 0
    value = mask(lines[row - 1].strip()) if row else ""
    reason = in_toml(mask(_WHERE.sub("", sentence)))
    return Problem("SCENARIO_SYNTAX", name, row, value=value, params={"reason": reason})


def _too_deep(document: Document) -> bool:
    waiting: list[tuple[object, int]] = [(document, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            return True
        if isinstance(value, dict | list):
            parts = value.values() if isinstance(value, dict) else value
            waiting.extend((part, depth + 1) for part in parts)
    return False


def _with_paths_from(folder: str, document: Document) -> Document:
    """Return the settings with file paths that start at the asked scenario's folder.

    The folders are joined and not shortened, so `..` means what the system takes it for.
    """
    for table, key in _PATHS:
        section = document.get(table)
        if folder and isinstance(section, dict) and key in section:
            section[key] = _moved(folder, section[key])
    changes = document.get("change")
    for change in changes if folder and isinstance(changes, list) else ():
        if isinstance(change, dict) and "file" in change:
            change["file"] = _moved(folder, change["file"])
    return document


def _moved(folder: str, reference: object) -> object:
    if isinstance(reference, dict) and "path" in reference:
        return {**reference, "path": _moved(folder, reference["path"])}
    if isinstance(reference, str) and _is_relative(reference):
        return posixpath.join(folder, reference)
    return reference


def _is_relative(path: str) -> bool:
    """Tell a plain relative path from what must stay as written so that it can be refused."""
    return path != "" and path[0] not in "/\\<{|" and ":" not in path
