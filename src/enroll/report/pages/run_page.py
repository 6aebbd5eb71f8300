"""`report.html`: a run on one page, made from the other files of the run alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enroll.notices import translate
from enroll.notices.about_facts import as_date
from enroll.notices.kinds import N_
from enroll.report.pages.counting import demand_of_zones, flows_of
from enroll.report.pages.decided import overrides_of
from enroll.report.pages.outlines import MAP, outlines_of
from enroll.report.pages.reading import read_data
from enroll.report.pages.rendering import render
from enroll.report.pages.rows import BAR, BINS, records_of, school_rows, spread_of_ways
from enroll.report.pages.sentences import ABOUT_A_CHILD, findings_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.notices import Language
    from enroll.report.pages.outlines import Outlines
    from enroll.report.pages.reading import RunData

PAGE = "report.html"
"""Name of the page in a run."""

MOST_FLOW_LINES = 200
"""Flows that the page's table lists; all of them are in the layer `flows` of `map.gpkg`."""

INDICATOR_WORDS = {
    "classes": N_("Entry classes"),
    "oversized_classes": N_("Classes of 56 pupils or more"),
    "oversized_share": N_("Share of classes of 56 pupils or more, per cent"),
    "very_oversized_classes": N_("Classes of 66 pupils or more"),
    "mean_class": N_("Mean size of an entry class"),
    "oversized_schools": N_("Schools above their school limit"),
    "gap": N_("Seats missing"),
    "placed_in_zone_share": N_("Share placed in their zone, per cent"),
    "migrants_public_share": N_("Share of migrant children in public schools, per cent"),
    "farthest_m": N_("Farthest way to school, m"),
}

SETTING_WORDS = {
    "all": N_("all"),
    "urban": N_("urban"),
    "town": N_("town"),
    "rural": N_("rural"),
}

KEY_WORDS = {
    "group": N_("group {value}"),
    "sibling": N_("sibling at the school: {value}"),
    "distance": N_("{value} m"),
    "points": N_("{value} points"),
    "since": N_("since {value}"),
    "lottery": N_("lottery rank {value}"),
}
"""Keys of a cutoff in words."""

VALUE_WORDS = {"yes": N_("yes"), "no": N_("no")}
_NO_DATE = N_("no date")


def run_page(files: Mapping[str, bytes], language: Language) -> bytes:
    """Return `report.html` of a run.

    Parameters
    ----------
    files
        The run's files by name. Without `map.gpkg` the page has no map and says so.
    language
        Of every sentence; names are as the run has them.

    Raises
    ------
    UsageError
        Where the files are no run that this version reads.
    """
    data = read_data(files, language)
    outlines = outlines_of(files, data)
    shown = {
        **_figures(data, language),
        **_findings(files, data, language),
        "overrides": overrides_of(files, data, language),
        **_map(files, data, outlines, language),
    }
    return render("run.html.j2", language, title=data.settings["title"], data=data, **shown)


def _figures(data: RunData, language: Language) -> dict[str, object]:
    """Return what the tables show."""
    return {
        "summary": data.summary,
        "school_names": {row["id"]: row["name"] for row in data.rules["schools"]},
        "schools": school_rows(data),
        "spread": spread_of_ways(data),
        "bar": BAR,
        "bins": BINS,
        "demands": demand_of_zones(data),
        "flows": flows_of(data),
        "flows_listed": MOST_FLOW_LINES,
        "overloads": [
            {"round": step["round"], **overload}
            for step in data.certificate["rounds"]
            for overload in step["overloads"]
        ],
        "indicators": _indicators(data),
        "indicator_words": INDICATOR_WORDS,
        "setting_words": SETTING_WORDS,
        "value_words": VALUE_WORDS,
        "cutoffs": _cutoffs(data, language),
        "own_groups": data.own_groups(language),
        "own_rounds": data.own_rounds(language),
    }


def _findings(files: Mapping[str, bytes], data: RunData, language: Language) -> dict[str, object]:
    findings = findings_of(files, data.tables["warnings"], language)
    named = [finding for finding in findings if finding.code not in ABOUT_A_CHILD]
    return {
        "red": [finding for finding in named if finding.level == "red"],
        "others": [finding for finding in named if finding.level != "red"],
        "about_children": len(findings) - len(named),
    }


def _map(
    files: Mapping[str, bytes], data: RunData, outlines: Outlines | None, language: Language
) -> dict[str, object]:
    from enroll.report.pages.labels import cell_labels, demand_labels, school_labels, zone_labels
    from enroll.report.pages.run_map import draw_map

    names = data.zone_names
    rows = {row.figures["school_id"]: row for row in school_rows(data)}
    return {
        "map": None if outlines is None else draw_map(files, data, outlines),
        "map_file": MAP in files,
        "zone_names": names,
        "zone_label": zone_labels(data, names, language),
        "school_labels": school_labels(rows, language),
        "levels": {school_id: row.figures["level"] for school_id, row in rows.items()},
        "demand_labels": demand_labels(),
        "cell_labels": cell_labels(),
    }


def _indicators(data: RunData) -> list[dict[str, object]]:
    """Return the indicators, those of all schools before those of a setting."""
    rows = records_of(data.tables["indicators"])
    return sorted(rows, key=lambda row: row["setting"] != "all")


def _cutoffs(data: RunData, language: Language) -> list[dict[str, object]]:
    rows = records_of(data.tables["cutoffs"])
    groups = data.own_groups(language)
    return [{**row, "words": _cutoff_words(str(row["cutoff"]), language, groups)} for row in rows]


def _cutoff_words(cutoff: str, language: Language, groups: Mapping[str, str]) -> str:
    """Return a ranking key of `cutoffs.csv` in words; a group id may hold any letter.

    `groups` is what enroll's own groups are called.
    """
    parts: list[str] = []
    for word in cutoff.split(" "):
        name, equals, value = word.partition("=")
        if word == "since=none":
            parts.append(translate(_NO_DATE, language))
        elif name in KEY_WORDS and equals:
            known = VALUE_WORDS.get(value) if name == "sibling" else None
            shown = translate(known, language) if known else _key_value(name, value, groups)
            parts.append(translate(KEY_WORDS[name], language, {"value": shown}))
        elif word:
            parts.append(word)
    return " · ".join(parts)


def _key_value(name: str, value: str, groups: Mapping[str, str]) -> object:
    """Return a part of a ranking key as it is shown: a count or a day in the language's way."""
    if name == "group":
        return groups.get(value, value)
    return int(value) if value.isascii() and value.isdecimal() else as_date(value)
