"""Who may take part, and who comes before whom."""

from __future__ import annotations

from enroll.priority.bundles import find_bundles
from enroll.priority.eligibility import find_ineligible, latest_birth
from enroll.priority.facts import Fact, find_fact, number_texts, unreadable_as
from enroll.priority.groups import OTHER, sort_into_groups
from enroll.priority.ranking import rank

__all__ = [
    "OTHER",
    "Fact",
    "find_bundles",
    "find_fact",
    "find_ineligible",
    "latest_birth",
    "number_texts",
    "rank",
    "sort_into_groups",
    "unreadable_as",
]
