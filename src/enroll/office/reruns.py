"""The rounds of a run once more without a change: by the verifier's rules, or by the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enroll.fairness.effects import Answer
from enroll.notices import about_reruns as say
from enroll.notices.telling import silent
from enroll.office.rebuilding import OpenQuestionError, Rebuilt
from enroll.verify.rerun import Replay

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from enroll.fairness.effects import Moves, Unit
    from enroll.fairness.register import Child, RunCopy
    from enroll.notices.telling import Tell

MOST_RERUN = 500
"""Changes of one list that are run again."""

MOST_CHILDREN = 3_000_000
"""Children placed in all reruns of one list by the engine: about two minutes in a county."""


class Reruns:
    """Answers what would be without changes of records.

    A change that moves only seats of the first rounds is answered by the verifier's own rules,
    in thousandths of a second. Where other children or seats would enter a redirect round, or
    the child of the record waits for one, the engine runs all rounds.

    Parameters
    ----------
    run, folder
        The run, and where its files are.
    tell
        Told what is being done.
    """

    def __init__(self, run: RunCopy, folder: Path, tell: Tell = silent) -> None:
        self._replay = Replay(folder)
        self.rebuilt = Rebuilt(run, self._replay.seed, self._replay.ranks)
        self._run, self._tell = run, tell
        self.most = min(MOST_RERUN, max(1, MOST_CHILDREN // max(1, len(run.children))))

    def __call__(self, units: Sequence[Unit]) -> Iterator[Answer]:
        """Yield what would be without each change.

        Parameters
        ----------
        units
            Of each change the records before it, `ticket` included. The engine runs the first
            `most` of them that need it.
        """
        if units:
            self._tell(say.RUNNING_AGAIN)
        whole = 0
        for number, unit in enumerate(units, 1):
            try:
                records = [self.rebuilt.known({**record}) for record in unit]
                _refuse_beyond(MOST_RERUN, number)
                moves = self._first_rounds(records)
                if moves is None:
                    whole += 1
                    _refuse_beyond(self.most, whole)
                    self._tell(f"{number}/{len(units)}")
                    moves = self.rebuilt.moves(records)
                yield Answer(moves)
            except OpenQuestionError as error:
                yield Answer(None, error.because)

    def _first_rounds(self, records: Sequence[Child]) -> Moves | None:
        """Return who would be elsewhere, None where a redirect round may decide it."""
        record, *others = records
        kept = self._run.children.get(record["id"])
        if others or kept is None or kept["bundle"] or record["bundle"]:
            return None  # a ticket may change, of which the verifier's rules know nothing
        moves = self._replay(record)
        return moves if moves is not None and self._replay.ends_there(record, moves) else None


def _refuse_beyond(most: int, number: int) -> None:
    if number > most:
        raise OpenQuestionError(say.TOO_MANY, most=most)
