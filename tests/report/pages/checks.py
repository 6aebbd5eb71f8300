"""What holds for every page: nothing leaves it, nothing runs in it, everybody can read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.report.pages.runs import parsed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LOADING = {"src", "href", "srcset", "action", "poster", "data", "background"}
SVG = "{http://www.w3.org/2000/svg}svg"
PATH = "{http://www.w3.org/2000/svg}path"
LOADERS = {"link", "img", "iframe", "object", "embed", "base", "form"}


def asks_for_nothing(page: bytes) -> None:
    """Whatever could load something points into the page; the policy forbids the rest."""
    for element in parsed(page).iter():
        for name, value in element.attrib.items():
            plain = name.rpartition("}")[2] if isinstance(name, str) else name[1]
            if plain in LOADING:
                assert value.startswith("#"), (element.tag, plain, value)
        assert element.tag not in LOADERS
    text = page.decode()
    assert "@import" not in text
    assert set(re.findall(r"url\(([^)]*)\)", text)) <= {"#full", "#overload"}
    assert not re.search(r"https?:|//[a-z]", text)
    assert "default-src 'none'" in text


def is_for_everybody(tree: Element) -> None:
    """Landmarks, one heading of each section, captions, heads of columns and rows, words for
    everything that is drawn, a stop for the keyboard on everything that scrolls."""
    ids = [each.get("id") for each in tree.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert [len(list(tree.iter(tag))) for tag in ("h1", "main", "nav", "title")] == [1, 1, 1, 1]
    for link in tree.iter("a"):
        assert link.attrib["href"][1:] in ids
    for table in tree.iter("table"):
        assert table.find("caption") is not None
        heads = list(table.find("thead").iter("th"))
        assert {cell.get("scope") for cell in heads} == {"col"}
        for row in table.find("tbody"):
            assert row[0].get("scope") == "row"
            assert len(row) == len(list(table.find("thead")[0]))
    hidden = {
        each for outer in tree.iter() if outer.get("aria-hidden") == "true" for each in outer.iter()
    }
    for each in tree.iter():
        for reference in ("aria-labelledby", "aria-describedby"):
            assert not each.get(reference) or each.get(reference) in ids
        if each.get("role") in ("img", "group", "region"):
            assert each.get("aria-label") or each.get("aria-labelledby")
        if each.tag == SVG and each not in hidden:
            assert each.get("aria-label")
        if each.get("class") == "wide":
            assert each.get("tabindex") == "0"
    for box in tree.iter("input"):
        assert box.get("data-layer", box.get("data-search")) in ids


def runs_nothing_but_its_script(tree: Element) -> None:
    """One script, and no attribute that is one."""
    assert len(list(tree.iter("script"))) == 1
    assert not [key for each in tree.iter() for key in each.attrib if str(key).startswith("on")]


def names_on(tree: Element) -> list[str]:
    """Return every name of the office that a page shows, as it is read."""
    return ["".join(each.itertext()) for each in tree.iter("bdi")]
