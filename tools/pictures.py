"""Make the pictures of the documentation from the sample county: its pages, and its map.

Run by `make pictures`; needs Chromium and a Chinese font (`sh tools/programs.sh` installs them).
The pictures are committed, so that the documentation has them without either. Another Chromium or
another font makes other bytes: they are made again where what they show has changed.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import DESK, PHONE, quiet_page, started  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Browser, Page

    from enroll.notices import Language

IMAGES = ROOT / "docs" / "images"
SCENARIO = ROOT / "scenarios" / "nanxian-primary-2026.toml"

_COLOURS = 256
_RARE_TOO = Image.Quantize.MAXCOVERAGE
"""How colours are chosen: a ring or a line is thin, and its colour means something."""

_OTHERS = ("new-school", "more-classes")
"""What-ifs that stand beside the county in the picture of a comparison."""

_POINTED_AT = "[data-school='SYN-P43']"
_GAP, _GREY = 24, "#d9d9d9"


def make_pictures(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write every picture of a run, and return their places.

    Parameters
    ----------
    files
        Of the run; as it was allocated.
    folder
        Where the pictures go.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with started() as browser:
        pictures = {
            "report.png": _at_a_desk(browser, files, "en"),
            "report-zh.png": _at_a_desk(browser, files, "zh"),
            "report-phone.png": _on_a_phone(browser, files, "en"),
        }
    pictures["map.png"] = _map(files)
    return _save(pictures, folder)


def make_pictures_ahead(compared: bytes, ahead: bytes, folder: Path) -> list[Path]:
    """Write the pictures of the pages of a comparison and a forecast, and return their places."""
    with started() as browser:
        pictures = {
            "compare.png": _section(browser, compared, "maps"),
            "forecast.png": _section(browser, ahead, "schools"),
        }
    return _save(pictures, folder)


def _save(pictures: Mapping[str, Image.Image], folder: Path) -> list[Path]:
    places = []
    for name, picture in pictures.items():
        places.append(folder / name)
        few = picture.convert("RGB").quantize(
            _COLOURS, _RARE_TOO, kmeans=3, dither=Image.Dither.NONE
        )
        few.save(places[-1], optimize=True)
    return places


def _at_a_desk(browser: Browser, files: Mapping[str, bytes], language: Language) -> Image.Image:
    """Return the head of the page with its figures, and below it the map."""
    with quiet_page(browser, DESK) as page:
        _open(page, files, language)
        page.dispatch_event(_POINTED_AT, "pointerover")
        head = _part(page, "body", "section[aria-labelledby=figures]")
        chart = _part(page, "section[aria-labelledby=map]", "section[aria-labelledby=map]")
    width, height = head.width, head.height + _GAP + chart.height
    whole = Image.new("RGB", (width, height), _GREY)
    whole.paste(head, (0, 0))
    whole.paste(chart, (0, head.height + _GAP))
    return whole.resize((width * 4 // 5, height * 4 // 5), Image.Resampling.LANCZOS)


def _section(browser: Browser, content: bytes, name: str) -> Image.Image:
    """Return what a desk shows from the heading of a section on."""
    with quiet_page(browser, DESK) as page, TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_bytes(content)
        page.goto(file.as_uri())
        page.locator(f"#{name}").evaluate("each => each.scrollIntoView()")
        shown = _image(page.screenshot())
    return shown.resize((shown.width * 4 // 5, shown.height * 4 // 5), Image.Resampling.LANCZOS)


def _on_a_phone(browser: Browser, files: Mapping[str, bytes], language: Language) -> Image.Image:
    """Return three screens of a phone side by side: the figures, the map, the schools."""
    screens = []
    with quiet_page(browser, PHONE, device_scale_factor=1.5) as page:
        _open(page, files, language)
        for place in ("html", "section[aria-labelledby=map]", "#schools"):
            page.locator(place).evaluate("each => each.scrollIntoView()")
            screens.append(_image(page.screenshot()))
    wide = screens[0].width + _GAP
    whole = Image.new("RGB", (wide * len(screens) - _GAP, screens[0].height), _GREY)
    for number, screen in enumerate(screens):
        whole.paste(screen, (wide * number, 0))
    return whole


def _open(page: Page, files: Mapping[str, bytes], language: Language) -> None:
    from enroll.report.pages import run_page

    with TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_bytes(run_page(files, language))
        page.goto(file.as_uri())


def _part(page: Page, first: str, last: str) -> Image.Image:
    """Return the page from the top of one element to the foot of another."""
    top = page.locator(first).first.bounding_box()
    foot = page.locator(last).first.bounding_box()
    if top is None or foot is None:
        raise LookupError(first, last)
    start = max(0, top["y"] - _GAP)
    high = foot["y"] + foot["height"] + _GAP - start
    clip = {"x": 0, "y": start, "width": DESK["width"], "height": high}
    return _image(page.screenshot(full_page=True, clip=clip))


def _map(files: Mapping[str, bytes]) -> Image.Image:
    import enroll

    with TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        drawn = _image(enroll.draw_map(folder))
    wide = 1240
    high = drawn.height * wide // drawn.width
    return drawn.convert("RGB").resize((wide, high), Image.Resampling.LANCZOS)


def _image(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def main() -> None:
    """Make the pictures of the documentation again."""
    import enroll

    scenario = enroll.load(SCENARIO)
    others = [SCENARIO.with_name(f"nanxian-{name}.toml") for name in _OTHERS]
    with TemporaryDirectory() as kept:
        compared = enroll.compare([SCENARIO, *others], kept=kept).files["report.html"]
    ahead = enroll.forecast(scenario).files["report.html"]
    places = make_pictures(dict(enroll.allocate(scenario).files), IMAGES)
    for place in [*places, *make_pictures_ahead(compared, ahead, IMAGES)]:
        print(f"{place.relative_to(ROOT)}  {place.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
