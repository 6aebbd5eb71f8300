"""The parts of a page: counting, drawing, words."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely
from jinja2 import UndefinedError

from enroll.report.pages.counting import Demand, catchments, cells_of
from enroll.report.pages.rendering import isolate, render
from enroll.report.pages.run_map import DEMAND_STEPS, step_of
from enroll.report.pages.run_page import _cutoff_words
from enroll.report.pages.sketch import WIDTH, around, frame_of, outline, wedge


def records(*homes: tuple[int | None, str]) -> bytes:
    children = [
        {"distance_from": source, "x_dm": x, "y_dm": None if x is None else 100}
        for x, source in homes
    ]
    lines = [json.dumps({"record": {"children": [child]}}) for child in children]
    return "\n".join(lines).encode()


def test_a_cell_has_five_homes_at_least():
    five, four = [(100, "home")] * 5, [(9_000, "home")] * 4
    cells = cells_of(records(*five, *four))
    assert [(cell.x, cell.y, cell.side, cell.children) for cell in cells] == [(0, 0, 5000, 5)]


def test_an_anchor_and_an_unknown_place_are_no_home():
    assert cells_of(records(*[(100, "anchor")] * 5, *[(None, "home")] * 5)) == []


def test_many_cells_become_larger_ones():
    homes = [(5000 * number, "home") for number in range(4100) for _ in range(5)]
    cells = cells_of(records(*homes))
    assert {cell.side for cell in cells} == {10_000}
    assert sum(cell.children for cell in cells) == len(homes)


def test_zones_that_share_schools_are_counted_together():
    served = {"a": ["1"], "b": ["2", "3"], "c": ["3"], "d": ["1"], "e": ["2"]}
    assert sorted(map(sorted, catchments(served))) == [["a", "d"], ["b", "c", "e"]]


@pytest.mark.parametrize(
    ("demand", "step"),
    [
        (None, -1),
        (Demand(0, 0), -1),
        (Demand(1, 0), len(DEMAND_STEPS)),
        (Demand(0, 10), 0),
        (Demand(899, 1000), 1),
        (Demand(999, 1000), 2),
        (Demand(1000, 1000), 3),
        (Demand(1200, 1000), 4),
    ],
)
def test_the_colour_of_a_zone_changes_at_full(demand, step):
    assert step_of(demand) == step


@pytest.mark.parametrize("bounds", [(0, 0, 400_000, 100_000), (0, 0, 1_000, 900_000), (5, 5, 5, 5)])
def test_a_frame_holds_its_bounds(bounds):
    frame = frame_of(bounds)
    corners = np.array([bounds[:2], bounds[2:]], dtype=np.float64)
    places = frame.places(corners)
    assert (places > 0).all()
    assert (places < [WIDTH, frame.height]).all()
    assert places[0, 1] >= places[1, 1], "north is up"


def test_an_outline_has_its_corners_and_holes_and_no_other_parts():
    frame = frame_of((0, 0, 100_000, 100_000))
    hole = shapely.box(40_000, 40_000, 60_000, 60_000)
    ring = shapely.box(0, 0, 100_000, 100_000).difference(hole)
    assert outline(ring, frame).count("M") == 2
    assert outline(shapely.Point(1, 1), frame) == ""
    assert outline(shapely.box(0, 0, 1, 1), frame) == "", "too small to be seen"


def test_a_wedge_narrows_to_its_end():
    assert wedge((0, 0), (100, 0), 20) == "M0 10L0 -10L100 0z"


def test_an_outline_around_one_place_is_a_ring():
    path = around([(100, 100)], 50)
    assert path.startswith("M")
    assert path.endswith("z")


def test_a_cutoff_is_said_in_words():
    said = _cutoff_words("group=E sibling=no since=none points=3 distance=100 lottery=14", "en", {})
    assert said == (
        "group E · sibling at the school: no · no date · 3 points · 100 m · lottery rank 14"
    )
    assert _cutoff_words("", "en", {}) == ""
    assert _cutoff_words("other", "en", {}) == "other"
    assert _cutoff_words("group=no lottery=1", "en", {}).startswith("group no")


def test_a_name_that_runs_the_other_way_is_kept_apart():
    assert isolate("North") == "North"
    assert isolate("مكتب") == "\u2068مكتب\u2069"


def test_a_template_that_misses_something_is_an_error():
    with pytest.raises(UndefinedError):
        render("run.html.j2", "en", title="Only a title")


def test_what_no_page_may_hold_is_replaced():
    from enroll.report.pages.rendering import _fit_for_html

    assert _fit_for_html("a\x00\x9fb") == "a\ufffd\ufffdb"
    assert _fit_for_html(7) == 7


@pytest.mark.parametrize(
    ("cutoff", "english", "chinese"),
    [
        (
            "group=A sibling=no distance=1550 lottery=3180",
            "group A · sibling at the school: no · 1,550 m · lottery rank 3,180",
            "类别 A · 有哥哥姐姐在该校：否 · 1,550 米 · 派位第 3,180 位",
        ),
        (
            "group=2026-09-01 since=2024-06-12 points=1200",
            "group 2026-09-01 · since 2024-06-12 · 1,200 points",
            "类别 2026-09-01 · 自2024年6月12日起 · 1,200 分",
        ),
        ("group=1000 since=none", "group 1000 · no date", "类别 1000 · 无日期"),
        ("odd key", "odd · key", "odd · key"),
    ],
)
def test_a_cutoff_in_words(cutoff, english, chinese):
    assert _cutoff_words(cutoff, "en", {}) == english
    assert _cutoff_words(cutoff, "zh", {}) == chinese
