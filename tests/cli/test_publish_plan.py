"""Publishing on the command line: screens word for word, refusals, and nothing half-written."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from enroll.planning.forecasting import forecast
from enroll.scenario import load
from tests.cli.screens import Screen, run, starter, starter_text
from tests.planning.futures import county as past_county
from tests.report.announcement.plans import TOLD

WRITTEN = """\
Schools                            3
Entry classes                      3
Seats within the class standard  135
Seats within the class limit     165
Reserved seats                     0
Zones                              3
Groups                             4
Rounds                             4
"""

LACKS = """\
No timetable: state it as [[publication.timetable]] in the scenario.
No telephone: state them as [[publication.telephones]] in the scenario.
Nothing says where to register: state `where` under [publication].
No source of the draw: state them as [[publication.sources]] in the scenario.
"""

NO_WARNINGS = "No warnings: give --forecast with a folder that enroll forecast wrote.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a new folder that holds a scenario whose families have not registered yet."""
    monkeypatch.chdir(tmp_path)
    starter(tmp_path / "in", applicants=None, scenario=starter_text("scenario.toml") + TOLD)
    return tmp_path


def test_a_plan_is_written_before_anybody_registers() -> None:
    screen = run("publish", "in/scenario.toml", "--plan", "-o", "site")
    assert screen == Screen(0, f"{WRITTEN}{NO_WARNINGS}\nsite\n", "")
    assert sorted(path.name for path in Path("site").iterdir())[:3] == [
        "SHA256SUMS",
        "groups.csv",
        "index.html",
    ]


def test_what_a_family_would_miss_is_said(folder: Path) -> None:
    starter(folder / "bare", applicants=None)
    screen = run("publish", "bare/scenario.toml", "--plan", "-o", "site")
    assert screen == Screen(0, f"{WRITTEN}{LACKS}{NO_WARNINGS}\nsite\n", "")


def test_the_language_is_the_scenarios_or_the_one_asked_for(folder: Path) -> None:
    english = run("publish", "in/scenario.toml", "--plan", "-o", "en")
    chinese = run("publish", "in/scenario.toml", "--plan", "-o", "zh", "--lang", "zh")
    text = Path("in/scenario.toml").read_text("utf-8").replace('"en"', '"zh"')
    Path("in/scenario.toml").write_text(text, "utf-8")
    own = run("publish", "in/scenario.toml", "--plan", "-o", "own")
    assert [screen.status for screen in (english, chinese, own)] == [0, 0, 0]
    assert own.out == chinese.out.replace("zh\n", "own\n") != english.out
    assert "没有预警：请用 --forecast 给出 enroll forecast 写出的文件夹。" in own.out
    assert Path("zh/index.html").read_bytes() == Path("own/index.html").read_bytes()


def test_warnings_are_counted(folder: Path) -> None:
    Path("past").mkdir()
    scenario = past_county(folder / "past")
    forecast(load(scenario), 4).write("ahead")
    screen = run("publish", scenario, "--plan", "--forecast", "ahead", "-o", "site")
    assert (screen.status, screen.err) == (0, "")
    (line,) = [line for line in screen.out.splitlines() if line.startswith("Warnings of the years")]
    assert line.startswith("Warnings of the years 2026 to 2028  ")
    assert int(line.split()[-1]) > 0
    assert NO_WARNINGS not in screen.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("in/scenario.toml", "-o", "run/site"), "lies inside a run"),
        (("in/scenario.toml", "-o", "run"), "lies inside a run"),
        (("in/scenario.toml", "-o", "taken"), "exists already and is never written over"),
        (("in/scenario.toml", "-o", "file/site"), "could not be written"),
        (("in/scenario.toml", "-o", "site", "--forecast", "nowhere"), "holds no forecast"),
        (("in/scenario.toml", "-o", "site", "--forecast", "run"), "holds no forecast"),
        (("in/scenario.toml", "-o", "site", "--forecast", "ahead"), "(year is another)"),
        (("in/nozones.toml", "-o", "site"), "and no zones: name their file under"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    folder: Path, words: tuple[str, ...], said: str
) -> None:
    starter(folder / "full")
    assert run("allocate", "full/scenario.toml", "-o", "run", "--tables-only").status == 0
    Path("past").mkdir()
    other = past_county(folder / "past")
    other.write_text(other.read_text("utf-8").replace("year = 2026", "year = 2025"), "utf-8")
    forecast(load(other), 2).write("ahead")
    lines = Path("in/scenario.toml").read_text("utf-8").splitlines(keepends=True)
    without = [line for line in lines if not line.startswith("zones ")]
    assert len(without) == len(lines) - 2, "the file and its coordinate system"
    Path("in/nozones.toml").write_text("".join(without), "utf-8")
    Path("taken").mkdir()
    Path("file").write_bytes(b"")
    before = sorted(folder.rglob("*"))
    screen = run("publish", *words, "--plan")
    assert (screen.status, screen.out, len(screen.err.splitlines())) == (2, "", 1), screen.err
    assert said in screen.err
    assert sorted(folder.rglob("*")) == before


def test_every_problem_of_the_tables_is_told_at_once(folder: Path) -> None:
    Path("in/schools.csv").write_text("school_id,name,classes\nS1,One,many\nS1,Two,1\n", "utf-8")
    Path("in/zones.geojson").write_text("[]", "utf-8")
    screen = run("publish", "in/scenario.toml", "--plan", "-o", "site")
    assert (screen.status, screen.out) == (2, "")
    for code in ("NOT_WHOLE", "ID_TWICE", "FILE_CONTENT_WRONG"):
        assert f"[{code}]" in screen.err
    assert not Path("site").exists()


def test_what_was_found_and_does_not_stop_it_is_told_besides(folder: Path) -> None:
    zones = Path("in/zones.geojson")
    zones.write_text(zones.read_text("utf-8").replace("[112.40, 29.37]", "[112.405, 29.37]", 1))
    screen = run("publish", "in/scenario.toml", "--plan", "-o", "site")
    assert (screen.status, screen.out) == (0, f"{WRITTEN}{NO_WARNINGS}\nsite\n")
    assert "[ZONE_OVERLAP]" in screen.err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the rights of another user")
def test_a_folder_that_cannot_be_written(folder: Path) -> None:
    Path("closed").mkdir(mode=0o500)
    screen = run("publish", "in/scenario.toml", "--plan", "-o", "closed/site")
    assert (screen.status, len(screen.err.splitlines())) == (2, 1)


def test_a_disk_that_is_full_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    screen = run("publish", "in/scenario.toml", "--plan", "-o", "site")
    assert (screen.status, screen.out) == (2, "")
    assert "No space left on device" in screen.err
    assert [path.name for path in folder.iterdir()] == ["in"]


def test_nothing_is_written_beside_the_scenario(folder: Path) -> None:
    before = sorted(path for path in folder.rglob("*"))
    assert run("publish", "in/scenario.toml", "--plan", "-o", "site").status == 0
    shutil.rmtree("site")
    assert sorted(path for path in folder.rglob("*")) == before
