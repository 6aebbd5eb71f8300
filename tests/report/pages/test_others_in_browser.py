"""The pages of comparisons, forecasts and audits in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.report.pages.others import KINDS, page_of
from tests.report.pages.test_in_browser import DESK, PHONE, browser, pytestmark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

__all__ = ["browser", "pytestmark"]

SIZES = [(DESK, "en"), (PHONE, "zh")]


def opened(
    browser: Browser, kind: str, size: object, language: str, folder: Path
) -> Iterator[Page]:
    """Open a page; it ends without a word on the console and without a request."""
    file = folder / "report.html"
    file.write_bytes(page_of(kind, language))
    page = browser.new_page(viewport=size, reduced_motion="reduce")
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    yield page
    page.close()
    assert said == []
    assert asked == [file.as_uri()]


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(params=SIZES, ids=["desk-en", "phone-zh"])
def page(
    request: pytest.FixtureRequest, browser: Browser, kind: str, tmp_path: Path
) -> Iterator[Page]:
    yield from opened(browser, kind, *request.param, tmp_path)


@pytest.fixture
def forecast(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    yield from opened(browser, "forecast", DESK, "en", tmp_path)


def test_the_page_fits_the_window_and_every_section_is_there(page: Page) -> None:
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]
    for link in page.locator("nav a").all():
        target = page.locator(link.get_attribute("href"))
        assert target.is_visible()
        assert target.bounding_box()["width"] > 0


def test_everything_is_open_on_paper(page: Page) -> None:
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.locator("input[type=search]:visible").count() == 0


def test_everything_that_scrolls_is_reached_by_the_keyboard(page: Page) -> None:
    stuck = page.evaluate(
        "Array.from(document.querySelectorAll('main *')).filter(each =>"
        " each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0"
        " && getComputedStyle(each).overflowX === 'auto' && each.tabIndex < 0).length"
    )
    assert stuck == 0


def test_a_table_is_searched_by_its_words(forecast: Page) -> None:
    rows = forecast.locator("#table-schools tbody tr")
    box = forecast.locator("[data-search=table-schools]")
    box.fill("primary NANZHOU")
    shown = rows.filter(visible=True).all_inner_texts()
    assert 0 < len(shown) < rows.count()
    assert all("Nanzhou" in text and "Primary" in text for text in shown)
    assert forecast.inner_text("[data-found=table-schools]") == f"{len(shown)} / {rows.count()}"
    box.fill("no such school")
    assert rows.filter(visible=True).count() == 0
    box.fill("")
    assert rows.filter(visible=True).count() == rows.count()
    assert forecast.inner_text("[data-found=table-schools]") == ""


def test_a_range_sorts_by_its_middle(forecast: Page) -> None:
    head = forecast.locator("#table-schools thead th", has_text="Entrants, 2031")
    head.locator("button").click()
    at = head.evaluate("head => head.cellIndex")
    cells = forecast.locator(f"#table-schools tbody tr td:nth-child({at + 1})")
    values = [int(cell.get_attribute("data-v")) for cell in cells.all()]
    assert values == sorted(values, reverse=True)
    assert values[0] > values[-1]


def test_fans_are_drawn(forecast: Page) -> None:
    box = forecast.locator("#table-schools svg.fan path.band").first.bounding_box()
    assert box["width"] > 40
    assert box["height"] > 2


def test_each_line_of_a_fan_looks_as_in_the_legend_and_like_no_other(forecast: Page) -> None:
    look = """where => ["past", "forecast", "at-standard", "at-limit"].map(line => {
      const style = getComputedStyle(document.querySelector(where + " ." + line));
      return [style.stroke, style.strokeWidth, style.strokeDasharray].join(" ");
    })"""
    legend = forecast.evaluate(look, ".legend .key")
    assert len(set(legend)) == len(legend)
    assert forecast.evaluate(look, "#table-schools .fan") == legend
