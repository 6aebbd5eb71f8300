"""What changed in the register between two copies of it, and whether it decided a place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from enroll.fairness.effects import Effects, no_rerun, without
from enroll.fairness.findings import Finding
from enroll.notices.about_facts import as_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from enroll.fairness.effects import Answer, Rerun
    from enroll.fairness.register import Child, Register, RunCopy

_NOT_FACTS = ("id", "ticket", "facts")


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
        Runs the rounds again with children's earlier records.
    """
    yield from _rules_changed(run, earlier)
    before = _before(run.children, earlier.children)
    units = _units(before, run.children, earlier.children)
    answers: dict[str, Answer] = {}
    records = [[before[key] for key in unit] for unit in units]
    for unit, answer in zip(units, rerun(records), strict=True):
        answers.update(dict.fromkeys(unit, answer))
    effects = Effects(run)
    for key in before:
        effect = effects.of(key, answers[key])
        for finding in _of_child(run, earlier, key):
            yield finding.decided(effect)


def _before(now: Mapping[str, Child], earlier: Mapping[str, Child]) -> dict[str, Child]:
    """Return, for each child whose row differs, the record that stands for "without it"."""
    found = {}
    for key in sorted({*earlier, *now}, key=str.encode):
        old, new = earlier.get(key), now.get(key)
        if old is None and new is not None:
            found[key] = without(new)
        elif old is not None and new is None:
            found[key] = old
        elif old is not None and new is not None and changed_fields(old, new):
            # Tickets belong to the draw of the run: an earlier copy may know none, or others.
            found[key] = {**old, "ticket": new["ticket"]}
    return found


def _units(
    before: Mapping[str, Child], now: Mapping[str, Child], earlier: Mapping[str, Child]
) -> Sequence[list[str]]:
    """Return the children whose changes are one change: those who joined or left a bundle.

    A bundle has the name of its smallest id, who may have left one and joined another while its
    own stayed the same in its record: so one name, earlier and now, is one change, and so is
    what else changed of the child of that name.
    """
    unit_of = {key: [key] for key in before}
    by_bundle = {key: unit_of[key] for key in before}
    for key in before:
        old, new = (copy[key]["bundle"] if key in copy else "" for copy in (earlier, now))
        for name in {old, new} - {""} if old != new else ():
            _join(unit_of, by_bundle.setdefault(name, unit_of[key]), unit_of[key])
    return list({id(unit): unit for unit in unit_of.values()}.values())


def _join(unit_of: dict[str, list[str]], one: list[str], other: list[str]) -> None:
    """Make two units one."""
    if unit_of[one[0]] is not unit_of[other[0]]:
        joined = sorted([*unit_of[one[0]], *unit_of[other[0]]], key=str.encode)
        unit_of.update(dict.fromkeys(joined, joined))


def _of_child(run: RunCopy, earlier: Register, key: str) -> Iterator[Finding]:
    """Yield what differs in one child's row."""
    old, new = earlier.children.get(key), run.children.get(key)
    if new is None:
        yield Finding("ROW_REMOVED", key, params={"applicant": key}, evidence="row")
        return
    school = run.places[key]["school_id"]
    if old is None:
        yield Finding("ROW_ADDED", key, school, {"applicant": key}, evidence="row")
        return
    for name, was, now in changed_fields(old, new):
        params = {
            "applicant": key,
            "field": name,
            "old": as_date(was) or "-",
            "new": as_date(now) or "-",
        }
        yield Finding("VALUE_CHANGED", key, school, params, evidence=name)


def _rules_changed(run: RunCopy, earlier: Register) -> Iterator[Finding]:
    if not earlier.rules:
        return
    for name in changed_rules(earlier.rules, run.rules):
        yield Finding("RULES_CHANGED", params={"name": name}, evidence=f"audit/rules.json: {name}")


def changed_rules(earlier: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Return the keys of `rules.json` that differ; the log's head is no rule."""
    keys = sorted({*earlier, *now} - {"log_head"})
    return [key for key in keys if earlier.get(key) != now.get(key)]
