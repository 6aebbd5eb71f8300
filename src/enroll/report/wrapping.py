"""Chinese on the terminal: lines end between characters, as they do in print, not at spaces only.

A line does not begin with a mark that closes, nor end with one that opens, and a number stays with
the word that counts it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.measure import Measurement
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, ConsoleOptions
    from rich.containers import Lines

_CLOSING = frozenset("，。、；：！？）》】」”’…%)]},.;:!?")
_OPENING = frozenset("（《【「“‘([{")
_WIDE = 2


class Prose(Text):
    """Text that is wrapped as Chinese where it holds any; other text is wrapped as usual."""

    def wrap(self, console: Console, width: int, **options: Any) -> Lines:
        """Return the lines that fit into so many cells."""
        if options.get("no_wrap") or not _holds_wide(self.plain):
            return super().wrap(console, width, **options)
        pieces: list[Text] = []
        for line in self.split(allow_blank=True):
            pieces += line.divide(breaks(line.plain, width))
        for piece in pieces:
            piece.rstrip()
        return self.blank_copy("\n").join(pieces).wrap(console, width, **options)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Return the narrowest and the widest that the text can be."""
        usual = super().__rich_measure__(console, options)
        if not _holds_wide(self.plain):
            return usual
        least = max(map(cell_len, _unbroken(self.plain)), default=0)
        return Measurement(min(least, usual.maximum), usual.maximum)


def breaks(line: str, width: int) -> list[int]:
    """Return where to break a line so that no piece takes more than so many cells.

    Spaces at the end of a piece do not count. What has no place to break is broken anywhere.
    """
    found: list[int] = []
    start, allowed, cells = 0, 0, 0
    for place, letter in enumerate(line):
        if _may_break(line, place):
            allowed = place
        if letter != " " and cells + cell_len(letter) > width and place > start:
            start = allowed if allowed > start else place
            found.append(start)
            cells = cell_len(line[start:place])
        cells += cell_len(letter)
    return found


def _unbroken(text: str) -> Iterator[str]:
    """Yield the parts that nothing breaks."""
    for line in text.splitlines():
        places = [place for place in range(1, len(line)) if _may_break(line, place)]
        for first, last in pairwise([0, *places, len(line)]):
            yield line[first:last].rstrip()


def _may_break(line: str, place: int) -> bool:
    """Return whether a new line may begin with the letter at a place."""
    if place == 0 or line[place] == " ":
        return False
    before, after = line[place - 1], line[place]
    if before == " ":
        return not (line[: place - 1][-1:].isdigit() and _is_wide(after))
    if after in _CLOSING or before in _OPENING:
        return False
    return _is_wide(before) or _is_wide(after)


def _holds_wide(text: str) -> bool:
    return not text.isascii() and any(map(_is_wide, text))


def _is_wide(letter: str) -> bool:
    return cell_len(letter) == _WIDE
