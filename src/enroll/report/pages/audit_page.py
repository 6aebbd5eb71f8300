"""`report.html` of an audit: findings first, then the figures, made from its other files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from enroll.fairness.outcomes import OUTCOMES, SMALLEST_SHOWN
from enroll.notices import about_verify, translate
from enroll.notices.about_findings import FIELDS
from enroll.notices.about_verify_words import in_words
from enroll.notices.kinds import N_
from enroll.report.audit_sentences import FINDINGS, FORMAT
from enroll.report.pages.reading import reading
from enroll.report.pages.rendering import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from enroll.notices import Language
    from enroll.report.pages.reading import Record

TOPICS = (
    (
        "breaches",
        N_("Breaches of the rules"),
        ("RULE_BROKEN", "GROUP_AGAINST_POLICY", "ENVY_IN_ZONE"),
    ),
    (
        "decisions",
        N_("Places and zones by decision"),
        (
            "PLACED_BY_DECISION",
            "DECISION_WITHOUT_REASON",
            "DECISION_AT_RESERVED",
            "ZONE_SET_BY_HAND",
        ),
    ),
    (
        "duplicates",
        N_("Children who may be registered twice"),
        ("SAME_CHILD_TWICE", "SAME_HOME_AND_BIRTH"),
    ),
    (
        "changes",
        N_("Changes of the register"),
        ("VALUE_CHANGED", "ROW_ADDED", "ROW_REMOVED", "RULES_CHANGED"),
    ),
    (
        "differences",
        N_("Differences from another run"),
        ("RESULT_DIFFERS", "ONLY_IN_THIS_RUN", "ONLY_IN_OTHER_RUN"),
    ),
    ("draw", N_("The order of the draw"), ("ORDER_NOT_BY_CHANCE",)),
    (
        "rolls",
        N_("The rolls"),
        (
            "SITS_WITHOUT_PLACE",
            "SITS_WITHOUT_APPLYING",
            "SITS_ELSEWHERE",
            "ON_TWO_ROLLS",
            "NOT_ON_ROLL",
            "IN_ANOTHER_GRADE",
            "ROLL_OF_UNKNOWN_SCHOOL",
            "RESERVED_SEAT_TAKEN",
            "RESERVED_WITHOUT_AUTHORITY",
            "CLASS_ABOVE_LIMIT",
            "CLASSES_DIFFER",
        ),
    ),
    ("others", N_("Other findings"), ()),
)
"""What findings are about, and their codes; a code that is not here is among the others."""

MOST_PASSED_OVER = 12
"""Children passed over by one decision that the page names; all are in `findings.csv`."""

_AGAINST_THE_RULES = ("red", "orange")
_DECIDED = {"yes": N_("yes"), "no": N_("no"), "": N_("not known")}
_TESTS = {
    "spearman": N_("rank correlation"),
    "runs": N_("runs of halves"),
}
_ORDERS = {
    "id": N_("order of ids"),
    "birth_date": N_("order of birth dates"),
    "group": N_("order of groups"),
    "row": N_("order of rows"),
    "name": N_("order of names"),
}


class Topic(NamedTuple):
    """Findings about one thing.

    Parameters
    ----------
    bad
        Whether one of them is red or orange.
    codes
        Level, code, how many, how many decided a place, how many did not, what to do.
    findings
        Those that are listed.
    """

    id: str
    title: str
    bad: bool
    codes: Sequence[Record]
    findings: Sequence[Record]


def audit_page(files: Mapping[str, bytes], language: Language) -> bytes:
    """Return `report.html` of an audit.

    Parameters
    ----------
    files
        The audit's files by name.
    language
        Of every sentence; names are as the files have them.

    Raises
    ------
    UsageError
        Where the files are no audit that this version reads.
    """
    with reading(language):
        audit, told = json.loads(files["audit.json"]), json.loads(files[FINDINGS])
        if audit["format"] != 1 or told["format"] != FORMAT:
            raise ValueError(audit["format"])
        topics = _topics(told)
        shown = {
            "seal": audit["run"],
            "rehearsal": isinstance(audit["draw"], dict) and audit["draw"].get("rehearsal") is True,
            "steps": [_step(step, language) for step in audit["rules"]],
            "topics": topics,
            "codes": told["codes"],
            "bad": any(topic.bad for topic in topics),
            "spoken": language,
            "decided": _DECIDED,
            "fields": FIELDS,
            "tests": _TESTS,
            "orders": _ORDERS,
            "most": MOST_PASSED_OVER,
            "smallest": SMALLEST_SHOWN,
            **_figures(audit["figures"]),
        }
    return render("audit.html.j2", language, title=audit["title"] or audit["run"], **shown)


def _step(step: Record, language: Language) -> Record:
    """Return a step of the verifier in words; what nobody put into words is as it was."""
    number, _, name = step["step"].partition(" ")
    title = translate(about_verify.STEPS.get(name, ""), language) or name
    return {**step, "number": number, "title": title, "words": in_words(step["why"], language)}


def _topics(told: Record) -> list[Topic]:
    known = {code: topic for topic, _, codes in TOPICS for code in codes}
    topics = []
    for name, title, _ in TOPICS:
        codes = [one for one in told["codes"] if known.get(one["code"], "others") == name]
        own = {one["code"] for one in codes}
        findings = [one for one in told["findings"] if one["code"] in own]
        bad = any(one["level"] in _AGAINST_THE_RULES for one in codes)
        if codes:
            topics.append(Topic(name, title, bad, codes, findings))
    return topics


def _figures(lines: Iterable[Record]) -> dict[str, object]:
    """Return the tables of figures, each by what parts it: a line per part, figures by name."""
    tables: dict[str, dict[str, dict[str, Record]]] = {}
    for line in lines:
        by, part = line["by"], line["part"]
        if line["table"] in ("goal", "chance"):
            by, part = "", line["by"]
        row = tables.setdefault(line["table"], {}).setdefault(by, {}).setdefault(part, {})
        row[line["figure"]] = line
    outcomes = {by: _with_least_p(parts) for by, parts in tables.get("outcomes", {}).items()}
    return {
        "outcomes": outcomes,
        "outcome_names": OUTCOMES,
        "extra_way": tables.get("extra_way", {}).get("group", {}),
        "envy": tables.get("envy", {}),
        "goals": tables.get("goal", {}).get("", {}),
        "reserved": tables.get("reserved", {}).get("school", {}),
        "chance": tables.get("chance", {}).get("", {}),
        "register": tables.get("register", {}).get("", {}).get("", {}),
    }


def _with_least_p(parts: Mapping[str, dict[str, Record]]) -> dict[str, dict[str, Record]]:
    """Return the parts with the smallest p of their counts, "" where nothing was tested."""
    rows = {}
    for part, figures in parts.items():
        tested = [figures[name]["p"] for name in OUTCOMES if figures[name]["p"]]
        least = min(tested, key=lambda p: (not p.startswith("<"), p), default="")
        rows[part] = {**figures, "least_p": {"value": least}}
    return rows
