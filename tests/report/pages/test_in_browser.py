"""The page of a run in a real browser: it draws, says, zooms, sorts, and asks for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enroll.report.pages import run_page
from tests.browser import DESK, PHONE, browser
from tests.report.pages.runs import county

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser import Opener

__all__ = ["DESK", "PHONE", "browser", "pytestmark"]

pytestmark = pytest.mark.usefixtures("browser")


@pytest.fixture(params=[(DESK, "en"), (PHONE, "zh")], ids=["desk-en", "phone-zh"])
def page(request: pytest.FixtureRequest, open_page: Opener, tmp_path: Path) -> Page:
    size, language = request.param
    file = tmp_path / "report.html"
    file.write_bytes(run_page(county(), language))
    return open_page(file, size)


def test_the_page_fits_the_window(page: Page) -> None:
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]


def test_pointing_tells_the_figures(page: Page) -> None:
    page.dispatch_event("[data-school='SYN-P43']", "pointerover")
    said = page.inner_text("#map-says")
    assert "SYN-P43" in said
    assert said == page.get_attribute("[data-school='SYN-P43']", "aria-label")


def test_a_layer_is_switched_off_and_on(page: Page) -> None:
    box, layer = page.locator("[data-layer=layer-schools]"), page.locator("#layer-schools")
    assert layer.is_visible()
    box.uncheck()
    assert not layer.is_visible()
    box.check()
    assert layer.is_visible()
    assert not page.locator("#layer-cells").is_visible()
    page.check("[data-layer=layer-cells]")
    assert page.locator("#layer-cells").is_visible()


def test_the_keyboard_goes_from_one_thing_to_the_next(page: Page) -> None:
    assert page.locator("#map-drawing [tabindex='0']").count() == 1
    page.focus("#map-drawing [tabindex='0']")
    first = page.inner_text("#map-says")
    page.keyboard.press("ArrowLeft")
    second = page.inner_text("#map-says")
    assert first
    assert second
    assert first != second
    assert page.locator("#map-drawing [tabindex='0']").count() == 1


def test_zooming_shows_less_and_the_scale_bar_follows(page: Page) -> None:
    whole = page.get_attribute("#map-drawing", "viewBox")
    scale = page.text_content("#map-scale text")
    for _ in range(4):
        page.locator("[data-zoom]").first.click()
    assert float(page.get_attribute("#map-drawing", "viewBox").split()[2]) < 2500
    assert page.text_content("#map-scale text") != scale
    page.locator("[data-zoom='0']").click()
    assert page.get_attribute("#map-drawing", "viewBox") == whole


def test_the_scale_bar_is_as_long_as_it_says(page: Page) -> None:
    """Held against the drawing's own unit, at the window's width."""
    bar = page.evaluate(
        "(() => { const bar = document.querySelector('#map-scale path');"
        " return bar.getBBox().width * bar.getScreenCTM().a; })()"
    )
    metres = page.text_content("#map-scale text")
    number, unit = metres.split()
    length = float(number) * (1000 if unit == "km" else 1)
    pixel = page.evaluate(
        "(() => { const map = document.getElementById('map-drawing');"
        " return map.getScreenCTM().a / Number(map.dataset.unit); })()"
    )
    assert bar == pytest.approx(length * pixel, rel=0.01)


def test_the_head_of_a_column_sorts(page: Page) -> None:
    head = page.locator("#table-schools thead th").nth(4)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    cells = page.locator("#table-schools tbody tr td:nth-child(5)").all_text_contents()
    largest = [int(cell) for cell in cells]
    assert largest == sorted(largest, reverse=True)


def test_everything_is_open_on_paper(page: Page) -> None:
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.locator("#map-drawing").is_visible()
