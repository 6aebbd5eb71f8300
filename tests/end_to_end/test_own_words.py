"""What no office has named is said in the language of the reader, wherever a person reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import enroll
from enroll.report.lists.making import PUBLIC
from tests.cli.screens import run, starter, starter_text
from tests.report.lists.makers import allocation, table
from tests.report.pages.runs import parsed, table_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Allocate the starter without groups and with the default rounds, in Chinese."""
    place = tmp_path_factory.mktemp("own")
    text = starter_text("scenario.toml")
    plain = re.sub(r"^\[\[(group|round)\]\]\n(?:[^\[\n].*\n)*", "", text, flags=re.MULTILINE)
    tight = re.sub(r"^class_(standard|limit) .*$", r"class_\1 = 3", plain, flags=re.MULTILINE)
    scenario = starter(place / "in", scenario=tight)
    enroll.allocate(enroll.load(scenario), language="zh").write(place / "run")
    return place / "run"


def test_the_table_keeps_the_ids(folder: Path) -> None:
    assert {row["group"] for row in allocation(folder)} == {"all"}
    assert "zone" in {row["round"] for row in allocation(folder)}


def test_the_public_list(folder: Path) -> None:
    _, *rows = table(enroll.lists(folder, language="zh").files[PUBLIC])
    assert {row[-2] for row in rows} == {"全部学生"}
    assert "片区学校" in {row[-1] for row in rows}
    assert not [row for row in rows if row[-1].isascii()]


def test_the_page_of_the_run(folder: Path) -> None:
    tree = parsed((folder / "report.html").read_bytes())
    assert table_of(tree, "table-groups")[1][0] == "全部学生"
    assert not [row for row in table_of(tree, "table-cutoffs") if "all" in row[-1]]
    assert not [row for row in table_of(tree, "table-cutoffs") if row[1].isascii()]


def test_the_public_edition(folder: Path) -> None:
    files = enroll.publish(folder, "zh").files
    for name in ("table-groups", "table-ways"):
        assert table_of(parsed(files["index.html"]), name)[0][0] == "全部学生"
    assert "everybody" not in files["index.html"].decode()
    assert "zone: " not in files["lookup.html"].decode()


def test_the_reasons_and_the_findings(folder: Path) -> None:
    child = allocation(folder)[0]["applicant_id"]
    assert "入学类别：全部学生。" in run("explain", folder, child, "--lang", "zh").out
    assert "everybody" not in (folder / "warnings.csv").read_text("utf-8")
