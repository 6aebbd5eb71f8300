"""What `[[change]]` makes of limits and rounds, and what is wrong with it without any table."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from pydantic import ValidationError

from enroll.notices import Problem, mask
from enroll.records import Change
from enroll.scenario.changes import AddHomes, SetLimits, SetRound, clashes
from enroll.scenario.schema import Limits, Round, Scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from enroll.records import JsonValue
    from enroll.scenario.forms import Settings

    Complete = Callable[[Scenario], Scenario]


def try_rules(
    settings: Scenario, file: str, complete: Complete
) -> tuple[Scenario, tuple[Change, ...], list[Problem]]:
    """Return the settings with the limits and rounds that their changes try.

    Parameters
    ----------
    settings
        As stated, with what they extend merged in.
    file
        Name of the file that states `[[change]]`.
    complete
        Spells out the default rounds, which follow from the limits.

    Returns
    -------
    settings
        Complete; as they are where a change is wrong.
    changes
        What was changed, old and new.
    problems
        Everything wrong with `[[change]]` that shows without the tables.
    """
    if not settings.change:
        return complete(settings), (), []
    problems = [*_conflicts(settings, file), *_groups(settings, file)]
    limits, found = _limits(settings, file)
    problems += found
    before = complete(settings)
    tried = complete(settings.model_copy(update={"limits": limits}))
    rounds, found = _rounds(tried, file)
    problems += found
    tried = tried.model_copy(update={"round": rounds})
    changes = [*_differences("limits", before.limits, limits), *_round_changes(before, tried)]
    return tried, tuple(changes), problems


def change_problem(code: str, file: str, number: int, key: str = "", value: str = "",
                   **params: object) -> Problem:  # fmt: skip
    """Return a problem of one `[[change]]`.

    Parameters
    ----------
    file
        Name of the file that states it.
    number
        Its position, from 0.
    key, value
        What is wrong, not masked yet.
    """
    return Problem(code, file, column=place_of(number, key), value=mask(value), params=params)


def place_of(number: int, key: str = "") -> str:
    """Return where a change stands in its file, such as `[[change]] 2 school_id`."""
    return f"[[change]] {number + 1} {key}".rstrip()


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name that is most like one that is not, masked; "-" where none is near."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.0)
    return mask(near[0]) if near else "-"


def _conflicts(settings: Scenario, file: str) -> Iterator[Problem]:
    for earlier, later, thing in clashes(settings.change):
        said = {"thing": mask(thing), "other": place_of(earlier)}
        yield change_problem("CHANGE_CONFLICT", file, later, **said)


def _groups(settings: Scenario, file: str) -> Iterator[Problem]:
    """Check the group or the facts of the children of new estates."""
    groups = tuple(dict.fromkeys(group.id for group in settings.group))
    facts = {name for group in settings.group for name in group.when or {}} - {"zone"}
    for number, change in enumerate(settings.change):
        if not isinstance(change, AddHomes):
            continue
        if change.group is not None and change.group not in groups:
            value = change.group
            yield change_problem("CHANGE_GROUP_UNKNOWN", file, number, "group", value, known=groups)
        if groups and change.group is None and not change.facts:
            yield change_problem("HOMES_WITHOUT_GROUP", file, number, known=groups)
        for name in sorted(set(change.facts) - facts):
            key, known = f"facts.{mask(name)}", tuple(sorted(facts))
            yield change_problem("CHANGE_FACT_UNKNOWN", file, number, key, known=known)


def _limits(settings: Scenario, file: str) -> tuple[Limits, list[Problem]]:
    stated: dict[str, int] = {}
    last = 0
    for number, change in enumerate(settings.change):
        if isinstance(change, SetLimits):
            stated |= change.keys()
            last = number
    try:
        return Limits.model_validate({**settings.limits.model_dump(), **stated}), []
    except ValidationError as error:
        return settings.limits, [_refused(error, file, last)]


def _rounds(settings: Scenario, file: str) -> tuple[tuple[Round, ...], list[Problem]]:
    rounds = {step.id: step for step in settings.round}
    problems: list[Problem] = []
    for number, change in enumerate(settings.change):
        if not isinstance(change, SetRound):
            continue
        if change.id not in rounds:
            known = tuple(rounds)
            problems.append(
                change_problem("CHANGE_ROUND_UNKNOWN", file, number, "id", change.id, known=known)
            )
            continue
        try:
            stated = rounds[change.id].model_dump(exclude_defaults=True)
            rounds[change.id] = Round.model_validate({**stated, **change.keys()})
        except ValidationError as error:
            problems.append(_refused(error, file, number))
    return tuple(rounds.values()), problems


def _refused(error: ValidationError, file: str, number: int) -> Problem:
    """Return what a table of settings says against the values of a change."""
    detail = error.errors(include_url=False)[0]
    params = detail.get("ctx", {})
    key = str(params.get("key", ""))
    return Problem(detail["type"], file, column=place_of(number, key), params=params)


def _differences(key: str, before: Settings, after: Settings) -> Iterator[Change]:
    old, new = _values(before), _values(after)
    for name in old:
        if old[name] != new[name]:
            yield Change(f"{key}.{name}", old[name], new[name])


def _round_changes(before: Scenario, after: Scenario) -> Iterator[Change]:
    for old, new in zip(before.round, after.round, strict=True):
        yield from _differences(f"round.{old.id}", old, new)


def _values(settings: Settings) -> dict[str, JsonValue]:
    return settings.model_dump(mode="json")
