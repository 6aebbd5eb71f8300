"""The use of a committed draw: nothing may have changed since, neither children nor rules."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from enroll.errors import InputError
from enroll.lottery import ONE_DRAW_FOR_ALL, rank_tickets
from enroll.lottery.protocol import COMMIT, ORDER, ROLL, RULES, SOURCES, sha256_hex
from enroll.lottery.record import records_by_ticket
from enroll.notices import Phrase, Problem, mask_id
from enroll.notices.kinds import N_
from enroll.office.draw_folder import open_draw, program_hash
from enroll.office.log import Step, hashes_of, open_log, utc_now
from enroll.records import Committed, Draw
from enroll.report.manifest import SUMS
from enroll.report.rules_file import rules_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.lottery.frozen import Frozen
    from enroll.office.draw_folder import DrawFolder
    from enroll.records import Ground, Inputs, JsonValue, Ranking, Seats, Source
    from enroll.report import Results
    from enroll.scenario import LoadedScenario

_DECISION = {"placed_authority", "placed_date", "placed_reason", "placed_school"}
"""What a record holds of a place by decision."""

_SHOWN = 5
"""Tickets, children or keys that a message names; it counts the others."""


def adopt_draw(
    scenario: LoadedScenario, inputs: Inputs, ground: Ground, ranking: Ranking, seats: Seats
) -> tuple[Ranking, list[Problem]]:
    """Return the ranking with the tickets and ranks of the draw that the scenario names.

    Returns
    -------
    The ranking, unchanged where the draw cannot be used, and everything that speaks against it.
    """
    folder = scenario.folder / str(scenario.settings.lottery.draw)
    try:
        drawn = open_draw(folder)
        if ORDER not in drawn.files:
            raise InputError([Problem("DRAW_NOT_DRAWN", folder.name)])
        rules = drawn.rules
        draw, problems = _match(drawn, inputs, ground, ranking)
    except InputError as error:
        return ranking, list(error.problems)
    head, settings, groups = rules["log_head"], scenario.settings, ranking.groups
    present = rules_json(inputs, ground, groups, seats, settings, log_head=head)
    if present != drawn.need(RULES):
        keys = _some(_differences(rules, json.loads(present)))
        problems.append(Problem("DRAW_RULES_DIFFER", RULES, params={"keys": keys}))
    if drawn.commitment.program != program_hash():
        named = {"draw": drawn.roll.draw_id}
        problems.append(Problem("DRAW_OTHER_PROGRAM", COMMIT, params=named))
    return (ranking if draw is None else replace(ranking, draw=draw)), problems


def log_run(results: Results, files: Mapping[str, bytes], name: str, operator: str) -> None:
    """Log a run beside its scenario before it is written.

    Parameters
    ----------
    results
        What the run was made from.
    files
        The run's files.
    name
        Of the run's folder.
    operator
        Who makes it.

    Raises
    ------
    InputError
        Where the log cannot be written, is broken, or is not the one that the draw knows.
    """
    origin = (results.scenario, results.inputs.sources, results.ranking.draw.committed)
    log_allocation(*origin, files, name, operator)


def log_allocation(
    scenario: LoadedScenario,
    sources: Sequence[Source],
    committed: Committed | None,
    files: Mapping[str, bytes],
    name: str,
    operator: str,
) -> None:
    """Log a run as `log_run` does, from what it was made from alone."""
    taken = hashes_of((*scenario.sources, *sources))
    if committed is not None:
        taken |= {key: sha256_hex(committed.files[key]) for key in (COMMIT, SOURCES)}
    made = {f"{name}/{SUMS}": sha256_hex(files[SUMS])}
    with open_log(scenario.folder) as log:
        if committed is not None:
            log.need(json.loads(committed.files[RULES])["log_head"])
        log.append(Step("allocate", taken, made, operator, utc_now()))


def _match(
    drawn: DrawFolder, inputs: Inputs, ground: Ground, ranking: Ranking
) -> tuple[Draw | None, list[Problem]]:
    """Return the draw for the present applicants, and how they differ from those frozen."""
    frozen, names = drawn.frozen, inputs.applicants.applicant_id.tolist()
    ticket_of = frozen.ticket_of()
    problems = _comings_and_goings(ticket_of, names)
    if problems:
        return None, problems
    draw = _draw(drawn, np.array([ticket_of[name] for name in names], dtype=object))
    _, present = records_by_ticket(inputs, ground, replace(ranking, draw=draw))
    return draw, _changes(frozen, present)


def _draw(drawn: DrawFolder, ticket: np.ndarray[tuple[int], np.dtype[np.object_]]) -> Draw:
    tickets = drawn.roll.tickets
    order = drawn.order
    encoded = [one.encode() for one in tickets]
    ranks = rank_tickets(drawn.seed, drawn.roll.draw_id, ONE_DRAW_FOR_ALL, encoded)
    rank_of = dict(zip(tickets, ranks.tolist(), strict=True))
    files = {name: drawn.need(name) for name in (ROLL, RULES, COMMIT, SOURCES)}
    salts = dict(zip(drawn.frozen.tickets, drawn.frozen.salts, strict=True))
    rank = np.array([rank_of[one] for one in ticket.tolist()], dtype=np.int64)
    return Draw(drawn.roll.draw_id, ticket, rank, Committed({**files, ORDER: order}, salts))


def _comings_and_goings(ticket_of: Mapping[str, str], names: Sequence[str]) -> list[Problem]:
    present = set(names)
    added = [mask_id(name) for name in names if name not in ticket_of]
    gone = [mask_id(ticket) for name, ticket in ticket_of.items() if name not in present]
    return [
        Problem(code, params={"count": len(found), "names": _some(found)})
        for code, found in (("DRAW_APPLICANTS_ADDED", added), ("DRAW_APPLICANTS_GONE", gone))
        if found
    ]


def _changes(frozen: Frozen, present: Sequence[bytes]) -> list[Problem]:
    """Name the tickets whose records are not those frozen, and what changed in them.

    A place by decision that came later is told apart: it needs no other row, but another way.
    """
    trios = zip(frozen.tickets, frozen.records, present, strict=True)
    changed = {
        ticket: _changed_keys(json.loads(old)["children"], json.loads(new)["children"])
        for ticket, old, new in trios
        if old != new
    }
    decided = {ticket: keys for ticket, keys in changed.items() if keys <= _DECISION}
    others = {ticket: keys for ticket, keys in changed.items() if ticket not in decided}
    return [
        Problem(code, params=_said(found))
        for code, found in (("DRAW_RECORDS_DIFFER", others), ("DRAW_DECISIONS_DIFFER", decided))
        if found
    ]


def _said(changed: Mapping[str, set[str]]) -> dict[str, object]:
    return {
        "count": len(changed),
        "names": _some([mask_id(ticket) for ticket in changed]),
        "keys": _some(sorted(set().union(*changed.values()))),
    }


def _changed_keys(old: Sequence[JsonValue], new: Sequence[JsonValue]) -> set[str]:
    pairs = list(zip(old, new, strict=True))
    return {key for before, after in pairs for key in before if before[key] != after.get(key)}


def _differences(old: JsonValue, new: JsonValue, place: str = "") -> list[str]:
    """Return the places where two values differ; entries of a list are told apart by `id`."""
    if isinstance(old, dict) and isinstance(new, dict):
        keys = sorted({*old, *new})
        parts = (_differences(old.get(key), new.get(key), f"{place}.{key}") for key in keys)
        return [found for part in parts for found in part]
    if _has_ids(old) and _has_ids(new) and [*_by_id(old)] == [*_by_id(new)]:
        return _differences(_by_id(old), _by_id(new), place)
    return [] if old == new else [place.removeprefix(".")]


def _has_ids(value: JsonValue) -> bool:
    if not isinstance(value, list):
        return False
    return all(isinstance(part, dict) and isinstance(part.get("id"), str) for part in value)


def _by_id(value: Sequence[JsonValue]) -> dict[str, JsonValue]:
    return {part["id"]: part for part in value}


def _some(names: Sequence[str]) -> tuple[str | Phrase, ...]:
    if len(names) <= _SHOWN:
        return tuple(names)
    return (*names[:_SHOWN], Phrase(N_("{count} others"), {"count": len(names) - _SHOWN}))
