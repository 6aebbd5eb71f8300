"""What the files of a run say, as reasons need it."""

from __future__ import annotations

import csv
import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from io import StringIO
from math import isqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from enroll.notices.about_defaults import own_group
from enroll.scenario.policy import Group
from enroll.tables import unguarded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from enroll.notices import Phrase

    Ways = NDArray[np.int64]

Record = dict[str, Any]
Key = tuple[int, ...]

NONE = -1
NO_DATE = date.max.toordinal() + 1
"""Rank of a child without a date: after every date."""

FORMAT = 1


class UnreadableRun(Exception):  # noqa: N818 - it says what is the matter with a run
    """The files are no run that can be explained.

    Parameters
    ----------
    future
        Whether they have a format that is not known, instead of missing something.
    """

    def __init__(self, *, future: bool) -> None:
        self.future = future
        super().__init__("unknown format" if future else "incomplete audit files")


@dataclass(frozen=True)
class Child:
    """One applicant: what the rules read of it, and what came of it.

    Parameters
    ----------
    number
        Position among all applicants, ascending by id.
    record
        Its part of a line of `records.jsonl`.
    row
        Its line of `allocation.csv`.
    group, rank
        Number of its group, 0 for the best; lottery rank from 1.
    school, round
        Numbers of the school and of the round that moved it last, -1 for none.
    after
        Its school after each redirect round, by round number; empty where it took part in none.
    """

    number: int
    record: Record
    row: Mapping[str, str]
    group: int
    rank: int
    school: int
    round: int
    after: Mapping[int, int] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Return its applicant_id."""
        return str(self.record["id"])

    @property
    def unmeasured(self) -> bool:
        """Return whether no point is known from which its ways could be measured."""
        return bool(self.record["distance_from"] == "")

    def place_before(self, step: int) -> int:
        """Return the school it had when a round began, -1 for none."""
        if NONE < self.round < step:
            return self.school
        earlier = [number for number in self.after if number < step]
        return self.after[max(earlier)] if earlier else NONE


@dataclass(frozen=True)
class RunFiles:
    """A run as far as reasons need it; children, schools, rounds and groups are numbered.

    Parameters
    ----------
    rules, manifest
        `audit/rules.json` and `manifest.json`.
    children
        Ascending by id.
    cutoffs
        The largest key admitted, by round and school number; empty where nobody was.
    certificates
        One per redirect round in which somebody took part, by round number.
    matrix
        Metres by key and school number; None for straight ways.
    policy
        The entries by which children were sorted into groups, in order.
    overrides
        What `warnings.csv` says of each override, by applicant_id.
    """

    rules: Record
    manifest: Record
    children: Sequence[Child]
    cutoffs: Mapping[tuple[int, int], Key]
    certificates: Mapping[int, Record]
    matrix: Mapping[str, Mapping[int, int]] | None
    policy: Sequence[Group]
    overrides: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Child]:
        """Children by applicant_id."""
        return {child.id: child for child in self.children}

    @cached_property
    def ranks(self) -> int:
        """How many a draw ranks: tickets that twins share, or with a plain seed applicants."""
        tickets = {child.row["ticket"] for child in self.children}
        return len(tickets if self.manifest["draw"]["commit"] else self.children)

    @cached_property
    def schools(self) -> list[Record]:
        """Schools, ascending by id."""
        return list(self.rules["schools"])

    @cached_property
    def steps(self) -> list[Record]:
        """Rounds in order."""
        return list(self.rules["rounds"])

    @cached_property
    def zones(self) -> dict[str, list[int]]:
        """School numbers by zone id."""
        number = self.number_of
        return {
            zone["id"]: [number[one] for one in zone["schools"]] for zone in self.rules["zones"]
        }

    @cached_property
    def taken(self) -> list[list[int]]:
        """Children at each school when each round began, and after the last one."""
        counts = [[0] * len(self.schools) for _ in range(len(self.steps) + 1)]
        for child in self.children:
            for step, count in enumerate(counts):
                place = child.place_before(step)
                if place != NONE:
                    count[place] += 1
        return counts

    def name(self, school: int) -> str:
        """Return how a school is called, its id where it has no name."""
        return str(self.schools[school]["name"] or self.schools[school]["id"])

    def group(self, number: int) -> Phrase | str:
        """Return a group's id, or what it is called where enroll has made it."""
        return self.called(self.rules["groups"][number]["id"])

    def called(self, group_id: str) -> Phrase | str:
        """Return the same of a group that is known by its id."""
        return own_group(group_id, {entry.id for entry in self.policy}) or group_id

    def way(self, child: Child, school: int) -> int:
        """Return the rounded metres from a child to a school, -1 where no way is known."""
        if self.matrix is not None:
            key = child.record["zone" if self.rules["ways_by"] == "zone" else "id"]
            return self.matrix.get(key, {}).get(school, NONE)
        east, north = child.record["x_dm"], child.record["y_dm"]
        at = self.schools[school]
        if east is None or at["x_dm"] is None:
            return NONE
        unit = int(self.rules["round_m"])
        straight = isqrt((east - at["x_dm"]) ** 2 + (north - at["y_dm"]) ** 2)
        return (straight + 5 * unit) // (10 * unit) * unit

    def ways(self, child: Child) -> Ways:
        """Return what `way` returns for every school, by school number."""
        if self.matrix is not None:
            listed = [self.way(child, school) for school in range(len(self.schools))]
            return np.array(listed, dtype=np.int64)
        known, points = self._points
        ways = np.full(len(known), NONE, dtype=np.int64)
        east, north = child.record["x_dm"], child.record["y_dm"]
        if east is not None:
            square = ((points - (east, north)) ** 2).sum(axis=1)
            root = np.sqrt(square.astype(np.float64)).astype(np.int64)
            root -= root * root > square
            root += (root + 1) ** 2 <= square
            unit = int(self.rules["round_m"])
            ways[known] = ((root + 5 * unit) // (10 * unit) * unit)[known]
        return ways

    @cached_property
    def _points(self) -> tuple[NDArray[np.bool_], Ways]:
        """Whether a school's point is known, and the points, (n, 2) in tenths of a metre."""
        known = np.array([school["x_dm"] is not None for school in self.schools], dtype=bool)
        points = [(school["x_dm"] or 0, school["y_dm"] or 0) for school in self.schools]
        return known, np.array(points, dtype=np.int64).reshape(-1, 2)

    @cached_property
    def redirecting(self) -> dict[int, NDArray[np.bool_]]:
        """Which schools a redirect round may use, by round number."""
        return {
            step: np.array(
                [
                    school["classes"] > 0
                    and school["sector"] in rule["sectors"]
                    and school["kind"] in rule["kinds"]
                    for school in self.schools
                ],
                dtype=bool,
            )
            for step, rule in enumerate(self.steps)
            if rule["rule"] == "redirect"
        }

    @cached_property
    def families(self) -> dict[tuple[int, str], Record]:
        """Families of the redirect rounds, by round number and applicant_id."""
        return {
            (step, child): family
            for step, certificate in self.certificates.items()
            for family in certificate["families"]
            for child in family["applicants"]
        }

    @cached_property
    def number_of(self) -> dict[str, int]:
        """School numbers by school_id."""
        return {school["id"]: at for at, school in enumerate(self.schools)}

    def zone_schools(self, child: Child) -> list[int]:
        """Return the schools of a child's zone."""
        return self.zones.get(child.record["zone"], [])


def read_files(files: Mapping[str, bytes]) -> RunFiles:
    """Return what the files of a run say.

    Parameters
    ----------
    files
        Content by name relative to the run's folder.

    Raises
    ------
    UnreadableRun
        Where they have a format of the future, or a file is missing or malformed.
    """
    with readable():
        manifest, rules, proof = (
            json.loads(files[name])
            for name in ("manifest.json", "audit/rules.json", "certificate.json")
        )
        if all(one["format"] == FORMAT for one in (manifest, rules, proof)):
            return _run(files, manifest, rules, proof)
    raise UnreadableRun(future=True)


@contextmanager
def readable() -> Iterator[None]:
    """Say of a run that it is unreadable where its content is of another kind than a run's.

    Sums prove that files are as they were written, not that enroll wrote them: what somebody
    else put there shows only where it is used.

    Raises
    ------
    UnreadableRun
        Instead of what such content leads to.
    """
    try:
        yield
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
        StopIteration,
        TypeError,
        ValueError,
    ) as error:
        raise UnreadableRun(future=False) from error


