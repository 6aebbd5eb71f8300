"""What changed in the register between two copies of it, and whether it decided a place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from enroll.fairness.decisions import MOST_RERUN, Rerun, effect, no_rerun
from enroll.fairness.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.fairness.register import Child, Register, RunCopy

_NOT_FACTS = ("id", "ticket", "bundle", "facts")


def changed_fields(earlier: Child, now: Child) -> list[tuple[str, str, str]]:
    """Return (field, old, new) of everything that differs between two records of a child."""
    pairs = [
        (name, earlier.get(name), now.get(name))
        for name in sorted({*earlier, *now} - set(_NOT_FACTS))
    ]
    facts = sorted({*earlier["facts"], *now["facts"]})
    pairs += [
        (f"facts.{name}", earlier["facts"].get(name), now["facts"].get(name)) for name in facts
    ]
    return [(name, as_text(old), as_text(new)) for name, old, new in pairs if old != new]


def as_text(value: Any) -> str:
    """Return a value of a record as text: a text as it is, nothing as "", others as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def register_changes(run: RunCopy, earlier: Register, rerun: Rerun = no_rerun) -> Iterator[Finding]:
    """Yield every row and value that changed since an earlier copy of the register.

    Parameters
    ----------
    run
        The run, whose records are the later copy.
    earlier
        The earlier copy.
    rerun
        Runs the first rounds again with a child's earlier record.
    """
    yield from _rules_changed(run, earlier)
    count = 0
    for key in sorted({*earlier.children, *run.children}, key=str.encode):
        old, new = earlier.children.get(key), run.children.get(key)
        if new is None:
            yield Finding("ROW_REMOVED", key, params={"applicant": key}, evidence="row")
            continue
        fields = changed_fields(old, new) if old else []
        if old and not fields:
            continue
        count += 1
        before = {**old, "bundle": new["bundle"], "ticket": new["ticket"]} if old else _out(new)
        moves = rerun(before) if count <= MOST_RERUN else None
        decisive, over = effect(run, key, moves)
        school = run.places[key]["school_id"]
        if not old:
            yield Finding("ROW_ADDED", key, school, {"applicant": key}, decisive, over, "row")
        for name, was, now in fields:
            params = {"applicant": key, "field": name, "old": was or "-", "new": now or "-"}
            yield Finding("VALUE_CHANGED", key, school, params, decisive, over, name)


def _out(child: Child) -> Child:
    """Return a child's record as if it took no part."""
    return {**child, "review": "rejected", "placed_school": "", "placed_reason": ""}


def _rules_changed(run: RunCopy, earlier: Register) -> Iterator[Finding]:
    if not earlier.rules:
        return
    for name in changed_rules(earlier.rules, run.rules):
        yield Finding("RULES_CHANGED", params={"name": name}, evidence=f"audit/rules.json: {name}")


def changed_rules(earlier: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Return the keys of `rules.json` that differ; the log's head is no rule."""
    keys = sorted({*earlier, *now} - {"log_head"})
    return [key for key in keys if earlier.get(key) != now.get(key)]
