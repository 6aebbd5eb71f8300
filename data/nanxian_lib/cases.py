"""The special cases that every autumn brings, a handful of each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from nanxian_lib.chance import Chance
from nanxian_lib.children import Child, day_between
from nanxian_lib.plane import to_grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nanxian_lib.places import Stage
    from nanxian_lib.siting import Zone

PRIVATE_PLACES = {"P": {"SYN-P14": 52, "SYN-P15": 31}, "J": {"SYN-J07": 96}}
"""Children whom a private school takes over from its own kindergarten or lower school."""
CARE_SCHOOLS = {"P": ("SYN-P02", "SYN-P04", "SYN-P16"), "J": ("SYN-J03", "SYN-J05", "SYN-J08")}
"""Where the children of soldiers and rescuers are placed by decision."""
AUTHORITY = {
    False: {
        "disabled": "SYN experts' committee 2026-6",
        "policy_care": "SYN bureau decision 2026-19",
        "feeder": "SYN bureau decision 2026-11",
    },
    True: {
        "disabled": "（合成）南教特〔2026〕6号",
        "policy_care": "（合成）南教发〔2026〕19号",
        "feeder": "（合成）南教发〔2026〕11号",
    },
}
FEEDER_SHARE = 0.62
"""Part of a nine-year school's zone that comes from its own sixth grade."""


def tell_cases(stage: Stage, zones: list[Zone], children: list[Child]) -> list[Child]:
    """Return the children with the special cases worked in, by registration number."""
    chance = Chance(f"cases {stage.letter}")
    plain = [child for child in chance.shuffled(children) if not child.family]
    queue = iter(plain)
    _place_private(stage, queue, chance)
    _place_by_decision(stage, queue, chance)
    if stage.letter == "J":
        _place_own_pupils(stage, children, chance)
    _hold_reviews(queue)
    _mistake_births(stage, queue, chance)
    _set_zones_by_hand(zones, queue, chance)
    _live_on_borders(zones, queue, chance)
    _decline(queue)
    return _numbered(stage, children + _beyond_the_county(stage, chance), chance)


def _place(child: Child, stage: Stage, school_id: str, reason: str, chance: Chance) -> None:
    child.placed_school = school_id
    child.placed_reason = reason
    child.placed_authority = AUTHORITY[stage.chinese][reason]
    child.placed_date = day_between(chance, date(2026, 5, 18), date(2026, 6, 26))


def _place_private(stage: Stage, queue: Iterator[Child], chance: Chance) -> None:
    for school_id, count in PRIVATE_PLACES[stage.letter].items():
        for _ in range(count):
            child = _from(queue, "Nanzhou")
            _place(child, stage, school_id, "feeder", chance)


def _place_by_decision(stage: Stage, queue: Iterator[Child], chance: Chance) -> None:
    for _ in range(13):
        child = next(queue)
        if child.lives_in:
            _place(child, stage, child.lives_in.plans[0].school_id, "disabled", chance)
    town_of = {plan.school_id: plan.town for plan in stage.plans}
    for school_id in CARE_SCHOOLS[stage.letter] * 3:
        _place(_from(queue, town_of[school_id]), stage, school_id, "policy_care", chance)


def _place_own_pupils(stage: Stage, children: list[Child], chance: Chance) -> None:
    """Keep a nine-year school's own sixth grade."""
    own = {plan.zone: plan.school_id for plan in stage.plans if plan.kind == "nine-year"}
    for child in children:
        zone = child.lives_in.plans[0].zone if child.lives_in else ""
        if zone in own and not child.placed_school and chance.happens(FEEDER_SHARE):
            _place(child, stage, own[zone], "feeder", chance)


def _from(queue: Iterator[Child], town: str) -> Child:
    return next(c for c in queue if not c.placed_school and c.lives_in and c.lives_in.town == town)


def _free(queue: Iterator[Child]) -> Child:
    return next(child for child in queue if not child.placed_school)


def _hold_reviews(queue: Iterator[Child]) -> None:
    for review, count in {"pending": 15, "rejected": 6}.items():
        for _ in range(count):
            _free(queue).review = review


def _mistake_births(stage: Stage, queue: Iterator[Child], chance: Chance) -> None:
    """Let some be born after the day, and leave some birthdays out."""
    first_too_young = stage.first_birth.replace(year=stage.first_birth.year + 1)
    for _ in range(9):
        _free(queue).birth_date = first_too_young + timedelta(days=chance.whole(0, 110))
    for _ in range(7):
        _free(queue).birth_date = None


def _set_zones_by_hand(zones: list[Zone], queue: Iterator[Child], chance: Chance) -> None:
    """Set some zones as an office does: twelve as the map says, six to the zone next door."""
    for number in range(18):
        child = _free(queue)
        here = child.lives_in
        if here is None:
            continue
        beside = [z for z in zones if z is not here and z.ground.touches(here.ground)]
        child.zone = here.zone_id if number < 12 else chance.pick(beside).zone_id


def _live_on_borders(zones: list[Zone], queue: Iterator[Child], chance: Chance) -> None:
    """Put two homes exactly on a corner that zones share."""
    for _ in range(2):
        child = _from(queue, "Nanzhou")
        shared = {
            corner
            for zone in zones
            if zone is not child.lives_in
            for corner in zone.ground.exterior.coords
        }
        corners = list(child.lives_in.ground.exterior.coords) if child.lives_in else []
        lon, lat = chance.pick([corner for corner in corners if corner in shared])
        child.home = (lon, lat)


def _decline(queue: Iterator[Child]) -> None:
    """Let some families of the two crowded towns rather wait than be redirected."""
    for town, renting, others in (("Nanzhou", 12, 8), ("Maocaojie", 5, 1)):
        for number in range(renting + others):
            child = _from(queue, town)
            child.accepts_redirect = False
            if number < renting:
                child.household, child.home_kind = "county", "rent"
                child.permit_since = child.insurance_months = None


def _beyond_the_county(stage: Stage, chance: Chance) -> list[Child]:
    """Return four children who live just across the county's border."""
    return [
        Child(
            home=to_grid((chance.between(13.0, 17.0), chance.between(9.4, 10.6))),
            lives_in=None,
            birth_date=stage.first_birth + timedelta(days=chance.whole(0, 360)),
            sex=chance.pick(["male", "female"]),
            household="outside",
            home_kind="own",
            home_since=day_between(chance, date(2012, 1, 1), date(2024, 12, 31)),
        )
        for _ in range(4)
    ]


def _numbered(stage: Stage, children: list[Child], chance: Chance) -> list[Child]:
    """Return the children in the order of their numbers, which say nothing about them."""
    order = chance.shuffled(children)
    for number, child in enumerate(order, start=1):
        child.applicant_id = f"SYN-{stage.letter}26-{number:05}"
    return order
