"""The children who ask for a place, with the facts that the policies ask for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from nanxian_lib.chance import Chance
from nanxian_lib.homes import Cluster, Homes

if TYPE_CHECKING:
    from nanxian_lib.places import Plan, Stage
    from nanxian_lib.plane import Point
    from nanxian_lib.siting import Zone

CITY_PAPERS = {
    ("zone", "own"): 0.47,
    ("zone", "grandparents"): 0.11,
    ("county", "own"): 0.15,
    ("outside", "own"): 0.03,
    ("zone", "none"): 0.04,
    ("county", "rent"): 0.11,
    ("outside", "rent"): 0.09,
}
"""Households (where registered) and homes in the county seat, by share."""
COUNTRY_PAPERS = {
    ("zone", "own"): 0.78,
    ("zone", "grandparents"): 0.12,
    ("county", "own"): 0.02,
    ("outside", "own"): 0.01,
    ("zone", "none"): 0.03,
    ("county", "rent"): 0.02,
    ("outside", "rent"): 0.02,
}
"""The same in the towns and villages; grandparents often raise the child there."""
TWIN_SHARE = 0.006
SIBLING_SHARE = 0.11


@dataclass
class Child:
    """One applicant; the fields are the canonical columns, "" where nothing is known.

    Parameters
    ----------
    home
        In millionths of a degree (lon, lat).
    lives_in
        Zone of the home, or None outside the county; not written, only used to tell the story.
    """

    home: Point
    lives_in: Zone | None
    birth_date: date | None
    sex: str
    household: str
    home_kind: str
    home_since: date | None = None
    permit_since: date | None = None
    insurance_months: int | None = None
    family: str = ""
    sibling_school: str = ""
    zone: str = ""
    review: str = "passed"
    accepts_redirect: bool = True
    placed_school: str = ""
    placed_reason: str = ""
    placed_authority: str = ""
    placed_date: date | None = None
    applicant_id: str = field(default="")


def day_between(chance: Chance, first: date, last: date) -> date:
    """Return a day from `first` to `last`, both included."""
    return first + timedelta(days=chance.whole(0, (last - first).days))


def _with_papers(child: Child, chance: Chance) -> Child:
    """Return the child with the dates that belong to its household and home."""
    if child.home_kind == "own":
        latest = date(2026, 7, 10) if chance.happens(0.06) else date(2026, 3, 31)
        child.home_since = day_between(chance, date(2006, 1, 1), latest)
    elif child.home_kind == "grandparents":
        child.home_since = day_between(chance, date(1996, 1, 1), date(2019, 12, 31))
    elif child.home_kind == "rent":
        child.home_since = day_between(chance, date(2020, 1, 1), date(2026, 6, 30))
    if (child.household, child.home_kind) == ("outside", "rent") and not chance.happens(0.05):
        child.permit_since = day_between(chance, date(2020, 3, 1), date(2026, 1, 31))
        child.insurance_months = chance.whole(4, 84)
    return child


def _born(stage: Stage, chance: Chance) -> date:
    """Return a birthday: one in thirty entrants is a year or two late."""
    day = stage.first_birth + timedelta(days=chance.whole(0, 364))
    return day - timedelta(days=chance.whole(200, 420)) if chance.happens(0.033) else day


def _older_sibling_at(zone: Zone, town: list[Plan], chance: Chance) -> str:
    """Return the school of an older sibling: mostly the zone's own, sometimes another."""
    near = zone.plans if chance.happens(0.86) else town
    return chance.pick([plan.school_id for plan in near], [plan.classes for plan in near])


def draw_children(stage: Stage, zones: list[Zone], settled: list[list[Cluster]]) -> list[Child]:
    """Return the entrants of one stage, zone by zone."""
    chance = Chance(f"children {stage.letter}")
    children: list[Child] = []
    families = 0
    for zone in zones:
        homes = Homes(zone, settled, chance)
        town = [p for p in stage.plans if p.town == zone.town and p.sector == "public"]
        last = len(children) + zone.children
        while len(children) < last:
            child = _first_child(stage, zone, homes, town, chance)
            children.append(child)
            if chance.happens(TWIN_SHARE) and len(children) < last:
                families += 1
                child.family = f"SYN-F{stage.letter}{families:03}"
                births = 3 if families == 17 else 2
                children += [_twin(child, chance) for _ in range(births - 1)]
    return children


def _first_child(stage: Stage, zone: Zone, homes: Homes, town: list[Plan], chance: Chance) -> Child:
    papers = CITY_PAPERS if zone.town == "Nanzhou" else COUNTRY_PAPERS
    household, home_kind = chance.pick(list(papers), list(papers.values()))
    child = Child(
        home=homes.next(),
        lives_in=zone,
        birth_date=_born(stage, chance),
        sex="male" if chance.happens(0.524) else "female",
        household=household,
        home_kind=home_kind,
    )
    if chance.happens(SIBLING_SHARE):
        child.sibling_school = _older_sibling_at(zone, town, chance)
    return _with_papers(child, chance)


def _twin(child: Child, chance: Chance) -> Child:
    return replace(child, sex="male" if chance.happens(0.5) else "female")
