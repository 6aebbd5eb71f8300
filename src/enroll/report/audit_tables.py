"""An audit as files: `audit.csv`, `audit.json` and `findings.csv`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enroll.fairness.outcomes import OUTCOMES, shown, shown_p
from enroll.fairness.statistics import decimals
from enroll.notices import message_of, translate
from enroll.notices.about_verify_words import in_words, step_in_words
from enroll.report.json_out import json_bytes
from enroll.report.manifest import SUMS, seal
from enroll.tables.csv_out import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enroll.fairness import Audit
    from enroll.fairness.findings import Finding
    from enroll.fairness.outcomes import Part
    from enroll.notices import Language
    from enroll.records import JsonValue

_HEADER = ("table", "by", "part", "figure", "value", "p")
_FINDINGS = (
    "level", "code", "applicant_id", "school_id", "what", "decisive", "passed_over", "evidence",
    "without_it",
)  # fmt: skip

FORMAT = 1

Line = tuple[str, str, str, str, str, str]


def audit_tables(audit: Audit, language: Language) -> dict[str, bytes]:
    """Return the files of an audit by name, `SHA256SUMS` last.

    Parameters
    ----------
    language
        Of the sentences in `findings.csv` and of the page; the other files are the same in all
        languages.
    """
    from enroll.report.audit_sentences import FINDINGS, findings_json
    from enroll.report.pages import PAGE
    from enroll.report.pages.audit_page import audit_page

    lines = list(audit_lines(audit))
    files = {
        "audit.csv": _csv(_HEADER, lines),
        "audit.json": _as_json(audit, lines),
        "findings.csv": _csv(_FINDINGS, list(_finding_lines(audit, language))),
        FINDINGS: findings_json(audit),
    }
    files[PAGE] = audit_page(files, language)
    return {**files, SUMS: seal(files)}


def finding_words(one: Finding, language: Language) -> str:
    """Return the sentence of a finding; what `verify.py` says in English is put into words."""
    notice = one.notice
    if one.code == "RULE_BROKEN":
        step, why = (str(one.params[name]) for name in ("step", "why"))
        params = {"step": step_in_words(step, language), "why": in_words(why, language)}
        notice = replace(notice, params=params)
    return message_of(notice, language)


def audit_lines(audit: Audit) -> Iterator[Line]:
    """Yield every figure of an audit; `*` is hidden, empty does not apply."""
    yield "draw", "", "", "rehearsal", "yes" if audit.rehearsal else "no", ""
    for name, holds, _ in audit.steps:
        yield "rules", "", name, "holds", "yes" if holds else "no", ""
    if audit.listing:
        yield "register", "", "", "unlisted", str(audit.unlisted), ""
        yield "register", "", "", "outside", str(audit.outside), ""
    for by, parts in audit.outcomes.items():
        for part in parts:
            yield from _outcome_lines(by, part)
    yield from _cost_lines(audit)
    for reserve in audit.reserves:
        for figure in ("reserved", "decided", "unproven", "seated", "left"):
            count = getattr(reserve, figure)
            value = "" if count is None else str(count)
            yield "reserved", "school", reserve.school_id, figure, value, ""
    for trace in audit.traces:
        yield "chance", trace.against, "", "tickets", str(trace.tickets), ""
        yield "chance", trace.against, "", trace.test, trace.figure, shown_p(trace.p)


def _cost_lines(audit: Audit) -> Iterator[Line]:
    for burden in audit.burdens:
        for figure in ("children", "total_m", "farthest_m"):
            value = shown(getattr(burden, figure))
            yield "extra_way", "group", burden.group, figure, value, ""
        gini = "*" if burden.children is None else decimals(burden.gini)
        yield "extra_way", "group", burden.group, "gini", gini, ""
    for price in audit.prices:
        for figure in ("children", "envious", "most_m"):
            value = shown(getattr(price, figure))
            yield "envy", price.round_id, price.group, figure, value, ""
    for goal in audit.goals:
        for figure in ("more_m", "longest_m", "spared_m"):
            yield "goal", goal.round_id, "farthest", figure, shown(getattr(goal, figure)), ""


def _outcome_lines(by: str, part: Part) -> Iterator[Line]:
    yield "outcomes", by, part.value, "children", shown(part.children), ""
    for outcome in OUTCOMES:
        count, p = shown(part.counts[outcome]), shown_p(part.p[outcome])
        yield "outcomes", by, part.value, outcome, count, p
    p = shown_p(part.p_way)
    yield "outcomes", by, part.value, "median_m", shown(part.median_m), p
    yield "outcomes", by, part.value, "p95_m", shown(part.p95_m), ""


def _finding_lines(audit: Audit, language: Language) -> Iterator[tuple[str, ...]]:
    for one in audit.findings:
        yield (
            one.level,
            one.code,
            one.applicant_id,
            one.school_id,
            finding_words(one, language),
            one.decisive,
            ";".join(one.passed_over),
            one.evidence,
            ""
            if one.without is None
            else translate(one.without.text, language, one.without.params),
        )


def _named(audit: Audit) -> dict[str, JsonValue]:
    """Return what the run calls itself; a run that was forged may call itself anything."""
    settings = audit.run.manifest.get("scenario")
    settings = settings.get("settings") if isinstance(settings, dict) else None
    told = settings if isinstance(settings, dict) else {}
    return {name: str(told.get(name, "")) for name in ("title", "language")}


def _csv(header: Sequence[str], lines: Sequence[Sequence[str]]) -> bytes:
    columns = [[line[place] for line in lines] for place in range(len(header))]
    return csv_bytes(list(header), columns)


def _as_json(audit: Audit, lines: Sequence[Line]) -> bytes:
    counts: dict[str, int] = {}
    for one in audit.findings:
        counts[one.code] = counts.get(one.code, 0) + 1
    return json_bytes(
        {
            "format": FORMAT,
            "run": audit.run.seal.hex(),
            "draw": audit.run.manifest["draw"],
            **_named(audit),
            "rules": [
                {"step": name, "holds": holds, "why": why} for name, holds, why in audit.steps
            ],
            "figures": [dict(zip(_HEADER, line, strict=True)) for line in lines],
            "findings": counts,
        },
        indent=2,
    )
