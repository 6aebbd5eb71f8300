"""An audit on the terminal: findings first, then the figures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table

from enroll.fairness.findings import AGAINST_THE_RULES
from enroll.fairness.outcomes import OUTCOMES, shown, shown_p
from enroll.fairness.statistics import decimals
from enroll.notices import KINDS, message_of, remedy_of, translate
from enroll.notices.kinds import N_
from enroll.report.screen import finding, level_word, words, worst_first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from enroll.fairness import Audit
    from enroll.fairness.findings import Finding
    from enroll.notices import Language

_MOST_OF_A_CODE = 3
_STEPS = N_("Rules: {held} of {steps} steps of the verifier hold.")
_MORE_FINDINGS = N_("and {count} more in findings.csv")
_NOTHING = N_("Nothing was found against the rules.")
_HIDDEN = N_("* hidden: fewer than {count} children, or what such a count would follow from.")
_TITLES = {
    "outcomes": N_("Outcomes by {by}"),
    "burden": N_("Extra way of the redirected, in metres"),
    "envy": N_("Who would rather have a place that a worse rank has: the price of the total"),
    "chance": N_("The draw's order against other orders"),
}
_HEADS = {
    "placed_in_zone": N_("in zone"),
    "redirected": N_("redirected"),
    "elsewhere": N_("elsewhere"),
    "unplaced": N_("unplaced"),
}


def audit_view(audit: Audit, language: Language) -> RenderableType:
    """Return an audit for a console.

    Parameters
    ----------
    language
        Of every word but the names in the files.
    """
    held = sum(holds for _, holds, _ in audit.steps)
    counts = {"held": held, "steps": len(audit.steps)}
    parts: list[RenderableType] = [words(translate(_STEPS, language, counts), "bold"), ""]
    parts += [_findings(audit.findings, language), ""]
    for by in audit.outcomes:
        parts += [_outcomes(audit, by, language), ""]
    hidden = {"count": 5}
    parts += [words(translate(_HIDDEN, language, hidden), "dim"), ""]
    parts += [_burden(audit, language), "", _envy(audit, language), "", _chance(audit, language)]
    return Group(*parts)


def _findings(findings: Sequence[Finding], language: Language) -> RenderableType:
    """Return the findings, the worst first, a few of each code."""
    ordered = sorted(findings, key=lambda one: (worst_first(one.notice), one.code))
    counts, told, table = (
        Counter(one.code for one in ordered),
        Counter[str](),
        Table.grid(padding=(0, 2, 0, 0)),
    )
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    if not any(one.level in AGAINST_THE_RULES for one in ordered):
        table.add_row("", words(translate(_NOTHING, language), "bold"))
    for one in ordered:
        told[one.code] += 1
        if told[one.code] > _MOST_OF_A_CODE:
            continue
        sentence, last = message_of(one.notice, language), told[one.code] == counts[one.code]
        more = counts[one.code] - _MOST_OF_A_CODE
        last = last or (told[one.code] == _MOST_OF_A_CODE and more > 0)
        remedy = remedy_of(one.notice, language) if last else ""
        table.add_row(
            level_word(KINDS[one.code].level, language), finding(sentence, remedy, one.code)
        )
        if last and more > 0:
            said = translate(_MORE_FINDINGS, language, {"count": more})
            table.add_row("", words(said, "dim"))
    return table


def _table(title: str, heads: Sequence[str]) -> Table:
    table = Table(title=words(title, "bold"), title_justify="left", box=None, pad_edge=False)
    for place, head in enumerate(heads):
        table.add_column(words(head, "dim"), justify="right" if place else "left", overflow="fold")
    return table


def _outcomes(audit: Audit, by: str, language: Language) -> Table:
    heads = [translate(_HEADS[outcome], language) for outcome in OUTCOMES]
    heads = [by, translate(N_("children"), language), *heads, "p", "median m", "p95 m", "p"]
    table = _table(translate(_TITLES["outcomes"], language, {"by": by}), heads)
    for part in audit.outcomes[by]:
        least = min((p for p in part.p.values() if p is not None), default=None)
        cells = [
            part.value or "-",
            shown(part.children),
            *(shown(part.counts[outcome]) for outcome in OUTCOMES),
            shown_p(least),
            shown(part.median_m),
            shown(part.p95_m),
            shown_p(part.p_way),
        ]
        table.add_row(*map(words, cells))
    return table


def _burden(audit: Audit, language: Language) -> Table:
    heads = ["group", "children", "sum", "farthest", "Gini"]
    table = _table(translate(_TITLES["burden"], language), heads)
    for one in audit.burdens:
        figures = map(shown, (one.children, one.total_m, one.farthest_m))
        gini = "*" if one.children is None else decimals(one.gini)
        table.add_row(*map(words, (one.group or "-", *figures, gini)))
    return table


def _envy(audit: Audit, language: Language) -> Table:
    heads = ["round", "group", "children", "would rather", "most m"]
    table = _table(translate(_TITLES["envy"], language), heads)
    for one in audit.prices:
        figures = map(shown, (one.children, one.envious, one.most_m))
        table.add_row(*map(words, (one.round_id, one.group, *figures)))
    return table


def _chance(audit: Audit, language: Language) -> Table:
    table = _table(translate(_TITLES["chance"], language), ["against", "test", "tickets", "", "p"])
    for one in audit.traces:
        cells = (one.against, one.test, str(one.tickets), one.figure, shown_p(one.p))
        table.add_row(*map(words, cells))
    return table
