"""The page of a plan in a real browser: it draws, says, sorts, fits, and asks for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enroll.office.announcing import announce
from tests.browser import DESK, PHONE
from tests.report.announcement.plans import COUNTY

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser import Opener


@pytest.fixture(params=[(DESK, "en"), (PHONE, "zh")], ids=["desk-en", "phone-zh"])
def page(request: pytest.FixtureRequest, open_page: Opener, tmp_path: Path) -> Page:
    size, language = request.param
    file = announce(COUNTY, language=language).write(tmp_path / "site") / "index.html"
    return open_page(file, size)


def test_the_page_fits_the_window(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_pointing_tells_which_schools_serve_a_zone(page: Page) -> None:
    page.dispatch_event("[data-zone='SYN-ZP01']", "pointerover")
    said = page.inner_text("#map-says")
    assert "SYN-P01" in said
    assert "SYN-P03" in said
    page.dispatch_event("[data-school='SYN-P03']", "pointerover")
    assert "SYN-P03" in page.inner_text("#map-says")


def test_layers_zoom_and_keyboard_are_those_of_every_map(page: Page) -> None:
    page.uncheck("[data-layer=layer-schools]")
    assert not page.locator("#layer-schools").is_visible()
    page.check("[data-layer=layer-schools]")
    whole = page.get_attribute("#map-drawing", "viewBox")
    page.locator("[data-zoom]").first.click()
    assert page.get_attribute("#map-drawing", "viewBox") != whole
    page.focus("#map-drawing [tabindex='0']")
    first = page.inner_text("#map-says")
    page.keyboard.press("ArrowLeft")
    assert page.inner_text("#map-says") != first


def test_the_timetable_sorts_by_day_and_not_by_letter(page: Page) -> None:
    head = page.locator("#table-timetable thead th").nth(1)
    head.locator("button").click()
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    cells = page.locator("#table-timetable tbody td:nth-child(2)")
    days = cells.evaluate_all("all => all.map(each => each.dataset.v)")
    assert days == sorted(days)
    assert days[0] == "2026-05-15"


def test_zones_of_several_schools_are_really_hatched(page: Page) -> None:
    """The pattern is drawn, not only named."""
    fill = page.evaluate("getComputedStyle(document.querySelector('#layer-zones .many')).fill")
    assert "many" in fill


def test_everything_is_open_on_paper(page: Page) -> None:
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.locator("#map-drawing").is_visible()
    assert page.locator("#table-zones").is_visible()
