"""The rounds played again: who stood where before and after each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.verify.case import NONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from enroll.verify.case import Case, Flags, Ints, Rule

_MOST_NAMED = 5
"""Subjects of one kind of breach that are named; the others are counted."""


@dataclass(frozen=True)
class Step:
    """One round of the result.

    Parameters
    ----------
    number, rule
        Which round.
    before, after
        (n,) school of each child, -1 for none.
    redirected
        (n,) whether the place before comes from a redirect round.
    waiting
        (n,) eligible children without a place before.
    """

    number: int
    rule: Rule
    before: Ints
    after: Ints
    redirected: Flags
    waiting: Flags

    @property
    def reopened(self) -> Flags:
        """(n,) earlier redirects, in a round that may better them because it fills to the limit."""
        to_the_limit = self.rule.rule == "redirect" and self.rule.seats == "limit"
        return self.redirected & to_the_limit

    def open_seats(self, case: Case, level: str) -> Ints:
        """Return (m,) seats that nobody holds who keeps its place in this round."""
        staying = self.before[(self.before != NONE) & ~self.reopened]
        taken = np.bincount(staying, minlength=len(case.schools.classes))
        left: Ints = np.maximum(case.schools.seats(level) - taken, 0)
        return left


def steps(case: Case) -> Iterator[Step]:
    """Yield every round with the places before and after it."""
    eligible = case.children.ineligible == ""
    before = np.full(len(eligible), NONE, dtype=np.int64)
    redirected = np.zeros(len(eligible), dtype=bool)
    for number, (rule, after) in enumerate(zip(case.rules, case.result.history, strict=True)):
        yield Step(number, rule, before, after, redirected, eligible & (before == NONE))
        redirected = np.where(after != before, rule.rule == "redirect", redirected)
        before = after


def tell(subjects: Ints, sentence: Callable[[int], str]) -> Iterator[str]:
    """Yield a sentence on each of the first subjects, and one that counts the others."""
    named = subjects[:_MOST_NAMED].tolist()
    yield from map(sentence, named)
    if len(subjects) > len(named):
        yield f"{sentence(named[0])} And {len(subjects) - len(named)} more like this."
