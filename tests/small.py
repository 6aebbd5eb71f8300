"""Small tables for tests: only the columns that a test is about need to be named."""

from __future__ import annotations

import numpy as np

from enroll.allocate.seats import count_seats
from enroll.classes import plan_classes
from enroll.priority import rank
from enroll.records import (
    NONE,
    Applicants,
    Ground,
    Inputs,
    Placement,
    Schools,
    Seats,
    Source,
    Zones,
)
from enroll.scenario.schema import Scenario


def numbers(values, length, default):
    """Return a column of whole numbers; one number stands for all rows."""
    return np.array(np.broadcast_to(default if values is None else values, length), dtype=np.int64)


def texts(values, length, default=""):
    """Return a column of texts; one text stands for all rows."""
    column = np.empty(length, dtype=object)
    column[:] = default if values is None else values
    return column


def days(values, length):
    """Return a column of dates; None and "" are missing."""
    return np.array([value or "NaT" for value in values or [""] * length], dtype="datetime64[D]")


def make_applicants(count, facts=None, **columns):
    """Return `count` applicants A0001, A0002, … born in time for primary school 2026."""
    take = columns.pop
    ids = take("applicant_id", None)
    frame = Applicants(
        applicant_id=texts(ids or [f"A{number:04}" for number in range(1, count + 1)], count),
        row=np.arange(2, count + 2),
        lon=np.array(take("lon", [np.nan] * count), dtype=float),
        lat=np.array(take("lat", [np.nan] * count), dtype=float),
        zone=numbers(take("zone", None), count, NONE),
        group=texts(take("group", None), count),
        facts={name: texts(values, count) for name, values in (facts or {}).items()},
        review=texts(take("review", None), count, "passed"),
        birth_date=days(take("birth_date", ["2020-01-01"] * count), count),
        since=days(take("since", None), count),
        sex=texts(take("sex", None), count),
        points=numbers(take("points", None), count, 0),
        sibling_school=numbers(take("sibling_school", None), count, NONE),
        family=numbers(take("family", None), count, NONE),
        choices=np.zeros((count, 0), dtype=np.int64),
        accepts_redirect=np.array(take("accepts_redirect", [True] * count), dtype=bool),
        placed_school=numbers(take("placed_school", None), count, NONE),
        placed_reason=texts(take("placed_reason", None), count),
        placed_authority=texts(take("placed_authority", None), count),
        placed_date=texts(take("placed_date", None), count),
        override_reasons=take("override_reasons", {}),
    )
    assert not columns, columns
    return frame


def make_schools(count, **columns):
    """Return `count` public schools S1, S2, … with one class of 45 to 55 each."""
    take = columns.pop
    classes = numbers(take("classes", None), count, 1)
    frame = Schools(
        school_id=texts([f"S{number}" for number in range(1, count + 1)], count),
        name=texts(take("name", None), count),
        row=np.arange(2, count + 2),
        lon=np.full(count, np.nan),
        lat=np.full(count, np.nan),
        classes=classes,
        rooms=numbers(take("rooms", None), count, classes),
        class_standard=numbers(take("class_standard", None), count, 45),
        class_limit=numbers(take("class_limit", None), count, 55),
        reserved=numbers(take("reserved", None), count, 0),
        reserved_for=texts(None, count),
        other_grades=numbers(take("other_grades", None), count, 0),
        leavers=numbers(take("leavers", None), count, 0),
        school_limit=numbers(take("school_limit", None), count, 2000),
        sector=texts(take("sector", None), count, "public"),
        kind=texts(take("kind", None), count, "full"),
        setting=texts(take("setting", None), count),
        area=texts(None, count),
        beds=np.full(count, NONE),
    )
    assert not columns, columns
    return frame


def make_zones(*schools, names=None, mapped=False):
    """Return zones Z1, Z2, … with the given tuples of school indices."""
    count = len(schools)
    return Zones(
        zone_id=texts([f"Z{number}" for number in range(1, count + 1)], count),
        name=texts(names, count),
        area=texts(None, count),
        row=np.arange(2, count + 2),
        schools=tuple(tuple(members) for members in schools),
        geometry=texts(None, count, None) if mapped else None,
        crs="EPSG:4546",
        lon=np.full(count, np.nan),
        lat=np.full(count, np.nan),
    )


def make_inputs(applicants, schools, zones=None):
    """Return inputs read from applicants.csv, schools.csv and zones.csv."""
    sources = tuple(
        Source(role, f"{role}.csv", "0" * 64, "UTF-8", 0)
        for role in ("applicants", "schools", "zones")
    )
    return Inputs(applicants, schools, zones or make_zones(), None, sources)


def make_ground(inputs, zone=None, how=None):
    """Return a ground that knows zones only; zones are those set by hand unless given."""
    count = len(inputs.applicants)
    found = inputs.applicants.zone if zone is None else numbers(zone, count, NONE)
    default = [("none" if number == NONE else "map") for number in found]
    return Ground(
        zone=found,
        zone_how=texts(how or default, count),
        distance_from=texts(None, count, "home"),
        ways=None,
        school_point=np.zeros((len(inputs.schools), 2), dtype=np.int64),
        home_point=np.zeros((count, 2), dtype=np.int64),
    )


def make_settings(**keys):
    """Return a primary scenario of 2026 with a zone round and two redirect rounds."""
    rounds = [
        {"id": "zone", "rule": "zone"},
        {"id": "redirect", "rule": "redirect", "max_m": 5000},
        {"id": "stretch", "rule": "redirect", "seats": "limit"},
    ]
    start = {"title": "small", "year": 2026, "stage": "primary", "round": rounds}
    return Scenario.model_validate({**start, **keys})


def make_placement(school, reason=None, metres=None, **parts):
    """Return a placement in round 0; the reason is ZONE where a school is given."""
    chosen = np.array(school, dtype=np.int64)
    default = ["NO_SEAT" if number == NONE else "ZONE" for number in chosen]
    return Placement(
        school=chosen,
        round=np.where(chosen == NONE, NONE, 0),
        reason=texts(reason or default, len(chosen)),
        metres=numbers(metres, len(chosen), np.where(chosen == NONE, NONE, 500)),
        round_ids=("zone", "redirect", "stretch"),
        cutoffs=(),
        certificates=parts.get("certificates", ()),
        passed_over=parts.get("passed_over", ()),
    )


def make_run(inputs, placement, zone=None, how=None, **keys):
    """Return what `watch` takes, in its order, for a placement."""
    settings, ground = make_settings(**keys), make_ground(inputs, zone, how)
    ranking = rank(inputs, ground, settings)
    seats: Seats = count_seats(inputs.schools)
    plan = plan_classes(placement.school, inputs.schools)
    return inputs, ground, ranking, seats, placement, plan, settings
