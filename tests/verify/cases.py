"""Evidence of allocations for tests of the checks, and ways to forge it."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import numpy as np

from enroll.allocate.evidence import evidence_of
from enroll.classes import plan_classes
from enroll.verify import Case, breaches

if TYPE_CHECKING:
    from tests.frames import County

FAR_M = 120


def evidence(county: County, *rounds) -> dict:
    """Run some rounds and return what is put forward for them."""
    settings = county.settings(*rounds, far_m=FAR_M)
    placement = county.run(*rounds, far_m=FAR_M)
    plan = plan_classes(placement.school, county.inputs.schools)
    return evidence_of(
        county.inputs, county.ground, county.ranking, county.seats, placement, plan, settings
    )


def told(claim: dict) -> list[str]:
    """Return the breaches found."""
    return breaches(Case.of(claim))


def forged(claim: dict) -> dict:
    """Return a copy to forge."""
    return deepcopy(claim)


def move(claim: dict, **schools: int) -> dict:
    """Return a copy in which the last round put children somewhere else, and all else agrees.

    Children are named A0, A1, … by their numbers.
    """
    copy = forged(claim)
    result = copy["result"]
    for name, school in schools.items():
        child = int(name[1:])
        result["history"][-1][child] = result["school"][child] = school
        result["round"][child] = _last_change([row[child] for row in result["history"]])
        result["reason"][child] = (
            copy["rules"][result["round"][child]]["rule"].upper() if school >= 0 else "NO_SEAT"
        )
        pair = np.array([child]), np.array([school])
        result["metres"][child] = copy["way_pairs"](*pair)[0] if school >= 0 else -1
    placed = result["school"][result["school"] >= 0]
    pupils = np.bincount(placed, minlength=len(copy["schools"]["classes"])) + 1
    needed = np.minimum(-(-pupils // copy["schools"]["class_standard"]), copy["schools"]["classes"])
    copy["plan"] = {
        "pupils": pupils,
        "classes": needed,
        "smallest": np.where(needed, pupils, 0),
        "largest": np.where(needed, pupils, 0),
    }
    return copy


def _last_change(places) -> int:
    before, found = -1, -1
    for number, school in enumerate(places):
        found, before = (number if school != before else found), school
    return found if before >= 0 else -1