def _run(files: Mapping[str, bytes], manifest: Record, rules: Record, proof: Record) -> RunFiles:
    school = {"": NONE, **{one["id"]: at for at, one in enumerate(rules["schools"])}}
    step = {"": NONE, **{one["id"]: at for at, one in enumerate(rules["rounds"])}}
    matrix: dict[str, dict[int, int]] | None = None
    if rules["mode"] == "matrix":
        matrix = {}
        for row in _rows(files["audit/ways.csv"]):
            matrix.setdefault(row["key"], {})[school[row["school_id"]]] = int(row["metres"])
    orders = {one["id"]: one["order"] for one in rules["rounds"]}
    groups = [one["id"] for one in rules["groups"]]
    cutoffs = {
        (step[row["round"]], school[row["school_id"]]): _key(
            row["cutoff"], orders[row["round"]], groups
        )
        for row in _rows(files["cutoffs.csv"])
    }
    certificates = {step[one["round"]]: one for one in proof["rounds"]}
    children = _children(files, groups, school, step)
    policy = [Group.model_validate(entry, strict=False) for entry in rules["policy"]]
    overrides = {
        row["subject"]: row["message"]
        for row in _rows(files.get("warnings.csv", b"code\n"))
        if row["code"] == "OVERRIDE"
    }
    return RunFiles(rules, manifest, children, cutoffs, certificates, matrix, policy, overrides)


