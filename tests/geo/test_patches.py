"""Overlaps and gaps: the real ones named, the dust counted. Lengths in decimetres."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from enroll.geo.patches import Gap, Overlap, find_patches

from .frames import shaped

KM = 10_000


def patches(*polygons, same=()):
    return find_patches(shaped(*polygons), list(same))


def tile(x, y, side=KM):
    return shapely.box(x, y, x + side, y + side)


def test_zones_that_tile_have_nothing_wrong():
    found = patches(tile(0, 0), tile(KM, 0), tile(0, KM), tile(KM, KM))
    assert (found.overlaps, found.gaps) == ((), ())
    assert (found.slivers, found.pinholes, found.largest_m2) == (0, 0, 0)


def test_a_real_overlap_is_named_with_its_area():
    """200 m by 1,000 m are claimed twice."""
    found = patches(tile(0, 0), tile(KM - 2_000, 0))
    assert found.overlaps == (Overlap(0, 1, 200_000),)
    assert found.slivers == 0


def test_a_thin_overlap_is_a_sliver_however_long():
    """3 dm by 1 km: 300 m2, but nobody lives in it."""
    found = patches(tile(0, 0), tile(KM - 3, 0))
    assert (found.overlaps, found.slivers, found.largest_m2) == ((), 1, 300)


def test_a_small_overlap_is_a_sliver():
    """9 m by 11 m, one square metre short of 100."""
    found = patches(tile(0, 0), shapely.box(KM - 90, 0, 2 * KM, 110))
    assert (found.overlaps, found.slivers, found.largest_m2) == ((), 1, 99)


def test_a_hundred_square_metres_are_real():
    found = patches(tile(0, 0), shapely.box(KM - 100, 0, 2 * KM, 100))
    assert found.overlaps == (Overlap(0, 1, 100),)


def test_many_slivers_of_one_pair_do_not_make_an_overlap():
    """Two pieces of 60 m2 each: neither could hold a home."""
    two = shapely.union_all([shapely.box(-60, 0, 50, 120), shapely.box(-60, 9000, 50, 9120)])
    found = patches(tile(0, 0), two)
    assert (found.overlaps, found.slivers) == ((), 1)


def test_zones_that_only_touch_do_not_overlap():
    found = patches(tile(0, 0), shapely.box(KM, 10, 2 * KM, 20))
    assert (found.overlaps, found.slivers) == ((), 0)


def test_a_gap_is_named_by_its_neighbours():
    """A hole of 500 m by 500 m, half of it beside the second zone."""
    ring = shapely.box(0, 0, 3 * KM, KM).difference(shapely.box(KM, 0, KM + 5_000, 5_000))
    lid = shapely.box(0, -KM, 3 * KM, 0)
    assert patches(ring, lid).gaps == (Gap((0, 1), 250_000),)


def test_pinholes_are_counted():
    holes = [shapely.box(x, 500, x + 5, 505) for x in (1_000, 2_000, 3_000)]
    found = patches(tile(0, 0).difference(shapely.union_all(holes)))
    assert (found.gaps, found.pinholes, found.largest_m2) == ((), 3, 1)


def test_open_water_between_two_islands_is_no_gap():
    found = patches(tile(0, 0), tile(5 * KM, 0))
    assert (found.gaps, found.pinholes) == ((), 0)


def test_zones_of_one_shape_are_not_an_overlap_too():
    """The copy's ground is counted once, with the original's neighbours."""
    found = patches(tile(0, 0), tile(KM - 2_000, 0), tile(0, 0), same=[(0, 2)])
    assert found.overlaps == (Overlap(0, 1, 200_000),)


def test_zones_that_cover_nothing_are_passed_over():
    found = patches(None, tile(0, 0), tile(KM - 2_000, 0))
    assert found.overlaps == (Overlap(1, 2, 200_000),)


def test_no_zone_covers_anything():
    found = patches(None, None)
    assert (found.overlaps, found.gaps, found.slivers, found.pinholes) == ((), (), 0, 0)


corners = st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 3), st.integers(1, 3))


@settings(max_examples=60)
@given(st.lists(corners, min_size=1, max_size=5, unique=True))
def test_against_counting_cells(boxes):
    """Boxes on a 100 m grid: overlaps and holes are whole cells of a hectare."""
    polygons = [
        shapely.box(x * 1000, y * 1000, (x + w) * 1000, (y + h) * 1000) for x, y, w, h in boxes
    ]
    claimed = np.zeros((len(boxes), 12, 12), bool)
    for zone, (x, y, w, h) in enumerate(boxes):
        claimed[zone, x + 1 : x + 1 + w, y + 1 : y + 1 + h] = True
    expected = [
        Overlap(a, b, 10_000 * int((claimed[a] & claimed[b]).sum()))
        for a in range(len(boxes))
        for b in range(a + 1, len(boxes))
        if (claimed[a] & claimed[b]).any()
    ]
    found = patches(*polygons)
    assert list(found.overlaps) == expected
    assert sum(gap.area_m2 for gap in found.gaps) == 10_000 * enclosed(claimed.any(axis=0))
    assert (found.slivers, found.pinholes) == (0, 0)


def enclosed(taken):
    """Count free cells that no walk over edges and corners leads out of."""
    outside = np.zeros_like(taken)
    walk = [(0, 0)]
    while walk:
        x, y = walk.pop()
        inside_map = 0 <= x < taken.shape[0] and 0 <= y < taken.shape[1]
        if inside_map and not taken[x, y] and not outside[x, y]:
            outside[x, y] = True
            walk += [(x + dx, y + dy) for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))]
    return int((~taken & ~outside).sum())
