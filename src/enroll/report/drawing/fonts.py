"""Fonts that hold every sign that is to be drawn: a box in place of a sign is never drawn."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.font_manager import FontEntry

FIRST = "DejaVu Sans"
"""Comes with matplotlib, so that signs which it holds look the same on any machine."""

_PREFERRED = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Noto Sans CJK JP",
    "Droid Sans Fallback",
    "Arial Unicode MS",
)
_BOXES = ("Last Resort", "LastResort")
_PLAIN = (400, "normal", "regular")


class MissingSignsError(Exception):
    """No font of this machine holds some signs.

    Parameters
    ----------
    signs
        Those that cannot be drawn.
    """

    def __init__(self, signs: str) -> None:
        self.signs = signs
        super().__init__(signs)


def fonts_for(texts: Iterable[str]) -> list[str]:
    """Return families which together hold every sign, the first that is to be asked first.

    Raises
    ------
    MissingSignsError
        Where no installed font holds some of them.
    """
    wanted = {sign for text in texts for sign in text if not sign.isspace()}
    chosen, missing = _choose(wanted)
    if missing and _learn_new_fonts():
        chosen, missing = _choose(wanted)
    if missing:
        raise MissingSignsError("".join(sorted(missing)[:20]))
    return chosen


def _choose(signs: set[str]) -> tuple[list[str], set[str]]:
    """Return families for some signs, and the signs that none of them holds."""
    wanted = set(signs)
    chosen: list[str] = []
    for name, path in _candidates():
        held = {sign for sign in wanted if ord(sign) in _signs(path)} if wanted else set()
        if held or not chosen:
            chosen.append(name)
            wanted -= held
    return chosen, wanted


def _learn_new_fonts() -> bool:
    """Tell matplotlib of fonts that were installed after it made its list, which it keeps.

    Returns
    -------
    bool
        Whether there are any: whoever is told to install a font does so and comes again.
    """
    from matplotlib.font_manager import findSystemFonts, fontManager

    known = {entry.fname for entry in fontManager.ttflist}
    found = False
    for path in sorted(set(findSystemFonts()) - known):
        try:
            fontManager.addfont(path)
        except (OSError, RuntimeError, ValueError):  # no font, or of a kind that it cannot draw
            continue
        found = True
    return found


def _candidates() -> list[tuple[str, str]]:
    """Return plain fonts, one per family: matplotlib's own, known Chinese ones, then all others."""
    from matplotlib.font_manager import fontManager

    found: dict[str, str] = {}
    for entry in sorted(fontManager.ttflist, key=lambda entry: (entry.name, entry.fname)):
        if _is_plain(entry):
            found.setdefault(entry.name, entry.fname)
    order = [name for name in (FIRST, *_PREFERRED) if name in found]
    order += [name for name in found if name not in order]
    return [(name, found[name]) for name in order]


def _is_plain(entry: FontEntry) -> bool:
    boxes = entry.name.startswith(_BOXES)
    return entry.style == "normal" and entry.weight in _PLAIN and not boxes


@cache
def _signs(path: str) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    try:
        return frozenset(FT2Font(path).get_charmap())
    except (OSError, RuntimeError):  # a font that cannot be read holds nothing
        return frozenset()


def style_for(families: Sequence[str]) -> dict[str, object]:
    """Return the settings of matplotlib for a picture of the same bytes every time."""
    return {
        "font.family": list(families),
        "font.size": 9.0,
        "text.parse_math": False,
        "axes.unicode_minus": False,
        "svg.hashsalt": "enroll",
        "svg.fonttype": "path",
        "pdf.fonttype": 3,
        "path.simplify": False,
    }
