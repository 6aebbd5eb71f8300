"""Whether each child is in the group that the rules give it by its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enroll.fairness.findings import Finding
from enroll.priority.facts import condition_holds
from enroll.scenario.policy import Group

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from enroll.fairness.register import RunCopy


class UnknownFactError(LookupError):
    """The rules ask for a fact that a record does not tell; its name is the argument."""


class Policy:
    """The conditions of the groups, as `rules.json` states them.

    Parameters
    ----------
    rules
        Of a run.
    """

    def __init__(self, rules: Mapping[str, Any]) -> None:
        entries = [Group.model_validate(entry, strict=False) for entry in rules.get("policy", ())]
        self.ids = list(dict.fromkeys(entry.id for entry in entries)) or ["all"]
        self.entries = sorted(entries, key=lambda entry: self.ids.index(entry.id))

    def first_that_holds(self, record: Mapping[str, Any]) -> int:
        """Return the number of a child's group, the number after the last where none takes it.

        Raises
        ------
        UnknownFactError
            Where a condition asks for what the record does not tell.
        """
        if not self.entries:
            return 0
        facts = {**record["facts"], "zone": record["zone"]}
        for entry in self.entries:
            for name in entry.when or ():
                if name not in facts:
                    raise UnknownFactError(name)
            if entry.when is None:
                holds = record["group"] == entry.id
            else:
                holds = all(condition_holds(need, facts[name]) for name, need in entry.when.items())
            if holds:
                return self.ids.index(entry.id)
        return len(self.ids)


def groups_against_policy(run: RunCopy) -> Iterator[Finding]:
    """Yield every child that is in another group than its facts and the rules give.

    verify.py takes the group from the record, which the commitment fixes; that the record was
    right when it was frozen is seen here.
    """
    policy = Policy(run.rules)
    names = dict(enumerate(group["id"] for group in run.rules["groups"]))
    for key, child in run.children.items():
        try:
            due = names.get(policy.first_that_holds(child), "")
        except UnknownFactError:
            continue
        if due != child["group"]:
            yield Finding(
                "GROUP_AGAINST_POLICY",
                key,
                run.places[key]["school_id"],
                {"applicant": key, "group": child["group"], "due": due or "?"},
                evidence="audit/records.jsonl: facts, group; audit/rules.json: policy",
            )
