"""The reference of scenario keys, written from the schema itself.

`docs/reference/scenario.md` holds what `reference_page` returns; a test compares them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from enroll.scenario.changes import KINDS
from enroll.scenario.forecasting import Forecasting
from enroll.scenario.loading import default_rounds
from enroll.scenario.publishing import DrawSource, Event, Telephone
from enroll.scenario.schema import (
    Age,
    Condition,
    Coordinates,
    FileRef,
    Files,
    Group,
    Limits,
    Lottery,
    Planning,
    Publication,
    Round,
    Scenario,
    TravelSettings,
)

if TYPE_CHECKING:
    from enroll.scenario.schema import Settings

SECTIONS: tuple[tuple[str, type[Settings]], ...] = (
    ("At the top of the file", Scenario),
    ("`[files]`", Files),
    ("A file, where a path is not enough", FileRef),
    ("`[coordinates]`", Coordinates),
    ("`[limits]`", Limits),
    ("`[age]`", Age),
    ("`[travel]`", TravelSettings),
    ("`[lottery]`", Lottery),
    ("`[forecast]`", Forecasting),
    ("`[planning]`", Planning),
    ("`[publication]`", Publication),
    ("`[[publication.timetable]]`", Event),
    ("`[[publication.telephones]]`", Telephone),
    ("`[[publication.sources]]`", DrawSource),
    ("`[[group]]`", Group),
    ("A condition in `when`", Condition),
    ("`[[round]]`", Round),
    *((f'`[[change]]` with `do = "{kind}"`', settings) for kind, settings in KINDS.items()),
)
"""Headings of the page and the classes whose keys they list."""

_INTRODUCTION = """\
# Keys of a scenario

A scenario is one TOML file: inputs, limits and policy of one allocation. It is read strictly:
an unknown key, a number in quotes or a value out of range is an error that names the file, the
key and the remedy, and all errors are told at once. `enroll new DIR` writes a commented sample.

- **Paths** start at the folder of the file that states them, and are written with `/`.
- **Dates** are written as `2020-08-31`, without quotes.
- A file is UTF-8 and holds at most 1 MiB.
- `extends = "base.toml"`, at the top of the file, starts from another scenario: tables merge key
  by key, everything else (also `[[group]]` and `[[round]]`) replaces what the base says. A base
  may itself extend another. The run records every key that differs from the outermost base, with
  its old and new value.
"""

_CHANGES = """\
## `[[change]]`

What-ifs that are tried upon everything else in the scenario (see `docs/how-to/try-a-change.md`).
`do` names the kind; every kind has the keys below and no others. The order of the entries does
not matter, because no two may touch the same thing. A school, zone, round, group or fact that a
change names must exist, new ones of other changes included. `[[change]]` is an array: a scenario
that states it replaces all changes of the scenario it extends, and one that does not keeps them.
The run's `manifest.json` lists what each change made of its inputs, with old and new value.

"""

_ROUNDS = """\
Without any `[[round]]`, these rounds are taken, in this order; `max_m` is `[limits] far_m`, here
its default:
"""

_HEAD = "| key | meaning | value | default | why this default |\n| --- | --- | --- | --- | --- |\n"


def reference_page() -> str:
    """Return the page as Markdown."""
    sections = "\n".join(
        (_CHANGES if heading.endswith('"add_school"`') else "") + _section(heading, settings)
        for heading, settings in SECTIONS
    )
    return f"{_INTRODUCTION}\n{sections}\n{_ROUNDS}\n{_default_rounds()}"


def _section(heading: str, settings: type[Settings]) -> str:
    schema = settings.model_json_schema()
    required = schema.get("required", [])
    meanings = {key: field.description or "" for key, field in settings.stated_keys().items()}
    rows = (
        _row(key, meanings[key], "required" if key in required else _default(part), part)
        for key, part in schema["properties"].items()
    )
    return f"## {heading}\n\n{schema['description']}\n\n{_HEAD}{''.join(rows)}"


def _row(key: str, meaning: str, default: str, part: dict[str, Any]) -> str:
    cells = (f"`{key}`", meaning, _value(part), default, part.get("source", ""))
    return f"| {' | '.join(cells)} |\n"


def _value(part: dict[str, Any]) -> str:
    """Return what a key may hold, in words."""
    if "form" in part:
        return str(part["form"])
    if "anyOf" in part:
        return _value({"unit": part.get("unit", "whole number"), **part["anyOf"][0]})
    if "$ref" in part:
        return "path or table" if part["$ref"].endswith("/FileRef") else "table"
    if "const" in part:
        return f'`"{part["const"]}"`'
    if "enum" in part:
        return ", ".join(f"`{word}`" for word in part["enum"])
    if part["type"] == "array":
        return f"list of {_value(part['items'])}"
    if part["type"] == "number":
        return "number"
    if part["type"] == "integer":
        return f"{part.get('unit', 'whole number')}, {_bounds(part)}"
    return "date" if part.get("format") == "date" else "text"


def _bounds(part: dict[str, Any]) -> str:
    return f"{part['minimum']} to {part['maximum']}"


def _default(part: dict[str, Any]) -> str:
    """Return what holds where the key is absent, in words or as it would be written."""
    if "default_text" in part:
        return str(part["default_text"])
    if part.get("default") is None:
        return "see below" if "$ref" in part else "none"
    return f"`{json.dumps(part['default'])}`"


def _default_rounds() -> str:
    """Return the rounds of a scenario without any, as it would write them."""
    rounds = "\n".join(_round_text(step) for step in default_rounds(Limits().far_m))
    return f"```toml\n{rounds}```\n"


def _round_text(step: Round) -> str:
    stated = step.model_dump(exclude_defaults=True)
    lines = [f"{key} = {json.dumps(value)}\n" for key, value in stated.items()]
    return "[[round]]\n" + "".join(lines)
