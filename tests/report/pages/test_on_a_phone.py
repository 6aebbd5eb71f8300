"""Tables on a phone: what a cell says can be read without breaking words to a few letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import PHONE
from tests.report.pages.test_accessibility import open_kind

if TYPE_CHECKING:
    from pathlib import Path

    from enroll.notices import Language
    from tests.browser import Opener

MOST_HIGH = 300
"""Pixels that a cell may be high."""

LEAST_SIGNS = 6
"""Signs as wide as high that a line of a text holds, which are a dozen Latin letters."""

LONG = 30
"""Letters from which a cell holds a text."""

MEASURE = """([high, signs, long]) => {
  document.querySelectorAll("details").forEach(each => { each.open = true; });
  const cells = Array.from(document.querySelectorAll("tbody td, tbody th"));
  return cells.filter(cell => {
    const look = getComputedStyle(cell), text = cell.innerText.trim();
    const room = cell.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight);
    const narrow = text.length >= long && room < signs * parseFloat(look.fontSize);
    return cell.clientHeight > high || narrow;
  }).map(cell => [cell.closest("table").id, cell.clientWidth, cell.clientHeight, cell.innerText]);
}"""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["run", "edition", "comparison", "plan", "forecast", "audit"])
def test_no_cell_is_a_narrow_strip(
    open_page: Opener, tmp_path: Path, kind: str, language: Language
) -> None:
    page = open_kind(open_page, tmp_path, kind, language, PHONE)
    assert page.evaluate(MEASURE, [MOST_HIGH, LEAST_SIGNS, LONG]) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize(
    "cell", ["<td style='min-width: 2em; max-width: 2em'>" + "words " * 6, "<td height=400>x"]
)
def test_a_narrow_strip_is_noticed(open_page: Opener, tmp_path: Path, cell: str) -> None:
    file = tmp_path / "page.html"
    file.write_text(f"<!DOCTYPE html><table id=t><tbody><tr>{cell}</table>", "utf-8")
    found = open_page(file, PHONE).evaluate(MEASURE, [MOST_HIGH, LEAST_SIGNS, LONG])
    assert [each[0] for each in found] == ["t"]
