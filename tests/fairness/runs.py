"""Small runs as an auditor reads them, built without any file."""

from __future__ import annotations

from enroll.fairness.register import Register, RunCopy

SCHOOLS = {"S1": 0, "S2": 10_000, "S3": 30_000}
"""East of the origin, in decimetres."""


def make_school(name, east, **parts):
    return {
        "id": name,
        "x_dm": east,
        "y_dm": 0,
        "reserved": 0,
        "class_limit": 3,
        **parts,
    }


def make_rules(**parts):
    rounds = [
        {"id": "fixed", "rule": "fixed"},
        {"id": "zone", "rule": "zone", "order": ["group"]},
        {"id": "redirect", "rule": "redirect", "max_m": 5000},
    ]
    return {
        "groups": [{"id": "A", "name": "A"}, {"id": "B", "name": "B"}],
        "policy": [{"id": "A"}, {"id": "B"}],
        "schools": [make_school(name, east) for name, east in SCHOOLS.items()],
        "zones": [{"id": "Z1", "schools": ["S1"]}, {"id": "Z2", "schools": ["S2"]}],
        "rounds": rounds,
        "round_m": 50,
        "mode": "straight",
        "ways_by": "",
        "stage": "primary",
        "log_head": "",
        **parts,
    }


def make_child(key, **parts):
    return {
        "id": key,
        "ticket": key,
        "birth_date": "",
        "since": "",
        "review": "passed",
        "ineligible": "",
        "group": "A",
        "facts": {},
        "bundle": "",
        "zone": "Z1",
        "zone_how": "map",
        "x_dm": 0,
        "y_dm": 0,
        "distance_from": "home",
        "choices": [],
        "sibling_school": "",
        "points": 0,
        "accepts_redirect": True,
        "placed_school": "",
        "placed_reason": "",
        "placed_authority": "",
        "placed_date": "",
        **parts,
    }


def make_place(key, rank, school="S1", reason="ZONE", metres="500", group="A"):
    rounds = {"ZONE": "zone", "FIXED": "fixed", "REDIRECT": "redirect"}
    return {
        "applicant_id": key,
        "ticket": key,
        "status": "placed" if school else "unplaced",
        "school_id": school,
        "round": rounds.get(reason, ""),
        "group": group,
        "zone_id": "Z1",
        "distance_m": metres if school else "",
        "distance_from": "home" if school else "",
        "lottery_rank": str(rank),
        "reason": reason,
    }


def make_copy(*lines, **rules):
    """Return a run of (child, place); each place's group is that of its child."""
    children = {child["id"]: child for child, _ in lines}
    places = {place["applicant_id"]: place for _, place in lines}
    for key, place in places.items():
        place["group"] = children[key]["group"]
    register = Register(make_rules(**rules), children)
    return RunCopy(register, places, {"draw": {"draw_id": "test-1"}}, b"seal")


def of_code(findings, code):
    return [one for one in findings if one.code == code]
