"""What pydantic refuses, told as coded problems with the file and the key they stand in."""

from __future__ import annotations

import difflib
import re
from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from enroll.notices import Phrase, Problem, mask
from enroll.notices.kinds import N_
from enroll.scenario.changes import KINDS
from enroll.scenario.forecasting import Forecasting
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
    Settings,
    TravelSettings,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

    from enroll.scenario.reading import Document, Layer

Location = tuple[str | int, ...]

MOST_SHOWN = 100
"""Problems of one scenario that are told; the rest is counted."""

PLACES: dict[tuple[str, ...], type[Settings]] = {
    (): Scenario,
    ("files",): Files,
    ("files", "*"): FileRef,
    ("coordinates",): Coordinates,
    ("limits",): Limits,
    ("age",): Age,
    ("travel",): TravelSettings,
    ("travel", "matrix"): FileRef,
    ("lottery",): Lottery,
    ("forecast",): Forecasting,
    ("planning",): Planning,
    ("publication",): Publication,
    ("publication", "timetable", "*"): Event,
    ("publication", "telephones", "*"): Telephone,
    ("publication", "sources", "*"): DrawSource,
    ("group", "*"): Group,
    ("group", "*", "when", "*"): Condition,
    ("round", "*"): Round,
    ("change", "*", "file"): FileRef,
}
"""Where each class of settings stands; `*` is any number or name."""

_HEADERS: dict[type[Settings], str] = {
    Scenario: "",
    Files: "[files]",
    Coordinates: "[coordinates]",
    Limits: "[limits]",
    Age: "[age]",
    TravelSettings: "[travel]",
    Lottery: "[lottery]",
    Forecasting: "[forecast]",
    Planning: "[planning]",
    Publication: "[publication]",
    Group: "[[group]]",
    Round: "[[round]]",
}

_LATER_KEYS = {("files", "barriers"), ("files", "crossings")}
_LATER_VALUES = {("travel", "mode", "streets"), ("round", "rule", "choice")}

_CODES = {
    "missing": "SETTING_MISSING",
    "union_tag_not_found": "SETTING_MISSING",
    "string_type": "SETTING_NEEDS_TEXT",
    "float_type": "SETTING_NEEDS_NUMBER",
    "finite_number": "SETTING_NEEDS_NUMBER",
    "too_long": "SETTING_NEEDS_PAIR",
    "int_type": "SETTING_NEEDS_WHOLE_NUMBER",
    "date_type": "SETTING_NEEDS_DATE",
    "tuple_type": "SETTING_NEEDS_LIST",
    "dict_type": "SETTING_NEEDS_TABLE",
    "model_type": "SETTING_NEEDS_TABLE",
    "model_attributes_type": "SETTING_NEEDS_TABLE",
    "literal_error": "SETTING_NOT_ONE_OF",
    "greater_than_equal": "SETTING_TOO_SMALL",
    "less_than_equal": "SETTING_TOO_LARGE",
    "string_too_short": "SETTING_TEXT_EMPTY",
    "string_too_long": "SETTING_TEXT_TOO_LONG",
}
_LONGEST_NUMBER = 10**18
_KEY_OF_CHANGE = 3
_BOUNDS = ("ge", "le", "max_length")


def problems_of(
    error: ValidationError, document: Document, layers: Sequence[Layer]
) -> list[Problem]:
    """Return a coded problem for everything that pydantic refused.

    Parameters
    ----------
    error
        From validating `document`.
    document
        The merged document.
    layers
        The files it was merged from; a problem names the one that states the key.
    """
    found: dict[Location, list[ErrorDetails]] = {}
    for detail in _all_details(error, document):
        found.setdefault(_stated(detail, document), []).append(detail)
    told = [(where, _one_of(details)) for where, details in found.items()]
    problems = [_problem(where, detail, layers) for where, detail in told[:MOST_SHOWN]]
    if len(told) > MOST_SHOWN:
        count = {"count": len(told) - MOST_SHOWN}
        problems.append(Problem("PROBLEMS_CUT", layers[0].name, params=count))
    return problems


