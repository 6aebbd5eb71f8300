"""The frames of the engine, made from the records and rules that a run's files hold.

Columns that no round reads, such as names of zones and the sex of a child, are left empty.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from enroll.geo.points import Points
from enroll.records import NONE, Applicants, Schools, Seats, TravelMatrix, Zones
from enroll.scenario.policy import Round
from enroll.scenario.schema import Age, Limits, Scenario

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from enroll.fairness.register import Child
    from enroll.records import Days, Ints, Texts


def settings_of(rules: Mapping[str, Any]) -> Scenario:
    """Return what the rounds and the age test read of a scenario, from the rules of a run."""
    age = rules["age"]
    return Scenario.model_construct(
        year=rules["year"],
        stage=rules["stage"],
        age=Age.model_construct(
            latest_birth=_date(age["latest_birth"]),
            earliest_birth=_date(age["earliest_birth"]),
            waive=tuple(age["waive"]),
        ),
        limits=Limits.model_construct(far_m=rules["far_m"]),
        round=tuple(Round.model_construct(**step) for step in rules["rounds"]),
    )


def schools_of(listed: Sequence[Mapping[str, Any]]) -> Schools:
    """Return the schools of a run's rules."""
    none = texts("" for _ in listed)
    nowhere = np.full(len(listed), np.nan)
    classes = ints(one["classes"] for one in listed)
    return Schools(
        school_id=texts(one["id"] for one in listed),
        name=texts(one["name"] for one in listed),
        row=np.zeros(len(listed), dtype=np.int64),
        lon=nowhere,
        lat=nowhere,
        classes=classes,
        rooms=classes,
        class_standard=ints(one["class_standard"] for one in listed),
        class_limit=ints(one["class_limit"] for one in listed),
        reserved=ints(one["reserved"] for one in listed),
        reserved_for=none,
        other_grades=ints(one["other_grades"] for one in listed),
        leavers=ints(one["leavers"] for one in listed),
        school_limit=ints(one["school_limit"] for one in listed),
        sector=texts(one["sector"] for one in listed),
        kind=texts(one["kind"] for one in listed),
        setting=none,
        area=none,
        beds=np.full(len(listed), NONE),
    )


def seats_of(listed: Sequence[Mapping[str, Any]]) -> Seats:
    """Return the seats that a run's rules state."""
    standard, limit = (ints(one[f"seats_{level}"] for one in listed) for level in _LEVELS)
    return Seats(standard, limit, headroom=limit)


_LEVELS = ("standard", "limit")


def zones_of(listed: Sequence[Mapping[str, Any]], school: Mapping[str, int]) -> Zones:
    """Return the zones of a run's rules, given the index of each school id."""
    none = texts("" for _ in listed)
    return Zones(
        zone_id=texts(one["id"] for one in listed),
        name=none,
        area=none,
        row=np.zeros(len(listed), dtype=np.int64),
        schools=tuple(tuple(school[name] for name in one["schools"]) for one in listed),
        geometry=None,
        crs="",
        lon=np.full(len(listed), np.nan),
        lat=np.full(len(listed), np.nan),
    )


def applicants_of(
    rows: Sequence[Child], school: Mapping[str, int], zone: Mapping[str, int]
) -> Applicants:
    """Return the children of some records, in their order.

    Parameters
    ----------
    school, zone
        The index of each id; -1 for "".
    """
    none = texts("" for _ in rows)
    bundles = dict.fromkeys(row["bundle"] for row in rows if row["bundle"])
    family = {"": NONE, **{name: at for at, name in enumerate(bundles)}}
    return Applicants(
        applicant_id=texts(row["id"] for row in rows),
        row=np.zeros(len(rows), dtype=np.int64),
        lon=np.full(len(rows), np.nan),
        lat=np.full(len(rows), np.nan),
        zone=ints(zone[row["zone"]] for row in rows),
        group=texts(row["group"] for row in rows),
        facts={},
        review=texts(row["review"] for row in rows),
        birth_date=_days(row["birth_date"] for row in rows),
        since=_days(row["since"] for row in rows),
        sex=none,
        points=ints(row["points"] for row in rows),
        sibling_school=ints(school[row["sibling_school"]] for row in rows),
        family=ints(family[row["bundle"]] for row in rows),
        choices=np.zeros((len(rows), 0), dtype=np.int64),
        accepts_redirect=np.array([row["accepts_redirect"] for row in rows], dtype=bool),
        placed_school=ints(school[row["placed_school"]] for row in rows),
        placed_reason=texts(row["placed_reason"] for row in rows),
        placed_authority=none,
        placed_date=none,
    )


def points_of(rows: Iterable[Mapping[str, Any]]) -> Points:
    """Return the points that records or schools state."""
    pairs = [(row["x_dm"], row["y_dm"]) for row in rows]
    listed = [(east is not None, east or 0, north or 0) for east, north in pairs]
    known, east, north = np.array(listed, dtype=np.int64).reshape(-1, 3).T
    return Points(np.column_stack((east, north)), known > 0)


def matrix_of(ways: Mapping[str, Mapping[str, int]], school: Mapping[str, int]) -> TravelMatrix:
    """Return the ways of a run's matrix, whose keys are numbered in their order."""
    triples = [
        (at, school[name], metres)
        for at, known in enumerate(ways.values())
        for name, metres in known.items()
    ]
    key, schools, metres = np.array(triples, dtype=np.int64).reshape(-1, 3).T
    return TravelMatrix("zone", key, schools, metres)


def ints(values: Iterable[int]) -> Ints:
    """Return whole numbers as a column."""
    return np.fromiter(values, dtype=np.int64)


def texts(values: Iterable[str]) -> Texts:
    """Return texts as a column."""
    listed = list(values)
    column = np.empty(len(listed), dtype=object)
    column[:] = listed
    return column


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _days(values: Iterable[str]) -> Days:
    return np.array([value or "NaT" for value in values], dtype="datetime64[D]")
