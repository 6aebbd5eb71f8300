"""Where schools, homes and anchors are, and which of those points cannot be true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.geo.points import Neighbourhood, Points, is_given, neighbourhood_of, points_of

if TYPE_CHECKING:
    from enroll.geo.frame_problems import Address
    from enroll.notices import Level, Problem
    from enroll.records import Applicants, Flags, Floats, Inputs, Schools, Zones


@dataclass(frozen=True)
class Placed:
    """The points of one table.

    Parameters
    ----------
    points
        (k,) those believed.
    given
        (k,) whether the file gives coordinates.
    swapped
        (k,) whether a point not believed would be believed the other way round.
    reach_km
        How far from the middle of the schools points are believed.
    """

    points: Points
    given: Flags
    swapped: Flags
    reach_km: int

    @property
    def doubted(self) -> Flags:
        """(k,) whether coordinates are given and not believed."""
        return self.given & ~self.points.known

    def doubts(self, address: Address, blocking: Flags) -> list[Problem]:
        """Name the points that are not believed, blocking where `blocking` (k,) says so."""
        problems = []
        for index in np.flatnonzero(self.doubted).tolist():
            level: Level | None = "blocking" if blocking[index] else None
            if self.swapped[index]:
                problems.append(address.problem("POINT_SWAPPED", index, "lon", level))
            else:
                problems.append(
                    address.problem("POINT_FAR_AWAY", index, "lon", level, km=self.reach_km)
                )
        return problems


@dataclass(frozen=True)
class Places:
    """Where everybody is."""

    schools: Placed
    homes: Placed
    anchors: Placed


def place_everybody(inputs: Inputs, metric_crs: str) -> Places:
    """Transform all coordinates to the plane and take out what cannot be true."""
    tables = (inputs.schools, inputs.applicants, inputs.zones)
    schools, homes, anchors = (
        points_of(table.lon, table.lat, table.crs, metric_crs) for table in tables
    )
    reference = next((points for points in (schools, homes) if points.known.any()), anchors)
    around = neighbourhood_of(reference)
    return Places(
        _believe(inputs.schools, schools, around, metric_crs),
        _believe(inputs.applicants, homes, around, metric_crs),
        _believe(inputs.zones, anchors, around, metric_crs),
    )


def _believe(
    table: Schools | Applicants | Zones, points: Points, around: Neighbourhood, metric_crs: str
) -> Placed:
    believed = points.only(around.holds(points))
    given = is_given(table.lon, table.lat)
    doubted = given & ~believed.known
    swapped = _holds(around, table.lat, table.lon, table.crs, metric_crs, doubted)
    return Placed(believed, given, swapped, int(around.reach) // 10_000)


def _holds(
    around: Neighbourhood, lon: Floats, lat: Floats, system: str, metric_crs: str, rows: Flags
) -> Flags:
    held = np.zeros(len(rows), bool)
    held[rows] = around.holds(points_of(lon[rows], lat[rows], system, metric_crs))
    return held
