"""The pictures of the documentation: they can be made again, are small, and are shown somewhere."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from PIL import Image

from tests import programs
from tests.report.pages.others import page_of
from tests.report.pages.runs import county

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
MADE = [
    "report.png", "report-zh.png", "report-phone.png", "map.png", "compare.png", "forecast.png",
]  # fmt: skip
LARGEST = 300_000


def page(kind: str) -> bytes:
    return page_of(kind, "en")


def colours(picture: Image.Image) -> set[str]:
    found = picture.convert("RGB").getcolors(1 << 16)
    return {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in found}


def test_they_are_made_again_by_the_tool(tmp_path: Path) -> None:
    programs.chromium()
    programs.chinese_font()
    spec = importlib.util.spec_from_file_location("pictures", ROOT / "tools" / "pictures.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    made = tool.make_pictures(county(), tmp_path)
    made += tool.make_pictures_ahead(*map(page, ("comparison", "forecast")), tmp_path)
    assert [path.name for path in made] == MADE
    for path in made:
        assert path.stat().st_size < LARGEST, path.name
        with Image.open(path) as new, Image.open(IMAGES / path.name) as committed:
            assert new.width == committed.width, "make pictures"
            assert new.height in range(committed.height * 9 // 10, committed.height * 11 // 10)
            assert len(colours(new)) > 100, "an empty page has few"


def test_every_picture_is_small_and_shown() -> None:
    pages = "".join(
        path.read_text("utf-8") for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    )
    for path in IMAGES.glob("*.png"):
        assert path.stat().st_size < LARGEST, path.name
        assert f"images/{path.name})" in pages, path.name
