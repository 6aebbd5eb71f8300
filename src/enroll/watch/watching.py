"""All findings about a run, worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enroll.notices import LEVELS, level_of
from enroll.watch.children import CHILD_RULES
from enroll.watch.circumstances import CIRCUMSTANCE_RULES
from enroll.watch.scene import Scene
from enroll.watch.schools import SCHOOL_RULES
from enroll.watch.zones import ZONE_RULES

if TYPE_CHECKING:
    from enroll.notices import Notice
    from enroll.records import ClassPlan, Ground, Inputs, Placement, Ranking, Seats
    from enroll.scenario.schema import Scenario

RULES = (*CHILD_RULES, *SCHOOL_RULES, *ZONE_RULES, *CIRCUMSTANCE_RULES)
"""Every rule of the watch: a function from a scene to its notices."""


def watch(
    inputs: Inputs,
    ground: Ground,
    ranking: Ranking,
    seats: Seats,
    placement: Placement,
    plan: ClassPlan,
    settings: Scenario,
) -> tuple[Notice, ...]:
    """Return every finding about a run, by level (worst first), code and subject.

    Parameters
    ----------
    inputs, ground, ranking, seats
        What the allocation was made from.
    placement, plan
        Who goes where, and the classes that open.
    settings
        The scenario; `far_m`, the rounds and the age test are used.
    """
    scene = Scene(inputs, ground, ranking, seats, placement, plan, settings)
    found = [notice for rule in RULES for notice in rule(scene)]
    return tuple(sorted(found, key=_place))


def _place(notice: Notice) -> tuple[int, str, bytes, int]:
    subject = notice.subject.encode()
    return LEVELS.index(level_of(notice)), notice.code, subject, notice.value or 0
