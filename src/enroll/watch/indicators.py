"""The county's indicators with their targets, by setting, in exact figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.classes import count_oversized
from enroll.records import NONE
from enroll.watch.scene import placed_at_home
from enroll.watch.schools import OVERSIZED, VERY_OVERSIZED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from enroll.records import ClassPlan, Flags, Ground, Inputs, Ints, Placement, Ranking, Texts
    from enroll.scenario.schema import Scenario

SETTINGS = ("urban", "town", "rural")
ALL = "all"
"""The setting of a row that counts every school."""

_OVERSIZED_SHARE = 5
_IN_ZONE_SHARE = {"primary": 100, "junior": 95}
_MIGRANTS_SHARE = 85


@dataclass(frozen=True)
class Indicator:
    """One line of `indicators.csv`.

    Parameters
    ----------
    name
        What was counted; names ending in `_share` are per cent, `farthest_m` is in metres.
    setting
        `all`, or the setting of the schools counted.
    value
        An integer, or a decimal with two places; "" where there is nothing to count. A share
        is rounded against its target, so that 100.00 means all.
    target
        What the value should be; "" where there is no target.
    met
        `yes`, `no`, or "" without a value or target; judged before rounding.
    """

    name: str
    setting: str
    value: str
    target: str
    met: str


@dataclass(frozen=True)
class _Counts:
    """What the indicators are counted from.

    Parameters
    ----------
    inputs, placement, plan, settings
        As for `indicators`.
    short
        (n,) whether a child lacks a seat.
    waiting_setting
        (n,) setting of its zone's first school, "" where it is not known.
    at_home
        (n,) whether a child's school is one of its own zone's.
    migrant
        (n,) whether an eligible child's household is registered outside the county.
    """

    inputs: Inputs
    placement: Placement
    plan: ClassPlan
    settings: Scenario
    short: Flags
    waiting_setting: Texts
    at_home: Flags
    migrant: Flags


def indicators(
    inputs: Inputs,
    ground: Ground,
    ranking: Ranking,
    placement: Placement,
    plan: ClassPlan,
    settings: Scenario,
) -> tuple[Indicator, ...]:
    """Return the indicators over all schools, then over each setting that some school has.

    Classes are the entry classes of this plan. The share placed in zone counts children at
    public day schools in urban and town settings (教督〔2017〕6号); a school without a setting
    is counted with them. Migrants are children whose `household` is `outside`, counted over
    all schools only. The gap counts children who lack a seat by the setting of their zone's
    first school; who declined a redirect is not among them.
    """
    counts = _Counts(
        inputs=inputs,
        placement=placement,
        plan=plan,
        settings=settings,
        short=np.isin(placement.reason, ("NO_SEAT", "NO_SCHOOL_IN_REACH")),
        waiting_setting=_waiting_settings(inputs, ground),
        at_home=placed_at_home(inputs, ground, placement),
        migrant=_migrants(inputs, ranking),
    )
    present = [name for name in SETTINGS if np.any(inputs.schools.setting == name)]
    return tuple(
        row for make in INDICATORS for setting in (ALL, *present) for row in make(counts, setting)
    )


def _waiting_settings(inputs: Inputs, ground: Ground) -> Texts:
    first = [members[0] if members else NONE for members in inputs.zones.schools]
    by_zone = np.array([*first, NONE], dtype=np.int64)[ground.zone]
    waiting: Texts = np.append(inputs.schools.setting, [""])[by_zone]
    return waiting


def _migrants(inputs: Inputs, ranking: Ranking) -> Flags:
    migrant = np.zeros(len(inputs.applicants), dtype=bool)
    household = inputs.applicants.facts.get("household")
    if household is not None:
        migrant |= (household == "outside") & (ranking.ineligible == "")
    return migrant


def _oversized_classes(counts: _Counts, setting: str) -> Iterator[Indicator]:
    within = _schools_within(counts, setting)
    opened = int(counts.plan.classes[within].sum())
    large = int(count_oversized(counts.plan, OVERSIZED)[within].sum())
    very_large = int(count_oversized(counts.plan, VERY_OVERSIZED)[within].sum())
    yield _count("classes", setting, opened)
    yield _at_most("oversized_classes", setting, large, 0)
    yield _share("oversized_share", setting, large, opened, _OVERSIZED_SHARE, at_least=False)
    yield _at_most("very_oversized_classes", setting, very_large, 0)


def _mean_class(counts: _Counts, setting: str) -> Iterator[Indicator]:
    within = _schools_within(counts, setting) & (counts.plan.classes > 0)
    opened = int(counts.plan.classes[within].sum())
    pupils = int(counts.plan.pupils[within].sum())
    value = _decimal((200 * pupils + opened) // (2 * opened)) if opened else ""
    yield Indicator("mean_class", setting, value, "", "")


def _oversized_schools(counts: _Counts, setting: str) -> Iterator[Indicator]:
    schools = counts.inputs.schools
    large = schools.other_grades + counts.plan.pupils > schools.school_limit
    number = int(np.count_nonzero(large & _schools_within(counts, setting)))
    yield _at_most("oversized_schools", setting, number, 0)


def _gap(counts: _Counts, setting: str) -> Iterator[Indicator]:
    there = counts.short if setting == ALL else counts.short & (counts.waiting_setting == setting)
    yield _at_most("gap", setting, int(np.count_nonzero(there)), 0)


def _placed_in_zone(counts: _Counts, setting: str) -> Iterator[Indicator]:
    schools = counts.inputs.schools
    tested = (schools.sector == "public") & (schools.kind != "boarding")
    tested &= (schools.setting != "rural") & _schools_within(counts, setting)
    if setting == "rural":
        return
    pupils = _placed_at(counts, tested)
    part, whole = int(np.count_nonzero(pupils & counts.at_home)), int(np.count_nonzero(pupils))
    target = _IN_ZONE_SHARE[counts.settings.stage]
    yield _share("placed_in_zone_share", setting, part, whole, target)


def _migrants_in_public(counts: _Counts, setting: str) -> Iterator[Indicator]:
    if setting == ALL:
        public = _placed_at(counts, counts.inputs.schools.sector == "public")
        part = int(np.count_nonzero(counts.migrant & public))
        whole = int(np.count_nonzero(counts.migrant))
        yield _share("migrants_public_share", setting, part, whole, _MIGRANTS_SHARE)


def _farthest(counts: _Counts, setting: str) -> Iterator[Indicator]:
    ways = counts.placement.metres[_placed_at(counts, _schools_within(counts, setting))]
    known = ways[ways >= 0]
    value = str(int(known.max())) if len(known) else ""
    yield Indicator("farthest_m", setting, value, "", "")


INDICATORS: tuple[Callable[[_Counts, str], Iterator[Indicator]], ...] = (
    _oversized_classes,
    _mean_class,
    _oversized_schools,
    _gap,
    _placed_in_zone,
    _migrants_in_public,
    _farthest,
)


def _schools_within(counts: _Counts, setting: str) -> Flags:
    schools = counts.inputs.schools
    within = np.ones(len(schools), dtype=bool)
    if setting != ALL:
        within &= schools.setting == setting
    return within


def _placed_at(counts: _Counts, chosen: Flags) -> Flags:
    """Return (n,) whether a child is placed at one of some schools, given as (m,) flags."""
    school: Ints = counts.placement.school
    placed: Flags = (school != NONE) & chosen[school]
    return placed


def _count(name: str, setting: str, number: int) -> Indicator:
    return Indicator(name, setting, str(number), "", "")


def _at_most(name: str, setting: str, number: int, target: int) -> Indicator:
    return Indicator(name, setting, str(number), str(target), _yes(number <= target))


def _share(
    name: str, setting: str, part: int, whole: int, target: int, *, at_least: bool = True
) -> Indicator:
    """Return a part of a whole in per cent, rounded against its target."""
    if not whole:
        return Indicator(name, setting, "", str(target), "")
    met = 100 * part >= target * whole if at_least else 100 * part <= target * whole
    hundredths = 10_000 * part // whole if at_least else -(-10_000 * part // whole)
    return Indicator(name, setting, _decimal(hundredths), str(target), _yes(met))


def _decimal(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _yes(met: bool) -> str:
    return "yes" if met else "no"
