"""What the pages of comparisons, forecasts and audits have in common."""

from __future__ import annotations

import json
import re

import pytest

from enroll.errors import UsageError
from tests.report.pages.checks import (
    asks_for_nothing,
    is_for_everybody,
    runs_nothing_but_its_script,
)
from tests.report.pages.others import KINDS, page_of
from tests.report.pages.runs import parsed
from tests.report.pages.test_run_page import contrast

SECTIONS = {
    "comparison": [
        "scenarios", "figures", "maps", "classes", "price", "moves", "schools", "zones", "years",
    ],
    "forecast": ["county", "findings", "calendar", "schools", "gaps", "backtest"],
    "audit": ["findings", "rules", "outcomes", "envy", "chance", "reserved"],
}  # fmt: skip
TABLES = {
    "comparison": [
        "scenarios", "figures", "classes", "price", "moves", "flows", "by-group", "by-zone",
        "schools", "zones", "county-years", "school-years",
    ],
    "forecast": ["county", "calendar", "schools", "years", "gaps", "backtest"],
    "audit": [
        "codes", "decisions", "rules", "outcomes-1", "outcomes-2", "extra-way", "envy", "goals",
        "chance", "reserved",
    ],
}  # fmt: skip


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


def test_the_page_is_made_from_the_other_files_and_always_the_same(kind: str) -> None:
    make_files, make_page = KINDS[kind]
    files = dict(make_files())
    page = files.pop("report.html")
    assert make_page(files, "en") == page == page_of(kind, "en")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_request_leaves_the_page(kind: str, language: str) -> None:
    asks_for_nothing(page_of(kind, language))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_built_for_everybody(kind: str, language: str) -> None:
    tree = parsed(page_of(kind, language))
    is_for_everybody(tree)
    runs_nothing_but_its_script(tree)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_structure_of_the_page_is_as_it_was(kind: str, language: str) -> None:
    tree = parsed(page_of(kind, language))
    assert [each.get("id") for each in tree.iter("h2")] == SECTIONS[kind]
    tables = [each.get("id").removeprefix("table-") for each in tree.iter("table")]
    assert tables == TABLES[kind]


def test_the_chinese_page_speaks_chinese(kind: str) -> None:
    """Every heading, caption, head of a column, button and legend of it."""
    tree = parsed(page_of(kind, "zh"))
    assert tree.get("lang") == "zh-CN"
    spoken = [
        each
        for tag in ("h2", "h3", "caption", "summary", "label", "figcaption", "th")
        for each in tree.iter(tag)
        if each.get("scope") != "row" and each.find("bdi") is None
    ]
    texts = {"".join(each.itertext()).strip() for each in spoken}
    assert len(texts) > 30
    letters = re.compile(r"[A-Z]|p|Gini|\d{4}")
    left = {text for text in texts if not re.search("[\u4e00-\u9fff]", text)}
    assert {text for text in left if not letters.fullmatch(text)} == set()


def test_what_is_marked_can_be_read(kind: str) -> None:
    """Every pair of text and ground has a contrast of 4.5 at least."""
    style = page_of(kind, "en").decode().split("<style>")[1].split("</style>")[0]
    for name, ground, text in (
        ("apart.better", "#d9ecf9", "#06406f"),
        ("apart.worse", "#ffe3c4", "#6e2c00"),
        ("calendar .in.red", "#9b0020", "#fff"),
    ):
        assert f".{name} {{ background: {ground}; color: {text};" in style
        assert contrast(text if len(text) == 7 else "#ffffff", ground) >= 4.5


def test_a_folder_of_another_kind_is_refused(kind: str) -> None:
    make_files, make_page = KINDS[kind]
    name = {"comparison": "compare.json", "forecast": "manifest.json", "audit": "audit.json"}[kind]
    told = json.loads(make_files()[name])
    for changed in (json.dumps({**told, "format": 99}).encode(), b"{}", b"[]", b"\xff"):
        with pytest.raises(UsageError, match="not of the kind"):
            make_page({**make_files(), name: changed}, "en")
    with pytest.raises(UsageError, match="格式"):
        make_page({name: make_files()[name]}, "zh")
