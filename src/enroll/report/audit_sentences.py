"""`findings.json` of an audit: what its page lists, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enroll.notices import message_of, remedy_of, translate
from enroll.report.json_out import json_bytes
from enroll.report.screen import worst_first

if TYPE_CHECKING:
    from enroll.fairness import Audit
    from enroll.fairness.findings import Finding
    from enroll.notices import Language
    from enroll.records import JsonValue

FINDINGS = "findings.json"
"""Name of the file, so that a page can be made again."""

MOST_OF_A_CODE = 300
"""Findings of one code that the page lists; all are in `findings.csv`."""

FORMAT = 1
_LANGUAGES: tuple[Language, ...] = ("en", "zh")


def findings_json(audit: Audit) -> bytes:
    """Return the findings, worst first and those that decided a place before others of a code."""
    ordered = sorted(
        audit.findings, key=lambda one: (worst_first(one.notice), one.code, one.decisive != "yes")
    )
    listed: dict[str, list[Finding]] = {}
    for one in ordered:
        listed.setdefault(one.code, []).append(one)
    counts: list[JsonValue] = [_counted(code, found) for code, found in listed.items()]
    rows = [_row(one) for found in listed.values() for one in found[:MOST_OF_A_CODE]]
    return json_bytes({"format": FORMAT, "codes": counts, "findings": rows})


def _counted(code: str, found: list[Finding]) -> JsonValue:
    decided = [one.decisive for one in found]
    notice = found[0].notice
    return {
        "level": found[0].level,
        "code": code,
        "count": len(found),
        "yes": decided.count("yes"),
        "no": decided.count("no"),
        **{language: remedy_of(notice, language) for language in _LANGUAGES},
    }


def _row(one: Finding) -> JsonValue:
    return {
        "code": one.code,
        "level": one.level,
        "applicant_id": one.applicant_id,
        "school_id": one.school_id,
        "decisive": one.decisive,
        "passed_over": list(one.passed_over),
        "evidence": one.evidence,
        **{language: _sentences(one, language) for language in _LANGUAGES},
    }


def _sentences(one: Finding, language: Language) -> JsonValue:
    without = (
        "" if one.without is None else translate(one.without.text, language, one.without.params)
    )
    return [message_of(one.notice, language), without]
