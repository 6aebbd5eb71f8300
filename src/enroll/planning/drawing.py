"""What many lotteries would end in: each child's and each group's chance of each school."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from enroll.errors import InputError, UsageError
from enroll.notices import translate
from enroll.notices.kinds import N_
from enroll.notices.telling import silent
from enroll.planning.workers import run_each
from enroll.records import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from enroll.allocate.redraw import Lotteries
    from enroll.notices import Language
    from enroll.notices.telling import Tell
    from enroll.office import Prepared
    from enroll.records import Flags, Ints
    from enroll.report.odds_files import Odds
    from enroll.scenario import LoadedScenario


DRAWING = N_("Drawing lots")
MOST_DRAWS = 1_000_000
_PARTS = 16
"""Parts that the draws are dealt out in; who works on which part changes no result."""

_FEW = 500
"""Children whose ranks are worth looking at beforehand."""

_PREFIX = b"enroll-odds-1\0"
_NO_SEED = "0" * 64
_SEED = re.compile(r"[0-9a-f]{64}")

_SEED_FORM = N_("--seed {seed} is not 64 hex digits, such as a SHA-256 in small letters.")
_DRAWS_WRONG = N_("--draws {draws} is not between 1 and {most}.")


def seed_of(base: str, draw: int) -> bytes:
    """Return the seed of one draw: SHA-256 of `enroll-odds-1`, NUL, the base seed and its number.

    Parameters
    ----------
    base
        64 hex digits; their 32 bytes are hashed.
    draw
        Number of the draw from 1, as decimal digits.
    """
    return hashlib.sha256(_PREFIX + bytes.fromhex(base) + b"%d" % draw).digest()


def odds(
    scenario: LoadedScenario,
    draws: int = 1000,
    *,
    seed: str | None = None,
    scheduler: str | None = None,
    workers: int | None = None,
    tell: Tell = silent,
    language: Language = "en",
) -> Odds:
    """Run a scenario's allocation under many lotteries.

    Draw k is the allocation with `[lottery] seed` set to `seed_of(seed, k)`, on any machine and
    with any number of workers.

    Parameters
    ----------
    scenario
        As loaded; a committed draw that it names is left out.
    draws
        How many lotteries.
    seed
        64 hex digits; default: the scenario's `[lottery] seed`.
    scheduler, workers
        See `run_each`.

    Raises
    ------
    InputError
        With every problem of the input, if one of them is blocking.
    UsageError
        If `draws`, `seed` or the workers make no sense.
    """
    from enroll import office
    from enroll.allocate.redraw import Lotteries

    base = scenario.settings.lottery.seed or _NO_SEED if seed is None else seed
    if not _SEED.fullmatch(base):
        raise UsageError(translate(_SEED_FORM, language, {"seed": base}))
    if not 1 <= draws <= MOST_DRAWS:
        raise UsageError(translate(_DRAWS_WRONG, language, {"draws": draws, "most": MOST_DRAWS}))
    ready, problems = office.prepare(scenario, tell, with_draw=False)
    if ready is None:
        raise InputError(problems)
    tell(DRAWING)
    known = (ready.inputs, ready.ground, ready.ranking, ready.seats, scenario.settings)
    lotteries = Lotteries(*known)
    plan = _plan(ready, lotteries, base)
    tallies = run_each(
        partial(_draw_part, plan),
        _parts(plan, draws),
        scheduler=scheduler,
        workers=workers,
        tell=tell,
        language=language,
    )
    return _odds(scenario, ready, lotteries, base, draws, _sum(tallies))


def odds_to(
    path: str | Path,
    folder: str | Path | None = None,
    draws: int = 1000,
    *,
    seed: str | None = None,
    scheduler: str | None = None,
    workers: int | None = None,
    overwrite: bool = False,
    language: Language = "en",
    tell: Tell = silent,
) -> tuple[Odds, Path]:
    """Find the odds of a scenario file and write the folder; default: `odds/NAME`."""
    from enroll.report import refuse_target, write_run
    from enroll.report.odds_files import odds_files
    from enroll.scenario import load

    scenario = load(path)
    target = Path("odds", scenario.name) if folder is None else Path(folder)
    refuse_target(target, overwrite=overwrite, language=language)
    found = odds(
        scenario,
        draws,
        seed=seed,
        scheduler=scheduler,
        workers=workers,
        tell=tell,
        language=language,
    )
    write_run(target, odds_files(found), overwrite=overwrite, language=language)
    return found, target


@dataclass(frozen=True)
class _Plan:
    """What a worker needs to draw lots.

    Parameters
    ----------
    lotteries
        The rounds, ready for any lottery.
    base, draw_id, tickets
        From which the ranks of a draw follow; (n,) tickets in ascending order.
    group
        (n,) group of each eligible applicant, -1 for others.
    groups, schools
        How many there are.
    """

    lotteries: Lotteries
    base: str
    draw_id: str
    tickets: list[bytes]
    group: Ints
    groups: int
    schools: int


def _plan(ready: Prepared, lotteries: Lotteries, base: str) -> _Plan:
    ranking, groups = ready.ranking, ready.ranking.groups
    return _Plan(
        lotteries,
        base,
        ranking.draw.draw_id,
        [str(name).encode() for name in ready.inputs.applicants.applicant_id],
        np.where(ranking.ineligible == "", groups.of, NONE),
        len(groups.ids),
        len(ready.inputs.schools),
    )


@dataclass(frozen=True)
class _Tally:
    """What some draws ended in.

    Parameters
    ----------
    pair, count
        (k,) `child * (m + 1) + school`, m for no place, ascending, and in how many draws.
    group_sum, group_squares
        See `Odds`.
    """

    pair: Ints
    count: Ints
    group_sum: Ints
    group_squares: Ints


def _parts(plan: _Plan, draws: int) -> list[list[int]]:
    """Deal out the numbers of the draws, those that part in the same way to one hand.

    They pass the same states, which whoever has them works out only once. Where many children
    decide, equal ways are rare and finding them is not worth its time.
    """
    deciding = plan.lotteries.deciding
    if not 0 < len(deciding) <= _FEW:
        dealt = [list(range(first, draws + 1, _PARTS)) for first in range(1, _PARTS + 1)]
        return [numbers for numbers in dealt if numbers]
    ranks = _Ranks(plan, deciding)
    alike: dict[bytes, list[int]] = {}
    for number in range(1, draws + 1):
        alike.setdefault(plan.lotteries.branch(ranks.of(number)), []).append(number)
    hands: list[list[int]] = [[] for _ in range(_PARTS)]
    for numbers in sorted(alike.values(), key=lambda each: (-len(each), each[0])):
        min(hands, key=len).extend(numbers)
    return [hand for hand in hands if hand]


def _draw_part(plan: _Plan, numbers: Sequence[int]) -> _Tally:
    """Return what the draws of these numbers end in."""
    ranks = _Ranks(plan, np.flatnonzero(~plan.lotteries.sure))
    wide = plan.schools + 1
    child = np.flatnonzero(plan.group != NONE)
    seen: dict[bytes, int] = {}
    group_sum = np.zeros(plan.groups * wide, dtype=np.int64)
    group_squares = group_sum.copy()
    for number in numbers:
        placed = plan.lotteries.place(ranks.of(number))[child]
        ended = placed.astype(np.int32).tobytes()
        seen[ended] = seen.get(ended, 0) + 1
    pairs, counts = [], []
    for ended, times in seen.items():
        placed = np.frombuffer(ended, dtype=np.int32).astype(np.int64)
        node = np.where(placed == NONE, plan.schools, placed)
        pairs.append(child * wide + node)
        counts.append(np.full(len(child), times))
        in_group = np.bincount(plan.group[child] * wide + node, minlength=len(group_sum))
        group_sum += times * in_group
        group_squares += times * in_group**2
    return _Tally(*_totals(pairs, counts), group_sum, group_squares)


class _Ranks:
    """The lottery ranks of one draw after another, for some children."""

    def __init__(self, plan: _Plan, children: Ints) -> None:
        self._plan = plan
        self._asked = np.unique(plan.lotteries.bearer[children])
        self._tickets = [plan.tickets[child] for child in self._asked.tolist()]

    def of(self, number: int) -> Ints:
        """Return (n,) ranks in a draw, in order among these children; others have 0."""
        from enroll.lottery import ONE_DRAW_FOR_ALL, rank_tickets

        plan = self._plan
        rank = np.zeros(len(plan.tickets), dtype=np.int64)
        seed = seed_of(plan.base, number)
        rank[self._asked] = rank_tickets(seed, plan.draw_id, ONE_DRAW_FOR_ALL, self._tickets)
        return rank[plan.lotteries.bearer]


def _totals(pairs: Iterable[Ints], counts: Iterable[Ints]) -> tuple[Ints, Ints]:
    """Return each pair once, ascending, with the sum of its counts."""
    pair, which = np.unique(np.concatenate([*pairs]), return_inverse=True)
    count = np.bincount(which, np.concatenate([*counts]), minlength=len(pair))
    return pair, count.astype(np.int64)


def _sum(tallies: list[_Tally]) -> _Tally:
    return _Tally(
        *_totals([each.pair for each in tallies], [each.count for each in tallies]),
        np.sum([each.group_sum for each in tallies], axis=0),
        np.sum([each.group_squares for each in tallies], axis=0),
    )


def _odds(
    scenario: LoadedScenario,
    ready: Prepared,
    lotteries: Lotteries,
    base: str,
    draws: int,
    tally: _Tally,
) -> Odds:
    from enroll.report.odds_files import Odds

    inputs, ranking = ready.inputs, ready.ranking
    wide = len(inputs.schools) + 1
    shape = (len(ranking.groups.ids), wide)
    own = _own_pairs(ready)
    pair = np.union1d(tally.pair, own)
    count = np.zeros(len(pair), dtype=np.int64)
    count[np.searchsorted(pair, tally.pair)] = tally.count
    child, node = pair // wide, pair % wide
    exact = lotteries.sure[child]
    open_zero = np.flatnonzero(~exact & (count == 0))
    exact[open_zero] = ~lotteries.may_have(child[open_zero], node[open_zero])
    school = np.where(node == wide - 1, NONE, node)
    return Odds(
        scenario=scenario,
        inputs=inputs,
        ranking=ranking,
        seed=base,
        draws=draws,
        child=child,
        school=school,
        count=count,
        exact=exact,
        own=np.isin(pair, own),
        sure=lotteries.sure,
        group_sum=tally.group_sum.reshape(shape),
        group_squares=tally.group_squares.reshape(shape),
    )


def _own_pairs(ready: Prepared) -> Ints:
    """Return every eligible child with each school of its zone, as numbers of pairs."""
    wide = len(ready.inputs.schools) + 1
    eligible: Flags = ready.ranking.ineligible == ""
    parts = [
        (
            np.flatnonzero(eligible & (ready.ground.zone == zone))[:, None] * wide
            + np.array(schools, dtype=np.int64)
        ).ravel()
        for zone, schools in enumerate(ready.inputs.zones.schools)
        if schools
    ]
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])
