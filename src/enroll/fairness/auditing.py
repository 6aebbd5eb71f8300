"""The whole audit of a run: every test, from the run's files alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from enroll.fairness.burden import Burden, burdens
from enroll.fairness.chance import Trace, traces, unlikely
from enroll.fairness.decisions import fixed_places, lookalikes, zones_by_hand
from enroll.fairness.effects import Rerun, no_rerun
from enroll.fairness.envy import Price, envy_in_zones, prices
from enroll.fairness.findings import AGAINST_THE_RULES, Finding, in_order
from enroll.fairness.outcomes import Part, outcomes_by
from enroll.fairness.policy import groups_against_policy
from enroll.fairness.reserved import Reserve, reserve_findings, reserves

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.fairness.goals import GoalCost
    from enroll.fairness.other_tables import Listing
    from enroll.fairness.register import RunCopy
    from enroll.fairness.rolls import Row

Step = tuple[str, bool, str]
"""A step of the verifier: its name, whether it holds, and why (not)."""


@dataclass(frozen=True)
class Audit:
    """What an audit found.

    Parameters
    ----------
    run
        The run.
    steps
        The verifier's steps.
    outcomes
        By field, in the order asked for.
    burdens, prices, traces
        What the redirected bear, what the smallest total costs, whether the draw was even.
    findings
        In the order of `findings.csv`.
    listing
        The register as the office has it now, None where it was not given.
    goals
        What the goal `farthest` would have cost the rounds with the goal `total`.
    reserves
        The schools with reserved seats.
    """

    run: RunCopy
    steps: tuple[Step, ...]
    outcomes: dict[str, list[Part]]
    burdens: list[Burden]
    prices: list[Price]
    traces: list[Trace]
    findings: list[Finding]
    listing: Listing | None = None
    goals: tuple[GoalCost, ...] = ()
    reserves: tuple[Reserve, ...] = ()

    @property
    def unlisted(self) -> int:
        """Children of the run that the register does not have."""
        rows = self.listing.row if self.listing else {}
        return len(self.run.children.keys() - rows.keys())

    @property
    def outside(self) -> int:
        """Rows of the register that the run does not have."""
        rows = self.listing.row if self.listing else {}
        return len(rows.keys() - self.run.children.keys())

    @property
    def rehearsal(self) -> bool:
        """Whether the draw of the run decides nothing; also where the run does not say."""
        draw = self.run.manifest.get("draw")
        return not (isinstance(draw, dict) and draw.get("rehearsal") is False)

    @property
    def status(self) -> int:
        """Exit status: 1 where a finding is red or orange."""
        return int(any(finding.level in AGAINST_THE_RULES for finding in self.findings))


def audit(
    run: RunCopy,
    steps: Sequence[Step],
    by: Sequence[str],
    rerun: Rerun = no_rerun,
    more: Sequence[Finding] = (),
    listing: Listing | None = None,
    goals: Sequence[GoalCost] = (),
    rolls: Sequence[Row] | None = None,
) -> Audit:
    """Return the audit of a run.

    Parameters
    ----------
    steps
        The verifier's steps.
    by
        Fields to part the children by.
    rerun
        Runs all rounds again with other records of some children.
    more
        Findings of comparisons with other files.
    listing
        The register as the office has it now.
    goals
        What another goal of the redirect rounds would have cost.
    rolls
        The rolls of the entry grade.
    """
    chance = traces(run, listing)
    decided = list(fixed_places(run, rerun))
    findings = [
        *_breaches(steps),
        *groups_against_policy(run),
        *decided,
        *zones_by_hand(run, more),
        *lookalikes(run, rerun),
        *envy_in_zones(run),
        *unlikely(chance),
        *reserve_findings(run, rolls, decided),
        *more,
    ]
    return Audit(
        run=run,
        steps=tuple(steps),
        outcomes={name: outcomes_by(run, name, listing) for name in dict.fromkeys(by)},
        burdens=burdens(run),
        prices=prices(run),
        traces=chance,
        findings=in_order(findings),
        listing=listing,
        goals=tuple(goals),
        reserves=tuple(reserves(run, rolls)),
    )


def _breaches(steps: Sequence[Step]) -> list[Finding]:
    return [
        Finding("RULE_BROKEN", params={"step": name, "why": why}, evidence=f"verify.py: {name}")
        for name, holds, why in steps
        if not holds
    ]
