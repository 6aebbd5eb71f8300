"""What `verify.py` says, in another language: found by patterns, said by the catalogue."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from enroll.notices import about_verify as say
from enroll.notices.language import translate

if TYPE_CHECKING:
    from enroll.notices.language import Language

_FIELD = re.compile(r"\{(\w+)\}")
_NUMBERS = ("count", "children", "placed", "seats", "value", "metres", "classes", "line", "before")
_ANYTHING = ("said", "due", "rest", "folder")


def in_words(why: str, language: Language) -> str:
    """Return what a step says in a language; what is not known stays as it is.

    Parameters
    ----------
    why
        A sentence of `verify.py`, or several joined by "; ".
    """
    if language == "en":
        return why
    whole = _known(why, language)
    if whole is not None:
        return whole
    for cut in re.finditer("; ", why):
        first = _known(why[: cut.start()], language)
        if first is not None:
            return f"{first}；{in_words(why[cut.end() :], language)}"
    return why


def _known(why: str, language: Language) -> str | None:
    for pattern, text in _patterns():
        found = pattern.fullmatch(why)
        if found:
            fields = found.groupdict()
            if "rest" in fields:
                fields["rest"] = in_words(fields["rest"], language)
            return translate(text, language, fields)
    return None


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(_pattern(text), re.DOTALL), text) for text in say.SENTENCES]


def _pattern(text: str) -> str:
    parts = _FIELD.split(text)
    parts[::2] = [re.escape(part) for part in parts[::2]]
    parts[1::2] = [f"(?P<{name}>{_form(name)})" for name in parts[1::2]]
    return "".join(parts)


def _form(name: str) -> str:
    if name in _NUMBERS:
        return "-?[0-9]+"
    return ".+?" if name in _ANYTHING else "[^;]+?"
