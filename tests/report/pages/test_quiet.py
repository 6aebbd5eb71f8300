"""A page that is not quiet is noticed, or no other test in a browser would mean anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import quiet_page

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

HEAD = "<!DOCTYPE html><html lang=en><title>x</title>"


def look_at(browser: Browser, file: Path) -> None:
    with quiet_page(browser) as page:
        page.goto(file.as_uri())
        page.wait_for_timeout(300)


@pytest.mark.parametrize(
    ("body", "heard"),
    [
        ("<script>console.log('word')</script>", "console: word"),
        ("<script>undefined_thing()</script>", "error: "),
        ("<script>alert('boo')</script>", "dialog: boo"),
        ("<img src='http://192.0.2.1/x.png'>", "asks for http://192.0.2.1/x.png"),
        ("<link rel=stylesheet href='other.css'>", "asks for file:"),
        ("<iframe src='other.html'></iframe>", "asks for file:"),
        ("<script>fetch('http://192.0.2.1/').catch(() => 0)</script>", "asks for http://192"),
        ("<script>new WebSocket('ws://192.0.2.1/')</script>", "asks for ws://192.0.2.1/"),
        ("<script>window.open('other.html')</script>", "opens "),
        ("<script>location = 'http://192.0.2.1/'</script>", "asks for http://192.0.2.1/"),
    ],
)
def test_what_a_page_must_not_do_is_noticed(
    browser: Browser, tmp_path: Path, body: str, heard: str
) -> None:
    file = tmp_path / "page.html"
    file.write_text(HEAD + body, "utf-8")
    with pytest.raises(AssertionError, match=heard):
        look_at(browser, file)


def test_a_link_may_be_followed_to_another_file(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"{HEAD}<a href='other.html'>on</a>", "utf-8")
    (tmp_path / "other.html").write_text(f"{HEAD}there", "utf-8")
    with quiet_page(browser) as page:
        page.goto((tmp_path / "page.html").as_uri())
        page.click("a")
        assert page.inner_text("body") == "there"
