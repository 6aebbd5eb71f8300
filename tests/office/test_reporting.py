"""`enroll report`: the page of a folder, made again, and where it may be written."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from enroll.errors import UsageError
from enroll.office.reporting import language_of_folder, report, write_page
from enroll.report.manifest import SUMS, seal
from tests.cli.screens import run, starter
from tests.planning.comparisons import CLOSED, scenarios
from tests.planning.futures import county

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("report")
    assert run("allocate", starter(place / "in"), "-o", place / "run").status == 0
    return place / "run"


def test_the_page_made_again_is_that_of_the_run(folder: Path, tmp_path: Path) -> None:
    ended = run("report", folder, "-o", tmp_path / "new" / "page.html")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.strip() == str(tmp_path / "new" / "page.html")
    page = (tmp_path / "new" / "page.html").read_bytes()
    assert page == (folder / "report.html").read_bytes() == report(folder)


def test_a_page_goes_beside_its_run_and_takes_the_place_of_an_earlier_one(folder: Path) -> None:
    assert run("report", folder, "--lang", "zh").status == 0
    page = folder.with_name("run-report.html")
    assert b'lang="zh-CN"' in page.read_bytes()
    assert run("report", folder).status == 0
    assert b'lang="en"' in page.read_bytes()


def test_a_page_never_goes_into_a_run(folder: Path) -> None:
    ended = run("report", folder, "-o", folder / "report.html")
    assert ended.status == 2
    assert "lies inside a run" in ended.err
    assert run("report", folder, "-o", folder / "audit" / "page.html").status == 2


def test_another_file_is_left_alone(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "scenario.toml"
    other.write_text("title = 'mine'")
    ended = run("report", folder, "-o", other)
    assert ended.status == 2
    assert "not a page of enroll" in ended.err
    assert other.read_text() == "title = 'mine'"


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    ended = run("report", tmp_path, "-o", tmp_path / "page.html")
    assert ended.status == 2
    assert ended == (
        2,
        "",
        f"{tmp_path} holds no run, comparison, forecast or audit: name a folder that enroll"
        " allocate, compare, forecast or audit has written.\n",
    )
    assert not (tmp_path / "page.html").exists()


def test_a_run_that_was_changed_is_refused(folder: Path, tmp_path: Path) -> None:
    changed = tmp_path / "run"
    changed.mkdir()
    for path in folder.rglob("*"):
        target = changed / path.relative_to(folder)
        target.mkdir() if path.is_dir() else target.write_bytes(path.read_bytes())
    (changed / "schools.csv").write_bytes(b"school_id\n")
    ended = run("report", changed, "-o", tmp_path / "page.html")
    assert ended.status == 2
    assert "schools.csv" in ended.err


def test_a_place_that_cannot_be_written_to_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match="could not be written"):
        write_page(b"", tmp_path / "file" / "page.html")
    with pytest.raises(UsageError, match="could not be written"):
        write_page(b"", tmp_path)
    if os.geteuid() != 0:
        tmp_path.chmod(0o500)
        with pytest.raises(UsageError, match="could not be written"):
            write_page(b"", tmp_path / "page.html")


def test_tables_only_leave_the_page_out(tmp_path: Path) -> None:
    scenario = starter(tmp_path / "in")
    assert run("allocate", scenario, "-o", tmp_path / "run", "--tables-only").status == 0
    assert not (tmp_path / "run" / "report.html").exists()
    assert not (tmp_path / "run" / "map.gpkg").exists()
    assert run("report", tmp_path / "run", "-o", tmp_path / "page.html").status == 0
    assert b"map.gpkg" in (tmp_path / "page.html").read_bytes()


@pytest.fixture(scope="module")
def folders(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Make a comparison, a forecast and an audit by their commands."""
    place = tmp_path_factory.mktemp("folders")
    (place / "planned").mkdir()
    first, *others = scenarios(place / "compared", closed=CLOSED)
    made = {name: place / name for name in ("comparison", "forecast", "audit")}
    ahead = ("forecast", county(place / "planned"), "--years", 2, "-o", made["forecast"])
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        compared = ("compare", first, *others, "-o", made["comparison"], "--workers", "1")
        for words in (compared, ahead, ("audit", folder, "-o", made["audit"])):
            assert run(*words).status == 0
    return made


KINDS = ("comparison", "forecast", "audit")


@pytest.mark.parametrize("kind", KINDS)
def test_every_folder_holds_its_page_and_gives_it_again(folders, tmp_path: Path, kind: str) -> None:
    page = tmp_path / "page.html"
    assert run("report", folders[kind], "-o", page) == (0, f"{page}\n", "")
    assert page.read_bytes() == (folders[kind] / "report.html").read_bytes()
    assert run("report", folders[kind], "-o", page, "--lang", "zh").status == 0
    assert b'lang="zh-CN"' in page.read_bytes()


CHANGED = [("comparison", "moves.csv"), ("forecast", "gaps.csv"), ("audit", "audit.csv")]


@pytest.mark.parametrize(("kind", "name"), CHANGED)
def test_a_folder_that_was_changed_is_refused(folders, tmp_path: Path, kind, name) -> None:
    copy = shutil.copytree(folders[kind], tmp_path / kind)
    (copy / name).write_bytes(b"")
    ended = run("report", copy, "-o", tmp_path / "page.html")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith(f"{copy} is not as enroll wrote it: {name} is missing or was")
    assert not (tmp_path / "page.html").exists()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"format": 99}'])
def test_a_folder_that_was_forged_is_one_sentence(folders, tmp_path, kind, content) -> None:
    copy = shutil.copytree(folders[kind], tmp_path / kind)
    name = {"comparison": "compare.json", "forecast": "manifest.json", "audit": "audit.json"}[kind]
    (copy / name).write_bytes(content)
    names = [path.name for path in copy.iterdir() if path.name != SUMS]
    (copy / SUMS).write_bytes(seal({each: (copy / each).read_bytes() for each in names}))
    ended = run("report", copy, "-o", tmp_path / "page.html")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
    assert "not of the kind that this version of enroll reads" in ended.err


def test_a_sealed_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / SUMS).write_bytes(seal({}))
    ended = run("report", tmp_path / "other", "--lang", "zh")
    assert ended.status == 2
    assert "没有录取结果、方案比较、预测或审计" in ended.err


def test_a_folder_speaks_the_language_that_it_was_made_in(folders, tmp_path: Path) -> None:
    made = folders["comparison"]
    assert language_of_folder(made, None) == "en"
    assert language_of_folder(made, "zh") == "zh"
    (tmp_path / "audit.json").write_text('{"language": "zh"}', encoding="utf-8")
    assert language_of_folder(tmp_path, None) == "zh"
    (tmp_path / "audit.json").write_text("[]", encoding="utf-8")
    assert language_of_folder(tmp_path, None) == "en"
