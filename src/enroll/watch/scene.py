"""What every rule of the watch looks at, and how it names places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from enroll.notices import Phrase, mask
from enroll.notices.about_results import PHRASES
from enroll.notices.formats import with_id
from enroll.records import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enroll.records import (
        ClassPlan,
        Flags,
        Ground,
        Inputs,
        Ints,
        Placement,
        Ranking,
        Schools,
        Seats,
        Zones,
    )
    from enroll.scenario.schema import Scenario


@dataclass(frozen=True)
class Scene:
    """One finished allocation with all it was made from."""

    inputs: Inputs
    ground: Ground
    ranking: Ranking
    seats: Seats
    placement: Placement
    plan: ClassPlan
    settings: Scenario

    @property
    def schools(self) -> Schools:
        """The schools."""
        return self.inputs.schools

    @cached_property
    def eligible(self) -> Flags:
        """(n,) whether each applicant could be placed."""
        flags: Flags = self.ranking.ineligible == ""
        return flags

    @cached_property
    def fixed(self) -> Flags:
        """(n,) whether each applicant was placed by decision."""
        flags: Flags = self.placement.reason == "FIXED"
        return flags

    @cached_property
    def at_home(self) -> Flags:
        """(n,) whether each child is at a school of its own zone."""
        return placed_at_home(self.inputs, self.ground, self.placement)

    @cached_property
    def placed(self) -> Ints:
        """(m,) children placed at each school."""
        return count_by(self.placement.school, len(self.schools))

    @cached_property
    def total(self) -> Ints:
        """(m,) pupils of all grades at each school, reserved seats counted as taken."""
        return self.schools.other_grades + self.plan.pupils


def placed_at_home(inputs: Inputs, ground: Ground, placement: Placement) -> Flags:
    """Return (n,) whether a child's school is one of its own zone's."""
    width = len(inputs.schools)
    pairs = [
        zone * width + school
        for zone, members in enumerate(inputs.zones.schools)
        for school in members
    ]
    placed = (ground.zone != NONE) & (placement.school != NONE)
    at_home: Flags = placed & np.isin(ground.zone * width + placement.school, pairs)
    return at_home


def count_by(index: Ints, length: int) -> Ints:
    """Return (length,) how often each index occurs; -1 is not counted."""
    return np.bincount(index[index != NONE], minlength=length)


def phrase(key: str, /, **params: object) -> Phrase:
    """Return a part of a sentence from the catalogue."""
    return Phrase(PHRASES[key], params)


def counted(key: str, count: int) -> Phrase:
    """Return a part of a sentence that counts something, in its own form for one."""
    return phrase(f"{key}_one") if count == 1 else phrase(key, count=count)


def school_words(schools: Schools, school: int) -> Phrase | str:
    """Return a school's name with its id, fit for a message."""
    return named(schools.name[school], schools.school_id[school])


def zone_words(zones: Zones, zone: int) -> Phrase:
    """Return which zone children live in; -1 stands for no zone."""
    if zone == NONE:
        return phrase("no_zone")
    return phrase("zone", name=named(zones.name[zone], zones.zone_id[zone]))


def where_words(schools: Schools, members: Iterable[int]) -> Phrase:
    """Return where seats are wanted: at some schools, or near the homes where there is none."""
    names = tuple(school_words(schools, school) for school in members)
    return phrase("at", schools=names) if names else phrase("nearby")


def zone_subject(zones: Zones, zone: int) -> str:
    """Return the id of a zone, "" for no zone."""
    return "" if zone == NONE else str(zones.zone_id[zone])


def named(name: str, own_id: str) -> Phrase | str:
    """Return a name with its id, fit for a message."""
    return with_id(mask(name), mask(own_id))
