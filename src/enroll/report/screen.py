"""The terminal: what may be shown on it, and how it looks where there is none."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console

from enroll.notices import LEVELS, level_of, translate
from enroll.notices.kinds import N_
from enroll.notices.masking import printable
from enroll.report.wrapping import Prose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import IO

    from rich.console import RenderableType
    from rich.text import Text

    from enroll.notices import Language, Level, Notice, Problem

PLAIN_WIDTH = 100
"""Columns of a line where the output is not a terminal, so that a file looks the same anywhere."""

LEVEL_WORDS: dict[Level, str] = {
    "blocking": N_("blocking"),
    "red": N_("red"),
    "orange": N_("orange"),
    "yellow": N_("yellow"),
    "info": N_("info"),
}

LEVEL_STYLES: dict[Level, str] = {
    "blocking": "bold red",
    "red": "bold red",
    "orange": "dark_orange",
    "yellow": "yellow",
    "info": "dim",
}


def open_console(stream: IO[str]) -> Console:
    """Return a console on a stream: colours and its width on a terminal, else plain text."""
    if stream.isatty():
        return Console(file=stream, highlight=False, markup=False, emoji=False)
    return Console(
        file=stream,
        width=PLAIN_WIDTH,
        force_terminal=False,
        no_color=True,
        highlight=False,
        markup=False,
        emoji=False,
    )


def as_text(view: RenderableType) -> str:
    """Return a view as the plain text that a file or a pipe receives."""
    stream = StringIO()
    open_console(stream).print(view)
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


def words(text: str, style: str = "") -> Text:
    """Return text for the terminal: never markup, never a control character."""
    return Prose(printable(text), style=style)


def level_word(level: Level, language: Language) -> Text:
    """Return a level in words and in its colour."""
    return words(translate(LEVEL_WORDS[level], language), LEVEL_STYLES[level])


def finding(message: str, remedy: str, code: str) -> Text:
    """Return a sentence with its code, and below it what would remove the finding."""
    text = words(message).append(f" [{code}]", style="dim")
    if remedy:
        text.append("\n→ ").append_text(words(remedy))
    return text


def worst_first(item: Notice | Problem) -> int:
    """Return the place of an item's level in the order from worst to mildest."""
    return LEVELS.index(level_of(item))


def count_levels(items: Iterable[Notice | Problem]) -> dict[Level, int]:
    """Return how many items there are of each level that occurs, worst first."""
    levels = [level_of(item) for item in items]
    return {level: levels.count(level) for level in LEVELS if level in levels}
