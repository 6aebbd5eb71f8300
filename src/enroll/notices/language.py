"""Sentences in English (the source language) and Chinese."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Language = Literal["en", "zh"]

_LOCALES = Path(__file__).parent.parent / "locale"


@cache
def _translations(language: Language) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("enroll", _LOCALES, languages=["zh_CN"])


def translate(text: str, language: Language, params: Mapping[str, object] | None = None) -> str:
    """Return an English template in `language` with its fields filled in.

    Whole numbers get thousands separators; everything else is shown as it is.
    """
    sentence = _translations(language).gettext(text) if text else ""
    if not params:
        return sentence
    return sentence.format(**{name: _shown(value) for name, value in params.items()})


def _shown(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value)
