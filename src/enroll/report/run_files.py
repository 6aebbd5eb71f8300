"""Every file of a run as bytes, from the results of one allocation (design section 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.classes import list_classes
from enroll.notices import level_of, message_of, remedy_of
from enroll.report.audit_files import audit_files
from enroll.report.certificate import certificate_json
from enroll.report.cutoffs import cutoff_text
from enroll.report.json_out import json_bytes
from enroll.report.layers import geopackage, map_layers
from enroll.report.manifest import SUMS, manifest_json, seal
from enroll.report.ordering import sort_notices
from enroll.report.pages import NOTICES, PAGE, notices_json, run_page
from enroll.report.summary import Summary, summary_json
from enroll.report.wholes import count_wholes
from enroll.tables.csv_out import csv_bytes
from enroll.watch import school_levels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.notices import Language, Notice
    from enroll.records import Flags, Ints, Texts
    from enroll.report.results import Results


MAP = "map.gpkg"
"""Name of the file that shows a run in QGIS."""


def run_tables(
    results: Results, summary: Summary, language: Language, *, tables_only: bool = False
) -> dict[str, bytes]:
    """Return the content of every file of a run by name, `SHA256SUMS` included.

    Parameters
    ----------
    results
        The finished allocation.
    summary
        Its figures, from `summarise`.
    language
        Of the sentences in `warnings.csv` and of the names in `map.gpkg`; every other file is
        the same in all languages.
    tables_only
        Leave out the map and the page.
    """
    files = {
        "allocation.csv": _csv(allocation_columns(results)),
        "schools.csv": _csv(school_columns(results)),
        "warnings.csv": _csv(warning_columns(results.notices, language)),
        "cutoffs.csv": _csv(cutoff_columns(results)),
        "certificate.json": certificate_json(results),
        "classes.csv": _csv(class_columns(results)),
        "indicators.csv": _csv(indicator_columns(results)),
        "summary.json": json_bytes(summary_json(summary, results), indent=2),
        "manifest.json": manifest_json(results),
        NOTICES: notices_json(results.notices),
        **audit_files(results),
    }
    if not tables_only:
        files[MAP] = map_gpkg(results, language)
        files[PAGE] = run_page(files, language)
    files[SUMS] = seal(files)
    return files


def map_gpkg(results: Results, language: Language) -> bytes:
    """Return `map.gpkg`: zones, schools, redirects and notices as styled layers."""
    notices = warning_columns(results.notices, language)
    layers = map_layers(results, school_columns(results), notices)
    return geopackage(layers, language, rehearsal=results.ranking.draw.rehearsal)


Columns = dict[str, "Sequence[object] | Ints | Texts"]


def _csv(columns: Columns) -> bytes:
    return csv_bytes(list(columns), list(columns.values()))


def allocation_columns(results: Results) -> Columns:
    """Return `allocation.csv`: every applicant once, ascending by id."""
    placement, ground, ranking = results.placement, results.ground, results.ranking
    inputs = results.inputs
    with_way = (placement.school >= 0) & (placement.metres >= 0)
    return {
        "applicant_id": inputs.applicants.applicant_id,
        "ticket": ranking.draw.ticket,
        "status": _status(results),
        "school_id": _named(placement.school, inputs.schools.school_id),
        "round": _named(placement.round, placement.round_ids),
        "group": _named(ranking.groups.of, ranking.groups.ids),
        "zone_id": _named(ground.zone, inputs.zones.zone_id),
        "distance_m": _numbers(placement.metres, with_way),
        "distance_from": np.where(with_way, ground.distance_from, ""),
        "lottery_rank": ranking.draw.rank,
        "reason": placement.reason,
    }


def _status(results: Results) -> Texts:
    unplaced = np.where(results.ranking.ineligible == "", "unplaced", "ineligible")
    status: Texts = np.where(results.placement.school >= 0, "placed", unplaced).astype(object)
    return status


def school_columns(results: Results) -> Columns:
    """Return `schools.csv`: every school once, ascending by id."""
    schools, seats, plan = results.inputs.schools, results.seats, results.plan
    wholes = count_wholes(results)
    return {
        "school_id": schools.school_id,
        "name": schools.name,
        "classes": plan.classes,
        "largest_class": plan.largest,
        "seats_standard": seats.standard,
        "seats_limit": seats.limit,
        "zone_demand": wholes.zone_demand,
        "placed": wholes.placed,
        "placed_from_zone": wholes.placed_from_zone,
        "redirected_in": wholes.redirected_in,
        "redirected_away": wholes.redirected_away,
        "spare_standard": seats.standard - wholes.placed,
        "spare_limit": seats.limit - wholes.placed,
        "level": school_levels(results.notices, schools),
    }


def warning_columns(notices: Sequence[Notice], language: Language) -> Columns:
    """Return `warnings.csv`: every notice, worst first, with what would remove it."""
    ordered = sort_notices(notices)
    return {
        "level": [level_of(notice) for notice in ordered],
        "code": [notice.code for notice in ordered],
        "subject": [notice.subject for notice in ordered],
        "message": [_sentence(notice, language) for notice in ordered],
        "value": ["" if notice.value is None else notice.value for notice in ordered],
        "bound": ["" if notice.bound is None else notice.bound for notice in ordered],
    }


def _sentence(notice: Notice, language: Language) -> str:
    parting = " " if language == "en" else ""
    sentences = (message_of(notice, language), remedy_of(notice, language))
    return parting.join(sentence for sentence in sentences if sentence)


def cutoff_columns(results: Results) -> Columns:
    """Return `cutoffs.csv`: a line per round and school where somebody was refused."""
    placement, group_ids = results.placement, results.ranking.groups.ids
    number = {round_id: at for at, round_id in enumerate(placement.round_ids)}
    cutoffs = sorted(placement.cutoffs, key=lambda cutoff: (number[cutoff.round_id], cutoff.school))
    order: Mapping[str, Sequence[str]] = {
        step.id: step.order for step in results.scenario.settings.round
    }
    return {
        "round": [cutoff.round_id for cutoff in cutoffs],
        "school_id": [results.inputs.schools.school_id[cutoff.school] for cutoff in cutoffs],
        "offered": [cutoff.offered for cutoff in cutoffs],
        "filled": [cutoff.filled for cutoff in cutoffs],
        "cutoff": [
            cutoff_text(order[cutoff.round_id], cutoff.key, group_ids) for cutoff in cutoffs
        ],
    }


def class_columns(results: Results) -> Columns:
    """Return `classes.csv`: every class of every school, larger ones first."""
    school, number, size = list_classes(results.plan)
    return {
        "school_id": results.inputs.schools.school_id[school],
        "class_no": number,
        "size": size,
    }


def indicator_columns(results: Results) -> Columns:
    """Return `indicators.csv` in the order in which the indicators were counted."""
    rows = results.indicators
    return {
        "name": [row.name for row in rows],
        "setting": [row.setting for row in rows],
        "value": [str(row.value) for row in rows],
        "target": [str(row.target) for row in rows],
        "met": [str(row.met) for row in rows],
    }


def _named(index: Ints, names: Texts | Sequence[str]) -> Texts:
    """Return the name of each index, and nothing for -1."""
    table = np.array([*names, ""], dtype=object)
    return table[index]


def _numbers(values: Ints, known: Flags) -> Texts:
    """Return whole numbers as text, and nothing where they are not known."""
    text = np.full(len(values), "", dtype=object)
    text[known] = values[known].astype(str)
    return text
