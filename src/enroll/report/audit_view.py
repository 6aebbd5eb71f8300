"""An audit on the terminal: findings first, then the figures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table

from enroll.fairness.findings import AGAINST_THE_RULES
from enroll.fairness.outcomes import OUTCOMES, SMALLEST_SHOWN, shown_p
from enroll.fairness.statistics import decimals
from enroll.notices import KINDS, formats, remedy_of, translate
from enroll.notices.about_findings import FIELDS, ORDERS
from enroll.notices.about_reasons import REHEARSAL
from enroll.notices.kinds import N_
from enroll.report.audit_tables import finding_words
from enroll.report.screen import finding, level_word, words, worst_first

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from enroll.fairness import Audit
    from enroll.fairness.findings import Finding
    from enroll.notices import Language

_MOST_OF_A_CODE = 3
_STEPS = N_("Rules: {held} of {steps} steps of the verifier hold.")
_MORE_FINDINGS = N_("and {count} more in findings.csv")
_WITHOUT_IT = N_("{what} Without it: {without}.")
_RUN_AGAIN = N_(
    "Run again without it: {count} findings. Of these {yes} decided a place, {no} decided none, "
    "and {open} are left open."
)
_NOTHING = N_("Nothing was found against the rules.")
_HIDDEN = N_("* hidden: fewer than {count} children, or what such a count would follow from.")
_NOT_TESTED = N_(
    "The order of rows and of names was not tested, as no run holds it: "
    "give the applicants' table with --register FILE."
)
_NO_NAMES = N_("The order of names was not tested: the register has no names.")
_UNLISTED = N_(
    "Children of the run that the register does not have: {unlisted}; "
    "rows of the register that the run does not have: {outside}."
)
_TITLES = {
    "outcomes": N_("Outcomes by {by}"),
    "burden": N_("Extra way of the redirected, in metres"),
    "envy": N_("Who would rather have a place that a worse rank has: the price of the total"),
    "reserved": N_("Reserved seats, and places by decision at these schools"),
    "goals": N_("What the goal farthest would have changed in these rounds"),
    "chance": N_("The draw's order against other orders"),
}
_WORDS = {
    **FIELDS,
    "children": N_("children"),
    "median": N_("half within, m"),
    "p95": N_("95 in 100 within, m"),
    "sum": N_("sum"),
    "farthest": N_("farthest"),
    "round": N_("round"),
    "rather": N_("would rather"),
    "most": N_("most saved, m"),
    "school": N_("school"),
    "reserved": N_("reserved"),
    "decided": N_("by decision"),
    "unproven": N_("without authority"),
    "seated": N_("on the roll besides"),
    "left": N_("left"),
    "more": N_("more in all, m"),
    "longest": N_("longest way, m"),
    "spared": N_("shorter by, m"),
    "tickets": N_("tickets"),
    "figure": N_("figure"),
    "gini": N_("Gini"),
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
    parts: list[RenderableType] = [words(translate(_STEPS, language, counts), "bold")]
    parts += [words(translate(REHEARSAL, language), "yellow")] if audit.rehearsal else []
    parts += ["", _findings(audit.findings, language), "", *_run_again(audit.findings, language)]
    for by in audit.outcomes:
        parts += [_title("outcomes", language, by), _outcomes(audit, by, language), ""]
    hidden = {"count": SMALLEST_SHOWN}
    parts += [words(translate(_HIDDEN, language, hidden), "dim"), ""]
    tables = {"burden": _burden, "envy": _envy, "goals": _goals, "chance": _chance}
    if audit.reserves:
        tables["reserved"] = _reserved
    for name, figures in tables.items():
        if name == "goals" and not audit.goals:
            continue
        parts += [_title(name, language), figures(audit, language), ""]
    parts += [words(one, "dim") for one in _of_register(audit, language)]
    return Group(*parts)


def _run_again(findings: Sequence[Finding], language: Language) -> Iterator[RenderableType]:
    """Yield for how many findings the rounds were run again, and what came of it."""
    asked = Counter(one.decisive for one in findings if one.without is not None)
    if asked:
        counts = {"count": asked.total(), "yes": asked["yes"], "no": asked["no"], "open": asked[""]}
        yield words(translate(_RUN_AGAIN, language, counts))
        yield ""


def _sentence(one: Finding, language: Language) -> str:
    """Return what was found, with what would be without it."""
    what = finding_words(one, language)
    if one.without is None:
        return what
    return translate(_WITHOUT_IT, language, {"what": what, "without": one.without})


def _of_register(audit: Audit, language: Language) -> Iterator[str]:
    """Yield what the register was good for, or that it was not given."""
    if audit.listing is None:
        yield translate(_NOT_TESTED, language)
        return
    if not audit.listing.name_order:
        yield translate(_NO_NAMES, language)
    counts = {"unlisted": audit.unlisted, "outside": audit.outside}
    yield translate(_UNLISTED, language, counts)


def _findings(findings: Sequence[Finding], language: Language) -> RenderableType:
    """Return the findings, the worst first, a few of each code: those that decided a place."""
    ordered = sorted(
        findings, key=lambda one: (worst_first(one.notice), one.code, one.decisive != "yes")
    )
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
        sentence, last = _sentence(one, language), told[one.code] == counts[one.code]
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


def _title(name: str, language: Language, by: str = "") -> RenderableType:
    part = translate(_WORDS.get(by, by), language) if by else ""
    return words(translate(_TITLES[name], language, {"by": part}), "bold")


def _shown(count: int | None) -> str:
    """Return a count, `*` where it is hidden."""
    return "*" if count is None else formats.number(count)


def _table(heads: Sequence[str], language: Language) -> Table:
    heads = [translate(_WORDS.get(head, head), language) for head in heads]
    table = Table(box=None, pad_edge=False)
    for place, head in enumerate(heads):
        table.add_column(words(head, "dim"), justify="right" if place else "left", overflow="fold")
    return table


def _outcomes(audit: Audit, by: str, language: Language) -> Table:
    outcomes = [translate(_HEADS[outcome], language) for outcome in OUTCOMES]
    heads = [by, "children", *outcomes, "p", "median", "p95", "p"]
    table = _table(heads, language)
    for part in audit.outcomes[by]:
        least = min((p for p in part.p.values() if p is not None), default=None)
        cells = [
            part.value or "-",
            _shown(part.children),
            *(_shown(part.counts[outcome]) for outcome in OUTCOMES),
            shown_p(least),
            _shown(part.median_m),
            _shown(part.p95_m),
            shown_p(part.p_way),
        ]
        table.add_row(*map(words, cells))
    return table


def _burden(audit: Audit, language: Language) -> Table:
    heads = ["group", "children", "sum", "farthest", "gini"]
    table = _table(heads, language)
    for one in audit.burdens:
        figures = map(_shown, (one.children, one.total_m, one.farthest_m))
        gini = "*" if one.children is None else decimals(one.gini)
        table.add_row(*map(words, (one.group or "-", *figures, gini)))
    return table


def _envy(audit: Audit, language: Language) -> Table:
    heads = ["round", "group", "children", "rather", "most"]
    table = _table(heads, language)
    for one in audit.prices:
        figures = map(_shown, (one.children, one.envious, one.most_m))
        table.add_row(*map(words, (one.round_id, one.group, *figures)))
    return table


def _goals(audit: Audit, language: Language) -> Table:
    table = _table(["round", "more", "longest", "spared"], language)
    for one in audit.goals:
        figures = map(_shown, (one.more_m, one.longest_m, one.spared_m))
        table.add_row(*map(words, (one.round_id, *figures)))
    return table


def _reserved(audit: Audit, language: Language) -> Table:
    names = ("reserved", "decided", "unproven", "seated", "left")
    table = _table(["school", *names], language)
    for one in audit.reserves:
        counts = (getattr(one, name) for name in names)
        figures = ("" if count is None else formats.number(count) for count in counts)
        table.add_row(*map(words, (one.school_id, *figures)))
    return table


def _chance(audit: Audit, language: Language) -> Table:
    heads = ["", "", "tickets", "figure", "p"]
    table = _table(heads, language)
    for one in audit.traces:
        said = (translate(ORDERS.get(each, each), language) for each in (one.against, one.test))
        cells = (*said, formats.number(one.tickets), one.figure, shown_p(one.p))
        table.add_row(*map(words, cells))
    return table
