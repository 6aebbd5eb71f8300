"""A run as the engine takes it, from its own files: who would sit where with other records."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from enroll.fairness.policy import Policy, UnknownFactError
from enroll.geo.ways import MatrixWays, StraightWays
from enroll.lottery import ONE_DRAW_FOR_ALL, rank_tickets
from enroll.notices import Phrase
from enroll.notices import about_reruns as say
from enroll.office.rebuilt_frames import (
    applicants_of,
    ints,
    matrix_of,
    points_of,
    schools_of,
    seats_of,
    settings_of,
    texts,
    zones_of,
)
from enroll.priority import find_bundles, find_ineligible
from enroll.records import NONE, Draw, Ground, Groups, Inputs, Ranking

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from enroll.fairness.register import Child, RunCopy
    from enroll.records import Goal, Ints, Placement, Texts, Ways
    from enroll.scenario.policy import Round
    from enroll.scenario.schema import Scenario


class OpenQuestionError(Exception):
    """What would be without a change does not follow from a run's files.

    Parameters
    ----------
    because
        Template of a part of a sentence: why not.
    """

    def __init__(self, because: str, **params: object) -> None:
        super().__init__(because)
        self.because = Phrase(because, params)


class Rebuilt:
    """A run whose rounds the engine runs again.

    Parameters
    ----------
    run
        The run.
    seed
        Of its draw.
    ranks
        The rank of each ticket of a committed draw; None in a rehearsal, where a child's ticket
        is its id, or that of a child placed together with it.
    """

    def __init__(self, run: RunCopy, seed: bytes, ranks: Mapping[str, int] | None) -> None:
        rules, listed = run.rules, run.rules["schools"]
        self._run, self._seed, self._ranks = run, seed, ranks
        self._ids = [one["id"] for one in listed]
        self._school = {"": NONE, **{name: at for at, name in enumerate(self._ids)}}
        self._zone = {"": NONE, **{one["id"]: at for at, one in enumerate(rules["zones"])}}
        self._settings, self.seats = settings_of(rules), seats_of(listed)
        self._schools, self._zones = schools_of(listed), zones_of(rules["zones"], self._school)
        self._school_points = points_of(listed)
        self._matrix = matrix_of(run.ways, self._school)
        self._policy = _Policy(run)
        self._rehearsed: tuple[list[str], Ints] | None = None

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds of the run."""
        return self._settings.round

    @cached_property
    def placement(self) -> Placement:
        """What the engine makes of the run's own records."""
        return self._placed(self._run.children, self._settings)

    def up_to(self, number: int, goal: Goal) -> Placement:
        """Return what the engine makes of the rounds up to one, which has another goal."""
        last = self.rounds[number].model_copy(update={"goal": goal})
        settings = {"round": (*self.rounds[:number], last)}
        return self._placed(self._run.children, self._settings.model_copy(update=settings))

    def metres(self, children: Ints, schools: Ints) -> Ints:
        """Return (k,) ways of pairs of the run's children and schools, by their numbers."""
        rows = list(self._run.children.values())
        zone = ints(self._zone[row["zone"]] for row in rows)
        return self._ground(rows, zone).ways.pairs(children, schools).astype(np.int64)

    @cached_property
    def places(self) -> dict[str, str]:
        """The school id of each child, or "", as the engine places them from the files."""
        return self._named(self._run.children, self.placement.school)

    @cached_property
    def holds(self) -> bool:
        """Whether these are the places that the run states."""
        return self.places == {key: row["school_id"] for key, row in self._run.places.items()}

    def known(self, record: Child) -> Child:
        """Return a record as today's policy sorts it into a group.

        Raises
        ------
        OpenQuestionError
            Where it speaks of what the run's files do not hold.
        """
        if record["zone"] not in self._zone:
            raise OpenQuestionError(say.NO_SUCH_ZONE, zone=record["zone"])
        for name in ("sibling_school", "placed_school"):
            at = self._school.get(record[name])
            closed = name == "placed_school" and at not in (None, NONE)
            if at is None or (closed and not self._schools.classes[at]):
                raise OpenQuestionError(say.NO_SUCH_SCHOOL, school=record[name])
        if record["id"] not in self._run.children:
            if self._ranks is not None:
                raise OpenQuestionError(say.NO_TICKET)
            if self._run.rules["ways_by"] == "applicant":
                raise OpenQuestionError(say.NO_WAYS)
        return self._policy.sorted(record)

    def moves(self, records: Sequence[Child]) -> dict[str, tuple[str, str]]:
        """Return (school before, school after) of all whose place other records would change.

        Parameters
        ----------
        records
            As `known` returns them. Each stands for the record of its id, or is added where
            there is none.

        Raises
        ------
        OpenQuestionError
            Where the files do not tell.
        """
        if not self.holds:
            raise OpenQuestionError(say.NOT_ITS_RESULT)
        before = self.places
        children = {**self._run.children, **{record["id"]: record for record in records}}
        ascending = dict(sorted(children.items(), key=lambda item: item[0].encode()))
        after = self._placed(ascending, self._settings).school
        return {
            key: (before.get(key, ""), school)
            for key, school in self._named(ascending, after).items()
            if before.get(key, "") != school
        }

    def _named(self, children: Iterable[str], schools: Ints) -> dict[str, str]:
        names = [*self._ids, ""]
        return dict(zip(children, (names[at] for at in schools.tolist()), strict=True))

    def _placed(self, children: Mapping[str, Child], settings: Scenario) -> Placement:
        from enroll.allocate import run_rounds

        rows = list(children.values())
        applicants = applicants_of(rows, self._school, self._zone)
        ineligible = find_ineligible(applicants, self._settings)
        bundle = find_bundles(applicants, ineligible)
        ranking = Ranking(
            ineligible, self._policy.groups(rows), self._draw(rows, ineligible, bundle), bundle
        )
        inputs = Inputs(applicants, self._schools, self._zones, None, ())
        ground = self._ground(rows, applicants.zone)
        return run_rounds(inputs, ground, ranking, self.seats, settings)

    def _draw(self, rows: Sequence[Child], ineligible: Texts, bundle: Ints) -> Draw:
        tickets = [row["ticket"] for row in rows]
        if self._ranks is None:
            ranks = self._rehearse([row["id"] for row in rows])
            ranks = ranks[_bearers(bundle)]
        else:
            _must_not_share(tickets, ineligible, bundle)
            ranks = ints(self._ranks[ticket] for ticket in tickets)
        return Draw(self._run.manifest["draw"]["draw_id"], texts(tickets), ranks)

    def _rehearse(self, ids: list[str]) -> Ints:
        """Return the rank of every id; most records change none, so the last ranks are kept."""
        if self._rehearsed is None or self._rehearsed[0] != ids:
            draw_id, tickets = self._run.manifest["draw"]["draw_id"], [one.encode() for one in ids]
            self._rehearsed = ids, rank_tickets(self._seed, draw_id, ONE_DRAW_FOR_ALL, tickets)
        return self._rehearsed[1]

    def _ground(self, rows: Sequence[Child], zone: Ints) -> Ground:
        home = points_of(rows)
        metres = int(self._run.rules["round_m"])
        ways: Ways = StraightWays(home, self._school_points, metres)
        if self._run.rules["mode"] == "matrix":
            name = "zone" if self._run.rules["ways_by"] == "zone" else "id"
            number = {key: at for at, key in enumerate(self._run.ways)}
            keys = ints(number.get(row[name], NONE) for row in rows)
            ways = MatrixWays(self._matrix, keys, len(self._ids), metres)
        return Ground(
            zone=zone,
            zone_how=texts(row["zone_how"] for row in rows),
            distance_from=texts(row["distance_from"] for row in rows),
            ways=ways,
            school_point=self._school_points.at,
            home_point=home.at,
        )


