"""From a scenario file to settings that every rule can rely on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from enroll.errors import InputError
from enroll.records import Source
from enroll.scenario.merging import changes_against, joined, merged
from enroll.scenario.policy import FIXED
from enroll.scenario.reading import read_chain
from enroll.scenario.refusals import owner, problems_of
from enroll.scenario.schema import Round, Scenario
from enroll.scenario.trying import try_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.notices import Problem
    from enroll.records import Change
    from enroll.scenario.reading import Document, Layer

JUNIOR_STANDARD = 50
"""Pupils that a junior class should have; the schema's own default is for primary."""

ENTRY_AGE = 6
"""Age in years that a child must have reached by 31 August to enter primary school."""

_TOLD_BY_ONE_FILE = ("SETTING_", "CONDITION_", "ROUND_", "GROUP_", "CHANGE_", "HOMES_")


@dataclass(frozen=True)
class LoadedScenario:
    """A scenario, ready to be used.

    Parameters
    ----------
    settings
        With what it extends merged in and every default of its stage filled in.
    folder
        Folder at which relative paths of `settings` start.
    name
        File name without folder and suffix; names the run.
    changes
        What differs from the outermost scenario that it extends, and what its `[[change]]`
        makes of limits and rounds, ascending by key.
    sources
        The scenario file and those it extends, as parsed.
    changes_in
        Name of the file that states `[[change]]`.
    """

    settings: Scenario
    folder: Path
    name: str
    changes: tuple[Change, ...]
    sources: tuple[Source, ...]
    changes_in: str = ""


def load(path: str | Path) -> LoadedScenario:
    """Load a scenario file.

    Parameters
    ----------
    path
        The TOML file.

    Raises
    ------
    InputError
        With every problem of the file and of those it extends, in one pass.
    """
    place = Path(path)
    layers, problems = read_chain(place)
    if not layers:
        raise InputError(problems)
    document = merged(layers)
    settings, refused = _validated(document, layers)
    problems += _still_true(refused) if problems else refused
    if settings is None or problems:
        raise InputError(problems)
    changes_in = owner(("change",), layers)
    settings, tried, problems = try_rules(settings, changes_in, _completed)
    if problems:
        raise InputError(problems)
    return LoadedScenario(
        settings=settings,
        folder=place.parent,
        name=place.stem,
        changes=joined(_changes(document, layers), tried),
        sources=_sources(layers),
        changes_in=changes_in,
    )


def default_rounds(far_m: int) -> tuple[Round, ...]:
    """Return the rounds of a scenario that names none.

    Parameters
    ----------
    far_m
        Longest way in metres that the first two redirect rounds may give.
    """
    return (
        Round(id=FIXED, rule="fixed"),
        Round(id="zone", rule="zone"),
        Round(id="redirect", rule="redirect", max_m=far_m),
        Round(id="stretch", rule="redirect", seats="limit", max_m=far_m),
        Round(id="reach", rule="redirect", seats="limit"),
    )


def _validated(
    document: Document, layers: Sequence[Layer]
) -> tuple[Scenario | None, list[Problem]]:
    """Return the settings with all defaults, or None and everything that is wrong."""
    filled = _with_stage_defaults(document)
    try:
        settings = Scenario.model_validate(filled)
    except ValidationError as error:
        return None, problems_of(error, filled, layers)
    return settings, []


def _with_stage_defaults(document: Document) -> Document:
    """Return the document with what follows from `stage` and `year`.

    This comes before validation, so that the limits are checked as they will hold.
    """
    stage, year = document.get("stage"), document.get("year")
    filled = dict(document)
    if stage == "junior":
        _fill_in(filled, "limits", "class_standard", JUNIOR_STANDARD)
    if stage == "primary" and type(year) is int and ENTRY_AGE < year <= date.max.year:
        _fill_in(filled, "age", "latest_birth", date(year - ENTRY_AGE, 8, 31))
    return filled


def _fill_in(document: Document, table: str, key: str, value: object) -> None:
    section = document.get(table, {})
    if isinstance(section, dict):
        document[table] = {key: value, **section}


def _completed(settings: Scenario) -> Scenario:
    """Return the settings with the rounds spelled out and the matrix in both its places."""
    rounds = settings.round or default_rounds(settings.limits.far_m)
    if rounds[0].rule != FIXED:
        rounds = (Round(id=FIXED, rule="fixed"), *rounds)
    matrix = settings.travel.matrix or settings.files.travel
    files = settings.files.model_copy(update={"travel": matrix})
    travel = settings.travel.model_copy(update={"matrix": matrix})
    return settings.model_copy(update={"round": rounds, "files": files, "travel": travel})


def _still_true(problems: Sequence[Problem]) -> list[Problem]:
    """Return what is wrong in the files that were read, whatever the missing base says."""
    return [
        problem
        for problem in problems
        if problem.code.startswith(_TOLD_BY_ONE_FILE) and problem.code != "SETTING_MISSING"
    ]


def _changes(document: Document, layers: Sequence[Layer]) -> tuple[Change, ...]:
    base = layers[-1].document
    settings, _ = _validated(base, layers[-1:])
    defaults = _completed(settings).model_dump(mode="json", by_alias=True) if settings else {}
    return changes_against(base, defaults, document)


def _sources(layers: Sequence[Layer]) -> tuple[Source, ...]:
    roles = ["scenario", *["base"] * (len(layers) - 1)]
    return tuple(
        Source(role=role, name=layer.name, sha256=layer.sha256, encoding="utf-8", rows=0)
        for role, layer in zip(roles, layers, strict=True)
    )
