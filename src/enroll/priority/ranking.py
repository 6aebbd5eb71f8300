"""The whole ranking: eligibility, groups, bundles and the lottery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enroll.lottery import draw
from enroll.priority.bundles import find_bundles
from enroll.priority.eligibility import find_ineligible
from enroll.priority.groups import sort_into_groups
from enroll.records import Ranking

if TYPE_CHECKING:
    from enroll.records import Ground, Inputs
    from enroll.scenario.schema import Scenario


def rank(inputs: Inputs, ground: Ground, settings: Scenario) -> Ranking:
    """Return who may take part and who comes before whom.

    Age and review come first, named placements next, bundles last (design R8): a child that
    is not eligible or has a named placement belongs to no bundle.
    """
    ineligible = find_ineligible(inputs.applicants, settings)
    bundle = find_bundles(inputs.applicants, ineligible)
    return Ranking(
        ineligible=ineligible,
        groups=sort_into_groups(inputs, ground, settings),
        draw=draw(inputs.applicants, bundle, settings),
        bundle=bundle,
    )
