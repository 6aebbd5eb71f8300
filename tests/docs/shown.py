"""The commands that the documentation shows, and what it says they print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "README.zh-CN.md",
    *sorted((ROOT / "docs" / "how-to").glob("*.md")),
    *sorted((ROOT / "docs" / "tutorials").glob("*.md")),
]
SHELLS = {"sh", "console", "powershell"}
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"^    (enroll .*)$", re.MULTILINE)
INLINE = re.compile(r"`(enroll [^`]+)`")
COMMAND = re.compile(r"(?P<prompt>\$ )?(?:\S*[/\\])?enroll(?P<words>\s.*)", re.DOTALL)


class Shown(NamedTuple):
    """One command of a page, with the lines of its screen but for those of three dots."""

    page: str
    words: tuple[str, ...]
    screen: tuple[str, ...] = ()
    whole: bool = True

    def __str__(self) -> str:
        """Return it as a reader would type it."""
        return f"{self.page}: enroll {shlex.join(self.words)}"


def commands_of(page: Path) -> list[Shown]:
    """Return the commands of `page` in its order, those inside its sentences last.

    A command inside a sentence need not be whole.
    """
    text, name = page.read_text("utf-8"), page.relative_to(ROOT).as_posix()
    found = [
        shown
        for fence in FENCED.finditer(text)
        for shown in _in_block(name, fence[2].replace("\\\n", " "), fence[1] in SHELLS)
    ]
    rest = FENCED.sub("", text)
    found += [Shown(name, _words(line[1][6:])) for line in INDENTED.finditer(rest)]
    return [
        *found,
        *(Shown(name, _words(span[1][6:]), whole=False) for span in INLINE.finditer(rest)),
    ]


def _in_block(name: str, block: str, shell: bool) -> list[Shown]:
    """Return the commands of one block; what follows a prompt up to the next one is its screen."""
    found: list[Shown] = []
    for piece in re.split(r"^(?=\$ )", block, flags=re.MULTILINE):
        first, _, screen = piece.partition("\n")
        prompted = COMMAND.fullmatch(first)
        if prompted and prompted["prompt"]:
            lines = tuple(line for line in screen.splitlines() if line not in {"", "..."})
            found.append(Shown(name, _words(prompted["words"]), lines))
        elif shell and not first.startswith("$ "):
            given = [match for line in piece.splitlines() if (match := COMMAND.fullmatch(line))]
            found += [Shown(name, _words(match["words"])) for match in given]
    return found


def _words(text: str) -> tuple[str, ...]:
    return tuple(shlex.split(text, comments=True))
