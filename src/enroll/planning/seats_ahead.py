"""What a forecast says about seats: the groups that ask for them, the tenth year, the notices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from enroll.notices import Notice, level_of, mask
from enroll.records import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.records import Ints
    from enroll.report.outlook import Outlook, Register
    from enroll.report.warnings_ahead import Ahead
    from enroll.scenario import LoadedScenario

_CODES = {
    "oversized_class": "CLASSES_AHEAD",
    "oversized_school": "SCHOOLS_AHEAD",
    "red": "RED_AHEAD",
    "yellow": "YELLOW_AHEAD",
    "small_school": "SMALL_AHEAD",
}


def look_closer(outlook: Outlook) -> Outlook:
    """Return a forecast with the groups of the register, the tenth year and their notices."""
    from enroll.report.outlook import TEN_YEARS

    register, unread = _register(outlook.scenario)
    known = len(outlook.told.years) >= TEN_YEARS
    wide = replace(
        outlook, register=register, ten_years=None if known else _tenth(outlook, TEN_YEARS)
    )
    return replace(wide, notices=[*outlook.notices, *unread, *seat_notices(wide)])


def _tenth(outlook: Outlook, years: int) -> Ints:
    """Return (m, G) pupils of the tenth year, by the same ratios."""
    from enroll.forecast import project
    from enroll.planning.forecasting import history_of, method_of, words_of

    settings = outlook.scenario.settings
    history, _ = history_of(outlook.inputs, outlook.past, settings, years)
    last: Ints = project(history, method_of(settings), words_of(settings), 1).pupils[-1]
    return last


def _register(scenario: LoadedScenario) -> tuple[Register | None, list[Notice]]:
    """Return the groups of this year's applicants by zone; a notice where they cannot be read."""
    from enroll.geo import survey
    from enroll.priority import rank
    from enroll.report.outlook import Register
    from enroll.tables import read_inputs

    settings = scenario.settings
    if settings.files.applicants is None or settings.files.zones is None or not settings.group:
        return None, []
    unread = [Notice("FORECAST_WITHOUT_GROUPS")]
    reading = read_inputs(scenario)
    if any(level_of(problem) == "blocking" for problem in reading.problems):
        return None, unread
    inputs = reading.inputs
    ground = survey(inputs, settings)[0]
    if ground is None:
        return None, unread
    ranking = rank(inputs, ground, settings)
    asking = (ranking.ineligible == "") & (ground.zone != NONE)
    groups = ranking.groups
    cell = ground.zone[asking] * len(groups.ids) + groups.of[asking]
    counts = np.bincount(cell, minlength=len(inputs.zones) * len(groups.ids))
    return Register(groups.ids, counts.reshape(len(inputs.zones), -1)), []


def seat_notices(outlook: Outlook) -> Iterator[Notice]:
    """Yield one notice for each kind of warning in the forecast, and one for the gaps."""
    from enroll.report.warnings_ahead import LEVELS, warnings_ahead

    warnings = [one for one in warnings_ahead(outlook) if one.first]
    yield from _gap_notices(outlook)
    for kind in LEVELS:
        of_kind = [one for one in warnings if one.kind == kind and one.place == "school"]
        if of_kind:
            yield _warning_notice(kind, of_kind)


def _warning_notice(kind: str, warnings: list[Ahead]) -> Notice:
    first = min(one.first for one in warnings)
    schools = tuple(mask(one.id) for one in warnings if one.first == first)
    count = len(warnings)
    params = {"count": count, "first": str(first), "now": len(schools)}
    return Notice(_CODES[kind], value=count, params=params)


def _gap_notices(outlook: Outlook) -> Iterator[Notice]:
    """Yield what the entry grade lacks in all areas together, and how long seats are used."""
    from enroll.report.gaps import gaps_of

    entry, _ = gaps_of(outlook)
    short = entry.short[:, -1]
    if not short.any():
        return
    worst, with_gap = int(short.argmax()), np.flatnonzero(short)
    params = {
        "first": str(int(entry.years[with_gap[0]])),
        "last": str(int(entry.years[with_gap[-1]])),
        "classes": int(short[worst]),
        "year": str(int(entry.years[worst])),
        "use": int(max(entry.in_ten_years[-1], 0)),
        "decide": str(int(entry.years[with_gap[0]]) - entry.build_years),
    }
    yield Notice("GAP_AHEAD", value=int(short[worst]), params=params)
