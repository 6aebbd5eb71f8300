"""Build the documentation as a folder of pages: `make docs`.

The pages are those of the repository, in its own layout, so that a link works here and there. What
a browser could not show, scenarios, notebooks and folders, becomes a page of the same name. Links
and resources are then checked in what was built: each leads to something, and nothing is loaded
from elsewhere. The contents are those of docs/index.md.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build"
SETTINGS = "zensical.toml"
SOURCE = "site-source"
SITE = "site"
INDEX = "docs/index.md"
PAGES = ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md"]
FOLDERS = ["docs", "data/scanned"]
LINK = re.compile(r"(\]\()((?!https?:)[^)#\s]+)((?:#[^)\s]*)?\))")
ROW = re.compile(r"^\| \[(.*?)\]\((.*?)\)", re.MULTILINE)
FENCED = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


def stage(target: Path) -> None:
    """Write all pages and pictures to `target`, which is made anew."""
    shutil.rmtree(target, ignore_errors=True)
    for name in FOLDERS:
        unwritten = shutil.ignore_patterns("log.jsonl")
        shutil.copytree(ROOT / name, target / name, ignore=unwritten)
    for name in PAGES:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target / name)
    shutil.copy(ROOT / "LICENSE", target / "LICENSE.txt")
    for page in target.rglob("*.md"):
        page.write_text(_linked(page.read_text("utf-8")), "utf-8")
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        _write(target / "notebooks" / f"{notebook.stem}.md", _linked(notebook_page(notebook)))
    scenarios = sorted((ROOT / "scenarios").glob("*.toml"))
    for scenario in scenarios:
        _write(target / "scenarios" / f"{scenario.stem}.md", scenario_page(scenario))
    lines = [f"- [{_title(path)}]({path.stem}.md)" for path in scenarios]
    _write(target / "scenarios" / "README.md", "# Scenarios\n\n" + "\n".join(lines) + "\n")


def notebook_page(path: Path) -> str:
    """Return a notebook as a page; it is stored without its results."""
    parts = []
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        text = "".join(cell["source"])
        parts.append(text if cell["cell_type"] == "markdown" else f"```python\n{text}\n```")
    parts.insert(1, f"The notebook is `notebooks/{path.name}`; its results appear when you run it.")
    return "\n\n".join(parts) + "\n"


def scenario_page(path: Path) -> str:
    """Return a scenario as a page."""
    return f"# {_title(path)}\n\n`scenarios/{path.name}`\n\n```toml\n{path.read_text('utf-8')}```\n"


def faults(site: Path) -> list[str]:
    """Return every link of a built site that leads nowhere, and whatever it would fetch."""
    pages = {path: _Page(path) for path in sorted(site.rglob("*.html"))}
    found = []
    for path, page in pages.items():
        name = path.relative_to(site).as_posix()
        found += [f"{name} loads {url}" for url in page.loads if urlsplit(url).netloc]
        for url in page.links | page.loads:
            parts = urlsplit(url)
            if parts.scheme or parts.netloc or path.name == "404.html":
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file():
                found.append(f"{name} leads to {url}, which is not there")
            elif parts.fragment and target in pages and not pages[target].has(parts.fragment):
                found.append(f"{name} leads to {url}, a place that is not on that page")
    return sorted(found)


def contents(index: str) -> dict[str, dict[str, str]]:
    """Return the headings of the list of pages, and for each the pages below it by their titles."""
    parts = re.split(r"^## (.+)$", _linked(index), flags=re.MULTILINE)[1:]
    folder = ROOT / Path(INDEX).parent
    return {
        heading: {
            title: (folder / target).resolve().relative_to(ROOT).as_posix()
            for title, target in ROW.findall(rows)
        }
        for heading, rows in zip(parts[::2], parts[1::2], strict=True)
    }


def settings(index: str) -> str:
    """Return the settings of the site, with its contents filled in."""
    tabs = contents(index)
    next(iter(tabs.values()))["Contents"] = INDEX
    lines = []
    for heading, pages in tabs.items():
        named = [f"{{ {_quoted(title)} = {_quoted(page)} }}" for title, page in pages.items()]
        lines.append(f"    {{ {_quoted(heading)} = [{', '.join(named)}] }},")
    text = (ROOT / SETTINGS).read_text("utf-8")
    return re.sub(r"^nav = \[\].*$", "nav = [\n" + "\n".join(lines) + "\n]", text, flags=re.M)


def build(folder: Path = BUILD) -> list[str]:
    """Build the site in `folder` and return what is wrong: warnings, then links leading nowhere."""
    folder.mkdir(parents=True, exist_ok=True)
    stage(folder / SOURCE)
    (folder / SETTINGS).write_text(settings((ROOT / INDEX).read_text("utf-8")), "utf-8")
    shutil.rmtree(folder / SITE, ignore_errors=True)
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict", "-f", SETTINGS]
    ended = subprocess.run(  # noqa: S603 - our own command
        command, cwd=folder, check=False, capture_output=True, encoding="utf-8"
    )
    if ended.returncode:
        return [ended.stdout + ended.stderr]
    return faults(folder / SITE)


class _Page(HTMLParser):
    """What a page links to, loads and can be linked to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loads: set[str] = set()
        self.ids: set[str] = set()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of one element."""
        given = {name: value for name, value in attrs if value}
        self.ids |= {given[key] for key in ("id", "name") if key in given}
        if tag == "a" and "href" in given:
            self.links.add(given["href"])
        elif tag in LOADED and LOADED[tag] in given and given.get("rel") not in {"next", "prev"}:
            self.loads.add(given[LOADED[tag]])

    def has(self, fragment: str) -> bool:
        """Return whether a link can lead to this place."""
        return unquote(fragment) in self.ids


def _linked(text: str) -> str:
    """Return a page whose links lead to the pages that stand for other files."""
    pieces = FENCED.split(text)
    return "".join(
        piece if piece.startswith("```") else LINK.sub(_page_link, piece) for piece in pieces
    )


def _page_link(match: re.Match[str]) -> str:
    target = match[2]
    if target.endswith("/"):
        target += "README.md"
    elif target.endswith(".ipynb") or re.search(r"(^|/)scenarios/[^/]+\.toml$", target):
        target = f"{target.rpartition('.')[0]}.md"
    elif target.endswith("LICENSE"):
        target += ".txt"
    return f"{match[1]}{target}{match[3]}"


def _title(path: Path) -> str:
    stated = tomllib.loads(path.read_text("utf-8")).get("title")
    return stated or path.stem


def _quoted(text: str) -> str:
    """Return a text as TOML and JSON both write it."""
    return json.dumps(text, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    wrong = build()
    sys.stderr.write("".join(f"{line}\n" for line in wrong))
    sys.stdout.write("" if wrong else f"{(BUILD / SITE / 'index.html').relative_to(ROOT)}\n")
    sys.exit(1 if wrong else 0)
