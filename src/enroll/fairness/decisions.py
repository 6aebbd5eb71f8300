"""What was decided by hand: fixed places, zones, and rows that look like one child twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from enroll.fairness.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.fairness.register import RunCopy

Moves = dict[str, tuple[str, str]]
"""School before and after (or "") of every child whose place in the first rounds changes."""

Rerun = Callable[[Mapping[str, Any]], Moves | None]
"""Runs the rounds before the first redirect with another record of one child; None: cannot."""

MOST_RERUN = 500
"""Changes that are rerun; what they decided is left open for any beyond."""


def no_rerun(_: Mapping[str, Any]) -> Moves | None:
    """Answer that nothing can be rerun."""
    return None


def effect(run: RunCopy, child: str, moves: Moves | None) -> tuple[str, tuple[str, ...]]:
    """Return whether a change of one child's record decided a place, and whom it passed over.

    Passed over is who would sit at the child's school without the change.
    """
    if moves is None:
        return "", ()
    school = run.places[child]["school_id"]
    over = tuple(
        sorted(
            (other for other, (_, after) in moves.items() if other != child and after == school),
            key=str.encode,
        )
        if school
        else ()
    )
    others = any(other != child for other in moves)
    mine = moves.get(child, ("", ""))[1]
    if others or mine:
        return "yes", over
    first = run.rule_of.get(run.places[child]["round"], "") in ("fixed", "zone")
    return ("no" if first and child not in moves else ""), ()


def fixed_places(run: RunCopy, rerun: Rerun = no_rerun) -> Iterator[Finding]:
    """Yield every place by decision, with its reason and authority, and whom it passed over."""
    decided = [
        key
        for key, child in run.children.items()
        if child["placed_school"] and run.places[key]["status"] == "placed"
    ]
    for number, key in enumerate(decided):
        child = run.children[key]
        empty = dict.fromkeys(("placed_school", "placed_reason"), "")
        moves = rerun({**child, **empty}) if number < MOST_RERUN else None
        decisive, over = effect(run, key, moves)
        told = [child[f"placed_{name}"] for name in ("reason", "authority", "date")]
        yield Finding(
            "PLACED_BY_DECISION" if child["placed_reason"] else "DECISION_WITHOUT_REASON",
            key,
            child["placed_school"],
            {
                "applicant": key,
                "school": child["placed_school"],
                "told": ", ".join(one for one in told if one) or "-",
            },
            decisive,
            over,
            "audit/records.jsonl: placed_school",
        )


def zones_by_hand(run: RunCopy) -> Iterator[Finding]:
    """Yield every zone set by hand, where others were found on the map."""
    how = Counter(child["zone_how"] for child in run.children.values())
    if not how["map"] + how["border"]:
        return
    for key, child in run.children.items():
        if child["zone_how"] == "given":
            yield Finding(
                "ZONE_SET_BY_HAND",
                key,
                run.places[key]["school_id"],
                {"applicant": key, "zone": child["zone"]},
                evidence="audit/records.jsonl: zone_how",
            )


def lookalikes(run: RunCopy) -> Iterator[Finding]:
    """Yield children with the home and birth date of another, twins placed together left out."""
    alike = defaultdict[tuple[Any, ...], list[str]](list)
    for key, child in run.children.items():
        if child["birth_date"] and child["distance_from"] == "home":
            alike[child["x_dm"], child["y_dm"], child["birth_date"]].append(key)
    for keys in alike.values():
        bundles = {run.children[key]["bundle"] or key for key in keys}
        if len(bundles) < 2:
            continue
        same = all(_same_child(run, keys[0], key) for key in keys[1:])
        yield Finding(
            "SAME_CHILD_TWICE" if same else "SAME_HOME_AND_BIRTH",
            keys[0],
            run.places[keys[0]]["school_id"],
            {"applicants": tuple(keys)},
            evidence="audit/records.jsonl: x_dm, y_dm, birth_date",
        )


def _same_child(run: RunCopy, one: str, other: str) -> bool:
    """Return whether two rows differ in nothing but the id."""
    own = ("id", "ticket")
    first, second = (
        {name: value for name, value in run.children[key].items() if name not in own}
        for key in (one, other)
    )
    return first == second
