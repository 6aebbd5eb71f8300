"""The applicants: from a table of text to a frame of the domain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.records import NONE, Applicants
from enroll.tables.coded import constant
from enroll.tables.facts import asked_facts, iso_texts, read_fact
from enroll.tables.grid import text_array
from enroll.tables.headers import MOST_CHOICES
from enroll.tables.ids import APPLICANT_ID, PLACE_ID
from enroll.tables.places import read_places
from enroll.tables.schools import ascending

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.records import Ints, Texts
    from enroll.scenario.schema import Scenario
    from enroll.tables.cells import Cells

_PLACED = ("placed_school", "placed_reason", "placed_authority", "placed_date")


@dataclass(frozen=True)
class Known:
    """What applicants may refer to.

    Parameters
    ----------
    schools
        School ids to indices, or None where the schools could not be read.
    zones
        Zone ids to indices, or None where there are no zones or they could not be read.
    classes
        (m,) entry classes of the schools.
    """

    schools: Mapping[str, int] | None
    zones: Mapping[str, int] | None
    classes: Ints


def read_applicants(cells: Cells, settings: Scenario, known: Known) -> Applicants:
    """Return the applicants, ascending by id.

    Parameters
    ----------
    cells
        The table with its columns found; it takes the problems.
    settings
        Its groups say which facts are kept; everything else in the file is left behind.
    known
        Schools and zones that the cells may name.
    """
    ids = cells.unique_ids("applicant_id", APPLICANT_ID)
    order = ascending(ids)
    places = read_places(cells, "applicants", settings.coordinates.applicants)
    placed = _placed(cells, known)
    facts = asked_facts(settings)
    return Applicants(
        applicant_id=text_array(ids)[order],
        row=cells.table.row[order],
        lon=places.lon[order],
        lat=places.lat[order],
        zone=cells.indices("zone", PLACE_ID, known.zones, "ZONE_UNKNOWN")[order],
        group=_groups(cells, settings)[order],
        facts={
            name: read_fact(cells, name, conditions)[order] for name, conditions in facts.items()
        },
        review=cells.words("review", "passed")[order],
        birth_date=cells.days("birth_date")[order],
        since=cells.days("since")[order],
        sex=cells.words("sex")[order],
        points=cells.whole("points")[order],
        sibling_school=cells.indices(
            "sibling_school", PLACE_ID, known.schools, "SIBLING_SCHOOL_UNKNOWN"
        )[order],
        family=_families(cells)[order],
        choices=_choices(cells, known)[order],
        accepts_redirect=cells.flags("accepts_redirect", empty=True)[order],
        placed_school=placed[order],
        placed_reason=_where_placed(cells.words("placed_reason"), placed)[order],
        placed_authority=_where_placed(cells.texts("placed_authority"), placed)[order],
        placed_date=_where_placed(iso_texts(cells.days("placed_date")), placed)[order],
        crs=places.crs,
    )


def _groups(cells: Cells, settings: Scenario) -> Texts:
    """Return the group ids given in the file, which the scenario must know."""
    by_column = [group.id for group in settings.group if group.when is None]
    if by_column and not cells.has("group"):
        cells.report.add("GROUP_COLUMN_MISSING", column="group", group=by_column[0])
    ids = tuple(dict.fromkeys(group.id for group in settings.group))
    if not ids:
        return constant("", len(cells)).cells()
    groups = cells.coded("group")
    bad = groups.where(lambda text: text not in ("", *ids))
    cells.problem_rows("GROUP_UNKNOWN", "group", bad, known=ids)
    return groups.cells()


def _families(cells: Cells) -> Ints:
    """Return a number for every family, in the order of the families' texts."""
    written = cells.coded("family")
    numbers = {text: number for number, text in enumerate(sorted(set(written.texts) - {""}))}
    return written.positions(numbers, NONE)


def _choices(cells: Cells, known: Known) -> Ints:
    """Return (n, k) school indices, best first; gaps and repeats are closed up."""
    names = [f"choice_{number}" for number in range(1, MOST_CHOICES + 1)]
    columns = [
        cells.indices(name, PLACE_ID, known.schools, "SCHOOL_UNKNOWN")
        for name in names
        if cells.has(name)
    ]
    if not columns:
        return np.full((len(cells), 0), NONE, dtype=np.int64)
    chosen = np.stack(columns, axis=1)
    repeated = np.zeros(chosen.shape, dtype=bool)
    for later in range(1, chosen.shape[1]):
        same = chosen[:, :later] == chosen[:, later : later + 1]
        repeated[:, later] = same.any(axis=1) & (chosen[:, later] != NONE)
    cells.problem_rows("CHOICE_TWICE", "choice", np.asarray(repeated.any(axis=1)))
    chosen[repeated] = NONE
    closed_up = np.argsort(chosen == NONE, axis=1, kind="stable")
    return np.take_along_axis(chosen, closed_up, axis=1)


def _placed(cells: Cells, known: Known) -> Ints:
    """Return the schools of placements by decision, each complete and at a school with classes."""
    schools = cells.indices("placed_school", PLACE_ID, known.schools, "SCHOOL_UNKNOWN")
    filled = [cells.coded(name).where(bool) for name in _PLACED]
    some = np.logical_or.reduce(filled)
    every = np.logical_and.reduce(filled)
    for row in np.flatnonzero(some & ~every).tolist():
        missing = tuple(name for name, given in zip(_PLACED, filled, strict=True) if not given[row])
        number = int(cells.table.row[row])
        cells.report.add("PLACED_INCOMPLETE", number, "placed_school", missing=missing)
    refuse_without_class(cells, "placed_school", schools, known.classes)
    return schools


def refuse_without_class(cells: Cells, name: str, schools: Ints, classes: Ints) -> None:
    """Report placements by decision at schools without an entry class (design R9).

    Parameters
    ----------
    name
        Column that names the school.
    schools
        (n,) school index or -1.
    classes
        (m,) entry classes; where no school has one, NO_CLASSES says it once for all.
    """
    if classes.any():
        without = (schools != NONE) & (classes[schools] == 0)
        cells.problem_rows("PLACED_WITHOUT_CLASS", name, without)


def _where_placed(texts: Texts, placed: Ints) -> Texts:
    return np.where(placed == NONE, "", texts)
