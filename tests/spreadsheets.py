"""Workbooks as LibreOffice reads them, told in its own flat file."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

from tests import programs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from xml.etree.ElementTree import Element

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
}
_CSV = "--infilter=Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,0,true"
"""Comma, double quote, UTF-8, from the first line; numbers and formulas are seen as such."""

_ENDLESS = 1000
"""Rows and columns that are repeated more often than this are the empty rest of the sheet."""


def _name(short: str) -> str:
    space, _, name = short.partition(":")
    return f"{{{_SPACES[space]}}}{name}"


class Cell(NamedTuple):
    """What stands in a cell, and as what: `string`, `float` or nothing."""

    shown: str
    kind: str
    formula: str


@dataclass(frozen=True)
class Book:
    """A workbook as LibreOffice opened it."""

    root: Element

    def sheets(self) -> dict[str, list[list[Cell]]]:
        """Return the cells of every sheet by its name, without the empty rest."""
        return {
            sheet.attrib[_name("table:name")]: _rows(sheet)
            for sheet in self.root.iter(_name("table:table"))
        }

    def table(self, sheet: int = 0) -> list[list[str]]:
        """Return headers and rows as they are shown, what stands above them left out."""
        rows = list(self.sheets().values())[sheet]
        first = next(at for at, row in enumerate(rows) if sum(bool(cell.shown) for cell in row) > 1)
        wide = len(rows[first])
        shown = [[cell.shown for cell in row] for row in rows[first:] if row]
        return [row + [""] * (wide - len(row)) for row in shown]

    def repeated(self) -> list[list[str]]:
        """Return the rows that head every page on paper, sheet by sheet."""
        return [
            [cell.shown for row in _rows(head) for cell in row if cell.shown]
            for head in self.root.iter(_name("table:table-header-rows"))
        ]

    def filters(self) -> list[str]:
        """Return where filters stand in the headers."""
        return [
            each.attrib[_name("table:target-range-address")]
            for each in self.root.iter(_name("table:database-range"))
            if each.get(_name("table:display-filter-buttons")) == "true"
        ]

    def papers(self) -> set[tuple[str, str]]:
        """Return the sizes of paper that are asked for, width before height."""
        layouts = self.root.iter(_name("style:page-layout-properties"))
        sizes = [
            (each.get(_name("fo:page-width")), each.get(_name("fo:page-height")))
            for each in layouts
        ]
        return {(wide, high) for wide, high in sizes if wide and high}

    def new_pages(self) -> int:
        """Return how many rows begin a page of their own."""
        styles = {
            style.attrib[_name("style:name")]
            for style in self.root.iter(_name("style:style"))
            for each in style.iter(_name("style:table-row-properties"))
            if each.get(_name("fo:break-before")) == "page"
        }
        rows = self.root.iter(_name("table:table-row"))
        return sum(row.get(_name("table:style-name")) in styles for row in rows)

    def live(self) -> list[str]:
        """Return everything that could be run, followed or fetched: nothing of it is wanted."""
        formulas = [cell.formula for rows in self.sheets().values() for row in rows for cell in row]
        links = [each.attrib[_name("xlink:href")] for each in self._with("xlink:href")]
        scripts = [each.tag for each in self.root.iter(_name("office:event-listeners"))]
        return [each for each in (*formulas, *links, *scripts) if each]

    def _with(self, attribute: str) -> Iterator[Element]:
        body = next(self.root.iter(_name("office:body")))
        return (each for each in body.iter() if _name(attribute) in each.attrib)


def _rows(sheet: Element) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for row in sheet.iter(_name("table:table-row")):
        often = int(row.get(_name("table:number-rows-repeated"), "1"))
        if often < _ENDLESS:
            rows += [_cells(row)] * often
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _cells(row: Element) -> list[Cell]:
    cells: list[Cell] = []
    for cell in row:
        often = int(cell.get(_name("table:number-columns-repeated"), "1"))
        shown = "\n".join(_text(part) for part in cell.findall(_name("text:p")))
        kind = cell.get(_name("office:value-type"), "")
        if often < _ENDLESS:
            cells += [Cell(shown, kind, cell.get(_name("table:formula"), ""))] * often
    return cells


def _text(part: Element) -> str:
    """Return a paragraph's text; several blanks are written as one element."""
    if part.tag == _name("text:s"):
        said = " " * int(part.get(_name("text:c"), "1"))
    elif part.tag == _name("text:tab"):
        said = "\t"
    else:
        said = (part.text or "") + "".join(_text(each) for each in part)
    return said + (part.tail or "" if part.tag != _name("text:p") else "")


def opened(workbooks: Sequence[Path], folder: Path) -> dict[str, Book]:
    """Open workbooks in LibreOffice and return them by their name, or leave the test out.

    Parameters
    ----------
    workbooks
        Each with a name of its own, whatever folder it lies in: XLSX, or CSV, which is read as
        whoever clicks on it would have it, formulas and all.
    folder
        For what LibreOffice needs: a profile of its own, and what it writes.
    """
    said = _convert(workbooks, folder, "fods")
    books = {path.stem: folder / "out" / f"{path.stem}.fods" for path in workbooks}
    lost = [name for name, path in books.items() if not path.is_file()]
    if lost:
        raise AssertionError(f"LibreOffice opens none of {lost}: {said}")
    return {
        name: Book(ElementTree.parse(path).getroot())  # noqa: S314 - our own file
        for name, path in books.items()
    }


def printed(workbook: Path, folder: Path) -> int:
    """Return how many pages LibreOffice prints a workbook on."""
    _convert([workbook], folder, "pdf")
    content = (folder / "out" / f"{workbook.stem}.pdf").read_bytes()
    return len(re.findall(rb"/Type\s*/Page\b", content))


def _convert(files: Sequence[Path], folder: Path, kind: str) -> str:
    """Let LibreOffice write files anew, and return what it says."""
    command = [
        programs.office(),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--convert-to", kind, "--outdir", str(folder / "out")),
        *([_CSV] if files[0].suffix == ".csv" else []),
        *map(str, files),
    ]
    ended = subprocess.run(  # noqa: S603 - our own command
        command, capture_output=True, encoding="utf-8", check=False, timeout=180
    )
    return ended.stderr
