"""A finding of an audit: what was seen, of whom, and what it decided."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from enroll.fairness.effects import Effect
from enroll.notices import Notice, level_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from enroll.notices import Level, Phrase


@dataclass(frozen=True)
class Finding:
    """One line of `findings.csv`.

    Parameters
    ----------
    code
        Key of the catalogue.
    applicant_id, school_id
        Whom and which school it is about; "" where it is about none.
    params
        Fields of the sentence.
    decisive
        `yes` or `no`, whether it decided a place; "" where that is not known.
    passed_over
        Who would have had a seat instead.
    evidence
        Where it can be seen: file, step or column.
    without
        What would be without it, or why that is not known; None where nobody asked.
    """

    code: str
    applicant_id: str = ""
    school_id: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    decisive: str = ""
    passed_over: tuple[str, ...] = ()
    evidence: str = ""
    without: Phrase | None = None

    def decided(self, effect: Effect) -> Finding:
        """Return the finding with what it decided."""
        return replace(
            self,
            decisive=effect.decisive,
            passed_over=effect.passed_over,
            without=effect.without,
        )

    @property
    def effect(self) -> Effect:
        """What it decided."""
        return Effect(self.decisive, self.passed_over, self.without)

    @property
    def notice(self) -> Notice:
        """The finding as a coded message."""
        return Notice(self.code, self.applicant_id or self.school_id, params=self.params)

    @property
    def level(self) -> Level:
        """How bad it is."""
        return level_of(self.notice)


AGAINST_THE_RULES = ("red", "orange")
"""Levels of findings that end the command with status 1."""


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in the order of their codes, applicants, schools and evidence."""
    return sorted(
        findings,
        key=lambda one: (
            one.code,
            one.applicant_id.encode(),
            one.school_id.encode(),
            one.evidence,
            sorted(map(str, one.params.items())),
        ),
    )
