"""The public edition in a real browser: the look-up finds a ticket and asks for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import DESK, PHONE, quiet_page
from tests.report.publication.runs import county_site, drawn_site, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, Page

UNKNOWN = {
    "en": "No result is known by this. Compare every letter with the receipt, or ask the office.",
    "zh": "没有与此对应的结果。请与回执逐字核对，或咨询招生办。",
}


def write(folder: Path, site: Mapping[str, bytes]) -> None:
    for name, content in site.items():
        (folder / name).write_bytes(content)


@pytest.fixture(params=[(DESK, "en"), (PHONE, "zh")], ids=["desk-en", "phone-zh"])
def page(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """Give a page beside the site; it ends without a word on the console or a request out."""
    size, language = request.param
    write(tmp_path, county_site(language))
    with quiet_page(browser, size) as opened:
        opened.language = language
        opened.site = tmp_path
        yield opened


def ask(page: Page, ticket: str) -> str:
    page.fill("#ticket", ticket)
    page.press("#ticket", "Enter")
    return page.inner_text("#answer")


def test_a_ticket_shows_its_own_result(page: Page) -> None:
    """And how the school took children, as the public cutoffs say."""
    page.goto((page.site / "lookup.html").as_uri())
    rows = rows_of(county_site()["result.csv"])
    schools = {row["school_id"]: row for row in rows_of(county_site()["schools.csv"])}
    row = next(row for row in rows if row["school_id"] == "SYN-P07")
    told = ask(page, row["ticket"])
    assert schools["SYN-P07"]["name"] in told
    assert "650" in told
    assert page.locator("#answer section").count() == 1


def test_every_hundredth_ticket_says_what_the_result_says(page: Page) -> None:
    page.goto((page.site / "lookup.html").as_uri())
    for row in rows_of(county_site()["result.csv"])[::100]:
        told = ask(page, row["ticket"])
        assert (row["school_id"] in told) if row["school_id"] else (page.inner_text("#answer h3"))


@pytest.mark.parametrize("wrong", ["SYN-P26-99999", "SYN-P26-0000", "<b>x</b>", "__proto__"])
def test_a_wrong_one_gets_one_plain_sentence(page: Page, wrong: str) -> None:
    page.goto((page.site / "lookup.html").as_uri())
    assert ask(page, wrong) == UNKNOWN[page.language]
    assert page.get_attribute("#ticket", "aria-invalid") == "true"
    assert page.evaluate("document.activeElement.id") == "ticket"


def test_full_width_letters_and_spaces_are_forgiven(page: Page) -> None:
    page.goto((page.site / "lookup.html").as_uri())
    plain = ask(page, "SYN-P26-00003")
    assert ask(page, " ＳＹＮ-P26-０0003 ") == plain
    assert "SYN-P44" in plain


def test_it_works_by_keyboard_and_says_so_to_screen_readers(page: Page) -> None:
    page.goto((page.site / "lookup.html").as_uri())
    page.focus("#ticket")
    page.keyboard.type("SYN-P26-00001")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert "SYN-P50" in page.inner_text("#answer")
    assert page.get_attribute("#answer", "role") == "status"
    assert page.locator("label[for=ticket]").count() == 1


def test_the_pages_fit_and_the_map_draws(page: Page) -> None:
    for name in ("lookup.html", "index.html"):
        page.goto((page.site / name).as_uri())
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size["width"], name
    page.dispatch_event("[data-school='SYN-P43']", "pointerover")
    assert "SYN-P43" in page.inner_text("#map-says")
    zones = len(rows_of(county_site()["zones.csv"])) - 1
    assert page.locator("#map-drawing [data-zone]").count() == zones
    page.uncheck("[data-layer=layer-schools]")
    assert not page.locator("#layer-schools").is_visible()


def test_the_links_lead_to_the_files(page: Page) -> None:
    page.goto((page.site / "index.html").as_uri())
    links = page.eval_on_selector_all("#content a", "all => all.map(a => a.getAttribute('href'))")
    assert sorted(links) == sorted(set(county_site()) - {"index.html"})
    page.click("a[href='lookup.html'] >> nth=0")
    assert page.url.endswith("lookup.html")


def test_twins_have_one_ticket_and_two_results(browser: Browser, tmp_path: Path) -> None:
    write(tmp_path, drawn_site())
    page = browser.new_page()
    page.goto((tmp_path / "lookup.html").as_uri())
    rows = rows_of(drawn_site()["result.csv"])
    tickets = [row["ticket"] for row in rows]
    shared = next(ticket for ticket in tickets if tickets.count(ticket) == 2)
    ask(page, shared.lower())
    assert page.locator("#answer section").count() == 2
    page.close()
