"""Several scenarios side by side on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from enroll.notices import formats, translate
from enroll.notices.kinds import N_
from enroll.report.comparison.ahead import ahead_view
from enroll.report.comparison.rows import letter_of
from enroll.report.comparison.tables import move_figures, school_names
from enroll.report.screen import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from enroll.notices import Language
    from enroll.report.comparison.moves import Moves
    from enroll.report.comparison.tables import Comparison, Side

_BLOCK = 4
"""Scenarios beside the first in one table, so that a line fits a terminal."""

_FLOWS = 3

FIGURES = {
    "applicants": N_("applicants"),
    "placed": N_("placed"),
    "placed_in_zone": N_("  at a school of their zone"),
    "redirected": N_("  redirected to another school"),
    "elsewhere": N_("  elsewhere"),
    "unplaced": N_("unplaced"),
    "declined": N_("  declined a school elsewhere"),
    "ineligible": N_("not eligible"),
    "classes": N_("classes opened"),
    "above_standard": N_("  above the standard"),
    "oversized": N_("  oversized"),
    "very_oversized": N_("  very oversized"),
    "oversized_schools": N_("oversized schools"),
    "spare_standard": N_("spare seats to the standard"),
    "spare_limit": N_("spare seats to the limit"),
    "mean_m": N_("mean way, m"),
    "median_m": N_("median way, m"),
    "p95_m": N_("95 in 100 within, m"),
    "farthest_m": N_("farthest way, m"),
    "beyond_far": N_("far ways"),
    "cost": N_("cost"),
}
MOVES = {
    "moved": N_("children who move"),
    "nearer": N_("  to a nearer school"),
    "farther": N_("  to a farther school"),
    "siblings_separated": N_("siblings separated"),
    "siblings_united": N_("siblings united"),
    "added": N_("children in this one only"),
    "gone": N_("children in A only"),
}
_FIGURE = N_("figure")
_MOVING = N_("Who moves, against A")
_FLOW = N_("{letter}: {flows}")
_ONE_FLOW = N_("{count} from {old} to {new}")
_NOWHERE = N_("no place")
_NOBODY = N_("nobody")
_LARGEST = N_("Largest moves")
_PRICE = N_("The price of the choice between far ways and full classes")
_PRICE_OF = N_(
    "{letter}: {far} children have a way of more than {far_m} m; {above} of {classes} classes are"
    " above the standard, {oversized} oversized; {unplaced} children have no place."
)


def comparison_view(comparison: Comparison, language: Language) -> RenderableType:
    """Return a comparison for a console: the scenarios, their figures, who moves, the price."""
    sides = comparison.sides
    letters = [letter_of(number) for number in range(len(sides))]
    parts: list[RenderableType] = [_legend(letters, sides), ""]
    for begin in range(1, len(sides), _BLOCK):
        shown = [0, *range(begin, min(begin + _BLOCK, len(sides)))]
        parts += [_figures(letters, sides, shown, language), ""]
        parts += [_moves(letters, sides, shown[1:], language), ""]
    parts += [words(translate(_LARGEST, language), "bold")]
    parts += [
        _flows(letter, sides, side, language)
        for letter, side in zip(letters, sides, strict=True)
        if side.moves
    ]
    parts += ["", words(translate(_PRICE, language), "bold")]
    parts += [_price(letter, side, language) for letter, side in zip(letters, sides, strict=True)]
    if comparison.ahead:
        parts += ["", ahead_view(comparison.ahead, language)]
    return Group(*parts)


def _legend(letters: Sequence[str], sides: Sequence[Side]) -> Table:
    table = Table.grid(padding=(0, 2))
    for letter, side in zip(letters, sides, strict=True):
        table.add_row(words(letter, "bold"), words(side.name), words(side.title))
    return table


def _figures(
    letters: Sequence[str], sides: Sequence[Side], shown: Sequence[int], language: Language
) -> Table:
    table = _table(translate(_FIGURE, language), [letters[number] for number in shown])
    first = dict(sides[0].figures.items())
    for name, label in FIGURES.items():
        values = [dict(sides[number].figures.items())[name] for number in shown]
        if any(values) or name in ("unplaced", "above_standard", "beyond_far"):
            table.add_row(words(translate(label, language)), *_cells(values, first[name]))
    return table


def _cells(values: Sequence[int | None], first: int | None) -> list[Text]:
    cells = [_number(values[0])]
    for value in values[1:]:
        cell = _number(value)
        if value is not None and first is not None and value != first:
            cell.append(f" ({formats.signed(value - first)})", style="dim")
        cells.append(cell)
    return cells


def _number(value: int | None) -> Text:
    return Text("–" if value is None else formats.number(value))


def _moves(
    letters: Sequence[str], sides: Sequence[Side], shown: Sequence[int], language: Language
) -> Table:
    table = _table(translate(_MOVING, language), [letters[number] for number in shown])
    counts = [dict(move_figures(moves)) for moves in (sides[at].moves for at in shown) if moves]
    for name, label in MOVES.items():
        if name == "moved" or any(count[name] for count in counts):
            numbers = (formats.number(count[name]) for count in counts)
            table.add_row(words(translate(label, language)), *numbers)
    return table


def _table(head: str, letters: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    table.add_column(head, no_wrap=True, min_width=30)
    for letter in letters:
        table.add_column(letter, justify="right", no_wrap=True)
    return table


def _flows(letter: str, sides: Sequence[Side], side: Side, language: Language) -> Text:
    moves, names = side.moves, school_names(sides)
    assert moves is not None  # noqa: S101 - the caller leaves the first out
    parting = "; " if language == "en" else "；"
    flows = parting.join(
        translate(
            _ONE_FLOW,
            language,
            {
                "count": count,
                "old": _school(old, names, language),
                "new": _school(new, names, language),
            },
        )
        for old, new, count in largest_flows(moves)
    )
    told = flows or translate(_NOBODY, language)
    return words(translate(_FLOW, language, {"letter": letter, "flows": told}))


def largest_flows(moves: Moves) -> list[tuple[str, str, int]]:
    """Return the three largest moves between two schools, largest first."""
    return sorted(moves.matrix, key=lambda flow: (-flow[2], flow))[:_FLOWS]


def _school(school_id: str, names: dict[str, str], language: Language) -> str:
    return names.get(school_id, school_id) if school_id else translate(_NOWHERE, language)


def _price(letter: str, side: Side, language: Language) -> Text:
    figures = side.figures
    said = {
        "letter": letter,
        "far": figures.beyond_far,
        "far_m": side.far_m,
        "above": figures.above_standard,
        "classes": figures.classes,
        "oversized": figures.oversized,
        "unplaced": figures.unplaced,
    }
    return words(translate(_PRICE_OF, language, said))
