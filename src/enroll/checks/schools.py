"""Whether the schools' columns fit together and fit the zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.checks.cells import file_name, school_problem, school_words
from enroll.notices import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.records import Inputs, Seats
    from enroll.scenario.schema import Scenario


def check_some_seats(inputs: Inputs, seats: Seats) -> Iterator[Problem]:
    """Report schools that have no seat among them."""
    if not np.any(seats.limit > 0):
        params = {"count": len(inputs.schools)}
        yield Problem("NO_SEAT_ANYWHERE", file_name(inputs, "schools"), params=params)


def check_reserved_seats(inputs: Inputs, seats: Seats) -> Iterator[Problem]:
    """Report schools that reserve more seats than they can have pupils."""
    schools = inputs.schools
    most = np.minimum(schools.classes * schools.class_limit, seats.headroom)
    for school in np.flatnonzero(schools.reserved > most).tolist():
        yield school_problem(
            "RESERVED_ABOVE_SEATS",
            inputs,
            school,
            "reserved",
            reserved=int(schools.reserved[school]),
            seats=int(most[school]),
        )


def check_schools_in_zones(inputs: Inputs, settings: Scenario) -> Iterator[Problem]:
    """Report day schools of the public sector that no zone names, where zones place."""
    if not any(step.rule == "zone" for step in settings.round):
        return
    schools = inputs.schools
    named = np.zeros(len(schools), dtype=bool)
    for members in inputs.zones.schools:
        named[list(members)] = True
    left_out = ~named & (schools.classes > 0)
    left_out &= (schools.sector == "public") & (schools.kind != "boarding")
    found = np.flatnonzero(left_out).tolist()
    if found:
        names = tuple(school_words(inputs, school) for school in found)
        params = {"count": len(found), "schools": names}
        yield Problem("SCHOOL_IN_NO_ZONE", file_name(inputs, "schools"), params=params)
