"""`rules.json`: every rule that decided, so that it can be committed to and checked later.

A draw commits to the hash of these bytes before it is drawn, and every run holds them in
`audit/`. Their form is told in `docs/reference/audit.md`.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from enroll.priority import latest_birth
from enroll.report.json_out import json_bytes
from enroll.tables.csv_out import csv_bytes

if TYPE_CHECKING:
    from enroll.records import Ground, Groups, Inputs, Ints, JsonValue, Schools, Seats, Zones
    from enroll.scenario.policy import Round
    from enroll.scenario.schema import Scenario

RULES_FORMAT = 1
"""Number of the layout; a reader refuses one that it does not know."""


def rules_json(
    inputs: Inputs,
    ground: Ground,
    groups: Groups,
    seats: Seats,
    settings: Scenario,
    *,
    log_head: str = "",
) -> bytes:
    """Return `rules.json`.

    Parameters
    ----------
    inputs, ground, groups, seats
        What was read, where everybody is, the groups in order, and the seats of each school.
    settings
        The resolved scenario.
    log_head
        Head of the log at the commitment, in hex; empty in a rehearsal.
    """
    ways = ways_csv(inputs, settings)
    rules = {
        "age": _age(settings),
        "far_m": settings.limits.far_m,
        "format": RULES_FORMAT,
        "groups": [
            {"id": group, "name": name}
            for group, name in zip(groups.ids, groups.names, strict=True)
        ],
        "log_head": log_head,
        "mode": settings.travel.mode,
        "policy": [
            entry.model_dump(mode="json", exclude_none=True, by_alias=True)
            for entry in settings.group
        ],
        "round_m": settings.travel.round_m,
        "rounds": [_round(step) for step in settings.round],
        "schools": _schools(inputs.schools, ground, seats),
        "stage": settings.stage,
        "year": settings.year,
        "ways": "" if ways is None else hashlib.sha256(ways).hexdigest(),
        "ways_by": "" if ways is None or inputs.travel is None else inputs.travel.keyed_by,
        "zones": _zones(inputs),
        "zones_hash": _zones_hash(inputs.zones),
    }
    return json_bytes(rules)


def ways_csv(inputs: Inputs, settings: Scenario) -> bytes | None:
    """Return `ways.csv`: every measured way in rounded metres, or None for straight lines.

    The key is an applicant_id or a zone_id, as `ways_by` in `rules.json` says. Ascending by
    key and then by school.
    """
    matrix, round_m = inputs.travel, settings.travel.round_m
    if matrix is None or settings.travel.mode != "matrix":
        return None
    by_child = matrix.keyed_by == "applicant"
    names = inputs.applicants.applicant_id if by_child else inputs.zones.zone_id
    order = np.lexsort((matrix.school, matrix.key))
    metres = (2 * matrix.metres[order] + round_m) // (2 * round_m) * round_m
    columns = (names[matrix.key[order]], inputs.schools.school_id[matrix.school[order]], metres)
    return csv_bytes(("key", "school_id", "metres"), columns)


def _age(settings: Scenario) -> JsonValue:
    latest, earliest = latest_birth(settings), settings.age.earliest_birth
    return {
        "latest_birth": "" if latest is None else latest.isoformat(),
        "earliest_birth": "" if earliest is None else earliest.isoformat(),
        "waive": sorted(settings.age.waive),
    }


def _round(step: Round) -> JsonValue:
    return {
        "id": step.id,
        "rule": step.rule,
        "seats": step.seats,
        "order": [key for key in step.order if key != "lottery"],
        "max_m": step.max_m,
        "goal": step.goal,
        "last_seat": step.last_seat,
        "sectors": sorted(step.sectors),
        "kinds": sorted(step.kinds),
    }


def _schools(schools: Schools, ground: Ground, seats: Seats) -> JsonValue:
    nobody = np.zeros(len(schools), dtype=np.int64)
    other_entry = nobody if seats.other_entry is None else seats.other_entry
    known = _known_schools(len(schools), ground)
    numbers: dict[str, Ints] = {
        "classes": schools.classes,
        "class_standard": schools.class_standard,
        "class_limit": schools.class_limit,
        "reserved": schools.reserved,
        "other_grades": schools.other_grades,
        "leavers": schools.leavers,
        "school_limit": schools.school_limit,
        "other_entry": other_entry,
        "seats_standard": seats.standard,
        "seats_limit": seats.limit,
    }
    return [
        {
            "id": schools.school_id[at],
            "name": schools.name[at],
            "kind": schools.kind[at],
            "sector": schools.sector[at],
            "x_dm": int(ground.school_point[at, 0]) if known[at] else None,
            "y_dm": int(ground.school_point[at, 1]) if known[at] else None,
            **{key: int(column[at]) for key, column in numbers.items()},
        }
        for at in range(len(schools))
    ]


def _known_schools(count: int, ground: Ground) -> list[bool]:
    """Tell which schools a straight way can lead to: those to which any child has one."""
    measured = np.flatnonzero(np.isin(ground.distance_from, ("home", "anchor")))
    if not len(measured):
        return [False] * count
    known: list[bool] = (ground.ways.rows(measured[:1])[0] >= 0).tolist()
    return known


def _zones(inputs: Inputs) -> JsonValue:
    school_id = inputs.schools.school_id
    return [
        {"id": zone_id, "schools": [school_id[school] for school in schools]}
        for zone_id, schools in zip(inputs.zones.zone_id, inputs.zones.schools, strict=True)
    ]


def _zones_hash(zones: Zones) -> str:
    """Return the hash of where the zones lie, or an empty text where there are none.

    Of the content and not of the file, so that neither the order of the features nor the corner
    at which a ring begins is a rule. How it is made is told in `docs/reference/audit.md`.
    """
    if not len(zones):
        return ""
    points = np.column_stack((zones.lon, zones.lat)).astype("<f8") + 0.0  # minus zero is zero
    whole = hashlib.sha256(f"{zones.crs}\n".encode())
    shapes = _shapes(zones)
    for zone_id, point, shape in zip(zones.zone_id, points, shapes, strict=True):
        at = "" if np.isnan(point).any() else point.tobytes().hex()
        whole.update(f"{zone_id},{at},{shape}\n".encode())
    return whole.hexdigest()


def _shapes(zones: Zones) -> list[str]:
    """Return the hash of each zone's normalised outline, empty where it has none."""
    if zones.geometry is None:
        return [""] * len(zones)
    import shapely

    flat = shapely.normalize(shapely.force_2d(zones.geometry))
    outlines = shapely.to_wkb(flat, output_dimension=2, byte_order=1, flavor="iso")
    return ["" if one is None else hashlib.sha256(one).hexdigest() for one in outlines]
