"""The lists on the command line: screens word for word, refusals, and what never shows."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

import enroll
from enroll.errors import UnlawfulError
from enroll.report.lists import contents as reading
from enroll.report.lists import counting, making
from tests.cli.forging import assert_refused, reseal
from tests.cli.screens import Screen, run
from tests.end_to_end.test_nothing_leaks import disguises
from tests.report.lists.makers import (
    MARKER,
    allocation,
    identity_file,
    identity_rows,
    make_run,
    unpacked,
)

HELP = """\
Usage: enroll lists [OPTIONS] RUN

  Write the lists of RUN: notice board, schools, letters.

  DIR/public may be put up. DIR/private is for the office alone: each school's
  list, tables for letters and text messages, and a workbook of everything.
  Every list is counted against allocation.csv, and all are written or none.

Options:
  --identity FILE   Table of applicant_id, name and what the letters need;
                    without it, codes only.
  -o, --output DIR  New folder for the lists, never inside a run.  [required]
  --lang [en|zh]    Language of what is printed and written; default: the
                    scenario's.
  -h, --help        Show this message and exit.
"""

WRITTEN = """\
Rehearsal: this draw decides nothing, and these lists are not to be given out.
Children placed: public notice  7
Admission notices               3
Redirect notices                4
Text messages                  18
Lists of the schools            4

