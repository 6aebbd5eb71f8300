"""What an allocation puts forward to be checked, as plain dictionaries and arrays.

The checks know nothing of this house; the keys here are the names of their parameters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from enroll.allocate.zone_round import days_of
from enroll.notices import mask_id

if TYPE_CHECKING:
    from enroll.records import (
        Certificate,
        ClassPlan,
        Ground,
        Inputs,
        Level,
        Placement,
        Ranking,
        Seats,
    )
    from enroll.scenario.schema import Scenario

_RULE_KEYS = (
    "id", "rule", "seats", "order", "last_seat", "max_m", "goal", "sectors", "kinds",
)  # fmt: skip
_SCHOOL_KEYS = (
    "classes", "class_standard", "class_limit", "reserved", "other_grades", "leavers",
    "school_limit", "sector", "kind",
)  # fmt: skip
_RESULT_KEYS = ("school", "round", "reason", "metres", "history", "passed_over")
_PLAN_KEYS = ("pupils", "classes", "smallest", "largest")
_CUTOFF_KEYS = ("round_id", "school", "offered", "filled", "key")


def evidence_of(
    inputs: Inputs,
    ground: Ground,
    ranking: Ranking,
    seats: Seats,
    placement: Placement,
    plan: ClassPlan,
    settings: Scenario,
) -> dict[str, Any]:
    """Return everything that the checks of an allocation look at.

    Children are named by their masked ids, schools by their ids.
    """
    result = _pick(placement, _RESULT_KEYS)
    result["cutoffs"] = [_pick(cutoff, _CUTOFF_KEYS) for cutoff in placement.cutoffs]
    result["proofs"] = [_proof(certificate) for certificate in placement.certificates]
    return {
        "children": _children(inputs, ground, ranking),
        "schools": _schools(inputs, seats),
        "rules": [_pick(rule, _RULE_KEYS) for rule in settings.round],
        "far_m": settings.limits.far_m,
        "way_rows": ground.ways.rows,
        "way_pairs": ground.ways.pairs,
        "result": result,
        "plan": _pick(plan, _PLAN_KEYS),
    }


def _children(inputs: Inputs, ground: Ground, ranking: Ranking) -> dict[str, Any]:
    applicants = inputs.applicants
    return {
        "name": lambda child: mask_id(str(applicants.applicant_id[child])),
        "ineligible": ranking.ineligible,
        "zone": ground.zone,
        "group": ranking.groups.of,
        "bundle": ranking.bundle,
        "sibling_school": applicants.sibling_school,
        "placed_school": applicants.placed_school,
        "lottery": ranking.draw.rank,
        "points": applicants.points,
        "since": days_of(applicants),
        "accepts_redirect": applicants.accepts_redirect,
        "measured": np.asarray(ground.distance_from != "", dtype=bool),
    }


def _schools(inputs: Inputs, seats: Seats) -> dict[str, Any]:
    schools = inputs.schools
    return {
        **_pick(schools, _SCHOOL_KEYS),
        "name": lambda school: str(schools.school_id[school]),
        "headroom": seats.headroom,
        "standard": seats.standard,
        "limit": seats.limit,
        "zones": inputs.zones.schools,
    }


def _proof(certificate: Certificate) -> dict[str, Any]:
    return {
        "round_id": certificate.round_id,
        "levels": [_level(level) for level in certificate.levels],
        "families": [
            _pick(family, ("kind", "applicants", "school")) for family in certificate.families
        ],
        "overloads": [
            _pick(overload, ("schools", "demand", "seats")) for overload in certificate.overloads
        ],
        "counted": [_level(level) for level in certificate.counted],
    }


def _level(level: Level) -> dict[str, Any]:
    return _pick(level, ("what", "group", "value", "prices"))


def _pick(record: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}
