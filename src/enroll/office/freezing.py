"""The freeze of a draw: a random ticket for every child, and what the rules know of it."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from enroll.errors import InputError
from enroll.lottery.frozen import RECORDS, SALT_BYTES, Frozen
from enroll.lottery.protocol import DRAW_ID, ROLL, RULES, Roll, sha256_hex
from enroll.lottery.record import bundle_names, records_by_ticket
from enroll.notices import mask
from enroll.notices.telling import silent
from enroll.office.allocation import prepare
from enroll.office.draw_folder import (
    FREEZE,
    ORIGIN,
    TICKETS,
    named_hashes,
    receipts,
    refused,
    tickets_csv,
    writing,
)
from enroll.office.log import Step, checked_operator, hashes_of, open_log, utc_now
from enroll.office.storage import write_folder
from enroll.records import Draw
from enroll.report.json_out import json_bytes
from enroll.report.rules_file import rules_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from enroll.notices.telling import Tell
    from enroll.office.allocation import Prepared
    from enroll.records import Ranking
    from enroll.scenario import LoadedScenario

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""What tickets are made of: no two of these look alike."""

TICKET_LENGTH = 10
"""Letters of a ticket: 50 bits of chance."""


@dataclass(frozen=True)
class Freeze:
    """A draw that was frozen.

    Parameters
    ----------
    folder
        Where it lies.
    draw_id
        Its name.
    tickets, children
        How many there are.
    """

    folder: Path
    draw_id: str
    tickets: int
    children: int


def freeze(
    path: str | Path,
    folder: str | Path,
    *,
    draw_id: str | None = None,
    operator: str = "",
    tell: Tell = silent,
    clock: Callable[[], str] = utc_now,
) -> Freeze:
    """Give every child of a scenario its ticket and freeze what the rules know of it.

    Parameters
    ----------
    path
        The scenario file; its applicants must pass every check.
    folder
        New folder of the draw.
    draw_id
        Name of the draw; default: `YEAR-STAGE` of the scenario.
    operator
        Who does it, for the log.

    Raises
    ------
    InputError
        Where the inputs have a blocking problem, or the draw cannot be written.
    """
    from enroll.scenario import load

    target = Path(folder)
    scenario = load(path)
    settings = scenario.settings
    name = draw_id or f"{settings.year}-{settings.stage}"
    if DRAW_ID.fullmatch(name) is None:
        raise refused("DRAW_ID_FORM", column="--draw-id", draw=mask(name))
    if settings.makes_children:
        raise refused("CHANGE_UNDER_DRAW", Path(path).name)
    _refuse_existing(target)
    ready, problems = prepare(scenario, tell, with_draw=False)
    if ready is None:
        raise InputError(problems)
    frozen = _frozen(ready, name)
    files = _frozen_files(ready, scenario, frozen, name, _from_here(Path(path), target))
    taken = hashes_of((*scenario.sources, *ready.inputs.sources))
    made = named_hashes(target, {key: files[key] for key in (FREEZE, ROLL, RULES)})
    step = Step("lottery freeze", taken, made, checked_operator(operator), clock())
    with writing(target), open_log(scenario.folder) as log:
        _refuse_existing(target)  # another process may have been faster
        log.append(step)
        write_folder(target, files)
    return Freeze(target, name, len(frozen.tickets), len(ready.inputs.applicants))


def _refuse_existing(target: Path) -> None:
    if os.path.lexists(target) or target.name in ("", ".."):
        raise refused("DRAW_EXISTS", target.name)


def _frozen(ready: Prepared, draw_id: str) -> Frozen:
    ranking = _with_new_tickets(ready, draw_id)
    tickets, records = records_by_ticket(ready.inputs, ready.ground, ranking)
    salts = tuple(secrets.token_bytes(SALT_BYTES) for _ in tickets)
    return Frozen(tickets, records, salts)


def _with_new_tickets(ready: Prepared, draw_id: str) -> Ranking:
    """Return the ranking with a random ticket for each bundle and each child alone."""
    applicant_id = ready.inputs.applicants.applicant_id
    bundles = bundle_names(applicant_id, ready.ranking.bundle)
    bearers = np.where(bundles == "", applicant_id, bundles).tolist()
    ticket_of = dict(zip(dict.fromkeys(bearers), new_tickets(len(set(bearers))), strict=True))
    ticket = np.array([ticket_of[bearer] for bearer in bearers], dtype=object)
    nothing_drawn = np.zeros(len(ticket), dtype=np.int64)
    return replace(ready.ranking, draw=Draw(draw_id, ticket, nothing_drawn))


def new_tickets(count: int) -> list[str]:
    """Return random tickets, no two alike; nothing about a child can be read from them."""
    tickets: dict[str, None] = {}
    while len(tickets) < count:
        tickets["".join(secrets.choice(LETTERS) for _ in range(TICKET_LENGTH))] = None
    return list(tickets)


def _frozen_files(
    ready: Prepared, scenario: LoadedScenario, frozen: Frozen, draw_id: str, origin: str
) -> dict[str, bytes]:
    roll = Roll(draw_id, frozen.tickets).to_bytes()
    state = {
        "count": len(frozen.tickets),
        "draw_id": draw_id,
        "inputs": frozen.root,
        "roll": sha256_hex(roll),
    }
    inputs, ground, settings = ready.inputs, ready.ground, scenario.settings
    return {
        FREEZE: json_bytes(state),
        ROLL: roll,
        RULES: rules_json(inputs, ground, ready.ranking.groups, ready.seats, settings),
        RECORDS: frozen.to_lines(),
        TICKETS: tickets_csv(frozen),
        ORIGIN: json_bytes({"scenario": origin}),
        **receipts(frozen, draw_id),
    }


def _from_here(scenario: Path, folder: Path) -> str:
    """Return where the scenario lies, seen from the draw's folder."""
    try:
        return Path(os.path.relpath(scenario.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return scenario.resolve().as_posix()
