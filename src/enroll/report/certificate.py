"""`certificate.json`: the values and prices that prove each redirect round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enroll.report.json_out import json_bytes

if TYPE_CHECKING:
    from enroll.records import Certificate, FamilyPlace, Ints, JsonValue, Level, Overload
    from enroll.report.results import Results

CERTIFICATE_FORMAT = 1
"""Number of the layout; a reader refuses one that it does not know."""


def certificate_json(results: Results) -> bytes:
    """Return the certificates of all redirect rounds, in the order of the rounds."""
    rounds = [_round(certificate, results) for certificate in results.placement.certificates]
    return json_bytes({"format": CERTIFICATE_FORMAT, "rounds": rounds})


def _round(certificate: Certificate, results: Results) -> JsonValue:
    group_ids = results.ranking.groups.ids
    costs = sorted(certificate.family_cost.items())
    return {
        "round": certificate.round_id,
        "levels": [_level(level, results) for level in certificate.levels],
        "counted": [_level(level, results) for level in certificate.counted],
        "families": [_family(family, results) for family in certificate.families],
        "family_cost_m": {group_ids[group]: int(metres) for group, metres in costs},
        "overloads": [_overload(overload, results) for overload in certificate.overloads],
    }


def _level(level: Level, results: Results) -> JsonValue:
    if level.prices.ndim == 1:
        prices: JsonValue = _prices(level.prices, results)
    else:
        prices = [_prices(part, results) for part in level.prices]
    return {
        "what": level.what,
        "group": None if level.group < 0 else results.ranking.groups.ids[level.group],
        "value": int(level.value),
        "prices": prices,
    }


def _prices(prices: Ints, results: Results) -> JsonValue:
    """Return the prices that are not zero, by school id."""
    school_id = results.inputs.schools.school_id
    return {school_id[school]: int(prices[school]) for school in prices.nonzero()[0]}


def _family(family: FamilyPlace, results: Results) -> JsonValue:
    schools = results.inputs.schools.school_id
    return {
        "kind": family.kind,
        "applicants": [
            results.inputs.applicants.applicant_id[child] for child in family.applicants
        ],
        "school_id": None if family.school < 0 else schools[family.school],
    }


def _overload(overload: Overload, results: Results) -> JsonValue:
    schools = results.inputs.schools.school_id
    return {
        "schools": [schools[school] for school in overload.schools],
        "demand": int(overload.demand),
        "seats": int(overload.seats),
    }
