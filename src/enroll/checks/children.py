"""Whether the children's rows fit together and fit the schools."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.checks.cells import applicant_problem, file_name, own_header
from enroll.notices import Problem, mask_id
from enroll.priority import number_texts
from enroll.records import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.records import Inputs, Ints, Ranking
    from enroll.scenario.schema import Scenario

_LARGEST_FAMILY = 6
_IDS_SHOWN = 4


def check_somebody_eligible(inputs: Inputs, ranking: Ranking) -> Iterator[Problem]:
    """Report a table in which nobody can be placed."""
    if not np.any(ranking.ineligible == ""):
        params = {"count": len(inputs.applicants)}
        yield Problem("NOBODY_ELIGIBLE", file_name(inputs, "applicants"), params=params)


def check_families(inputs: Inputs, settings: Scenario) -> Iterator[Problem]:
    """Report families with more children of one year than nature allows for."""
    members = np.flatnonzero(inputs.applicants.family != NONE)
    _, first, size = np.unique(
        inputs.applicants.family[members], return_index=True, return_counts=True
    )
    column = own_header(settings, "family")
    for family in np.flatnonzero(size > _LARGEST_FAMILY).tolist():
        applicant = int(members[first[family]])
        yield applicant_problem("FAMILY_LARGE", inputs, applicant, column, count=int(size[family]))


def check_lookalikes(inputs: Inputs) -> Iterator[Problem]:
    """Report children who share home, birth date and sex without being one family.

    They are one child registered twice, or twins whom nothing holds together.
    """
    found = _lookalikes(inputs)
    if len(found):
        ids = tuple(mask_id(name) for name in inputs.applicants.applicant_id[found[:_IDS_SHOWN]])
        yield applicant_problem("LOOKALIKES", inputs, int(found[0]), count=len(found), ids=ids)


def _lookalikes(inputs: Inputs) -> Ints:
    """Return the applicants of every such set, ascending."""
    applicants = inputs.applicants
    sex = number_texts(applicants.sex)
    known = ~(np.isnan(applicants.lon) | np.isnan(applicants.lat) | np.isnat(applicants.birth_date))
    who = np.flatnonzero(known & ~applicants.made())
    traits = (sex.code[who], applicants.birth_date[who], applicants.lat[who], applicants.lon[who])
    order = np.lexsort(traits)
    same = np.ones(max(len(who) - 1, 0), dtype=bool)
    for trait in traits:
        same &= trait[order[1:]] == trait[order[:-1]]
    number = np.concatenate(([0], np.cumsum(~same)))[: len(who)]
    family = applicants.family[who[order]]
    differs = np.zeros(len(who), dtype=bool)
    for step in (0, 1):
        alike = same & ((family[1:] != family[:-1]) | (family[1:] == NONE))
        differs[step : len(who) - 1 + step] |= alike
    sets = np.unique(number[differs])
    return np.sort(who[order][np.isin(number, sets)])
