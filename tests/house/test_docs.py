"""The documentation keeps its promises: links lead somewhere, pages are listed, recipes exist."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from enroll.version import __version__

ROOT = Path(__file__).parents[2]
UTF8 = {**os.environ, "PYTHONIOENCODING": "utf-8"}
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


def test_the_readme_shows_what_the_demo_prints(tmp_path: Path) -> None:
    """Each part of the screen that it shows, but for the folder of the run."""
    scenario = ROOT / "scenarios" / "nanxian-primary-2026.toml"
    command = [sys.executable, "-m", "enroll", "allocate", scenario, "-o", tmp_path / "run"]
    ended = subprocess.run(  # noqa: S603 - our own command
        command, capture_output=True, encoding="utf-8", env=UTF8, check=True
    )
    shown = (ROOT / "README.md").read_text("utf-8").split("```text\n")[1].split("\n```")[0]
    screen, _, folder = shown.rpartition("\n")
    assert folder in (ROOT / "Makefile").read_text("utf-8")
    for part in screen.split("...\n"):
        assert part.rstrip() in "\n".join(line.rstrip() for line in ended.stdout.splitlines())
