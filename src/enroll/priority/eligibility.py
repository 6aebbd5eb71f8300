"""Who may be placed this year: the age test (design R1) and the review."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from enroll.records import Applicants, Texts
    from enroll.scenario.schema import Scenario

_ENTRY_AGE = 6


def find_ineligible(applicants: Applicants, settings: Scenario) -> Texts:
    """Return (n,) why a child may not be placed, "" where it may.

    The age test comes before the review. A named placement does not cure an age outside the
    bounds, unless `[age] waive` lists its reason. A missing birth date is no refusal.
    """
    reason = np.full(len(applicants), "", dtype=object)
    reason[applicants.review == "rejected"] = "REVIEW_REJECTED"
    reason[applicants.review == "pending"] = "REVIEW_PENDING"
    waived = np.isin(applicants.placed_reason, settings.age.waive)
    latest, earliest = latest_birth(settings), settings.age.earliest_birth
    if latest is not None:
        reason[(applicants.birth_date > np.datetime64(latest)) & ~waived] = "TOO_YOUNG"
    if earliest is not None:
        reason[(applicants.birth_date < np.datetime64(earliest)) & ~waived] = "TOO_OLD"
    return reason


def latest_birth(settings: Scenario) -> date | None:
    """Return the last birth date that is old enough, or None where age is not tested.

    Primary schools take children who are six on 31 August; junior schools test no age unless
    the scenario says so.
    """
    if settings.age.latest_birth is None and settings.stage == "primary":
        return date(settings.year - _ENTRY_AGE, 8, 31)
    return settings.age.latest_birth
