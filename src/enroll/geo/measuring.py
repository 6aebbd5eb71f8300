"""How far it is to school: from what, by which measure, and for whom not at all (design R4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.geo.frame_problems import address_of, capped, file_of, listed
from enroll.geo.ways import MatrixWays, StraightWays
from enroll.notices import Problem, mask, mask_id
from enroll.records import NONE

if TYPE_CHECKING:
    from enroll.geo.placing import Places
    from enroll.geo.points import Points
    from enroll.records import Flags, Inputs, Ints, Texts, TravelMatrix, Ways
    from enroll.scenario.schema import Scenario


@dataclass(frozen=True)
class Measured:
    """The ways of a scenario.

    Parameters
    ----------
    ways
        Metres from applicants to schools.
    start
        (n,) `home`, `anchor`, `matrix`, or "" where no way can be measured.
    starts
        (n,) the points measured from; homes where a matrix measures.
    problems
        Points not believed, schools and children without a way.
    """

    ways: Ways
    start: Texts
    starts: Points
    problems: list[Problem]


def measure(inputs: Inputs, settings: Scenario, places: Places, zone: Ints) -> Measured:
    """Make every way measurable.

    Parameters
    ----------
    inputs
        The tables as read; without a travel matrix ways are straight lines.
    settings
        The scenario.
    places
        Where everybody is.
    zone
        (n,) zone of each applicant or -1: it gives the anchor and the key of a matrix.
    """
    needed = needs_way(inputs, settings)
    waits = waits_for_place(inputs) if needed else np.zeros(len(inputs.applicants), bool)
    round_m = settings.travel.round_m
    if inputs.travel is None or settings.travel.mode == "straight":
        return _by_straight_lines(inputs, places, zone, round_m, waits, needed)
    return _by_matrix(inputs, inputs.travel, places, zone, round_m, waits)


def needs_way(inputs: Inputs, settings: Scenario) -> bool:
    """Tell whether any rule of a scenario asks how far a school is.

    A redirect always does; a zone round does where it ranks by distance, or where a zone has
    several schools, which a child then asks for nearest first.
    """
    if not settings.round:
        return True  # without rounds the usual ones are run, and they redirect
    shared = any(len(schools) > 1 for schools in inputs.zones.schools)
    return any(
        step.rule == "redirect" or (step.rule == "zone" and (shared or "distance" in step.order))
        for step in settings.round
    )


def waits_for_place(inputs: Inputs) -> Flags:
    """Tell (n,) who is placed by a rule: review passed, and no place by decision."""
    applicants = inputs.applicants
    waits: Flags = (applicants.review == "passed") & (applicants.placed_school == NONE)
    return waits


def _by_straight_lines(
    inputs: Inputs, places: Places, zone: Ints, round_m: int, waits: Flags, needed: bool
) -> Measured:
    homes, anchors = places.homes.points, places.anchors.points.take(zone)
    starts = homes.or_else(anchors)
    start = np.full(len(zone), "", dtype=object)
    start[anchors.known] = "anchor"
    start[homes.known] = "home"
    lost = waits & ~starts.known
    attended = (inputs.schools.classes > 0) & needed
    problems = _doubts(inputs, places, attended, lost)
    problems += _about_schools(
        inputs, "SCHOOL_WITHOUT_POINT", "lon", attended & ~places.schools.given
    )
    problems += _not_on_map(inputs, places.schools.given)
    problems += _about_children(inputs, "NO_WAY", "lon", lost & ~places.homes.doubted)
    return Measured(StraightWays(starts, places.schools.points, round_m), start, starts, problems)


def _by_matrix(
    inputs: Inputs, matrix: TravelMatrix, places: Places, zone: Ints, round_m: int, waits: Flags
) -> Measured:
    keys = zone if matrix.keyed_by == "zone" else np.arange(len(zone))
    ways = MatrixWays(matrix, keys, len(inputs.schools), round_m)
    held = ways.known()
    start = np.where(held, "matrix", "").astype(object)
    lost = waits & ~held
    placed = places.homes.given | places.anchors.points.take(zone).known
    unused = inputs.schools.classes > 0
    unused[matrix.school] = False
    problems = _doubts(
        inputs, places, np.zeros(len(inputs.schools), bool), np.zeros(len(zone), bool)
    )
    problems += _about_schools(inputs, "MATRIX_WITHOUT_SCHOOL", "", unused)
    problems += _about_children(inputs, "MATRIX_WITHOUT_APPLICANT", "", lost & placed)
    problems += _about_children(inputs, "NO_WAY", "lon", lost & ~placed)
    return Measured(ways, start, places.homes.points, problems)


def _doubts(inputs: Inputs, places: Places, attended: Flags, lost: Flags) -> list[Problem]:
    """Name points not believed: blocking for schools `attended` and for children `lost`."""
    no_zone = np.zeros(len(inputs.zones), bool)
    return [
        *places.schools.doubts(address_of(inputs, "schools", inputs.schools.row), attended),
        *places.anchors.doubts(address_of(inputs, "zones", inputs.zones.row), no_zone),
        *capped(places.homes.doubts(address_of(inputs, "applicants", inputs.applicants.row), lost)),
    ]


def _about_schools(inputs: Inputs, code: str, column: str, schools: Flags) -> list[Problem]:
    address = address_of(inputs, "schools", inputs.schools.row)
    ids = inputs.schools.school_id
    return [
        address.problem(code, school, column, school=mask(ids[school]))
        for school in np.flatnonzero(schools).tolist()
    ]


def _not_on_map(inputs: Inputs, given: Flags) -> list[Problem]:
    """Count schools that nobody goes to and that lack coordinates, where others have them."""
    missing = np.flatnonzero(~given & (inputs.schools.classes == 0))
    if not given.any() or not len(missing):
        return []
    ids = listed(inputs.schools.school_id, missing.tolist())
    params = {"count": len(missing), "schools": ids}
    return [Problem("SCHOOLS_NOT_ON_MAP", file_of(inputs, "schools"), params=params)]


def _about_children(inputs: Inputs, code: str, column: str, children: Flags) -> list[Problem]:
    address = address_of(inputs, "applicants", inputs.applicants.row)
    ids = inputs.applicants.applicant_id
    return capped(
        [
            address.problem(code, child, column, applicant=mask_id(ids[child]))
            for child in np.flatnonzero(children).tolist()
        ]
    )
