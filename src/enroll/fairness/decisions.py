"""What was decided by hand: fixed places, zones, and rows that look like one child twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import reduce
from typing import TYPE_CHECKING, Any

from enroll.fairness.effects import Effect, Effects, no_rerun, without
from enroll.fairness.findings import Finding
from enroll.notices import Phrase
from enroll.notices import about_reruns as say
from enroll.notices.about_facts import as_date
from enroll.notices.about_reasons import LISTED, OWN_WORDS, PLACED_REASON

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enroll.fairness.effects import Rerun
    from enroll.fairness.register import RunCopy

_UNDECIDED = dict.fromkeys(
    ("placed_school", "placed_reason", "placed_authority", "placed_date"), ""
)
"""A record without its place by decision."""


def fixed_places(run: RunCopy, rerun: Rerun = no_rerun) -> Iterator[Finding]:
    """Yield every place by decision, with its reason and authority, and whom it passed over."""
    decided = [
        key
        for key, child in run.children.items()
        if child["placed_school"] and run.places[key]["status"] == "placed"
    ]
    effects = Effects(run)
    answers = rerun([[{**run.children[key], **_UNDECIDED}] for key in decided])
    for key, answer in zip(decided, answers, strict=True):
        child, effect = run.children[key], effects.of(key, answer)
        told = [_reason(child["placed_reason"], run.words.get(key, "")), child["placed_authority"]]
        told += [as_date(child["placed_date"])]
        yield Finding(
            "PLACED_BY_DECISION" if child["placed_reason"] else "DECISION_WITHOUT_REASON",
            key,
            child["placed_school"],
            {
                "applicant": key,
                "school": child["placed_school"],
                "told": _listed([one for one in told if one]),
            },
            evidence="audit/records.jsonl: placed_school",
        ).decided(effect)


def _reason(word: str, own_words: str) -> Phrase | str:
    """Return a reason, followed by the office's own words where there are any."""
    reason = Phrase(PLACED_REASON[word]) if word in PLACED_REASON else word
    return Phrase(OWN_WORDS, {"reason": reason, "words": own_words}) if own_words else reason


def _listed(parts: Sequence[object]) -> object:
    """Return parts one after another, "-" for none."""
    if not parts:
        return "-"
    return reduce(lambda listed, one: Phrase(LISTED, {"listed": listed, "name": one}), parts)


def zones_by_hand(run: RunCopy, changed: Sequence[Finding] = ()) -> Iterator[Finding]:
    """Yield every zone set by hand, where others were found on the map.

    Parameters
    ----------
    changed
        What was found of another copy of the register, which may know the zone on the map.
    """
    how = Counter(child["zone_how"] for child in run.children.values())
    if not how["map"] + how["border"]:
        return
    unknown = Effect(without=Phrase(say.OPEN, {"why": Phrase(say.NO_MAP)}))
    known = {one.applicant_id: one.effect for one in changed if one.evidence == "zone_how"}
    for key, child in run.children.items():
        if child["zone_how"] == "given":
            yield Finding(
                "ZONE_SET_BY_HAND",
                key,
                run.places[key]["school_id"],
                {"applicant": key, "zone": child["zone"]},
                evidence="audit/records.jsonl: zone_how",
            ).decided(known.get(key, unknown))


def lookalikes(run: RunCopy, rerun: Rerun = no_rerun) -> Iterator[Finding]:
    """Yield children with the home and birth date of another, twins placed together left out.

    Of rows that differ in nothing but the id it is asked what would be with the first alone.
    """
    alike = list(_alike(run))
    copies = [keys[1:] for keys in alike if _same_child(run, keys)]
    answers = rerun([[without(run.children[key]) for key in keys] for keys in copies])
    effects = Effects(run)
    of_copy = {
        keys[0]: effects.of(keys[0], answer) for keys, answer in zip(copies, answers, strict=True)
    }
    for keys in alike:
        yield Finding(
            "SAME_CHILD_TWICE" if keys[1] in of_copy else "SAME_HOME_AND_BIRTH",
            keys[0],
            run.places[keys[0]]["school_id"],
            {"applicants": tuple(keys)},
            evidence="audit/records.jsonl: x_dm, y_dm, birth_date",
        ).decided(of_copy.get(keys[1], Effect()))


def _alike(run: RunCopy) -> Iterator[list[str]]:
    """Yield the children of each home and birth date, where they are of several families."""
    alike = defaultdict[tuple[Any, ...], list[str]](list)
    for key, child in run.children.items():
        if child["birth_date"] and child["distance_from"] == "home":
            alike[child["x_dm"], child["y_dm"], child["birth_date"]].append(key)
    for keys in alike.values():
        if len({run.children[key]["bundle"] or key for key in keys}) > 1:
            yield keys


def _same_child(run: RunCopy, keys: list[str]) -> bool:
    """Return whether rows differ in nothing but the id."""
    own = ("id", "ticket")
    first, *others = (
        {name: value for name, value in run.children[key].items() if name not in own}
        for key in keys
    )
    return all(other == first for other in others)
