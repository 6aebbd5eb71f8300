"""Tidying what people type: spaces, full-width characters, invisible characters."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ODD_SPACES = (
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
_CONTROLS = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0))))

_SPACED: dict[int, str | None] = {
    **{ord(space): " " for space in _ODD_SPACES + _CONTROLS},
    **dict.fromkeys(map(ord, _INVISIBLE)),
}
_HALF_WIDTH: dict[int, str | None] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    ord("\u2212"): "-",
}
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_UNTIDY_ASCII = re.compile(r"[\x00-\x1f\x7f]|  ")


def tidy(text: str) -> str:
    """Return text as people see it: one space between words, no invisible characters."""
    if not text.isascii():
        text = _SURROGATES.sub("\ufffd", unicodedata.normalize("NFC", text))
    return " ".join(text.translate(_SPACED).split())


def half_width(text: str) -> str:
    """Return tidy text with full-width digits, letters and signs as plain ones."""
    return text if text.isascii() else tidy(text.translate(_HALF_WIDTH))


def tidy_all(texts: Sequence[str], full_width: bool = True) -> list[str]:
    """Return texts tidied.

    Parameters
    ----------
    full_width
        Keep full-width characters, as names need; ids, numbers, dates and coded words do not.
    """
    joined = "".join(texts)
    if joined.isascii() and not _UNTIDY_ASCII.search(joined):
        return [text.strip() for text in texts]
    if full_width:
        return [tidy(text) for text in texts]
    return [half_width(tidy(text)) for text in texts]
