"""What a change decided: who would sit where without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any

from enroll.fairness.ways import Ways
from enroll.notices import Phrase
from enroll.notices import about_reruns as say

if TYPE_CHECKING:
    from enroll.fairness.register import RunCopy

Moves = Mapping[str, tuple[str, str]]
"""School in the run and school without the change, or "", of every child with another place."""

Unit = Sequence[Mapping[str, Any]]
"""Records as they were before one change; each stands for the child of its id."""


@dataclass(frozen=True)
class Answer:
    """What would be without one change.

    Parameters
    ----------
    moves
        Whose place would be another; None where that is not known.
    because
        Why it is not known.
    """

    moves: Moves | None
    because: Phrase | None = None


Rerun = Callable[[Sequence[Unit]], Iterable[Answer]]
"""Runs all rounds again, once for each unit."""


def no_rerun(units: Sequence[Unit]) -> Iterable[Answer]:
    """Answer that nothing can be run again."""
    return [Answer(None, Phrase(say.NOT_FOLLOWED))] * len(units)


def without(child: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record of a child as if it took no part."""
    return {**child, "review": "rejected", "placed_school": "", "placed_reason": ""}


@dataclass(frozen=True)
class Effect:
    """What a change decided, as a finding tells it.

    Parameters
    ----------
    decisive
        `yes`, `no`, or "" where it is not known.
    passed_over
        Who would have had the child's seat, then who else would be better off.
    without
        What would be without the change, or why that is not known.
    """

    decisive: str = ""
    passed_over: tuple[str, ...] = ()
    without: Phrase | None = None


class Effects:
    """Tells what changes decided in one run.

    Parameters
    ----------
    run
        The run.
    """

    def __init__(self, run: RunCopy) -> None:
        self._run = run

    def of(self, child: str, answer: Answer) -> Effect:
        """Return what the change of one child's record decided."""
        if answer.moves is None:
            return Effect(without=Phrase(say.OPEN, {"why": answer.because or ""}))
        if not answer.moves:
            return Effect("no", (), Phrase(say.NOTHING))
        taking = self._taking(child, answer.moves)
        others = {key: pair for key, pair in answer.moves.items() if key not in (child, *taking)}
        sorts: dict[str, list[str]] = {say.BETTER: [], say.WORSE: [], say.ELSEWHERE: []}
        for key, pair in others.items():
            sorts[self._sort(key, *pair)].append(key)
        gaining = sorts[say.BETTER]
        if answer.moves.get(child, ("-", ""))[0] == "":
            gaining = [child, *gaining]
        parts = [*self._of_itself(child, answer.moves, taking)]
        parts += [Phrase(text, {"applicants": tuple(keys)}) for text, keys in sorts.items() if keys]
        said = reduce(lambda one, two: Phrase(say.LISTED, {"listed": one, "name": two}), parts)
        return Effect("yes", (*taking, *gaining), said)

    def _taking(self, child: str, moves: Moves) -> list[str]:
        """Return who would come to the seat that the child would leave."""
        seat = moves.get(child, ("", ""))[0]
        coming = (key for key, (_, after) in moves.items() if seat and after == seat)
        return sorted(coming, key=str.encode)

    def _of_itself(self, child: str, moves: Moves, taking: Sequence[str]) -> Iterable[Phrase]:
        if child not in moves:
            return
        before, after = moves[child]
        if taking:
            yield Phrase(say.SEAT_TAKEN, {"school": before, "applicants": tuple(taking)})
        elif before:
            yield Phrase(say.SEAT_EMPTY, {"school": before})
        if after:
            yield Phrase(say.ITSELF_AT, {"applicant": child, "school": after})
        else:
            yield Phrase(say.ITSELF_OUT, {"applicant": child})

    def _sort(self, child: str, before: str, after: str) -> str:
        """Return whether a child would be better off, by place first and then by way."""
        if not before or not after:
            return say.BETTER if after else say.WORSE
        record = self._run.children[child]
        now, then = (self._ways.to(record, school) or 0 for school in (before, after))
        if now == then:
            return say.ELSEWHERE
        return say.BETTER if then < now else say.WORSE

    @cached_property
    def _ways(self) -> Ways:
        return Ways(self._run)
