"""Which zone each home is in (design R3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from enroll.geo.zones import TOUCH_DM
from enroll.records import NONE

if TYPE_CHECKING:
    from enroll.geo.points import Points
    from enroll.geo.zones import Shapes
    from enroll.records import Ints, Texts


def locate(given: Ints, homes: Points, shapes: Shapes | None) -> tuple[Ints, Texts]:
    """Find every applicant's zone.

    The zone set by hand comes first, else the zone that holds the home. A home that several
    zones hold or touch (a shared border, an overlap) goes to the zone with the smallest id.

    Parameters
    ----------
    given
        (n,) zone index set by hand, or -1.
    homes
        (n,) where the homes are.
    shapes
        The zones on the plane; None for zones without geometry.

    Returns
    -------
    tuple
        (n,) zone index or -1, and (n,) `given`, `map`, `border` or `none`.
    """
    zone, holding = zones_at(homes, shapes)
    by_hand = given != NONE
    how = np.full(len(given), "none", dtype=object)
    how[holding == 1] = "map"
    how[holding > 1] = "border"
    how[by_hand] = "given"
    return np.where(by_hand, given, zone), how


def zones_at(points: Points, shapes: Shapes | None) -> tuple[Ints, Ints]:
    """Return (k,) the first zone at each point, or -1, and (k,) how many zones there are.

    Zones are in the order of their ids, so the first is the one with the smallest id.
    """
    count = len(points.known)
    first = np.full(count, NONE, np.int64)
    holding = np.zeros(count, np.int64)
    if shapes is None or not points.known.any():
        return first, holding
    # The tree is built over the points and asked with the zones: a zone is then prepared
    # once and answers for all its points.
    located = np.flatnonzero(points.known)
    homes = np.asarray(shapely.points(points.at[located].astype(np.float64)), dtype=object)
    tree = shapely.STRtree(homes)
    zone, entry = tree.query(shapes.polygons, predicate="dwithin", distance=TOUCH_DM)
    point = located[entry]
    holding += np.bincount(point, minlength=count)
    smallest = np.full(count, len(shapes.polygons), np.int64)
    np.minimum.at(smallest, point, zone)
    return np.where(holding > 0, smallest, first), holding
