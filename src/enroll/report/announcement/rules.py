"""The rules of a scenario in words: who may enter, groups, rounds, and what else decides."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from enroll.notices import Phrase
from enroll.notices import about_plans as say
from enroll.notices.about_defaults import own_rounds
from enroll.notices.about_reasons import PLACED_REASON
from enroll.notices.formats import spoken_day
from enroll.priority import latest_birth
from enroll.scenario.policy import Round

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from enroll.records import Flags, Schools
    from enroll.scenario.policy import Condition, Group
    from enroll.scenario.schema import Scenario

_PLAIN = Round(id="plain", rule="redirect")
_BOUNDS = ("min", "max", "before", "after")


class GroupWords(NamedTuple):
    """A priority group in words.

    Parameters
    ----------
    place
        1 is the best.
    id, name
        As the scenario has them; the name is the id where there is none.
    entries
        What one of its entries asks for; any of them will do.
    """

    place: int
    id: str
    name: str
    entries: Sequence[Phrase]


class RoundWords(NamedTuple):
    """A round in words.

    Parameters
    ----------
    step
        As the scenario has it.
    name
        What kind of round it is.
    sentences
        What it does.
    """

    step: Round
    name: Phrase
    sentences: Sequence[Phrase]


def age_words(settings: Scenario) -> list[Phrase]:
    """Return who may enter."""
    latest, earliest = latest_birth(settings), settings.age.earliest_birth
    if latest is not None and earliest is not None:
        text = say.AGE_BETWEEN
    elif latest is not None:
        text = say.AGE_LATEST
    else:
        text = say.AGE_ANY if earliest is None else say.AGE_EARLIEST
    bounds = {"latest": latest, "earliest": earliest}
    told = [Phrase(text, {name: spoken_day(day) for name, day in bounds.items() if day})]
    if settings.age.waive and text != say.AGE_ANY:
        reasons = tuple(Phrase(PLACED_REASON[reason]) for reason in settings.age.waive)
        told.append(Phrase(say.AGE_WAIVED, {"reasons": reasons}))
    return [*told, Phrase(say.REVIEW)]


def group_words(settings: Scenario) -> list[GroupWords]:
    """Return the groups, best first; entries with one id are one group."""
    together: dict[str, list[Group]] = {}
    for entry in settings.group:
        together.setdefault(entry.id, []).append(entry)
    return [
        GroupWords(place, group_id, _name(entries), [_entry(one) for one in entries])
        for place, (group_id, entries) in enumerate(together.items(), start=1)
    ]


def after_groups(settings: Scenario) -> Phrase | None:
    """Return what becomes of whom no group takes, None where the groups take everybody."""
    if not settings.group:
        return Phrase(say.ONE_GROUP)
    everybody = any(entry.when is not None and not entry.when for entry in settings.group)
    return None if everybody else Phrase(say.GROUP_OTHER)


def joined(template: str, parts: Sequence[Phrase | str]) -> Phrase | str:
    """Return parts as one, put together by a template of `listed` and `name`."""
    return reduce(lambda listed, name: Phrase(template, {"listed": listed, "name": name}), parts)


def _name(entries: Sequence[Group]) -> str:
    return next((entry.name for entry in entries if entry.name), entries[0].id)


def _entry(entry: Group) -> Phrase:
    if entry.when is None:
        return Phrase(say.WHO_THE_OFFICE_SAYS)
    conditions = [part for fact in entry.when for part in _fact(fact, entry.when[fact])]
    whole = joined(say.AND, conditions) if conditions else Phrase(say.WHOEVER_IS_LEFT)
    assert isinstance(whole, Phrase)  # noqa: S101 - every condition is one
    return whole


def _fact(fact: str, condition: Condition) -> list[Phrase]:
    """Return what a condition asks of a fact: one of some values, or a bound, or both."""
    asked = []
    known = say.VALUE.get(fact, {})
    if condition.values and all(value in known for value in condition.values):
        asked.append(_either([Phrase(known[value]) for value in condition.values]))
    elif condition.values:
        asked.append(_about(fact, joined(say.OR, [_plain(value) for value in condition.values])))
    bounds = [
        _bound(name, getattr(condition, name))
        for name in _BOUNDS
        if getattr(condition, name) is not None
    ]
    if bounds:
        asked.append(_about(fact, joined(say.LISTED, bounds)))
    return asked


def _either(phrases: Sequence[Phrase]) -> Phrase:
    whole = joined(say.OR, phrases)
    assert isinstance(whole, Phrase)  # noqa: S101 - every part is one
    return whole


def _about(fact: str, bounds: Phrase | str) -> Phrase:
    if fact in say.SUBJECT:
        return Phrase(say.SUBJECT[fact], {"bounds": bounds})
    return Phrase(say.FACT, {"fact": fact, "bounds": bounds})


def _plain(value: str) -> Phrase | str:
    """Return a value as it is, a day in words."""
    try:
        day = date.fromisoformat(value) if len(value) == len("2026-09-01") else None
    except ValueError:
        day = None
    return value if day is None else Phrase(say.ON, {"bound": spoken_day(day)})


def _bound(name: str, bound: int | date) -> Phrase:
    if isinstance(bound, date):
        return Phrase(say.ON_DAY[name], {"bound": spoken_day(bound)})
    return Phrase(say.NUMBER[name], {"bound": bound})


def round_words(settings: Scenario, schools: Schools) -> list[RoundWords]:
    """Return the rounds in their order; one without any decision to follow is told as well."""
    told, redirected = [], False
    for step in settings.round:
        sentences = _round(step, settings, schools)
        if step.rule == "redirect" and step.seats == "limit" and redirected:
            sentences.append(Phrase(say.REDIRECT_AGAIN))
        redirected |= step.rule == "redirect"
        name = own_rounds([step.model_dump()]).get(step.id, Phrase(say.ROUND_NAMES[step.rule]))
        told.append(RoundWords(step, name, sentences))
    return told


def _round(step: Round, settings: Scenario, schools: Schools) -> list[Phrase]:
    if step.rule == "fixed":
        return [Phrase(say.FIXED)]
    if step.rule == "zone":
        keys = dict.fromkeys((*step.order, "lottery"))
        order = joined(say.LISTED, [Phrase(say.ORDER[key]) for key in keys])
        return [
            Phrase(say.ZONE),
            *_fills(step, schools, schools.classes > 0),
            Phrase(say.ZONE_ORDER, {"order": order}),
            Phrase(say.LAST_SEAT[step.last_seat]),
        ]
    goal = Phrase(say.GOAL[step.goal], {"far": settings.limits.far_m})
    whom = Phrase(say.REDIRECT_ANYWHERE)
    if step.max_m is not None:
        whom = Phrase(say.REDIRECT, {"metres": step.max_m})
    most = Phrase(say.REDIRECT_MOST, {"goal": goal})
    return [whom, *_fills(step, schools, _used(step, schools)), *_kinds(step), most]


def _used(step: Round, schools: Schools) -> Flags:
    sectors = [sector in step.sectors for sector in schools.sector]
    kinds = [kind in step.kinds for kind in schools.kind]
    used: Flags = (schools.classes > 0) & sectors & kinds
    return used


def _fills(step: Round, schools: Schools, used: Flags) -> list[Phrase]:
    """Return how large the classes of the schools may become in a round."""
    sizes = schools.class_standard if step.seats == "standard" else schools.class_limit
    if not used.any():
        return []
    least, most = int(sizes[used].min()), int(sizes[used].max())
    if least == most:
        return [Phrase(say.FILLS[step.seats], {"size": most})]
    return [Phrase(say.FILLS_RANGE[step.seats], {"least": least, "most": most})]


def _kinds(step: Round) -> list[Phrase]:
    """Return which schools a redirect uses."""
    if (set(step.sectors), set(step.kinds)) == (set(_PLAIN.sectors), set(_PLAIN.kinds)):
        return [Phrase(say.PUBLIC_DAY_SCHOOLS)]
    sectors = tuple(Phrase(say.SECTOR[one]) for one in dict.fromkeys(step.sectors))
    kinds = tuple(Phrase(say.SCHOOL_KIND[one]) for one in dict.fromkeys(step.kinds))
    return [Phrase(say.SCHOOLS_USED, {"sectors": sectors, "kinds": kinds})]


def other_words(settings: Scenario, schools: Schools) -> list[Phrase]:
    """Return what holds in every round, and what comes after the last."""
    redirects = any(step.rule == "redirect" for step in settings.round)
    way = Phrase(say.WAY[settings.travel.mode], {"metres": settings.travel.round_m})
    return [
        Phrase(say.TIE),
        way,
        Phrase(say.TWINS),
        *_where(redirects, say.DECLINES),
        *_where((schools.reserved > 0).any(), say.RESERVED),
        *_where(((schools.kind == "nine-year") & (schools.classes > 0)).any(), say.NINE_YEAR),
        Phrase(say.UNPLACED),
        Phrase(say.EXPLAINED),
    ]


def _where(holds: object, sentence: str) -> Iterable[Phrase]:
    return [Phrase(sentence)] if holds else []
