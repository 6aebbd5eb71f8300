"""Small runs with everything that a page shows, and what a page holds."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import html5lib

import enroll
from tests.cli.screens import starter

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

COUNTY = Path(__file__).parents[3] / "scenarios" / "nanxian-primary-2026.toml"


@cache
def county() -> dict[str, bytes]:
    """Return the files of the sample county's run."""
    return dict(enroll.allocate(enroll.load(COUNTY)).files)


@cache
def small() -> dict[str, bytes]:
    """Return the files of the starter's run."""
    return run_of()


def run_of(**changed: str) -> dict[str, bytes]:
    """Return the files of the run of a starter with some tables changed."""
    with TemporaryDirectory() as folder:
        scenario = starter(Path(folder) / "in", **changed)
        return dict(enroll.allocate(enroll.load(scenario)).files)


def parsed(page: bytes) -> Element:
    """Return the tree of a page that has no fault at all."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(page.decode("utf-8"))


def figures_of(tree: Element) -> dict[str, str]:
    """Return the headline figures of a page by name, as they are shown."""
    return {
        each.attrib["data-figure"]: "".join(each.itertext())
        for each in tree.iter()
        if "data-figure" in each.attrib
    }


def table_of(tree: Element, name: str) -> list[list[str]]:
    """Return the lines of a table as text, the drawings left out."""
    table = next(each for each in tree.iter("table") if each.get("id") == name)
    body = next(table.iter("tbody"))
    return [
        [" ".join("".join(cell.itertext()).split()) for cell in row if not cell.get("aria-hidden")]
        for row in body
    ]
