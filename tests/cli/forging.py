"""Runs that somebody changes and seals again, and places that cannot be written to.

The run is the folder `run` of the place where the test stands.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from tests.cli.screens import run


def reseal(*changes: tuple[str, str, str]) -> None:
    """Change texts in files of the run and their hashes with them, as a forger would."""
    for name, old, new in changes:
        text = Path("run", name).read_text("utf-8")
        assert old in text, (name, old)
        Path("run", name).write_text(text.replace(old, new), "utf-8")
    _seal()


def reseal_file(name: str, content: bytes) -> None:
    """Put another content into a file of the run, and its hash with it."""
    Path("run", name).write_bytes(content)
    _seal()


def _seal() -> None:
    sums = Path("run/SHA256SUMS")
    names = [line[66:] for line in sums.read_text("utf-8").splitlines()]
    sealed = [(hashlib.sha256(Path("run", each).read_bytes()).hexdigest(), each) for each in names]
    sums.write_text("".join(f"{digest}  {each}\n" for digest, each in sealed), "utf-8")


def assert_refused(folder: Path, *words: str, said: str) -> None:
    """Hold a command to one sentence and exit 2, beside another run, a folder and a file."""
    shutil.copytree("run", "other")
    Path("taken").mkdir()
    Path("file").write_bytes(b"")
    before = sorted(folder.rglob("*"))
    screen = run(*words)
    assert (screen.status, screen.out, len(screen.err.splitlines())) == (2, "", 1), screen
    assert said in screen.err
    assert sorted(folder.rglob("*")) == before
