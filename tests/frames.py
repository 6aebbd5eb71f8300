"""A small county for tests of the engine: readable tables in, frames and placements out.

Everything but the ways has a default, so that a test names only what it is about::

    county = make_county(
        '''
        child group S1  S2
        Ann   0     100 300
        Bob   1     200 250
        ''',
        seats=[1, 1],
    )
    placement = county.run({"id": "zone", "rule": "zone"})
    assert county.places(placement) == {"Ann": "S1", "Bob": "S2"}
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from enroll.allocate import count_seats, run_rounds
from enroll.records import NONE, Draw, Ground, Groups, Ranking
from tests.small import (
    make_applicants,
    make_inputs,
    make_schools,
    make_settings,
    make_zones,
    numbers,
    texts,
)

if TYPE_CHECKING:
    from enroll.records import Inputs, Placement, Seats
    from enroll.scenario.schema import Scenario

COLUMNS = {"zone", "group", "lottery", "bundle", "sibling", "points", "since", "fixed", "accepts"}
"""Columns of a table of children besides `child`, `status` and one per school."""


class TableWays:
    """Ways given as a table; -1 means not reachable."""

    def __init__(self, metres):
        self._metres = np.array(metres, dtype=np.int32)

    def rows(self, applicants):
        return self._metres[applicants].copy()

    def pairs(self, applicants, schools):
        return self._metres[applicants, schools]


@dataclass(frozen=True)
class County:
    """Everything that the rounds of an allocation need."""

    inputs: Inputs
    ground: Ground
    ranking: Ranking
    seats: Seats

    def settings(self, *rounds, far_m=3000) -> Scenario:
        """Return a scenario with these rounds, given as dictionaries."""
        return make_settings(round=list(rounds), limits={"far_m": far_m})

    def run(self, *rounds, far_m=3000) -> Placement:
        """Run some rounds, given as dictionaries."""
        settings = self.settings(*rounds, far_m=far_m)
        return run_rounds(self.inputs, self.ground, self.ranking, self.seats, settings)

    def reordered(self, order) -> County:
        """Return the same children in another order of ids; no lottery rank may be shared."""
        at = np.array(order)
        ranking, ground = self.ranking, self.ground
        applicants = _rows_of(self.inputs.applicants, at)
        applicants = replace(applicants, applicant_id=self.inputs.applicants.applicant_id)
        groups = replace(ranking.groups, of=ranking.groups.of[at], condition=ranking.groups.of[at])
        draw = replace(ranking.draw, rank=ranking.draw.rank[at], ticket=ranking.draw.ticket[at])
        return County(
            replace(self.inputs, applicants=applicants),
            replace(
                ground,
                zone=ground.zone[at],
                zone_how=ground.zone_how[at],
                distance_from=ground.distance_from[at],
                ways=TableWays(ground.ways.rows(at)),
            ),
            Ranking(ranking.ineligible[at], groups, draw, ranking.bundle[at]),
            self.seats,
        )

    def places(self, placement: Placement) -> dict[str, str]:
        """Return the school of each child by their names, "-" where it has none."""
        school_id = [*self.inputs.schools.school_id, "-"]
        return {
            child: school_id[school]
            for child, school in zip(
                self.inputs.applicants.applicant_id, placement.school, strict=True
            )
        }


def _rows_of(frame, at):
    """Return some rows of a column frame."""
    columns = {field.name: getattr(frame, field.name) for field in fields(frame)}
    return replace(
        frame,
        **{name: part[at] for name, part in columns.items() if isinstance(part, np.ndarray)},
    )


def make_county(table: str, *, seats, **columns) -> County:
    """Return a county from a table of children with one column of metres per school.

    Parameters
    ----------
    table
        The first line names the columns: `child`, then any of `COLUMNS` and the schools' ids.
        "-" stands for none. Children must be in the order of their ids.
    seats, columns
        As for `county_of`; `zones` too.
    """
    header, *rows = (line.split() for line in table.strip().splitlines())
    cells = {name: [row[at] for row in rows] for at, name in enumerate(header)}
    schools = [name for name in header if name not in {"child", "status", *COLUMNS}]
    given: dict[str, object] = {
        name: [_number(cell, schools) for cell in cells[name]]
        for name in COLUMNS & set(header) - {"since"}
    }
    if "since" in cells:
        given["since"] = [None if cell == "-" else cell for cell in cells["since"]]
    if "status" in cells:
        given["ineligible"] = ["" if cell == "-" else cell for cell in cells["status"]]
    ways = np.array([[_number(cell, []) for cell in cells[name]] for name in schools]).T
    return county_of(ways, seats=seats, child=cells["child"], **{**given, **columns})


def county_of(ways, *, seats, limit=None, zones=None, **columns) -> County:
    """Return a county from a (children, schools) table of metres, -1 = no way.

    Parameters
    ----------
    seats, limit
        Seats of each school within class standard and within class limit.
    zones
        Tuples of school numbers; default: one zone with every school, and everybody in it.
    columns
        `child` (ids), `zone`, `group`, `lottery` (rank from 1; default: the order of the
        ids), `bundle`, `sibling` (school number), `points`, `since`, `fixed` (school number),
        `accepts`, `ineligible` (status), `sector`, `kind`, `classes` (0 or 1) and `unmeasured`.
    """
    ways = np.array(ways, dtype=np.int64)
    children, schools = ways.shape
    take = columns.pop
    fixed = numbers(take("fixed", None), children, NONE)
    applicants = make_applicants(
        children,
        applicant_id=take("child", None),
        sibling_school=take("sibling", None),
        points=take("points", None),
        since=take("since", None),
        placed_school=fixed,
        accepts_redirect=numbers(take("accepts", None), children, 1).astype(bool),
    )
    given = {name: take(name, None) for name in ("sector", "kind", "classes")}
    frame = _schools(schools, seats, limit, **given)
    inputs = make_inputs(applicants, frame, make_zones(*(zones or [range(schools)])))
    unmeasured = numbers(take("unmeasured", None), children, 0).astype(bool)
    ground = _ground(ways, numbers(take("zone", None), children, 0), unmeasured)
    ranking = Ranking(
        ineligible=texts(take("ineligible", None), children),
        groups=_groups(numbers(take("group", None), children, 0)),
        draw=_draw(take("lottery", None), children),
        bundle=numbers(take("bundle", None), children, NONE),
    )
    assert not columns, columns
    return County(inputs, ground, ranking, count_seats(frame))


def _schools(count, seats, limit, **columns):
    # One seat of each class is reserved, so that a school may also have none to give.
    standard = numbers(seats, count, 1)
    return make_schools(
        count,
        class_standard=standard + 1,
        class_limit=numbers(limit, count, standard) + 1,
        reserved=1,
        **columns,
    )


def _ground(ways, zone, unmeasured) -> Ground:
    children, schools = ways.shape
    return Ground(
        zone=zone,
        zone_how=texts(["none" if number == NONE else "map" for number in zone], children),
        distance_from=texts(["" if without else "home" for without in unmeasured], children),
        ways=TableWays(np.where(unmeasured[:, None], -1, ways)),
        school_point=np.zeros((schools, 2), dtype=np.int64),
        home_point=np.zeros((children, 2), dtype=np.int64),
    )


def _groups(of) -> Groups:
    ids = tuple("ABCDEFGH"[: int(of.max(initial=0)) + 1])
    return Groups(ids=ids, names=ids, of=of, condition=of)


def _draw(lottery, children) -> Draw:
    rank = numbers(lottery, children, np.arange(1, children + 1))
    return Draw("test-2026-primary", texts([f"T{number:04}" for number in rank], children), rank)


def _number(cell: str, schools: list[str]) -> int:
    if cell in schools:
        return schools.index(cell)
    return NONE if cell == "-" else int(cell)
