"""How a run and a comparison show themselves in a notebook: one line of text, one small page.

Every text that comes from a file is escaped, first what steers a screen, then what steers a page.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING

from enroll.notices import formats, translate
from enroll.notices.masking import printable
from enroll.report.comparison.figures import figures_of
from enroll.report.comparison.rows import json_of, letter_of, table_of
from enroll.report.comparison.tables import move_figures
from enroll.report.comparison.view import FIGURES, MOVES
from enroll.report.screen import LEVEL_WORDS
from enroll.report.terminal import MORE_IN_FILE, REHEARSAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from enroll.notices import Language, Level
    from enroll.report.comparison import Comparison, Side

_READ = ("indicators.csv", "manifest.json", "schools.csv", "summary.json", "warnings.csv")
"""Files that a card of a run is made from."""

_HEADLINES = (
    "applicants", "placed", "placed_in_zone", "redirected", "unplaced", "ineligible", "classes",
    "above_standard", "oversized", "median_m", "farthest_m", "beyond_far",
)  # fmt: skip

_MOST_SHOWN = 6
_MOST_OF_A_CODE = 2

_LEVELS: dict[Level, str] = {
    "blocking": "#fff;background:#7f1d1d",
    "red": "#fff;background:#b42318",
    "orange": "#000;background:#f0a35e",
    "yellow": "#000;background:#f6dd6b",
    "info": "#000;background:#d0d5dd",
}
"""Colours of a level's word and of the field behind it; the word says the level, too."""


def run_line(files: Mapping[str, bytes]) -> str:
    """Return a run in one line: its title, its children and its classes.

    Parameters
    ----------
    files
        Content of the run folder by name.
    """
    if not files.keys() >= {*_READ}:
        return f"Run: {len(files)} files"
    title = json_of(files, "manifest.json")["scenario"]["settings"]["title"]
    said = figures_of(files)
    return (
        f"Run: {printable(title)}: {said.placed:,} of {said.applicants:,} applicants placed,"
        f" {said.classes:,} classes"
    )


def run_card(files: Mapping[str, bytes]) -> str | None:
    """Return a run for a notebook: title, headline figures and the worst notices.

    Parameters
    ----------
    files
        Content of the run folder by name.

    Returns
    -------
    HTML without a script or an address, in the language of the run; None where the files are
    not those of a run.
    """
    if not files.keys() >= {*_READ}:
        return None
    settings = json_of(files, "manifest.json")["scenario"]["settings"]
    language: Language = "zh" if settings["language"] == "zh" else "en"
    parts = [f"<strong>{_safe(settings['title'])}</strong>"]
    if json_of(files, "summary.json")["draw"]["rehearsal"]:
        parts.append(f"<em>{_safe(translate(REHEARSAL, language))}</em>")
    figures = dict(figures_of(files).items())
    parts.append(_table(_figure(name, [_number(figures[name])], language) for name in _HEADLINES))
    parts += _notices(table_of(files, "warnings.csv"), language)
    return _framed(parts)


def comparison_line(comparison: Comparison) -> str:
    """Return a comparison in one line: the names of its scenarios."""
    return f"Comparison: {', '.join(printable(side.name) for side in comparison.sides)}"


def comparison_card(comparison: Comparison) -> str:
    """Return a comparison for a notebook: the scenarios, their figures side by side, who moves.

    Returns
    -------
    HTML without a script or an address, in the language of the comparison.
    """
    sides, language = comparison.sides, comparison.language
    legend = (
        f'<tr><th scope="row">{letter_of(at)}</th>{_cell(_safe(side.name))}'
        f"{_cell(_safe(side.title))}</tr>"
        for at, side in enumerate(sides)
    )
    head = "".join(f'<th scope="col">{letter_of(at)}</th>' for at in range(len(sides)))
    rows = [f"<tr><td></td>{head}</tr>", *_figure_rows(sides, language)]
    return _framed([_table(legend), _table([*rows, *_move_rows(sides, language)])])


def _figure_rows(sides: Sequence[Side], language: Language) -> Iterator[str]:
    """Yield each figure that one of the scenarios has, with its difference from the first."""
    told = [dict(side.figures.items()) for side in sides]
    for name in FIGURES:
        values = [figures[name] for figures in told]
        if any(values):
            first = values[0]
            yield _figure(
                name, [_number(first), *(_beside(x, first) for x in values[1:])], language
            )


def _move_rows(sides: Sequence[Side], language: Language) -> Iterator[str]:
    counts = [dict(move_figures(side.moves)) for side in sides if side.moves is not None]
    for name, label in MOVES.items():
        if name == "moved" or any(count[name] for count in counts):
            cells = ["", *(_number(count[name]) for count in counts)]
            yield _row(translate(label, language), cells)


def _notices(rows: Sequence[Mapping[str, str]], language: Language) -> Iterator[str]:
    """Yield the worst notices, few of one code so that no kind hides the others."""
    of_code: Counter[str] = Counter()
    shown = []
    for row in rows:
        of_code[row["code"]] += 1
        if of_code[row["code"]] <= _MOST_OF_A_CODE and row["level"] != "info":
            shown.append(row)
    shown = shown[:_MOST_SHOWN]
    if shown:
        yield _table(f"<tr>{_level(row['level'], language)}{_said(row)}</tr>" for row in shown)
    if len(shown) < len(rows):
        more = {"count": len(rows) - len(shown)}
        yield f"<div>{_safe(translate(MORE_IN_FILE, language, more))}</div>"


def _level(level: str, language: Language) -> str:
    for name, colours in _LEVELS.items():
        if name == level:
            word = _safe(translate(LEVEL_WORDS[name], language))
            chip = f"padding:0 .4em;border-radius:.3em;color:{colours}"
            return _cell(
                f'<span style="{chip}">{word}</span>', "text-align:left;vertical-align:top"
            )
    return _cell(_safe(level))


def _said(row: Mapping[str, str]) -> str:
    return _cell(
        f"{_safe(row['message'])} <code>{_safe(row['code'])}</code>",
        "text-align:left;max-width:48em",
    )


def _figure(name: str, cells: Sequence[str], language: Language) -> str:
    return _row(translate(FIGURES[name], language), cells)


def _row(label: str, cells: Iterable[str]) -> str:
    """Return a row; a label that begins with blanks is a part of the one above."""
    indent = f"padding-left:{len(label) - len(label.lstrip()) + 0.5:g}em"
    head = f'<th scope="row" style="text-align:left;font-weight:normal;{indent}">'
    numbers = "".join(_cell(cell, "text-align:right") for cell in cells)
    return f"<tr>{head}{_safe(label.strip())}</th>{numbers}</tr>"


def _number(value: int | None) -> str:
    return "–" if value is None else formats.number(value)


def _beside(value: int | None, first: int | None) -> str:
    if value is None or first is None or value == first:
        return _number(value)
    return f"{formats.number(value)} <small>({formats.signed(value - first)})</small>"


def _cell(content: str, style: str = "text-align:left") -> str:
    return f'<td style="{style}">{content}</td>'


def _table(rows: Iterable[str]) -> str:
    return f'<table style="margin:.5em 0">{"".join(rows)}</table>'


def _framed(parts: Iterable[str]) -> str:
    return f"<div>{''.join(f'<div>{part}</div>' for part in parts)}</div>"


def _safe(text: str) -> str:
    return escape(printable(text))
