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


def step_in_words(name: str, language: Language, width: int = 0) -> str:
    """Return the number, as wide as asked for, and the name of a step such as `V1 files`."""
    number, _, title = name.partition(" ")
    if language == "en" or title not in say.STEPS:
        return name
    return f"{number:<{width}} {translate(say.STEPS[title], language)}"


def _known(why: str, language: Language) -> str | None:
    for pattern, text in _patterns():
        found = pattern.fullmatch(why)
        if found:
            fields = {
                name: _value(name, said, language) for name, said in found.groupdict().items()
            }
            return translate(text, language, fields)
    return None


def _value(name: str, said: str, language: Language) -> str | int:
    """Return what stands in a field: a count is written in the language's way."""
    if name == "rest":
        return in_words(said, language)
    return int(said) if name in _NUMBERS else said


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
