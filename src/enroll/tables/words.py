"""The office's own words for values, from `[values]` and from the usual synonyms."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from enroll.notices import mask
from enroll.tables.cleaning import half_width, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from enroll.tables.columns import Column, TableColumns
    from enroll.tables.problems import FileReport


def translated(column: Column, named: Mapping[str, str], texts: Sequence[str]) -> list[str]:
    """Return tidy texts with known words replaced by the canonical words they stand for.

    Parameters
    ----------
    column
        Its usual synonyms are understood in any letter case.
    named
        `[values.<table>.<column>]` of the scenario, which counts before the synonyms.
    """
    own = {half_width(tidy(written)): canonical for written, canonical in named.items()}
    usual = {
        word.casefold(): canonical
        for canonical, others in column.words.items()
        for word in (canonical, *others)
    }
    if not own and not usual:
        return list(texts)

    def meaning(text: str) -> str:
        written = half_width(text)
        return own.get(written, usual.get(written.casefold(), text))

    return [meaning(text) for text in texts]


def check_words(
    spec: TableColumns,
    values: Mapping[str, Mapping[str, str]],
    known: Iterable[str],
    report: FileReport,
) -> None:
    """Report columns and words of `[values.<table>]` that do not exist.

    Parameters
    ----------
    known
        Names of all columns that the scenario may translate.
    """
    names = sorted(known)
    for name, named in sorted(values.items()):
        shown, table = mask(name), spec.table
        if name not in names:
            close = get_close_matches(name, names, n=1, cutoff=0.5)
            nearest = "".join(close) or "-"
            report.add("VALUES_KEY_UNKNOWN", nearest=nearest, name=shown, table=table)
            continue
        words = next((column.words for column in spec.columns if column.name == name), {})
        for word in sorted(set(named.values()) - {"", *words} if words else ()):
            report.add(
                "VALUES_WORD_UNKNOWN",
                word=mask(word),
                known=tuple(words),
                name=shown,
                table=table,
            )
