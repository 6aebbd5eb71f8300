"""The committed draw: commit, draw and check (protocol ALLOT1); the freeze comes before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from enroll.errors import InputError
from enroll.lottery.protocol import (
    COMMIT,
    ORDER,
    ROLL,
    RULES,
    SEED,
    SOURCES,
    Commitment,
    order_bytes,
    seed_bytes,
    seed_of,
    sha256_hex,
    sources_bytes,
)
from enroll.office.allocation import language_of
from enroll.office.draw_folder import (
    FREEZE,
    DrawFolder,
    named_hashes,
    open_draw,
    program_hash,
    refused,
    writing,
)
from enroll.office.freezing import Freeze, freeze
from enroll.office.log import LOG, Step, checked_operator, open_log, utc_now
from enroll.office.sources import check_sources, check_values, checked_times
from enroll.office.storage import replace_file, write_once
from enroll.report.json_out import json_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from enroll.notices import Language, Problem

__all__ = ["Checked", "Freeze", "check_draw", "commit", "draw", "freeze", "language_of_draw"]


def commit(
    folder: str | Path,
    sources: Sequence[str],
    draw_after: str,
    *,
    published: str | None = None,
    scenario: str | Path | None = None,
    operator: str = "",
    clock: Callable[[], str] = utc_now,
) -> tuple[str, str]:
    """Commit a frozen draw to sources that have no value yet.

    Parameters
    ----------
    folder
        The draw.
    sources
        Names of the sources, in the order in which they will count.
    draw_after
        UTC; no source may have a value before.
    published
        UTC, when the commitment will be made public; default: now.
    scenario
        The scenario file, where it is not where it was at the freeze.

    Returns
    -------
    draw_id, digest
        The draw, and the SHA-256 of `commit.txt`, to be made public.

    Raises
    ------
    InputError
        Where the draw is committed already, its files were changed, or a source or a time
        does not do.
    """
    draw, now = open_draw(Path(folder)), clock()
    if COMMIT in draw.files:
        raise refused("DRAW_COMMITTED_ALREADY", draw.path.name)
    draw_id, inputs = draw.roll.draw_id, draw.frozen.root
    check_sources(sources, draw_after, draw_id)
    shown = checked_times(draw_id, draw_after, published, now)
    with writing(draw.path), open_log(_home(draw, scenario)) as log:
        if (draw.path / COMMIT).exists():  # another process was faster
            raise refused("DRAW_COMMITTED_ALREADY", draw.path.name)
        if not log.holds(sha256_hex(draw.need(FREEZE))):
            raise refused("DRAW_NOT_IN_LOG", draw.path.name)
        if not log.holds(sha256_hex(draw.need(RULES))):
            raise refused("DRAW_FILE_CHANGED", RULES, since=LOG)
        rules = json_bytes({**draw.rules, "log_head": log.head})
        roll, program = sha256_hex(draw.need(ROLL)), program_hash()
        hashes = (roll, inputs, sha256_hex(rules), program)
        content = Commitment(draw_id, *hashes, tuple(sources), shown, draw_after).to_bytes()
        made = named_hashes(draw.path, {RULES: rules, COMMIT: content})
        taken = named_hashes(draw.path, {FREEZE: draw.need(FREEZE), ROLL: draw.need(ROLL)})
        log.append(Step("lottery commit", taken, made, checked_operator(operator), now))
        replace_file(draw.path / RULES, rules)
        write_once(draw.path / COMMIT, content)
    return draw_id, sha256_hex(content)


def draw(
    folder: str | Path,
    values: Sequence[tuple[str, str]],
    *,
    signatures: Mapping[str, str] | None = None,
    scenario: str | Path | None = None,
    operator: str = "",
    clock: Callable[[], str] = utc_now,
) -> str:
    """Draw the order that the commitment and the values of its sources give.

    A draw that stopped half-way is ended by giving the same values again.

    Parameters
    ----------
    folder
        The committed draw.
    values
        Name and value of each source, in the committed order.
    signatures
        Signatures of drand rounds in hex, by the source's name.

    Returns
    -------
    str
        The seed in hex.

    Raises
    ------
    InputError
        Where it is too early, the draw was held already, a value does not do, or a file of
        the draw was changed.
    """
    drawn, now = open_draw(Path(folder)), clock()
    commitment, roll, _ = drawn.commitment, drawn.roll, drawn.frozen  # each as it was committed to
    if now < commitment.draw_after:
        raise refused("DRAW_TOO_EARLY", now=now, after=commitment.draw_after)
    check_values(values, commitment, signatures or {})
    sources = sources_bytes(values)
    seed = seed_of(drawn.need(COMMIT), sources)
    order = order_bytes(seed, roll)
    made = named_hashes(drawn.path, {SOURCES: sources, ORDER: order})
    taken = named_hashes(drawn.path, {COMMIT: drawn.need(COMMIT), ROLL: drawn.need(ROLL)})
    step = Step("lottery draw", taken, made, checked_operator(operator), now)
    with writing(drawn.path), open_log(_home(drawn, scenario)) as log:
        begun = _refuse_second_draw(drawn.path, sources)
        log.need(drawn.rules["log_head"])
        log.append(step)
        if not begun:
            write_once(drawn.path / SOURCES, sources)
        replace_file(drawn.path / SEED, seed_bytes(seed))
        write_once(drawn.path / ORDER, order)
    return seed.hex()


def _refuse_second_draw(folder: Path, sources: bytes) -> bool:
    """Tell whether this very draw was begun and not ended; any other one is refused."""
    now = open_draw(folder).files
    if ORDER in now or now.get(SOURCES, sources) != sources:
        raise refused("DRAW_DRAWN_ALREADY", folder.name)
    return SOURCES in now


@dataclass(frozen=True)
class Checked:
    """What a check of a draw has found.

    Parameters
    ----------
    draw_id, tickets
        The draw and its size.
    stage
        `frozen`, `committed` or `drawn`.
    commit
        SHA-256 of `commit.txt`, or "".
    problems
        Everything that does not fit.
    """

    draw_id: str
    tickets: int
    stage: str
    commit: str
    problems: Sequence[Problem]

    @property
    def status(self) -> int:
        """The exit status: 1 where something does not fit."""
        return int(bool(self.problems))


def check_draw(folder: str | Path) -> Checked:
    """Hold every file of a draw against the others, as far as the draw has come.

    Parameters
    ----------
    folder
        The draw; where `private/` is missing, only what is public is checked.

    Raises
    ------
    InputError
        Where there is no draw.
    """
    drawn = open_draw(Path(folder))
    steps: list[Callable[[], object]] = [lambda: drawn.roll, lambda: drawn.rules]
    if drawn.keeps_private_files:
        steps += [lambda: drawn.frozen, drawn.check_tickets]
    if COMMIT in drawn.files:
        steps.append(lambda: drawn.commitment)
    if {SOURCES, SEED, ORDER} & drawn.files.keys():
        steps += [lambda: drawn.seed, lambda: drawn.order]
    found: dict[tuple[str, str], Problem] = {}
    for step in steps:
        try:
            step()
        except InputError as error:
            for problem in error.problems:
                found[problem.code, problem.file] = replace(problem, level="red")
    stage = "drawn" if ORDER in drawn.files else "committed" if COMMIT in drawn.files else "frozen"
    digest = sha256_hex(drawn.files[COMMIT]) if COMMIT in drawn.files else ""
    draw_id, tickets = _named(drawn)
    return Checked(draw_id, tickets, stage, digest, list(found.values()))


def language_of_draw(
    folder: str | Path, scenario: str | Path | None, asked: Language | None
) -> Language:
    """Return the language to speak: the one asked for, else that of the draw's scenario."""
    if asked is not None:
        return asked
    path = DrawFolder(Path(folder), {}).origin() if scenario is None else Path(scenario)
    return "en" if path is None else language_of(path, None)


def _named(drawn: DrawFolder) -> tuple[str, int]:
    """Return a draw's name and size, or its folder's name and 0 where it does not say."""
    try:
        return str(drawn.freeze["draw_id"]), int(drawn.freeze["count"])
    except InputError:
        return drawn.path.name, 0


def _home(drawn: DrawFolder, scenario: str | Path | None) -> Path:
    """Return the folder of the draw's scenario, where its log lies."""
    path = drawn.origin() if scenario is None else Path(scenario)
    if path is None or not path.is_file():
        raise refused("DRAW_SCENARIO_UNKNOWN", drawn.path.name)
    return path.parent
