"""What the lists know of a run: its tables, held against each other before anything is made."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from enroll.fairness.register import ALLOCATION, read_table
from enroll.notices.about_defaults import own_groups, own_rounds
from enroll.tables.ids import PLACE_ID

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.notices import Phrase

_SCHOOLS = (
    "school_id", "name", "classes", "largest_class", "seats_standard", "seats_limit",
    "zone_demand", "placed", "placed_from_zone", "redirected_in", "redirected_away",
    "spare_standard", "spare_limit", "level",
)  # fmt: skip
_NOTICES = ("level", "code", "subject", "message", "value", "bound")

FORMAT = 1


class RunUnfit(Exception):  # noqa: N818 - it says what is the matter with a run
    """A run that no list can be made from.

    Parameters
    ----------
    what
        The file or figure at fault; empty where a format is not known.
    """

    def __init__(self, what: str = "") -> None:
        self.what = what
        super().__init__(what)


@dataclass(frozen=True)
class Child:
    """One line of `allocation.csv`.

    Parameters
    ----------
    redirected
        Whether a redirect round placed it at a school that does not serve its zone.
    """

    code: str
    status: str
    school: str
    round: str
    group: str
    zone: str
    metres: str
    reason: str
    redirected: bool


@dataclass(frozen=True)
class Contents:
    """A run as the lists need it.

    Parameters
    ----------
    title, year
        Of the scenario.
    rehearsal
        Whether its draw decides nothing.
    children
        Ascending by code.
    schools
        The lines of `schools.csv`, as they stand there.
    zones
        The schools of each zone.
    notices
        The lines of `warnings.csv`.
    groups, rounds
        What enroll's own groups and rounds are called, by id.
    """

    title: str
    year: int
    rehearsal: bool
    children: Sequence[Child]
    schools: Sequence[Mapping[str, str]]
    zones: Mapping[str, Sequence[str]]
    notices: Sequence[Mapping[str, str]]
    groups: Mapping[str, Phrase]
    rounds: Mapping[str, Phrase]

    def school_names(self) -> dict[str, str]:
        """Return how each school is called: its name, and its id where that tells too little."""
        often = Counter(row["name"] for row in self.schools)
        return {
            row["school_id"]: row["name"]
            if row["name"] and often[row["name"]] == 1
            else f"{row['name']} ({row['school_id']})".strip()
            for row in self.schools
        }


def read_contents(files: Mapping[str, bytes]) -> Contents:
    """Return what the files of a run say, once they are seen to say the same.

    Raises
    ------
    RunUnfit
        Where a file is missing, is of another kind or a newer format, or where two tables do
        not agree on a number.
    """
    try:
        manifest = json.loads(files["manifest.json"])
        rules = json.loads(files["audit/rules.json"])
        if manifest["format"] != FORMAT or rules["format"] != FORMAT:
            raise RunUnfit
        date(manifest["scenario"]["settings"]["year"], 1, 1)
        contents = _contents(files, manifest, rules)
        _compare(contents, json.loads(files["summary.json"])["all"])
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise RunUnfit(str(error) if isinstance(error, KeyError) else "allocation.csv") from error
    return contents


def _contents(
    files: Mapping[str, bytes], manifest: Mapping[str, Any], rules: Mapping[str, Any]
) -> Contents:
    zones = {zone["id"]: tuple(zone["schools"]) for zone in rules["zones"]}
    settings = manifest["scenario"]["settings"]
    return Contents(
        title=str(settings["title"]),
        year=int(settings["year"]),
        rehearsal=manifest["draw"]["rehearsal"] is not False,
        children=[_child(row, zones) for row in read_table(files["allocation.csv"], ALLOCATION)],
        schools=list(read_table(files["schools.csv"], _SCHOOLS)),
        zones=zones,
        notices=list(read_table(files["warnings.csv"], _NOTICES)),
        groups=own_groups(
            (group["id"] for group in rules["groups"]),
            {entry["id"] for entry in rules["policy"]},
        ),
        rounds=own_rounds(rules["rounds"]),
    )


def _child(row: Mapping[str, str], zones: Mapping[str, Sequence[str]]) -> Child:
    elsewhere = row["school_id"] not in zones.get(row["zone_id"], ())
    return Child(
        code=row["applicant_id"],
        status=row["status"],
        school=row["school_id"],
        round=row["round"],
        group=row["group"],
        zone=row["zone_id"],
        metres=row["distance_m"],
        reason=row["reason"],
        redirected=row["reason"] == "REDIRECT" and elsewhere,
    )


def _compare(contents: Contents, everybody: Mapping[str, int]) -> None:
    """Hold `allocation.csv` against `schools.csv` and `summary.json`."""
    children = contents.children
    status = Counter(child.status for child in children)
    placed = Counter(child.school for child in children if child.status == "placed")
    redirected = Counter(child.school for child in children if child.redirected)
    counted = {
        "applicants": len({child.code for child in children}),
        "placed": status["placed"],
        "unplaced": status["unplaced"],
        "ineligible": status["ineligible"],
        "redirected": redirected.total(),
    }
    for name, count in counted.items():
        if everybody[name] != count:
            raise RunUnfit(f"summary.json, {name}")
    known = status["placed"] + status["unplaced"] + status["ineligible"]
    if not known == counted["applicants"] == len(children):
        raise RunUnfit("allocation.csv")
    for row in contents.schools:
        if not PLACE_ID.fullmatch(row["school_id"]):
            raise RunUnfit("schools.csv")  # it becomes the name of a file
        here = str(placed.pop(row["school_id"], 0)), str(redirected.pop(row["school_id"], 0))
        if (row["placed"], row["redirected_in"]) != here:
            raise RunUnfit(f"schools.csv, {row['school_id']}")
    if placed or redirected:
        raise RunUnfit("schools.csv")
