"""Pictures of runs of which little is known, and the parts of a picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from enroll.report.drawing.picture import Scene, _overlap, _round_length, draw_map, has_places
from enroll.report.layers.geopackage import geopackage
from enroll.report.layers.reading import read_layers
from tests.report.makers import make_results
from tests.report.test_map_layers import layers_of, mapped


def picture(layers, *, rehearsal=False):
    read = read_layers(geopackage(list(layers.values()), "en"))
    return draw_map(Scene(read, "Tiny", "en", rehearsal), "svg").decode()


def with_shapes(shapes):
    results = mapped()
    zones = replace(results.inputs.zones, geometry=np.array(shapes, dtype=object))
    return replace(results, inputs=replace(results.inputs, zones=zones))


def test_a_rehearsal_is_named_as_one():
    layers = layers_of(mapped())
    assert len(picture(layers, rehearsal=True)) > len(picture(layers))


def test_zones_without_outlines_are_squares():
    assert "<svg" in picture(layers_of(make_results()))


@pytest.mark.parametrize("shape", [None, shapely.Polygon()])
def test_what_has_no_place_is_left_out(shape):
    results = with_shapes([shape, shapely.box(113, 29, 114, 30)])
    layers = layers_of(results)
    assert list(layers["flows"].shapes) == [None]
    assert "<svg" in picture(layers)


@pytest.mark.parametrize("shape", [None, shapely.Polygon()])
def test_a_map_without_any_place_has_nothing_to_draw(shape):
    results = with_shapes([shape, shape])
    assert has_places(layers_of(results))
    lost = replace(results.inputs.schools, lon=np.full(2, np.nan))
    results = replace(results, inputs=replace(results.inputs, schools=lost))
    assert not has_places(layers_of(results))


def test_a_hole_stays_a_hole():
    ring = shapely.box(112, 29, 113, 30).difference(shapely.box(112.4, 29.4, 112.6, 29.6))
    layers = layers_of(with_shapes([ring, shapely.box(113, 29, 114, 30)]))
    assert layers["zones"].shapes[0].geom_type == "MultiPolygon"
    assert "<svg" in picture(layers)


def test_schools_on_one_spot_have_one_name_each_side_at_most():
    results = mapped()
    schools = replace(results.inputs.schools, lon=np.full(2, 112.5), lat=np.full(2, 29.5))
    results = replace(results, inputs=replace(results.inputs, schools=schools))
    assert "<svg" in picture(layers_of(results))


def test_a_name_without_room_is_left_out():
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from enroll.report.drawing.picture import _label

    figure = Figure()
    axes = figure.add_axes((0, 0, 1, 1))
    ruler = FigureCanvasAgg(figure).get_renderer()
    taken = [(-1e6, -1e6, 1e6, 1e6)]
    _label(ruler, axes, "School", (0.5, 0.5), 4.0, taken)
    assert (len(taken), len(axes.texts)) == (1, 0)
    taken.clear()
    _label(ruler, axes, "School", (0.5, 0.5), 4.0, taken)
    assert (len(taken), len(axes.texts)) == (1, 1)


def test_boxes_overlap_where_they_share_ground():
    assert _overlap((0, 0, 2, 2), (1, 1, 3, 3))
    assert not _overlap((0, 0, 2, 2), (3, 0, 4, 2))
    assert not _overlap((0, 0, 2, 2), (0, 3, 2, 4))


def test_scale_bars_are_round():
    assert [_round_length(most) for most in (1.0, 4.9, 7_000.0, 23_000.0)] == [1, 2, 5_000, 20_000]
