"""The reference page of all messages, made from the catalogue: `docs/reference/notices.md`."""

from __future__ import annotations

import re

from enroll.notices.about_results import PHRASES
from enroll.notices.catalogue import KINDS
from enroll.notices.kinds import LEVELS, Kind, Level

_FIELD = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")

_INTRODUCTION = """\
# Messages

What enroll says about inputs and results. Words in *italics* are filled in. The page is made
from the catalogue by `enroll.notices.reference.notices_page`.

| level | what it means |
| --- | --- |
| blocking | the input cannot be used; nothing is written, exit status 2 |
| red | a child has no seat, a limit is passed, or demand is at or above the seats |
| orange | a standard is passed, a family is apart, or somebody waits for a decision |
| yellow | worth a look before the result is made public |
| info | good to know |

Some findings have another level than the one they are listed under: `ZONE_FULL` is yellow from
90 % of the seats and red from 100 %.
"""


def notices_page() -> str:
    """Return the reference page of every code, by level and then by code."""
    sections = [_section(level) for level in LEVELS if _codes(level)]
    return "\n".join([_INTRODUCTION, *sections, _parts()])


def _section(level: Level) -> str:
    head = (
        f"## {level.capitalize()}\n\n| code | what it says | what removes it |\n| --- | --- | --- |"
    )
    lines = [_line(code, KINDS[code]) for code in _codes(level)]
    return "\n".join([head, *lines, ""])


def _codes(level: Level) -> list[str]:
    return sorted(code for code, kind in KINDS.items() if kind.level == level)


def _line(code: str, kind: Kind) -> str:
    return f"| `{code}` | {_shown(kind.message)} | {_shown(kind.remedy)} |"


def _parts() -> str:
    head = "## Parts of sentences\n\nFilled into the sentences above, as the case is.\n"
    parts = [f"- {_shown(text.strip())}" for text in sorted(set(PHRASES.values())) if text]
    return "\n".join([head, *parts, ""])


def _shown(template: str) -> str:
    text = _FIELD.sub(r"*\1*", template.replace("|", "\\|").replace("<", "&lt;"))
    return text.replace("{{", "{").replace("}}", "}")
