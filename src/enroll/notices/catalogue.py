"""The whole catalogue, gathered from its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enroll.notices.about_changes import CHANGE_KINDS
from enroll.notices.about_checks import CHECK_KINDS
from enroll.notices.about_draws import DRAW_KINDS
from enroll.notices.about_findings import FINDING_KINDS
from enroll.notices.about_forecasts import FORECAST_KINDS
from enroll.notices.about_ground import GROUND_KINDS
from enroll.notices.about_lists import LIST_KINDS
from enroll.notices.about_opening import OPENING_KINDS
from enroll.notices.about_results import RESULT_KINDS
from enroll.notices.about_scenarios import SCENARIO_KINDS
from enroll.notices.about_tables import TABLE_KINDS
from enroll.notices.language import translate

if TYPE_CHECKING:
    from enroll.notices.kinds import Kind, Level, Notice, Problem
    from enroll.notices.language import Language

KINDS: dict[str, Kind] = {
    **SCENARIO_KINDS,
    **CHANGE_KINDS,
    **TABLE_KINDS,
    **GROUND_KINDS,
    **CHECK_KINDS,
    **RESULT_KINDS,
    **DRAW_KINDS,
    **FINDING_KINDS,
    **OPENING_KINDS,
    **FORECAST_KINDS,
    **LIST_KINDS,
}
"""Every code enroll can raise; a test holds that no two parts define the same one."""


def level_of(item: Problem | Notice) -> Level:
    """Return how bad a problem or notice is."""
    return item.level or KINDS[item.code].level


def message_of(item: Problem | Notice, language: Language) -> str:
    """Return the sentence of a problem or notice."""
    return translate(KINDS[item.code].message, language, item.params)


def remedy_of(item: Problem | Notice, language: Language) -> str:
    """Return what would remove a problem or notice."""
    return translate(KINDS[item.code].remedy, language, item.params)