def _all_details(error: ValidationError, document: Document) -> list[ErrorDetails]:
    """Return every error, also those that an unknown key in the same table hides.

    pydantic compares the keys of a table with each other only where every key is in order.
    """
    details = error.errors(include_url=False)
    unknown = [detail for detail in details if detail["type"] == "extra_forbidden"]
    if not unknown:
        return details
    try:
        Scenario.model_validate(_without(unknown, document))
    except ValidationError as others:
        return unknown + others.errors(include_url=False)
    return unknown


def _without(unknown: Sequence[ErrorDetails], document: Document) -> Document:
    """Return the document without its unknown keys."""
    pruned = deepcopy(document)
    for detail in unknown:
        *above, key = _stated(detail, document)
        table: Any = pruned
        for part in above:
            table = table[part]
        del table[key]
    return pruned


def _stated(detail: ErrorDetails, document: Document) -> Location:
    """Return the part of an error's location that the file itself holds, or should hold.

    The rest names branches of a union, or the table that stands behind a plain value.
    """
    kept: list[str | int] = []
    here: Any = document
    for part in _without_tag(detail["loc"]):
        if not _holds(here, part):
            break
        kept.append(part)
        here = here[part]
    if detail["type"] == "missing" and isinstance(detail["loc"][-1], str):
        kept.append(detail["loc"][-1])
    if detail["type"] in ("union_tag_not_found", "union_tag_invalid"):
        kept.append("do")
    return tuple(kept)


def _without_tag(location: Location) -> Location:
    """Return a location without the kind of change, which is no key of the file."""
    if location[:1] == ("change",):
        return (*location[:2], *location[3:])
    return location


def _holds(value: object, part: str | int) -> bool:
    if isinstance(value, dict):
        return part in value
    return isinstance(value, list) and isinstance(part, int) and part < len(value)


def _one_of(details: list[ErrorDetails]) -> ErrorDetails:
    """Return the error that says most; a value may fail each branch of a union."""
    if {detail["type"] for detail in details} == {"int_type", "date_type"}:
        return {**details[0], "type": "SETTING_NEEDS_NUMBER_OR_DATE"}
    return next((one for one in details if not one["type"].endswith("_type")), details[0])


def _problem(where: Location, detail: ErrorDetails, layers: Sequence[Layer]) -> Problem:
    file, column, value = owner(where, layers), key_label(where), _shown(detail["input"])
    if detail["type"] == "union_tag_invalid":
        value = _shown(detail["input"].get("do"))
        code, params = _unknown_change(value)
        return Problem(code, file, column=column, value=value, params=params)
    if detail["type"] == "extra_forbidden":
        code, params = _unknown(where, detail["loc"])
        return Problem(code, file, column=column, params=params)
    if (*_names(where), value) in _LATER_VALUES:
        setting = {"setting": f'{where[-1]} = "{value}"'}
        return Problem("SETTING_LATER", file, column=column, params=setting)
    code = _CODES.get(detail["type"], detail["type"])
    if _is_half_a_pair(detail) or (code == "SETTING_NEEDS_LIST" and _is_pair(where)):
        code = "SETTING_NEEDS_PAIR"
    return Problem(code, file, column=column, value=value, params=_params(detail))


def _is_half_a_pair(detail: ErrorDetails) -> bool:
    """Tell a number that is missing in a pair from a key that is missing in a table."""
    return detail["type"] == "missing" and isinstance(detail["loc"][-1], int)


def _is_pair(where: Location) -> bool:
    """Tell whether the value of a key is a pair of numbers, not a list of any length."""
    return where[-1] == "point" or (where[-2:-1] == ("polygon",) and isinstance(where[-1], int))


