"""Axe, in a real browser, finds no serious and no critical fault on any page that we make.

A kind of page is added with a line in `PAGES`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from enroll.report.pages import run_page
from tests.browser import DESK, PHONE
from tests.report.announcement.plans import site_of
from tests.report.pages.others import page_of
from tests.report.pages.runs import county, small
from tests.report.publication.runs import county_site

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from playwright.sync_api import Page

    from enroll.notices import Language
    from tests.browser import Opener

PAGES: Mapping[str, Callable[[Language], bytes]] = {
    "run": lambda language: run_page(county(), language),
    "run-without-map": lambda language: run_page(
        {name: content for name, content in small().items() if name != "map.gpkg"}, language
    ),
    "edition": lambda language: county_site(language)["index.html"],
    "look-up": lambda language: county_site(language)["lookup.html"],
    "plan": lambda language: site_of(language)["index.html"],
    "comparison": lambda language: page_of("comparison", language),
    "forecast": lambda language: page_of("forecast", language),
    "audit": lambda language: page_of("audit", language),
}


def open_kind(
    open_page: Opener, folder: Path, kind: str, language: Language, size: dict[str, int]
) -> Page:
    """Open a page of a kind in a window of a size."""
    file = folder / "page.html"
    file.write_bytes(PAGES[kind](language))
    return open_page(file, size)


def faults(page: Page) -> list[str]:
    """Return what axe finds that keeps somebody out: rule, how bad, and where."""
    from axe_playwright_python.sync_playwright import Axe

    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{each['impact']} {each['id']}: {node['target']} {node['html'][:200]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", PAGES)
def test_nobody_is_kept_out_at_a_desk_or_on_a_phone(
    open_page: Opener, tmp_path: Path, kind: str, language: Language
) -> None:
    page = open_kind(open_page, tmp_path, kind, language, DESK)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert faults(page) == []
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    assert faults(page) == []


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("<main><h1>x</h1><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='></main>",
         "critical image-alt"),
        ("<main><h1 style='color: #999; background: #aaa'>Schools</h1></main>",
         "serious color-contrast"),
    ],
)  # fmt: skip
def test_a_page_that_keeps_somebody_out_is_noticed(
    open_page: Opener, tmp_path: Path, body: str, rule: str
) -> None:
    file = tmp_path / "page.html"
    file.write_text(f"<!DOCTYPE html><html lang=en><title>x</title>{body}", "utf-8")
    assert [fault.split(":")[0] for fault in faults(open_page(file))] == [rule]
