"""What a run and a comparison show in a notebook, and that no name can do anything there."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

import enroll
from enroll.notices.masking import printable
from enroll.report.cards import run_card
from tests.cli.screens import starter

if TYPE_CHECKING:
    from enroll.report.comparison import Comparison

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "</td></table><h1>",
    "\x1b[31mred\x07",
    "\u202eright to left",
    "阿依古丽·买买提",
    "𠮷",
    "&lt;b&gt;",
]
TAGS = {"div", "strong", "em", "table", "tbody", "tr", "th", "td", "span", "code", "small"}


class Page(HTMLParser):
    """What a browser would see."""

    def __init__(self, content: str | None) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(content or "")
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def row(page: Page, label: str, cells: int = 1) -> list[str]:
    at = page.texts.index(label) + 1
    return page.texts[at : at + cells]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> enroll.Run:
    return enroll.allocate(enroll.load(starter(tmp_path_factory.mktemp("cards"))))


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    folder = tmp_path_factory.mktemp("compared")
    scenario = starter(folder)
    more = scenario.with_name("more.toml")
    lines = [f'extends = "{scenario.name}"', 'title = "More"', "[[change]]", 'do = "set_limits"']
    more.write_text("\n".join([*lines, "far_m = 100"]), encoding="utf-8")
    return enroll.compare([scenario, more], kept=folder / "kept", workers=1)


def retitled(files, title: str, language: str = "en"):
    told = json.loads(files["manifest.json"])
    told["scenario"]["settings"].update(title=title, language=language)
    return {**files, "manifest.json": json.dumps(told).encode()}


def with_notices(files, *rows: str):
    table = "\n".join(["level,code,subject,message,value,bound", *rows, ""])
    return {**files, "warnings.csv": table.encode()}


def test_a_run_shows_its_title_figures_and_notices(made: enroll.Run) -> None:
    page = Page(made._repr_html_())
    summary = json.loads(made.files["summary.json"])
    title = json.loads(made.files["manifest.json"])["scenario"]["settings"]["title"]
    assert page.texts[0] == title
    assert row(page, "applicants") == [f"{summary['all']['applicants']:,}"]
    assert row(page, "placed") == [f"{summary['all']['placed']:,}"]
    assert row(page, "classes opened") == [f"{summary['classes']['opened']:,}"]
    worst = made.table("warnings").iloc[0]
    assert worst.code in page.texts
    assert not page.open


def test_a_run_that_was_read_back_shows_the_same(made: enroll.Run, tmp_path) -> None:
    made.write(tmp_path / "run")
    again = enroll.open_run(tmp_path / "run")
    assert again._repr_html_() == made._repr_html_()
    assert repr(again) == repr(made)


def test_a_run_in_one_line_names_no_child(made: enroll.Run) -> None:
    assert repr(made).startswith("<Run: ")
    assert "applicants placed" in repr(made)
    assert "sample-01" not in repr(made) + str(made._repr_html_())
    with pytest.raises(FrozenInstanceError):
        made.files = {}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_shown_and_does_nothing(made: enroll.Run, name: str) -> None:
    rehearsed = json.loads(made.files["summary.json"])
    rehearsed["draw"]["rehearsal"] = False
    files = {**retitled(made.files, name), "summary.json": json.dumps(rehearsed).encode()}
    quoted = name.replace('"', '""')
    files = with_notices(files, f'red,"{quoted}",Z,"{quoted}",1,0')
    page = Page(run_card(files))
    assert page.texts.count(printable(name)) == 2
    assert any(printable(name) == text.strip() for text in page.texts[1:])
    assert page.tags <= TAGS
    assert page.attributes <= {"style", "scope"}
    assert not page.open
    assert "\x1b" not in repr(enroll.Run(files))


def test_few_notices_of_one_code_and_none_that_only_informs(made: enroll.Run) -> None:
    rows = [f"red,A,,a{n},," for n in range(5)] + ["orange,B,,b,,", "unheard,C,,c,,", "info,D,,d,,"]
    texts = Page(run_card(with_notices(made.files, *rows))).texts
    assert [text for text in ("A", "B", "C", "D") if text in texts] == ["A", "B", "C"]
    assert texts.count("A") == 2
    assert "and 4 more in warnings.csv" in texts


def test_a_run_without_a_notice_has_no_table_of_them(made: enroll.Run) -> None:
    card = run_card(with_notices(made.files))
    assert card is not None
    assert card.count("<table") == 1


def test_a_run_speaks_the_language_of_its_scenario(made: enroll.Run) -> None:
    page = Page(run_card(retitled(made.files, "南县", "zh")))
    assert "applicants" not in page.texts


def test_other_files_show_themselves_plainly() -> None:
    run = enroll.Run({"notes.txt": b""})
    assert run._repr_html_() is None
    assert repr(run) == "<Run: 1 files>"


def test_a_comparison_shows_figures_side_by_side(compared: Comparison) -> None:
    page = Page(compared._repr_html_())
    first, second = compared.sides
    assert first.name in page.texts
    assert second.title in page.texts
    assert row(page, "applicants", 2) == [f"{first.figures.applicants:,}"] * 2
    far = second.figures.beyond_far
    assert row(page, "far ways", 3)[1:] == [
        f"{far:,} ",
        f"({far - first.figures.beyond_far:+,})",
    ]
    assert row(page, "children who move") == ["0"]
    assert repr(compared) == f"<Comparison: {first.name}, {second.name}>"
    with pytest.raises(FrozenInstanceError):
        compared.sides = ()


def test_a_comparison_speaks_the_language_it_was_made_in(compared: Comparison) -> None:
    chinese = replace(compared, language="zh")
    assert "applicants" not in Page(chinese._repr_html_()).texts
    assert chinese == compared
    spoken = {"compare.json", "report.html", "SHA256SUMS"}
    same = compared.files.keys() - spoken
    assert {name: chinese.files[name] for name in same} == {
        name: compared.files[name] for name in same
    }
    assert 'lang="zh-CN"' in chinese.files["report.html"].decode()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_scenario_is_shown_and_does_nothing(compared: Comparison, name: str) -> None:
    first, second = compared.sides
    changed = replace(compared, sides=(first, replace(second, name=name, title=name)))
    page = Page(changed._repr_html_())
    assert page.texts.count(printable(name)) == 2
    assert page.tags <= TAGS
    assert not page.open
    assert "\x1b" not in repr(changed)


def test_a_figure_that_is_not_known_is_a_dash(compared: Comparison) -> None:
    first, second = compared.sides
    unknown = replace(second, figures=replace(second.figures, median_m=None, unplaced=7))
    page = Page(replace(compared, sides=(first, unknown))._repr_html_())
    assert row(page, "median way, m", 2)[1] == "–"
    moves = replace(second.moves, moved=3, gone=3)
    page = Page(replace(compared, sides=(first, replace(second, moves=moves)))._repr_html_())
    assert row(page, "children in A only") == ["3"]
