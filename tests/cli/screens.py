"""A command as its user sees it: what is printed, and how it ends."""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

import pytest

from enroll.cli import main
from enroll.scenario import starter_files

if TYPE_CHECKING:
    from pathlib import Path


class Screen(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


class Stream(TextIOWrapper):
    """A pipe, or a terminal, that remembers what was written to it."""

    def __init__(self, encoding: str, terminal: bool) -> None:
        super().__init__(BytesIO(), encoding=encoding, newline="\n")
        self._terminal = terminal

    def isatty(self) -> bool:
        """Return whether it is a terminal."""
        return self._terminal

    def text(self) -> str:
        """Return everything that was written."""
        self.flush()
        return self.buffer.getvalue().decode(self.encoding, errors="backslashreplace")


def run(
    *words: object, terminal: bool = False, encoding: str = "utf-8", columns: int = 80
) -> Screen:
    """Run a command line in this process, into streams of so many columns."""
    out, err = Stream(encoding, terminal), Stream(encoding, terminal)
    with (
        patch.object(sys, "argv", ["enroll", *map(str, words)]),
        patch.dict("os.environ", {"COLUMNS": str(columns), "TERM": "xterm"}),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    return Screen(int(ended.value.code or 0), out.text(), err.text())


def starter(folder: Path, **changed: str | bytes | None) -> Path:
    """Write the starter and return its scenario.

    Parameters
    ----------
    folder
        Made where it does not exist.
    changed
        New content of `applicants`, `schools`, `zones` or `scenario`; None leaves a file out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in starter_files().items():
        content = changed.get(name.split(".")[0], text)
        if content is not None:
            data = content.encode("utf-8") if isinstance(content, str) else content
            (folder / name).write_bytes(data)
    return folder / "scenario.toml"


def moved_borders(**borders: tuple[float, float]) -> str:
    """Return the starter's zones with the western border of some zones moved, as (old, new)."""
    document = json.loads(starter_files()["zones.geojson"])
    for feature in document["features"]:
        old, new = borders.get(feature["properties"]["zone_id"], (0, 0))
        for corner in feature["geometry"]["coordinates"][0]:
            corner[0] = new if corner[0] == old else corner[0]
    return json.dumps(document)


def starter_text(name: str, *replaced: tuple[str, str]) -> str:
    """Return a file of the starter with some pieces replaced, each of which must occur."""
    text = starter_files()[name]
    for old, new in replaced:
        assert old in text, old
        text = text.replace(old, new)
    return text
