"""The rounds before the first redirect, run again with another record of one child."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from enroll.verify.program import verify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

OPTIONS = Namespace(receipt=None, log=None, commit_hash="", rehearsal=True)


class Replay:
    """The first rounds of a run, by the verifier's own rules, without any solver.

    Parameters
    ----------
    folder
        The run, whose files the verifier can read.
    """

    def __init__(self, folder: Path) -> None:
        self._run: Any = verify.Run(folder, OPTIONS)
        for step in ("v3", "v5", "v6"):
            getattr(self._run, step)()
        self._number = {child.id: place for place, child in enumerate(self._run.children)}
        self._names = [*(one["id"] for one in self._run.schools), ""]
        self._in_zone = defaultdict[str, list[int]](list)
        for place, child in enumerate(self._run.children):
            self._in_zone[child.zone].append(place)
        self._fixed = [place for place, one in enumerate(self._run.children) if one.fixed >= 0]
        self._before = self._places(range(len(self._number)), self._fixed)

    def __call__(self, record: Mapping[str, Any]) -> dict[str, tuple[str, str]] | None:
        """Return (school before, school after) of all whose place another record would change.

        Parameters
        ----------
        record
            A child as in the records, and its `ticket`; it stands for the one of the same id.

        Returns
        -------
        dict or None
            None where there are no such rounds, or the record names what the rules do not.
        """
        steps, place = self._run.steps, self._number.get(record["id"])
        if place is None or not steps or steps[0]["rule"] == "redirect":
            return None
        try:
            (child,) = self._run.family({"children": [record], "ticket": record["ticket"]})
        except (KeyError, ValueError):
            return None
        kept = self._run.children[place]
        near = (self._in_zone[zone] for zone in self._touched([kept, child]))
        mine = sorted({place}.union(*near))
        self._run.children[place] = child
        try:
            after = self._places(mine, [*self._fixed, place])
        finally:
            self._run.children[place] = kept
        return {
            self._run.children[i].id: (self._names[self._before[i]], self._names[after[i]])
            for i in mine
            if self._before[i] != after[i]
        }

    @property
    def seed(self) -> bytes:
        """The seed of the run's draw."""
        return bytes(self._run.seed)

    @property
    def ranks(self) -> dict[str, int] | None:
        """The rank of each ticket of a committed draw; None in a rehearsal."""
        return dict(self._run.rank) if self._run.commit else None

    def ends_there(self, record: Mapping[str, Any], moves: Mapping[str, tuple[str, str]]) -> bool:
        """Return whether nothing that moves in the first rounds can matter to a redirect.

        That is so where the same other children wait for a redirect, the same schools have as
        many seats left, and the child itself does not wait, neither with this record nor with
        its own.

        Parameters
        ----------
        record, moves
            As given to the call, and what it answered.
        """
        if all(step["rule"] != "redirect" for step in self._run.steps):
            return True
        place = self._number[record["id"]]
        (child,) = self._run.family({"children": [record], "ticket": record["ticket"]})
        now = self._names[self._before[place]]
        _, then = moves.get(record["id"], (now, now))
        waits = not (now or self._run.children[place].out) or not (then or child.out)
        others = any("" in pair for key, pair in moves.items() if key != record["id"])
        left, taken = (Counter(pair[side] for pair in moves.values()) for side in (0, 1))
        return not waits and not others and left == taken

    def _touched(self, children: list[Any]) -> set[str]:
        """Return the zones that a child's place can matter to: they share schools with its."""
        schools = {child.fixed for child in children}
        for child in children:
            schools.update(self._run.zones.get(child.zone, ()))
        zones: set[str] = set()
        while True:
            fresh = {
                zone
                for zone, members in self._run.zones.items()
                if zone not in zones and not schools.isdisjoint(members)
            }
            if not fresh:
                return zones
            zones |= fresh
            schools.update(school for zone in fresh for school in self._run.zones[zone])

    def _places(self, asking: Iterable[int], fixed: Iterable[int]) -> list[int]:
        """Return every child's school after the first rounds.

        Parameters
        ----------
        asking
            Children who ask in zone rounds.
        fixed
            Children who may have a place by decision.
        """
        run = self._run
        run.school = [-1] * len(run.children)
        for step in run.steps:
            if step["rule"] not in ("fixed", "zone"):
                break
            if step["rule"] == "fixed":
                placed = {i: run.children[i].fixed for i in fixed if not run.children[i].out}
            else:
                free = [i for i in asking if run.school[i] < 0 and not run.children[i].out]
                placed = run.zone_round(step, free)
            for i, school in placed.items():
                run.school[i] = school
        return list(run.school)
