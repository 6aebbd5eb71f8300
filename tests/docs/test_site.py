"""The documentation as a site: it is complete, every link leads somewhere, nothing is fetched."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WITH_BROWSER = "the search of the site: install chromium (Debian: apt-get install chromium)"


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("site_tool", ROOT / "tools" / "site.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build it as `make docs` does; any warning, dead link or fetched resource is told here."""
    folder = tmp_path_factory.mktemp("build")
    assert tool().build(folder) == []
    return folder / "site"


def test_every_page_of_the_repository_is_on_the_site(site: Path) -> None:
    pages = {path.relative_to(ROOT) for path in (ROOT / "docs").rglob("*.md")}
    pages |= {Path(name) for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md")}
    pages |= {path.relative_to(ROOT) for path in (ROOT / "notebooks").glob("*.ipynb")}
    pages |= {path.relative_to(ROOT) for path in (ROOT / "scenarios").glob("*.toml")}
    html = [path.parent / path.name.replace("README.md", "index.md") for path in pages]
    assert [path for path in html if not (site / path).with_suffix(".html").is_file()] == []


def test_the_contents_are_those_of_the_index_under_the_three_users(site: Path) -> None:
    headings = tool().contents((ROOT / "docs" / "index.md").read_text("utf-8"))
    assert list(headings) == [
        *("Start", "Office", "Planner", "Auditor"),
        *("Reference", "Reasons", "Project"),
    ]
    for pages in headings.values():
        assert all((site.parent / "site-source" / page).is_file() for page in pages.values())
    office = (site / "docs/tutorials/office.html").read_text("utf-8")
    assert "中文说明" in office
    assert all(f">{heading}<" in re.sub(r">\s+|\s+<", _tight, office) for heading in headings)


def test_a_scenario_and_a_notebook_are_pages(site: Path) -> None:
    scenario = (site / "scenarios" / "nanxian-new-school.html").read_text("utf-8")
    assert "nanxian-primary-2026.toml" in scenario
    notebook = (site / "notebooks" / "auditing-a-run.html").read_text("utf-8")
    assert "highlight" in notebook
    assert 'href="../notebooks/auditing-a-run.html"' in (site / "docs/index.html").read_text()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<a href="gone.html">', "index.html leads to gone.html, which is not there"),
        (
            '<a href="other.html#b">',
            "index.html leads to other.html#b, a place that is not on that page",
        ),
        ('<a href="#b">', "index.html leads to #b, a place that is not on that page"),
        ('<a href="folder">', "index.html leads to folder, which is not there"),
        (
            '<script src="https://cdn.example/x.js">',
            "index.html loads https://cdn.example/x.js",
        ),
        ('<img src="gone.png">', "index.html leads to gone.png, which is not there"),
    ],
)
def test_a_dead_link_or_a_request_is_found(tmp_path: Path, body: str, told: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "other.html").write_text('<p id="a">')
    (tmp_path / "index.html").write_text(
        f'<a href="other.html#a"><a href="https://example.org">{body}'
    )
    assert tool().faults(tmp_path) == [told]


def test_the_tool_fails_where_a_page_leads_nowhere(tmp_path: Path) -> None:
    """The warning of the builder is passed on."""
    builder = tool()
    stage = builder.stage

    def spoilt(target: Path) -> None:
        stage(target)
        with (target / "docs" / "index.md").open("a", encoding="utf-8") as page:
            page.write("\n[gone](how-to/gone.md)\n")

    builder.stage = spoilt
    (told,) = builder.build(tmp_path)
    assert "how-to/gone.md" in re.sub(r"\x1b\[[0-9;]*m", "", told)


@pytest.fixture
def page(site: Path) -> Page:
    """Open a page from the folder; it asks for nothing but files of the site."""
    driver = pytest.importorskip("playwright.sync_api", reason=WITH_BROWSER)
    if CHROMIUM is None:
        pytest.skip(WITH_BROWSER)
    with driver.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 390, "height": 844})
        said: list[str] = []
        asked: list[str] = []
        opened.on("console", lambda message: said.append(message.text))
        opened.on("pageerror", lambda error: said.append(str(error)))
        opened.on("request", lambda request: asked.append(request.url))
        opened.goto((site / "index.html").as_uri())
        yield opened
        browser.close()
    assert said == []
    assert asked
    assert [url for url in asked if not url.startswith(site.as_uri())] == []


def test_the_search_works_from_a_folder_on_a_phone(page: Page) -> None:
    page.wait_for_function("typeof __index === 'object'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("label[for=__search]:visible, .md-search__button:visible").first.click()
    field = page.locator("input[type=text]:visible")
    field.wait_for()
    page.wait_for_timeout(500)  # the field is emptied once the list of words is there
    field.fill("cutoffs")
    page.get_by_role("option").filter(has_text="The run folder").first.wait_for()


def _tight(match: re.Match[str]) -> str:
    return match[0].strip()
