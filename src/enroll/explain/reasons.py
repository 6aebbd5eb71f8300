"""The whole reason of a child, in the order in which things were decided."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from enroll.explain.changes import find_all_changes
from enroll.explain.contest import Contest
from enroll.explain.redirect_changes import Redirects
from enroll.explain.redirect_reasons import placed_reasons, unplaced_reasons
from enroll.explain.run import NONE, readable
from enroll.explain.zone_reasons import join, zone_reasons
from enroll.notices import Phrase, translate
from enroll.notices import about_reasons as say
from enroll.notices.about_facts import as_date, fact
from enroll.notices.masking import printable
from enroll.notices.own_words import words_of_override
from enroll.priority.facts import condition_holds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.explain.run import Child, RunFiles
    from enroll.notices import Language
    from enroll.scenario.policy import Condition


@readable()
def explain_child(run: RunFiles, child: Child, language: Language) -> list[str]:
    """Return the sentences that tell why a child is where it is, in order.

    Parameters
    ----------
    run
        From `read_files`.
    child
        One of its children.
    language
        Of the sentences; ids, names and facts stay as the office wrote them.

    Raises
    ------
    UnreadableRun
        Where the run says what no run says; `explain_all` and `show_case` do too.
    """
    return _spoken(_reasons(run, child, _Followed(run)), language)


@readable()
def explain_all(run: RunFiles, language: Language) -> dict[str, str]:
    """Return the reason of every child by its id, its sentences in one line."""
    followed = _Followed(run)
    for contest in followed.contests.values():
        find_all_changes(contest)
    parting = " " if language == "en" else ""
    return {
        child.id: parting.join(_spoken(_reasons(run, child, followed), language))
        for child in run.children
    }


@readable()
def show_case(run: RunFiles, child: Child, language: Language) -> list[str]:
    """Return a child's whole file for an inspector: its record, its line, its redirect rounds."""
    places = {
        run.steps[step]["id"]: "" if place == NONE else run.schools[place]["id"]
        for step, place in child.after.items()
    }
    values = {**child.record, **child.row, **places}
    lines = [Phrase(say.CASE_LINE, {"name": name, "value": _text(values[name])}) for name in values]
    return _spoken(iter([Phrase(say.CASE), *lines]), language)


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


class _Followed:
    """The rounds of a run, followed anew."""

    def __init__(self, run: RunFiles) -> None:
        zones = [step for step, rule in enumerate(run.steps) if rule["rule"] == "zone"]
        self.contests = {step: Contest(run, step) for step in zones}
        self.redirects = Redirects(run)


def _spoken(sentences: Iterator[Phrase], language: Language) -> list[str]:
    return [printable(translate(one.text, language, one.params)) for one in sentences]


def _reasons(run: RunFiles, child: Child, followed: _Followed) -> Iterator[Phrase]:
    yield Phrase(say.WHO, {"child": child.id})
    yield from _draw(run, child)
    yield Phrase(say.ZONE[child.record["zone_how"]], {"zone": child.record["zone"]})
    yield _group(run, child)
    if child.record["ineligible"]:
        yield _ineligible(run, child)
        return
    yield Phrase(say.ELIGIBLE)
    if child.row["reason"] == "FIXED":
        yield _fixed(run, child)
        return
    yield from _rounds(run, child, followed)


def _rounds(run: RunFiles, child: Child, followed: _Followed) -> Iterator[Phrase]:
    for step, contest in followed.contests.items():
        if child.place_before(step) == NONE and child.record["zone"]:
            yield from zone_reasons(contest, child)
    if child.row["reason"] == "REDIRECT":
        yield from placed_reasons(run, child, followed.redirects)
    elif child.school == NONE:
        yield from unplaced_reasons(run, child, followed.redirects)


def _draw(run: RunFiles, child: Child) -> Iterator[Phrase]:
    draw = run.manifest["draw"]
    told = {"draw": draw["draw_id"], "ticket": child.row["ticket"]}
    sentence = say.TICKET if draw["commit"] else say.REHEARSED_TICKET
    yield Phrase(sentence, {**told, "rank": child.rank, "count": run.ranks})
    if draw["rehearsal"]:
        yield Phrase(say.REHEARSAL)


def _group(run: RunFiles, child: Child) -> Phrase:
    """Return the group, with the facts that the entry which took the child looks at."""
    group = run.rules["groups"][child.group]
    own = [entry for entry in run.policy if entry.id == group["id"]]
    values = {**child.record["facts"], "zone": child.record["zone"]}
    told = {"group": run.group(child.group), "name": group["name"]}
    for entry in own:
        when = entry.when
        if when and all(condition_holds(when[name], values.get(name, "")) for name in when):
            facts = [_fact(name, values.get(name, ""), when[name]) for name in when]
            name = entry.name or group["name"]
            return Phrase(say.GROUP_BY, {**told, "name": name, "facts": join(facts)})
    if any(entry.when is None for entry in own):
        return Phrase(say.GROUP_GIVEN, told)
    if not own:
        return Phrase(say.GROUP_OF_NOBODY if run.policy else say.GROUP_OF_ALL, told)
    return Phrase(say.GROUP, told)


def _fact(name: str, value: str, condition: Condition) -> Phrase:
    bounds = [
        Phrase(text, {"bound": getattr(condition, bound)})
        for bound, text in say.BOUND.items()
        if getattr(condition, bound) is not None
    ]
    if not bounds:
        return fact(name, value)
    return Phrase(say.FACT_BOUND, {"fact": fact(name, value), "bounds": join(bounds)})


def _ineligible(run: RunFiles, child: Child) -> Phrase:
    age, born = run.rules["age"], child.record["birth_date"]
    days = {"born": born, "latest": age["latest_birth"], "earliest": age["earliest_birth"]}
    told = {name: as_date(text) for name, text in days.items()}
    return Phrase(say.INELIGIBLE[child.record["ineligible"]], told)


def _fixed(run: RunFiles, child: Child) -> Phrase:
    record = child.record
    return Phrase(
        say.FIXED,
        {
            "school": run.name(child.school),
            "reason": _why_fixed(run, child),
            "authority": record["placed_authority"],
            "date": as_date(record["placed_date"]),
        },
    )


def _why_fixed(run: RunFiles, child: Child) -> Phrase | str:
    """Return the reason of a placement by decision, an override's with the office's own words."""
    reason = str(child.record["placed_reason"])
    why = Phrase(say.PLACED_REASON[reason]) if reason in say.PLACED_REASON else reason
    message = run.overrides.get(child.id, "")
    words = words_of_override(message, child.record, run.schools[child.school])
    return Phrase(say.OWN_WORDS, {"reason": why, "words": words}) if words else why
