"""Points on the plane, and which of them to believe.

Real files hold schools at longitude 0, latitude 0 and homes with longitude and latitude
swapped. Such a point is no better than none: a child must not be sent by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.geo.coordinates import BEYOND_DM, to_plane

if TYPE_CHECKING:
    from enroll.records import Flags, Floats, Ints

_LEAST_REACH_DM = 100 * 10_000
_MOST_REACH_DM = 400 * 10_000
_TIMES_THE_MEDIAN = 10.0


@dataclass(frozen=True)
class Points:
    """Places of one table.

    Parameters
    ----------
    at
        (k, 2) easting and northing in decimetres; 0 where not known.
    known
        (k,) whether there is a point that may be measured from.
    """

    at: Ints
    known: Flags

    def only(self, believed: Flags) -> Points:
        """Return the same points with those not believed taken out."""
        known = self.known & believed
        return Points(np.where(known[:, None], self.at, 0), known)

    def or_else(self, others: Points) -> Points:
        """Return these points, and those of `others` where these are not known."""
        return Points(np.where(self.known[:, None], self.at, others.at), self.known | others.known)

    def take(self, indices: Ints) -> Points:
        """Return the points at `indices`; index -1 gives a point that is not known."""
        if not len(self.known):
            return Points(np.zeros((len(indices), 2), np.int64), np.zeros(len(indices), bool))
        taken = Points(self.at[indices], self.known[indices])
        return taken.only(indices >= 0)


@dataclass(frozen=True)
class Neighbourhood:
    """Where a scenario's schools are, and how far from there a point is believed.

    Parameters
    ----------
    middle
        (2,) median easting and northing in decimetres.
    reach
        Decimetres. Ten times the median distance of a school from the middle, at least
        100 km and at most 400 km: no county is wider, and between two believed points
        floating-point distances are exact (see `ways`).
    """

    middle: Floats
    reach: float

    def holds(self, points: Points) -> Flags:
        """Tell for each point whether it is believed."""
        near: Flags = points.known & (_distance(points.at, self.middle) <= self.reach)
        return near


def points_of(lon: Floats, lat: Floats, system: str, metric_crs: str) -> Points:
    """Transform a table's coordinates; those missing are not known.

    Parameters
    ----------
    lon, lat
        (k,) in `system`; NaN where missing.
    """
    known = is_given(lon, lat)
    at = np.zeros((len(lon), 2), np.int64)
    if known.any():
        at[known] = to_plane(lon[known], lat[known], system, metric_crs)
    reached: Flags = np.abs(at).max(axis=1, initial=0) < BEYOND_DM
    return Points(at, known).only(reached)


def is_given(lon: Floats, lat: Floats) -> Flags:
    """Tell which rows have both coordinates."""
    given: Flags = np.isfinite(lon) & np.isfinite(lat)
    return given


def neighbourhood_of(points: Points) -> Neighbourhood:
    """Find the middle of known points by medians, which a few wild points cannot move.

    Parameters
    ----------
    points
        Where none is known there is nothing to believe either, and any middle will do.
    """
    if not points.known.any():
        return Neighbourhood(np.zeros(2), _MOST_REACH_DM)
    at = points.at[points.known]
    middle = np.median(at, axis=0)
    spread = float(np.median(_distance(at, middle)))
    reach = min(max(_TIMES_THE_MEDIAN * spread, _LEAST_REACH_DM), _MOST_REACH_DM)
    return Neighbourhood(middle, reach)


def _distance(at: Ints, middle: Floats) -> Floats:
    distance: Floats = np.hypot(at[:, 0] - middle[0], at[:, 1] - middle[1])
    return distance
