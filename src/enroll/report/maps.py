"""The zones of a run as a map with figures, for notebooks and drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas
import numpy as np

from enroll.report.layers import zone_shapes
from enroll.report.wholes import at_own_school, redirected_elsewhere

if TYPE_CHECKING:
    from enroll.records import Flags, Ints
    from enroll.report.results import Results


def zone_map(results: Results) -> geopandas.GeoDataFrame:
    """Return one row per zone: its schools, its children and where they went.

    Parameters
    ----------
    results
        The finished allocation.

    Returns
    -------
    GeoDataFrame
        In WGS 84 (EPSG:4326), ascending by `zone_id`, with `name`, `area`, `schools`,
        `applicants` (all children who live there), `ineligible`, `placed_in_zone`,
        `redirected`, `unplaced` and the zone's shape, or its anchor point where it has none.
        It holds no home: a zone is the smallest place shown.
    """
    zones, placement = results.inputs.zones, results.placement
    eligible: Flags = results.ranking.ineligible == ""
    ids = results.inputs.schools.school_id
    columns = {
        "zone_id": zones.zone_id,
        "name": zones.name,
        "area": zones.area,
        "schools": [";".join(ids[list(members)]) for members in zones.schools],
        "applicants": _count(results, np.ones_like(eligible)),
        "ineligible": _count(results, ~eligible),
        "placed_in_zone": _count(results, at_own_school(results)),
        "redirected": _count(results, redirected_elsewhere(results)),
        "unplaced": _count(results, eligible & (placement.school < 0)),
    }
    return geopandas.GeoDataFrame(columns, geometry=zone_shapes(zones), crs="EPSG:4326")


def _count(results: Results, chosen: Flags) -> Ints:
    zone = results.ground.zone[chosen]
    return np.bincount(zone[zone >= 0], minlength=len(results.inputs.zones))
