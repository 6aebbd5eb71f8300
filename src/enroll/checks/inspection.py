"""All checks across tables, in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enroll.checks.children import (
    check_families,
    check_lookalikes,
    check_somebody_eligible,
)
from enroll.checks.policy import check_facts
from enroll.checks.schools import (
    check_reserved_seats,
    check_schools_in_zones,
    check_some_seats,
)

if TYPE_CHECKING:
    from enroll.notices import Problem
    from enroll.records import Ground, Inputs, Ranking, Seats
    from enroll.scenario.schema import Scenario


def inspect(
    inputs: Inputs, ground: Ground, ranking: Ranking, seats: Seats, settings: Scenario
) -> list[Problem]:
    """Return every problem that only shows when tables, policy and ground are seen together.

    Parameters
    ----------
    inputs, ground
        As read and surveyed.
    ranking
        Who is eligible.
    seats
        Seats of every school.
    settings
        The policy.
    """
    return [
        *check_facts(inputs, ground, settings),
        *check_somebody_eligible(inputs, ranking),
        *check_families(inputs, settings),
        *check_lookalikes(inputs),
        *inspect_sites(inputs, seats, settings),
    ]


def inspect_sites(inputs: Inputs, seats: Seats, settings: Scenario) -> list[Problem]:
    """Return the problems of schools and zones together, which need no child to be seen."""
    return [
        *check_some_seats(inputs, seats),
        *check_reserved_seats(inputs, seats),
        *check_schools_in_zones(inputs, settings),
    ]
