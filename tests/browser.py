"""Pages in a real browser, which must be quiet: no word on the console, no request, no dialog.

A test takes the fixture `open_page` and opens files with it; when it ends, every page it opened
is held to that. Nothing is asked of it but a Chromium and Playwright's library; tests without
them are left out, and one line of the summary says so.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tests import programs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Request

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""A browser that looks for nothing by itself, also as root and behind a closed network."""


class Opener(Protocol):
    """Opens a file as a page."""

    def __call__(self, file: Path, size: dict[str, int] = DESK, **more: Any) -> Page: ...


@contextmanager
def started() -> Iterator[Browser]:
    """Start a browser with an empty profile of its own."""
    path = programs.chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of a module: longer, and its event loop would meet others."""
    with started() as browser:
        yield browser


@contextmanager
def quiet_page(browser: Browser, size: dict[str, int] = DESK, **more: Any) -> Iterator[Page]:
    """Open an empty page; whatever is opened in it says nothing and asks the network for nothing.

    A link may be followed to another file, which is what a browser asks for by itself.
    """
    context = browser.new_context(viewport=size, reduced_motion="reduce", offline=True, **more)
    page = context.new_page()
    heard: list[str] = []

    def ask(request: Request) -> None:
        followed = request.is_navigation_request() and request.frame == page.main_frame
        if not (followed and request.url.startswith("file:")):
            heard.append(f"asks for {request.url}")

    def answer(dialog: Any) -> None:
        heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("console", lambda message: heard.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("websocket", lambda socket: heard.append(f"asks for {socket.url}"))
    page.on("popup", lambda other: heard.append(f"opens {other.url}"))
    page.on("dialog", answer)
    page.on("request", ask)
    try:
        yield page
    finally:
        context.close()
    if heard:
        raise AssertionError("; ".join(heard))


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Opener]:
    """Open files in pages that are held to be quiet when the test is over."""
    with ExitStack() as pages:

        def opener(file: Path, size: dict[str, int] = DESK, **more: Any) -> Page:
            page = pages.enter_context(quiet_page(browser, size, **more))
            page.goto(file.as_uri())
            return page

        yield opener