out
"""

CODES_ONLY = "No names: give --identity to have them.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_run(tmp_path_factory.mktemp("lists"))


@pytest.fixture(autouse=True)
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a new folder that holds a run."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(made, tmp_path / "run")
    return tmp_path


def test_help() -> None:
    assert run("lists", "--help") == Screen(0, HELP, "")


def test_the_screen_counts_children_and_names_none(folder: Path) -> None:
    identity = identity_file(folder, identity_rows(folder / "run"))
    assert run("lists", "run", "--identity", identity, "-o", "out") == Screen(0, WRITTEN, "")


def test_without_names_the_screen_says_so(folder: Path) -> None:
    first, rest = WRITTEN.split("\n", 1)
    assert run("lists", "run", "-o", "out") == Screen(0, f"{first}\n{CODES_ONLY}{rest}", "")
    names = sorted(path.name for path in (folder / "out").rglob("*") if path.is_file())
    assert "notice-list.xlsx" in names
    assert sum(name.startswith("000") for name in names) == 4


@pytest.mark.skipif(os.name == "nt", reason="another system's rights")
def test_private_lists_are_for_their_owner_alone(folder: Path) -> None:
    run("lists", "run", "-o", "out")
    for path in [folder / "out" / "private", *(folder / "out" / "private").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_private_columns_reach_no_public_file_and_no_screen(folder: Path) -> None:
    rows = [
        {**row, "name": row["name"] + "11010519491231002X"} for row in identity_rows(Path("run"))
    ]
    good = identity_file(folder, identity_rows(Path("run")))
    screens = [run("lists", "run", "--identity", good, "-o", "out", "--lang", "zh")]
    screens.append(run("lists", "run", "--identity", good, "-o", "out"))
    screens.append(run("lists", "run", "--identity", identity_file(folder, rows), "-o", "bad"))
    assert [screen.status for screen in screens] == [0, 2, 2]
    said = repr(screens).encode() + b"".join(
        unpacked(path.read_bytes()) for path in (folder / "out" / "public").iterdir()
    )
    for secret in (MARKER, "1380013", "110105", "kindergarten"):
        assert [form for form in disguises(secret) if form in said] == []


def test_the_same_bytes_from_another_place(folder: Path) -> None:
    identity = identity_file(folder, identity_rows(folder / "run"))
    run("lists", "run", "--identity", identity, "-o", "out")
    shutil.copytree("run", "deep/er/run")
    run("lists", "deep/er/run", "--identity", identity, "-o", "deep/lists")
    first, second = Path("out"), Path("deep/lists")
    names = sorted(path.relative_to(first) for path in first.rglob("*.xlsx"))
    assert names == sorted(path.relative_to(second) for path in second.rglob("*.xlsx"))
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "-o", "run/lists"), "lies inside a run"),
        (("run", "-o", "run"), "lies inside a run"),
        (("run", "-o", "other/deep/lists"), "lies inside a run"),
        (("run", "-o", "taken"), "exists already"),
        (("run", "-o", "file/lists"), "could not be written"),
        (("nowhere", "-o", "out"), "holds no complete run"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    folder: Path, words: tuple[str, ...], said: str
) -> None:
    assert_refused(folder, "lists", *words, said=said)


def test_a_run_that_was_changed_gives_no_list(folder: Path) -> None:
    path = Path("run/allocation.csv")
    path.write_bytes(path.read_bytes().replace(b"placed,S1", b"placed,S2", 1))
    screen = run("lists", "run", "-o", "out")
    assert (screen.status, screen.out) == (2, "")
    assert "allocation.csv is missing or was changed" in screen.err
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("summary.json", '"placed": 7', '"placed": 8'), "the same (summary.json, placed)"),
        (("schools.csv", "school_id", "school"), "do not say the same (allocation.csv)"),
        (("schools.csv", "\nS0,", "\n../S0,"), "do not say the same (schools.csv)"),
        (("manifest.json", '"format": 1', '"format": 9'), "format that this version does not know"),
        (("manifest.json", '"year": 2026', '"year": 0'), "do not say the same"),
        (("allocation.csv", "unplaced,", "waiting,"), "do not say the same (summary.json, unpl"),
        (("schools.csv", "\nS0,", "\nS7,"), "do not say the same (schools.csv, S"),
        (("allocation.csv", "DECLINED", "NO_SEAT"), "does not verify"),
    ],
)  # fmt: skip
def test_a_forged_run_gives_no_list(change: tuple[str, str, str], said: str) -> None:
    reseal(change)
    screen = run("lists", "run", "-o", "out")
    assert (screen.status, screen.out, len(screen.err.splitlines())) == (2, "", 1), screen.err
    assert said in screen.err
    assert not Path("out").exists()


def test_an_identity_file_of_another_run_is_refused(folder: Path) -> None:
    other = [
        {**row, "applicant_id": f"x{row['applicant_id']}"} for row in identity_rows(Path("run"))
    ]
    screen = run("lists", "run", "--identity", identity_file(folder, other), "-o", "out")
    assert (screen.status, screen.out) == (2, "")
    assert "None of the 18 ids belongs to the run." in screen.err
    assert not Path("out").exists()


def test_a_child_counted_twice_gives_no_list() -> None:
    """Also where the sums were made to fit."""
    first, second = (row["applicant_id"] for row in allocation(Path("run"))[:2])
    twice = ("allocation.csv", f"\n{second},", f"\n{first},")
    reseal(twice, ("summary.json", '"applicants": 18', '"applicants": 17'))
    screen = run("lists", "run", "-o", "out")
    assert (screen.status, screen.out) == (2, "")
    assert "do not say the same (allocation.csv)" in screen.err


def test_a_run_without_what_the_verifier_needs_gives_no_list() -> None:
    sums = Path("run/SHA256SUMS")
    lines = sums.read_text("utf-8").splitlines(keepends=True)
    sums.write_text("".join(line for line in lines if "records.jsonl" not in line), "utf-8")
    Path("run/audit/records.jsonl").unlink()
    screen = run("lists", "run", "-o", "out")
    assert (screen.status, screen.out, len(screen.err.splitlines())) == (2, "", 1)


def test_what_was_found_in_the_file_is_said_besides(folder: Path) -> None:
    rows = [{**row, "身份证号": "11010519491231002X"} for row in identity_rows(Path("run"))]
    screen = run("lists", "run", "--identity", identity_file(folder, rows), "-o", "out")
    assert (screen.status, screen.out) == (0, WRITTEN)
    assert "18 cells of the column hold resident identity numbers" in screen.err
    assert "110105" not in screen.err


def test_a_disk_that_is_full_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    screen = run("lists", "run", "-o", "out")
    assert (screen.status, screen.out) == (2, "")
    assert "No space left on device" in screen.err
    assert [path.name for path in folder.iterdir()] == ["run"]


def test_a_list_that_lacks_a_child_is_a_bug_and_is_not_written() -> None:
    """Also one with a child twice, one too many, and a list that nobody expects."""
    files = {path: Path("run", path).read_bytes() for path in _names(Path("run"))}
    contents = reading.read_contents(files)
    whole = making.make_lists(contents).files
    counting.assert_counted(contents, whole)
    swapped = {**whole, making.ADMISSION: whole[making.REDIRECT]}
    lacking = {name: content for name, content in whole.items() if name != making.MESSAGES}
    for wrong in (swapped, lacking, {**whole, "private/more.xlsx": b""}):
        with pytest.raises(UnlawfulError):
            counting.assert_counted(contents, wrong)


def _names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]


def test_a_notebook_writes_lists_too(folder: Path) -> None:
    made = enroll.lists("run", language="en")
    assert made.write(folder / "book") == folder / "book"
    assert len(repr(made)) < 1000, "no notebook is flooded with what the files hold"
    assert {f"book/{name}" for name in made.files} == {
        path.relative_to(folder).as_posix() for path in (folder / "book").rglob("*.xlsx")
    }