def _children(
    files: Mapping[str, bytes],
    groups: list[str],
    school: Mapping[str, int],
    step: Mapping[str, int],
) -> list[Child]:
    lines = files["audit/records.jsonl"].decode("utf-8").split("\n")
    records = {
        record["id"]: record
        for line in lines
        if line
        for record in json.loads(line)["record"]["children"]
    }
    after = {
        row["applicant_id"]: {
            step[name]: school[place] for name, place in row.items() if name != "applicant_id"
        }
        for row in _rows(files["audit/places.csv"])
    }
    number = {group: at for at, group in enumerate(groups)}
    return [
        Child(
            number=at,
            record=records[row["applicant_id"]],
            row=row,
            group=number[row["group"]],
            rank=int(row["lottery_rank"]),
            school=school[row["school_id"]],
            round=step[row["round"]],
            after=after.get(row["applicant_id"], {}),
        )
        for at, row in enumerate(_rows(files["allocation.csv"]))
    ]


def _rows(content: bytes) -> Iterator[dict[str, str]]:
    reader = csv.reader(StringIO(content.decode("utf-8"), newline=""), strict=True)
    header = next(reader)
    for row in reader:
        yield dict(zip(header, map(unguarded, row), strict=True))


def _key(text: str, order: Sequence[str], groups: Sequence[str]) -> Key:
    """Return a cutoff as whole numbers in the round's order, the lottery last."""
    values = dict(part.split("=", 1) for part in text.split(" ")) if text else {}
    return tuple(
        _part(name, values[name], groups) for name in (*order, "lottery") if name in values
    )


def _part(name: str, value: str, groups: Sequence[str]) -> int:
    if name == "group":
        return groups.index(value)
    if name == "sibling":
        return int(value == "no")
    if name == "since":
        return since_rank(value)
    return -int(value) if name == "points" else int(value)


def since_rank(text: str) -> int:
    """Return the rank of a date; none, or no text, comes after every date."""
    return date.fromisoformat(text).toordinal() if text not in ("", "none") else NO_DATE
