"""Where Chinese is spoken nobody reads English: every command, every refusal, every page."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import openpyxl
import pytest

from enroll.scenario import starter_files
from tests.cli.screens import Screen, run
from tests.planning.futures import county

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = re.compile(r"[A-Za-z]{2,},? [A-Za-z]{2,}")
CODE = re.compile(r"`[^`]*`|\[[A-Z_]+\]|enroll [a-z-]+|--[a-z]+ [A-Z]+")
"""What is the same in every language; two words that stand beside each other are a sentence."""

MORE = """
[[change]]
do = "add_school"
id = "S9"
name = "样例新校"
point = [112.41, 29.36]
classes = 2
"""


def english_in(text: str) -> list[str]:
    return ENGLISH.findall(CODE.sub(" ", text))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that commands run in, with the Chinese starter in `in`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name, text in starter_files("zh").items():
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_new_writes_a_chinese_scenario_that_speaks_chinese(folder: Path) -> None:
    assert run("new", "a", "--lang", "zh").status == 0
    assert run("check", "a/scenario.toml") == Screen(0, "未发现问题。\n", "")
    refused = run("new", "a", "--lang", "zh")
    assert refused == Screen(
        2,
        "",
        "须先更正：1\n"
        "文件  行  列  值  问题及处理办法\n"
        "a                 文件夹不为空，其中内容不会被覆盖。 [STARTER_FOLDER_IN_USE]\n"
        "                  → 请写一个新文件夹的名称。\n",
    )


AFTER = "2026-01-01T00:00:00Z"
VALUE = "ssq-2026082=01.07.12.19.22.33+08"


def test_a_draw_is_told_in_the_language_of_its_scenario(folder: Path) -> None:
    done = run("lottery", "freeze", "in/scenario.toml", "-o", "draw", "--draw-id", "test-a")
    assert done == Screen(0, "test-a：11 个派位号，12 名学生\ndraw\n", "")
    assert run("lottery", "check", "draw").out == "test-a：11 个派位号，已封存\n未发现问题。\n"
    done = run("lottery", "commit", "draw", "--sources", "ssq-2026082", "--draw-after", AFTER)
    assert (done.status, done.err) == (0, "")
    line = done.out
    checked = run("lottery", "check", "draw").out
    assert checked == f"test-a：11 个派位号，已承诺\n{line}未发现问题。\n"
    refused = run("lottery", "draw", "draw", "--source", "x")
    assert refused == Screen(2, "", "“x”没有写成“名称=数值”的形式。\n")
    done = run("lottery", "draw", "draw", "--source", VALUE)
    assert re.fullmatch(r"种子 [0-9a-f]{64}\ndraw/order\.csv\n", done.out), done
    assert run("lottery", "check", "draw").out.startswith("test-a：11 个派位号，已派位\n")
    refused = run("lottery", "draw", "draw", "--source", VALUE)
    assert refused == Screen(
        2,
        "",
        "draw: 该承诺已完成派位，绝无第二次。 [DRAW_DRAWN_ALREADY] "
        "以 order.csv 中的顺序为准；`enroll lottery check` 可以证明。\n",
    )
    english = run("lottery", "check", "draw", "--lang", "en").out
    assert english.startswith("test-a: 11 tickets, drawn\n")


def test_an_audit_speaks_as_its_run_does(folder: Path) -> None:
    run("allocate", "in/scenario.toml", "-o", "run")
    assert run("audit", "run").out.startswith("规则：核验程序的 14 个步骤中有 14 个通过。\n")
    assert run("audit", "run", "--lang", "en").out.startswith("Rules: 14 of 14 steps")
    refused = run("audit", "run", "--by", "foo")
    assert refused.err.startswith("结果中没有字段 foo；可以按以下字段划分：")


def test_a_child_reads_in_words_what_decided(folder: Path) -> None:
    run("allocate", "in/scenario.toml", "-o", "run")
    assert run("explain", "run", "sample-02").out == (
        "报名学生 sample-02。\n"
        "派位 test-2026-primary：派位号 sample-02，在 12 名报名学生中排第 8 位。\n"
        "本次派位是演练，不作数。\n"
        "片区：Z1，按住址在地图上的位置确定。\n"
        "入学类别：A（本片区户籍且有自有住房），依据：住房为自有、户籍在本片区。\n"
        "符合条件：是。\n"
        "批次 zone，样例西校（200 米）：录取；该校在本批次没有未录取的学生。\n"
    )


def test_a_stop_and_a_bug_are_told_in_chinese(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error: BaseException = KeyboardInterrupt()

    def stopped(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("enroll.office.allocation.prepare", stopped)
    for command in ("check", "allocate"):
        assert run(command, "in/scenario.toml") == Screen(130, "", "已中断：没有写入任何内容。\n")
    error = ZeroDivisionError("of a bug")
    for command in ("check", "allocate"):
        done = run(command, "in/scenario.toml")
        assert (done.status, done.out) == (3, "")
        assert done.err.startswith("Traceback ")
        assert done.err.endswith("\n这是 enroll 的程序错误：请连同以上各行一并报告。\n")


def test_what_the_system_says_is_told_in_chinese(folder: Path) -> None:
    (folder / "file").touch()
    run("allocate", "in/scenario.toml", "-o", "run")
    assert run("explain", "run", "--all", "-o", "file").err == (
        "无法写入 file（文件已存在）：请换一个尚不存在的文件名。\n"
    )
    assert run("audit", "nothere", "--lang", "zh").err == (
        "无法读取 nothere（没有该文件或文件夹）：请指定 enroll allocate 写出的结果文件夹。\n"
    )


def test_no_command_says_a_sentence_in_english(folder: Path) -> None:
    """Each done and each refused, with the language taken from the scenario or the run."""
    (folder / "more.toml").write_text(
        f'extends = "in/scenario.toml"\ntitle = "样例县，增加一所学校"\n{MORE}', encoding="utf-8"
    )
    commands = """
        check in/scenario.toml
        allocate in/scenario.toml -o run
        allocate in/scenario.toml -o run
        allocate in/scenario.toml more.toml -o both
        allocate in/scenario.toml -o file/run
        verify run
        verify run --rehearsal
        verify run --receipt nothere
        audit run
        audit run --against both/more --inputs both/more --register in/applicants.csv
        audit run --rolls nothere.csv
        lists run -o lists
        lists run -o lists
        lists run -o run/lists
        lists run -o more --identity in/schools.csv
        map run -o map.gif
        report run -o page.html
        report run -o in/scenario.toml
        export run -o export.gpkg
        export run -o export.gpkg
        explain run
        explain run nobody
        explain run sample-12
        compare in/scenario.toml more.toml -o comparison
        compare in/scenario.toml
        open-classes in/scenario.toml -o opening --frontier
        open-classes in/scenario.toml --goal x
        odds in/scenario.toml -o odds --draws 5 --workers 1
        odds in/scenario.toml --draws 0
        forecast in/scenario.toml
        risk in/scenario.toml
    """
    (folder / "file").touch()
    wrong = []
    for line in commands.strip().splitlines():
        done = run(*line.split())
        assert done.status in (0, 1, 2), (line, done.err)
        wrong += [(line.strip(), found) for found in english_in(done.out + done.err)]
    assert wrong == []


def test_no_forecast_says_a_sentence_in_english(folder: Path) -> None:
    scenario = county(folder)
    named = {"Years ahead": "今后各年", '"primary"\n': '"primary"\nlanguage = "zh"\n'}
    text = scenario.read_text(encoding="utf-8")
    for old, new in named.items():
        text = text.replace(old, new)
    scenario.write_text(text, encoding="utf-8")
    for line in (
        "forecast ahead.toml -o ahead --backtest --demand 2027",
        "forecast ahead.toml --years 99",
        "forecast ahead.toml -o other --demand 2050",
        "risk ahead.toml -o risk --samples 20 --workers 1",
        "risk ahead.toml --samples 0",
    ):
        done = run(*line.split())
        assert done.status in (0, 2), done.err
        assert english_in(done.out + done.err) == [], line


def test_no_page_and_no_workbook_says_a_sentence_in_english(folder: Path) -> None:
    run("allocate", "in/scenario.toml", "-o", "run")
    assert run("lists", "run", "-o", "lists").status == 0
    page = (folder / "run" / "report.html").read_text(encoding="utf-8")
    page = re.sub(r"<(script|style)\b.*?</\1>|<meta[^>]*>", "", page, flags=re.DOTALL)
    labels = re.findall(r'(?:aria-label|title|alt)="([^"]*)"', page)
    between = re.sub(r"<[^>]*>", "\n", page).split("\n")
    assert english_in(html.unescape("\n".join([*labels, *between]))) == []
    books = sorted((folder / "lists").rglob("*.xlsx"))
    assert len(books) > 5
    for book in map(openpyxl.load_workbook, books):
        for sheet in book.worksheets:
            cells = [str(cell or "") for row in sheet.iter_rows(values_only=True) for cell in row]
            assert english_in("\n".join([sheet.title, *cells])) == []
    for name in ("warnings.csv", "indicators.csv"):
        assert english_in((folder / "run" / name).read_text(encoding="utf-8")) == []
