"""Sentences in English (the source language) and Chinese."""

from __future__ import annotations

import gettext
from datetime import date
from functools import cache, partial, reduce
from pathlib import Path
from typing import TYPE_CHECKING

from enroll.notices.formats import Language, day, number
from enroll.notices.kinds import N_, Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Language", "translate"]

_LOCALES = Path(__file__).parent.parent / "locale"

_LONGEST_LIST = 12


@cache
def _translations(language: Language) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("enroll", _LOCALES, languages=["zh_CN"])


def translate(text: str, language: Language, params: Mapping[str, object] | None = None) -> str:
    """Return an English template in `language` with its fields filled in.

    Whole numbers get thousands separators, days and tuples are written in the language's way
    (a long tuple is cut), a `Phrase` is translated too; everything else is shown as it is.
    """
    if not text:
        return ""
    fields = {name: _shown(value, language) for name, value in (params or {}).items()}
    return _translations(language).gettext(text).format(**fields)


def _shown(value: object, language: Language) -> str:
    if isinstance(value, Phrase):
        return translate(value.text, language, value.params)
    if isinstance(value, tuple):
        return _listed(value, language)
    if isinstance(value, int) and not isinstance(value, bool):
        return number(value)
    if isinstance(value, date):
        return day(value, language)
    return str(value)


def _listed(items: tuple[object, ...], language: Language) -> str:
    if len(items) > _LONGEST_LIST:
        shown = _LONGEST_LIST - 1
        others = Phrase(N_("{count} others"), {"count": len(items) - shown})
        return _listed((*items[:shown], others), language)
    if len(items) < 2:
        return "".join(_shown(item, language) for item in items)
    return _joined(
        N_("{listed} and {name}"),
        language,
        reduce(partial(_joined, N_("{listed}, {name}"), language), items[:-1]),
        items[-1],
    )


def _joined(template: str, language: Language, listed: object, name: object) -> str:
    return translate(template, language, {"listed": listed, "name": name})
