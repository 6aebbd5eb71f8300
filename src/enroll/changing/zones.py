"""Changes to zones: other ground, other schools."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from enroll.changing.frames import order_of, rows_of, together
from enroll.notices import mask
from enroll.scenario.changes import AddSchool, MoveBoundary, SetZone
from enroll.scenario.trying import place_of
from enroll.tables.more_zones import read_more_zones

if TYPE_CHECKING:
    from enroll.changing.trial import Trial
    from enroll.records import Zones


def move_boundaries(trial: Trial) -> None:
    """Give zones the ground that the files of moved boundaries hold."""
    if "zones" not in trial.whole:
        return
    moved_by: dict[str, int] = {}
    for number, change in trial.of_kind(MoveBoundary):
        moved = _read(trial, number, change)
        if moved is None:
            continue
        for zone in moved.zone_id.tolist():
            if zone in moved_by:
                said = {"thing": f"zones.{mask(zone)}.boundary", "other": place_of(moved_by[zone])}
                trial.wrong("CHANGE_CONFLICT", number, "file", **said)
            moved_by[zone] = number
        _move(trial, number, change, moved)


def _read(trial: Trial, number: int, change: MoveBoundary) -> Zones | None:
    """Return the zones of a file, or None where they cannot take the place of others."""
    schools = {name: at for at, name in enumerate(trial.inputs.schools.school_id.tolist())}
    found = read_more_zones(change.file, trial.folder, trial.settings, schools)
    trial.problems += found.problems
    if found.source is not None:
        trial.inputs = replace(trial.inputs, sources=(*trial.inputs.sources, found.source))
    if found.zones is None:
        return None
    ours, theirs = _kind(trial.inputs.zones), _kind(found.zones)
    if ours != theirs and len(trial.inputs.zones):
        trial.wrong("CHANGE_ZONES_NOT_ALIKE", number, "file", ours=ours, theirs=theirs)
        return None
    return found.zones


def _kind(zones: Zones) -> str:
    return f"{zones.crs}, {'points' if zones.geometry is None else 'polygons'}"


def _move(trial: Trial, number: int, change: MoveBoundary, moved: Zones) -> None:
    known, in_file = trial.inputs.zones.zone_id.tolist(), moved.zone_id.tolist()
    for zone in change.new:
        if zone not in in_file:
            trial.wrong("CHANGE_ZONE_NOT_IN_FILE", number, "new", zone)
        elif zone in known:
            trial.wrong("CHANGE_ZONE_EXISTS", number, "new", zone)
    there = [zone for zone in in_file if zone not in change.new]
    old = _source_name(trial)
    for zone in there:
        if trial.knows_zone(number, "file", zone):
            _take_ground(trial, zone, moved)
            trial.record(f"zones.{zone}.boundary", old, mask(trial.inputs.sources[-1].name))
    added = [at for at, zone in enumerate(in_file) if zone in change.new and zone not in known]
    if added:
        _add(trial, rows_of(moved, np.array(added, dtype=np.int64)))


def _source_name(trial: Trial) -> str | None:
    return next((one.name for one in trial.inputs.sources if one.role == "zones"), None)


def _take_ground(trial: Trial, zone: str, moved: Zones) -> None:
    zones = trial.inputs.zones
    at, source = zones.zone_id.tolist().index(zone), moved.zone_id.tolist().index(zone)
    row, lon, lat = zones.row.copy(), zones.lon.copy(), zones.lat.copy()
    row[at] = 0
    if not np.isnan(moved.lon[source]):
        lon[at], lat[at] = moved.lon[source], moved.lat[source]
    geometry = None if zones.geometry is None else zones.geometry.copy()
    if geometry is not None and moved.geometry is not None:
        geometry[at] = moved.geometry[source]
    changed = replace(zones, row=row, lon=lon, lat=lat, geometry=geometry)
    trial.inputs = replace(trial.inputs, zones=changed)


def _add(trial: Trial, new: Zones) -> None:
    """Add new zones; the zones that applicants and ways name keep their names."""
    count = len(trial.inputs.zones)
    new = replace(new, row=np.zeros(len(new), dtype=np.int64))
    zones = together(trial.inputs.zones, new)
    order = order_of(zones.zone_id)
    position = np.append(np.argsort(order)[:count], -1)
    inputs, travel = trial.inputs, trial.inputs.travel
    if travel is not None and travel.keyed_by == "zone":
        travel = replace(travel, key=position[travel.key])
    applicants = replace(inputs.applicants, zone=position[inputs.applicants.zone])
    trial.inputs = replace(
        inputs, zones=rows_of(zones, order), applicants=applicants, travel=travel
    )


def set_zones(trial: Trial) -> None:
    """Give zones their new schools."""
    for number, change in trial.of_kind(SetZone):
        if trial.knows_zone(number, "zone_id", change.zone_id):
            known = [one for one in change.schools if trial.knows_school(number, "schools", one)]
            _serve(trial, change.zone_id, set(known))
    for number, added in trial.of_kind(AddSchool):
        for zone in added.zones:
            if trial.knows_zone(number, "zones", zone):
                _serve(trial, zone, {*_served(trial, zone), added.school_id})


def _served(trial: Trial, zone: str) -> set[str]:
    zones = trial.inputs.zones
    at = zones.zone_id.tolist().index(zone)
    return {str(trial.inputs.schools.school_id[school]) for school in zones.schools[at]}


def _serve(trial: Trial, zone: str, schools: set[str]) -> None:
    zones = trial.inputs.zones
    at = zones.zone_id.tolist().index(zone)
    known = trial.inputs.schools.school_id.tolist()
    indices = tuple(number for number, name in enumerate(known) if name in schools)
    served = (*zones.schools[:at], indices, *zones.schools[at + 1 :])
    trial.inputs = replace(trial.inputs, zones=replace(zones, schools=served))
