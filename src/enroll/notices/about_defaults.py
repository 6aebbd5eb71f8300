"""What people are told where no office has named a group or a round, but enroll itself.

Files that programs read keep the ids.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from enroll.notices.about_plans import ROUND_NAMES
from enroll.notices.kinds import N_, Phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

EVERYBODY = N_("everybody")
OTHER = N_("other")

_ROUNDS = {
    ("fixed", "fixed", "standard", True): ROUND_NAMES["fixed"],
    ("zone", "zone", "standard", True): ROUND_NAMES["zone"],
    ("redirect", "redirect", "standard", False): ROUND_NAMES["redirect"],
    ("stretch", "redirect", "limit", False): N_("Redirect up to the class limit"),
    ("reach", "redirect", "limit", True): N_("Redirect at any distance"),
}
"""Id, rule, seats and whether any distance will do, to the name."""


def own_group(group_id: str, policy: Collection[str]) -> Phrase | None:
    """Return what a group is called that enroll has made, None for one of the policy.

    Parameters
    ----------
    group_id
        Of a group of the run.
    policy
        Ids of the groups that the scenario has; without any there is one group, everybody.
    """
    if not policy:
        return Phrase(EVERYBODY) if group_id == "all" else None
    made = re.fullmatch(r"other(-[0-9]+)?", group_id) and group_id not in policy
    return Phrase(OTHER) if made else None


def own_groups(group_ids: Iterable[str], policy: Collection[str]) -> dict[str, Phrase]:
    """Return what the groups are called that enroll has made, by id."""
    found = {group_id: own_group(group_id, policy) for group_id in group_ids}
    return {group_id: words for group_id, words in found.items() if words is not None}


def own_rounds(rounds: Iterable[Mapping[str, object]]) -> dict[str, Phrase]:
    """Return what the rounds are called that are as enroll's own, by id.

    Parameters
    ----------
    rounds
        As `rules.json` has them; one that an office has named or made otherwise is left out.
    """
    kinds = {(step["id"], step["rule"], step["seats"], step["max_m"] is None) for step in rounds}
    return {name: Phrase(text) for (name, *rest), text in _ROUNDS.items() if (name, *rest) in kinds}
