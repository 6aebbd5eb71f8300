"""Whole-school counts: how a school stands with its zones and with the redirected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from enroll.records import Flags, Ints, Zones
    from enroll.report.results import Results


@dataclass(frozen=True)
class Wholes:
    """Counts of children per school, (m,) each.

    Parameters
    ----------
    zone_demand
        Eligible applicants who live in a zone that the school serves.
    placed
        Children placed there by any rule.
    placed_from_zone
        Of these, those who live in a zone that the school serves.
    redirected_in
        Children whom a redirect round placed there and whose zone the school does not serve.
    redirected_away
        Children of the school's zones whom a redirect round placed at a school that does
        not serve their zone.
    """

    zone_demand: Ints
    placed: Ints
    placed_from_zone: Ints
    redirected_in: Ints
    redirected_away: Ints


def serves(zones: Zones, schools: int) -> Flags:
    """Return the (zones, schools) table of which school serves which zone."""
    table = np.zeros((len(zones), schools), dtype=np.bool_)
    for zone, members in enumerate(zones.schools):
        table[zone, list(members)] = True
    return table


def at_own_school(results: Results) -> Flags:
    """Return the (n,) flags of children placed at a school that serves their zone."""
    zone, school = results.ground.zone, results.placement.school
    own = (zone >= 0) & (school >= 0)
    table = serves(results.inputs.zones, len(results.inputs.schools))
    own[own] = table[zone[own], school[own]]
    return own


def redirected_elsewhere(results: Results) -> Flags:
    """Return the (n,) flags of children redirected to a school not of their zone."""
    redirected: Flags = results.placement.reason == "REDIRECT"
    return redirected & ~at_own_school(results)


def count_wholes(results: Results) -> Wholes:
    """Count the children of every school, see `Wholes`."""
    zone, school = results.ground.zone, results.placement.school
    own, redirected = at_own_school(results), redirected_elsewhere(results)
    eligible = results.ranking.ineligible == ""
    table = serves(results.inputs.zones, len(results.inputs.schools)).astype(np.int64)
    return Wholes(
        zone_demand=_count(zone[eligible], len(table)) @ table,
        placed=_count(school, table.shape[1]),
        placed_from_zone=_count(school[own], table.shape[1]),
        redirected_in=_count(school[redirected], table.shape[1]),
        redirected_away=_count(zone[redirected], len(table)) @ table,
    )


def _count(index: Ints, length: int) -> Ints:
    return np.bincount(index[index >= 0], minlength=length).astype(np.int64)