class _Policy:
    """How a run sorted its children into groups."""

    def __init__(self, run: RunCopy) -> None:
        self._policy = Policy(run.rules)
        self._ids = self._policy.ids
        self._children = run.children
        self._names = {at: one["id"] for at, one in enumerate(run.rules["groups"])}
        self._number = {name: at for at, name in self._names.items()}

    def groups(self, rows: Sequence[Child]) -> Groups:
        """Return the groups that records state; an id that the rules lack is the last group."""
        of = ints(self._number.get(row["group"], len(self._ids)) for row in rows)
        names = (*self._ids, "")
        return Groups(ids=names, names=names, of=of, condition=np.full(len(rows), NONE))

    def sorted(self, record: Child) -> Child:
        """Return a record with its group by today's policy.

        Raises
        ------
        OpenQuestionError
            Where the policy asks for what neither copy of the register tells.
        """
        kept = self._children.get(record["id"])
        if kept is not None:
            if all(record[name] == kept[name] for name in ("facts", "zone", "group")):
                return record
            if self._first_that_holds(kept) != self._number.get(kept["group"]):
                raise OpenQuestionError(say.GROUP_UNKNOWN)
        group = self._names.get(self._first_that_holds(record), "")
        # The group that an office entered is in the records only where no condition decided.
        if group != record["group"] and any(entry.when is None for entry in self._policy.entries):
            raise OpenQuestionError(say.GROUP_UNKNOWN)
        return {**record, "group": group}

    def _first_that_holds(self, record: Child) -> int:
        try:
            return self._policy.first_that_holds(record)
        except UnknownFactError as error:
            raise OpenQuestionError(say.NO_FACT, fact=str(error)) from error


def _bearers(bundle: Ints) -> Ints:
    """Return (n,) whose ticket each child carries: that of its bundle's smallest id."""
    bearer = np.arange(len(bundle))
    members = np.flatnonzero(bundle != NONE)
    _, first, which = np.unique(bundle[members], return_index=True, return_inverse=True)
    bearer[members] = members[first[which]]
    return bearer


def _must_not_share(tickets: Sequence[str], ineligible: Texts, bundle: Ints) -> None:
    """Refuse eligible children who share a ticket and are no bundle, and a bundle of several."""
    eligible = np.flatnonzero(ineligible == "").tolist()
    units = {(tickets[at], int(bundle[at]) if bundle[at] != NONE else -2 - at) for at in eligible}
    for side in (0, 1):
        if max(Counter(unit[side] for unit in units).values(), default=1) > 1:
            raise OpenQuestionError(say.TICKET_SHARED)
