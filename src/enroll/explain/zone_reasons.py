"""Reasons of a zone round: each school in order, the child's key beside the last admitted."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import TYPE_CHECKING

from enroll.explain.changes import find_changes, own_part
from enroll.explain.run import NO_DATE
from enroll.notices import Phrase
from enroll.notices import about_reasons as say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enroll.explain.changes import Change
    from enroll.explain.contest import Contest
    from enroll.explain.run import Child, Key


def zone_reasons(contest: Contest, child: Child) -> Iterator[Phrase]:
    """Yield what one zone round decided for a child that took part in it."""
    name = contest.rule["id"]
    at = contest.of.get(child.number)
    if at is None:
        yield Phrase(say.NO_ZONE_SCHOOL, {"round": name})
        return
    asker = contest.askers[at]
    if len(asker.children) > 1:
        yield Phrase(say.ASKED_TOGETHER, {"round": name, "count": len(asker.children)})
    for school in asker.schools:
        if school == contest.place(at):
            yield _admitted(contest, at, school, child)
            return
        yield from _refused(contest, at, school, child)


def _admitted(contest: Contest, at: int, school: int, child: Child) -> Phrase:
    cutoff = contest.run.cutoffs.get((contest.step, school), ())
    if not cutoff:
        return Phrase(say.ADMITTED, _about(contest, school, child))
    return Phrase(say.ADMITTED_BEFORE, _compared(contest, at, school, child, cutoff))


def _refused(contest: Contest, at: int, school: int, child: Child) -> Iterator[Phrase]:
    cutoff = contest.run.cutoffs.get((contest.step, school))
    asker = contest.askers[at]
    own = (*asker.parts[school], asker.lottery // 2)
    if cutoff is None or own < cutoff:
        yield Phrase(say.PASSED_OVER, _about(contest, school, child))
        return
    if cutoff:
        yield Phrase(say.REFUSED, _compared(contest, at, school, child, cutoff))
    else:
        yield Phrase(say.REFUSED_ALL, _about(contest, school, child))
    before = contest.queue(at, school)
    yield Phrase(say.QUEUE, {"count": before}) if before else Phrase(say.FIRST_IN_LINE)
    changes = find_changes(contest, at, school)
    if changes:
        told = [_change(contest, at, school, change) for change in changes]
        yield Phrase(say.CHANGED, {"ways": join(told, say.ALTERNATIVE)})


def _about(contest: Contest, school: int, child: Child) -> dict[str, object]:
    metres = contest.run.way(child, school)
    return {
        "round": contest.rule["id"],
        "school": contest.run.name(school),
        "way": Phrase(say.WAY, {"metres": metres}) if metres >= 0 else "",
    }


def _compared(
    contest: Contest, at: int, school: int, child: Child, cutoff: Key
) -> dict[str, object]:
    """Return the fields of a sentence with both keys, as far as they have to be compared."""
    asker = contest.askers[at]
    own = (*asker.parts[school], asker.lottery // 2)
    names = (*contest.rule["order"], "lottery")
    differ = [one != other for one, other in zip(own, cutoff, strict=True)]
    last = differ.index(True) if True in differ else len(names) - 1
    shown = [
        position
        for position in range(last + 1)
        if names[position] != "sibling" or differ[position] or not own[position]
    ]
    return {
        **_about(contest, school, child),
        "last": join([_part(contest, names[one], cutoff[one]) for one in shown]),
        "own": join([_part(contest, names[one], own[one]) for one in shown]),
    }


def _part(contest: Contest, name: str, value: int) -> Phrase:
    if name == "sibling":
        return Phrase(say.SIBLING[value])
    if name == "since" and value == NO_DATE:
        return Phrase(say.NO_DATE)
    return Phrase(say.KEY[name], {"value": _value(contest, name, value)})


def _value(contest: Contest, name: str, value: int) -> object:
    if name == "group":
        return contest.run.group(value)
    if name == "since":
        return date.fromordinal(value)
    return -value if name == "points" else value


def _change(contest: Contest, at: int, school: int, change: Change) -> Phrase:
    name = change.what
    if name in ("seat", "sibling"):
        return Phrase(say.CHANGE[name])
    own = own_part(contest, at, school, name)
    if name == "since" and own == NO_DATE:
        if change.value == NO_DATE - 1:
            return Phrase(say.SINCE_ANY)
        return Phrase(say.SINCE_ONE, {"value": _value(contest, name, change.value)})
    value = -change.value if name == "points" else change.value
    return Phrase(
        say.CHANGE[name],
        {"value": _value(contest, name, value), "own": _value(contest, name, own)},
    )


def join(parts: Sequence[object], template: str = say.LISTED) -> object:
    """Return parts one after another in the language's way."""
    return reduce(lambda listed, one: Phrase(template, {"listed": listed, "name": one}), parts)
