"""Which results differ between two runs, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enroll.fairness.changes import changed_fields, changed_rules
from enroll.fairness.findings import Finding
from enroll.notices import Phrase
from enroll.notices.about_findings import without_place
from enroll.notices.kinds import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.fairness.register import RunCopy

WHY = {
    "input": N_("its own record differs"),
    "rule": N_("the rules differ"),
    "draw": N_("the draw differs"),
    "place": N_("others took part or were placed otherwise"),
}


def result_differences(run: RunCopy, other: RunCopy) -> Iterator[Finding]:
    """Yield every child whose result is not the same in another run.

    The reason named is the first that holds of: its own record differs (`input`), the rules do
    (`rule`), the draw does (`draw`); else others were placed otherwise (`place`).
    """
    rules = changed_rules(other.rules, run.rules)
    draw = _order(run, other) != _order(other, run)
    for key in sorted({*run.places, *other.places}, key=str.encode):
        here, there = run.places.get(key), other.places.get(key)
        if here is None or there is None:
            code = "ONLY_IN_THIS_RUN" if here else "ONLY_IN_OTHER_RUN"
            yield Finding(code, key, params={"applicant": key}, evidence="allocation.csv")
            continue
        if (here["status"], here["school_id"]) == (there["status"], there["school_id"]):
            continue
        fields = changed_fields(other.children[key], run.children[key])
        why = "input" if fields else "rule" if rules else "draw" if draw else "place"
        names = [name for name, _, _ in fields] if fields else rules if rules else []
        yield Finding(
            "RESULT_DIFFERS",
            key,
            here["school_id"],
            {
                "applicant": key,
                "here": here["school_id"] or without_place(here["reason"]),
                "there": there["school_id"] or without_place(there["reason"]),
                "why": Phrase(WHY[why]),
            },
            evidence=": ".join([why, ", ".join(names)]) if names else why,
        )


def _order(run: RunCopy, other: RunCopy) -> list[str]:
    """Return the children of both runs in a run's lottery order."""
    both = [key for key in run.places if key in other.places]
    return sorted(both, key=lambda key: (int(run.places[key]["lottery_rank"]), key))