def _params(detail: ErrorDetails) -> dict[str, object]:
    context = detail.get("ctx", {})
    if detail["type"] == "literal_error":
        return {"allowed": tuple(re.findall(r"'([^']*)'", context["expected"]))}
    bounds = [context[name] for name in _BOUNDS if name in context]
    return {"bound": bounds[0]} if bounds else context


def owner(where: Location, layers: Sequence[Layer]) -> str:
    """Return the file that states a key, or else the nearest table around it."""
    for length in range(len(where), 0, -1):
        for layer in layers:
            if _reaches(layer.document, where[:length]):
                return layer.name
    return layers[0].name


def _reaches(document: Document, where: Location) -> bool:
    here: Any = document
    for part in where:
        if not _holds(here, part):
            return False
        here = here[part]
    return True


def key_label(where: Location) -> str:
    """Return a key as it is found in the file, such as `[limits] far_m`.

    An entry of `[[group]]`, `[[round]]`, `[[change]]` or of a list of `[publication]` is counted
    from 1.
    """
    if where[:1] == ("publication",) and len(where) > 2 and isinstance(where[2], int):
        return f"[[{_dotted(where[:2])}]] {where[2] + 1} {_dotted(where[3:])}".rstrip()
    if len(where) > 1 and where[0] in ("group", "round", "change") and isinstance(where[1], int):
        return f"[[{where[0]}]] {where[1] + 1} {_dotted(where[2:])}".rstrip()
    header = f"[{_dotted(_names(where)[:-1])}] " if len(_names(where)) > 1 else ""
    return header + _dotted(_names(where)[-1:])


def _names(where: Location) -> tuple[str, ...]:
    return tuple(part for part in where if isinstance(part, str))


def _dotted(where: Location) -> str:
    return ".".join(mask(name) for name in _names(where))


def _shown(value: object) -> str:
    """Return a plain value for a message; tables and lists say too much."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value) if abs(value) < _LONGEST_NUMBER else ""
    return str(value) if isinstance(value, float | date) else ""


def _unknown_change(kind: str) -> tuple[str, dict[str, object]]:
    """Return the code and fields for a kind of change that there is not."""
    near = difflib.get_close_matches(kind[:64], KINDS, n=1)
    if near:
        return "CHANGE_UNKNOWN_NEAR", {"nearest": near[0], "known": tuple(KINDS)}
    return "CHANGE_UNKNOWN", {"known": tuple(KINDS)}


def _unknown(where: Location, loc: Location) -> tuple[str, dict[str, object]]:
    """Return the code and fields for a key that no setting has.

    Parameters
    ----------
    where, loc
        Location in the file; the same with the kind of change in it.
    """
    names = _names(where)
    if names in _LATER_KEYS:
        return "SETTING_LATER", {"setting": names[-1]}
    in_change = where[0] == "change" and len(where) == _KEY_OF_CHANGE
    known = list(KINDS[str(loc[2])].model_fields) if in_change else _known_keys(where[:-1])
    elsewhere = [place for place, keys in _keys_by_header().items() if names[-1] in keys]
    if len(elsewhere) == 1 and not in_change:
        return "SETTING_MISPLACED", {"place": elsewhere[0] or Phrase(N_("the top of the file"))}
    near = difflib.get_close_matches(names[-1][:64], known, n=1)
    if near:
        return "SETTING_UNKNOWN_NEAR", {"nearest": near[0]}
    return "SETTING_UNKNOWN", {"known": tuple(known)}


def _known_keys(place: Location) -> list[str]:
    """Return the keys that the table at a location may have, in the order of the schema."""
    settings = next(PLACES[pattern] for pattern in PLACES if _fits(pattern, place))
    return [*settings.stated_keys(), *([] if place else ["extends"])]


def _fits(pattern: tuple[str, ...], place: Location) -> bool:
    if len(pattern) != len(place):
        return False
    return all(want in ("*", part) for want, part in zip(pattern, place, strict=True))


def _keys_by_header() -> dict[str, list[str]]:
    return {header: list(settings.stated_keys()) for settings, header in _HEADERS.items()}
