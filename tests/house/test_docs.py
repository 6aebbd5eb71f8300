"""The documentation keeps its promises: links lead somewhere, pages are listed, recipes exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from enroll.version import __version__

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    own = [target for target in targets if target and not target.startswith("https://")]
    assert [target for target in own if not (page.parent / target).exists()] == []


def test_every_page_is_reached_from_the_index() -> None:
    """By way of the list of decisions for these."""
    docs = ROOT / "docs"
    listed = {"index.md", "decisions/README.md"}
    for index in ("index.md", "decisions/README.md"):
        folder = (docs / index).parent
        for link in re.findall(r"\]\(([^)#\s]+\.md)", (docs / index).read_text(encoding="utf-8")):
            listed.add((folder / link).resolve().relative_to(ROOT).as_posix().removeprefix("docs/"))
    pages = {page.relative_to(docs).as_posix() for page in docs.rglob("*.md")}
    assert pages <= listed


def test_every_recipe_that_is_named_exists() -> None:
    recipes = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        recipe
        for page in PAGES
        for recipe in re.findall(r"(?:^|`)make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE)
    }
    assert {"demo", "test", "lint", "bench"} <= named <= recipes


def test_the_version_is_the_same_everywhere() -> None:
    assert f"version: {__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_glossary_has_both_languages() -> None:
    glossary = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## Glossary")[1]
    rows = [line.split(" | ") for line in glossary.splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 15
    assert all(re.search(r"[\u4e00-\u9fff]", row[2]) for row in rows)
