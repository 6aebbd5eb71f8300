"""From a template and what it shows to one page of bytes."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional

from enroll.notices import formats, translate
from enroll.notices.kinds import N_
from enroll.report.layers.palette import FLOW_COLOUR, LEVEL_SHADES, LOADS
from enroll.version import __version__

if TYPE_CHECKING:
    from jinja2 import Environment

    from enroll.notices import Language

LANGUAGE_TAGS = {"en": "en", "zh": "zh-CN"}

_NOT_IN_HTML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_ISOLATE, _END = "\u2068", "\u2069"
_OTHER_WAY = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"}


def render(template: str, language: Language, **shown: object) -> bytes:
    """Return a page as UTF-8 bytes.

    Parameters
    ----------
    template
        Name in the folder `templates`, such as `run.html.j2`.
    language
        Of every sentence.
    shown
        What the template asks for; a name that is missing is an error.
    """
    page = _environment(language).get_template(template).render(**shown)
    return page.encode("utf-8")


@cache
def _environment(language: Language) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("enroll.report.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_fit_for_html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    script = _own_text("page.js")
    environment.globals |= {
        "N_": partial(_said, language),
        "comma": _said(language, N_("{listed}, {name}"), listed="", name=""),
        "lang": LANGUAGE_TAGS[language],
        "version": __version__,
        "style": Markup(_own_text("page.css") + map_colours()),  # noqa: S704 - of the program
        "script": Markup(script),  # noqa: S704 - a file of the program
        "script_hash": b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    }
    environment.filters |= {
        "number": formats.number,
        "share": partial(_share, language),
        "length_words": partial(_length, language),
        "isolate": isolate,
    }
    return environment


def map_colours() -> str:
    """Return the colours that the map shares with `map.gpkg` as rules of a style sheet."""
    *loads, no_school = LOADS
    rules = [f".z{step} {{ fill: {shade.colour}; }}" for step, shade in enumerate(loads)]
    rules.append(f".z-1 {{ fill: {no_school.colour}; }}")
    rules += [
        f".school.{shade.value} {{ stroke: {shade.colour}; }}"
        for shade in LEVEL_SHADES
        if shade.value in ("red", "orange", "yellow")
    ]
    return "\n".join([*rules, f".flow {{ fill: {FLOW_COLOUR}; }}", ""])


def isolate(text: str) -> str:
    """Return a name that cannot turn the direction of what stands beside it."""
    turns = any(bidirectional(letter) in _OTHER_WAY for letter in text)
    return f"{_ISOLATE}{text}{_END}" if turns else text


def _said(language: Language, text: str, **params: object) -> str:
    return translate(text, language, params)


def _share(language: Language, count: int, whole: int) -> str:
    return formats.share(count, whole, language)


def _length(language: Language, metres: int) -> str:
    said = formats.length(metres)
    return translate(said.text, language, said.params)


def _fit_for_html(value: Any) -> Any:
    """Return what is put in with every character replaced that no page may hold."""
    return value if not isinstance(value, str) else type(value)(_NOT_IN_HTML.sub("\ufffd", value))


def _own_text(name: str) -> str:
    return files("enroll.report.pages").joinpath("templates", name).read_text(encoding="utf-8")
