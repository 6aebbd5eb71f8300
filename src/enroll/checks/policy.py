"""Whether the facts that the policy asks for can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.checks.cells import applicant_problem, own_header
from enroll.priority import find_fact, unreadable_as

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.notices import Problem
    from enroll.records import Ground, Inputs
    from enroll.scenario.schema import Condition, Group, Scenario

_CODES = {"number": "FACT_NOT_A_NUMBER", "date": "FACT_NOT_A_DATE"}


def check_facts(inputs: Inputs, ground: Ground, settings: Scenario) -> Iterator[Problem]:
    """Report cells that a bound of some group cannot be held against.

    A cell is reported once, however many groups ask for it.
    """
    reported: set[tuple[str, str]] = set()
    for entry, name, condition in _conditions(settings):
        fact = find_fact(name, inputs, ground)
        wanted = [
            "" if (name, text) in reported else unreadable_as(condition, text)
            for text in fact.texts
        ]
        reported.update((name, text) for text, kind in zip(fact.texts, wanted, strict=True) if kind)
        column = own_header(settings, name)
        for applicant in np.flatnonzero(
            np.array([bool(kind) for kind in wanted])[fact.code]
        ).tolist():
            code = fact.code[applicant]
            yield applicant_problem(
                _CODES[wanted[code]],
                inputs,
                applicant,
                column,
                value=fact.texts[code],
                group=entry.id,
            )


def _conditions(settings: Scenario) -> Iterator[tuple[Group, str, Condition]]:
    for entry in settings.group:
        for name, condition in (entry.when or {}).items():
            yield entry, name, condition
