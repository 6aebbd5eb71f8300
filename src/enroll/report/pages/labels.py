"""What the map says of a place when it is pointed at or reached by the keyboard."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from enroll.notices import Phrase, translate
from enroll.notices.formats import with_id
from enroll.notices.kinds import N_
from enroll.report.pages.rendering import isolate
from enroll.report.pages.run_map import CELL_STEPS, DEMAND_STEPS
from enroll.report.screen import LEVEL_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from enroll.notices import Language
    from enroll.report.pages.reading import Record, RunData
    from enroll.report.pages.rows import SchoolRow
    from enroll.report.pages.run_map import ZoneShape

_ZONE = N_(
    "{zone}: {applicants} applicants, {placed_in_zone} placed in their zone, "
    "{redirected} redirected, {unplaced} unplaced. {demand}"
)
_DEMAND = N_("{children} children for {seats} seats within the class standard.")
_NO_SCHOOL = N_("No school serves it.")
_SCHOOL = N_(
    "{name} ({school}): classes {classes}, the largest {largest}, standard {standard}, limit "
    "{limit}; {placed} placed for {seats} seats within the standard; {redirected_in} redirected "
    "in, {redirected_away} away. {level}"
)
_WORST = N_("Worst finding: {level}.")


def zone_labels(
    data: RunData, names: Mapping[str, str], language: Language
) -> Callable[[ZoneShape], str]:
    """Return what says the figures of a zone."""
    figures = {row["zone_id"]: row for row in data.summary["zones"]}

    def said(zone: ZoneShape) -> str:
        row = figures[zone.zone_id]
        demand = Phrase(_NO_SCHOOL)
        if zone.demand is not None:
            demand = Phrase(_DEMAND, zone.demand._asdict())
        counts = ("applicants", "placed_in_zone", "redirected", "unplaced")
        params = {key: row[key] for key in counts}
        named = with_id(isolate(names[zone.zone_id]), zone.zone_id)
        params |= {"zone": named, "demand": demand}
        return translate(_ZONE, language, params).strip()

    return said


def school_labels(rows: Mapping[str, SchoolRow], language: Language) -> dict[str, str]:
    """Return what is said of each school, by id."""
    return {school_id: _school_label(row, language) for school_id, row in rows.items()}


def _school_label(row: SchoolRow, language: Language) -> str:
    figures: Record = row.figures
    level = figures["level"]
    worst = Phrase(_WORST, {"level": Phrase(LEVEL_WORDS[level])}) if level else Phrase("")
    params = {
        "name": isolate(figures["name"]),
        "school": figures["school_id"],
        "classes": figures["classes"],
        "largest": figures["largest_class"],
        "standard": row.standard,
        "limit": row.limit,
        "placed": figures["placed"],
        "seats": figures["seats_standard"],
        "redirected_in": figures["redirected_in"],
        "redirected_away": figures["redirected_away"],
        "level": worst,
    }
    return translate(_SCHOOL, language, params).strip()


def demand_labels() -> list[str]:
    """Return the steps of the zones' colours in figures."""
    between = [f"{low}–{high - 1}" for low, high in pairwise(DEMAND_STEPS)]
    return [f"< {DEMAND_STEPS[0]}", *between, f"≥ {DEMAND_STEPS[-1]}"]


def cell_labels() -> list[str]:
    """Return the steps of the cells' colours in children."""
    between = [f"{low}–{high - 1}" for low, high in pairwise(CELL_STEPS)]
    return [*between, f"≥ {CELL_STEPS[-1]}"]
