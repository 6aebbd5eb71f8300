"""Whole screens: what the office sees, word for word."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from enroll.version import __version__
from tests.cli.screens import Screen, moved_borders, run, starter, starter_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Work in a new folder, so that paths on the screen are the same everywhere."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


HELP = """\
Usage: enroll [OPTIONS] COMMAND [ARGS]...

  Place a county's children in schools: near home, in the open, within class
  limits.

  Exit status: 0 done; 1 done, and something is against the rules or
  (--strict) a red notice stands; 2 the input or the command line is wrong; 3
  a bug in enroll.

Options:
  --version   Show the version and exit.
  -h, --help  Show this message and exit.

Admissions office:
  new           Write a starter scenario with tiny tables into DIR.
  check         Check SCENARIO and every file it names.
  allocate      Allocate the places of SCENARIO and write a run folder.
  lottery       Hold a draw nobody can rig: freeze, commit, draw, check.
  lists         Write the lists of RUN: notice board, schools, letters.
  publish       Write what goes online: the plan, or the result by ticket.
  report        Make the page of RUN again: figures, findings, map, classes.
  map           Draw RUN as a picture: zones, schools, redirects, legend.
  export        Write the layers and tables of RUN in another format.

Planner:
  compare       Run several scenarios and show each against the FIRST.
  forecast      Forecast the pupils of every school, year by year.
  odds          Find each child's chance of each school over many draws.
  open-classes  Find how many entry classes each school should open.
  risk          Find how likely large classes are in the years ahead.

Auditor:
  verify        Check RUN in numbered steps, by rules and proofs alone.
  explain       Tell why APPLICANT is where it is, and what would change it.
  audit         Look for favours, unfairness and breaches in RUN.
"""

NEW_HELP = """\
Usage: enroll new [OPTIONS] DIR

  Write a commented starter scenario with tiny tables into DIR.

  DIR must not exist yet or be empty. `enroll check` and `enroll allocate`
  accept the scenario as it is; replace the tables by your own and follow the
  comments.

Options:
  --lang [en|zh]  Language of the scenario and its remarks.  [default: en]
  -h, --help      Show this message and exit.
"""

CHECK_HELP = """\
Usage: enroll check [OPTIONS] SCENARIO

  Check SCENARIO and every file it names.

  Prints every problem of every file in one pass, each with file, row, column,
  and what to do. Ends with 2 if any of them is blocking, else with 0.

Options:
  --lang [en|zh]  Language of what is printed and written; default: the
                  scenario's.
  -h, --help      Show this message and exit.
"""

ALLOCATE_HELP = """\
Usage: enroll allocate [OPTIONS] SCENARIO...

  Allocate the places of SCENARIO and write a run folder.

  Nothing is written if the input has a blocking problem, and an existing run
  is never touched. The same input gives the same bytes on any machine. The
  step is logged in log.jsonl beside SCENARIO, rehearsals too.

  Several scenarios are run side by side, each to a run folder of its own, and
  summed up in one table; if one of them has a blocking problem, no run is
  written.

Options:
  -o, --output RUN     Run folder to write, or the folder of all runs;
                       default: runs/NAME, after the file.
  --overwrite          Keep an existing run as NAME.1 and write anew.
  --strict             End with 1 if a red notice stands.
  --tables-only        Leave out report.html and map.gpkg.
  --operator NAME      Who does it, for the log; at most 100 letters.
  --workers N          Local processes; default: one per processor. The result
                       does not depend on it.  [x>=1]
  --scheduler ADDRESS  Run on the Dask cluster of this scheduler, such as
                       tcp://127.0.0.1:8786.
  --lang [en|zh]       Language of what is printed and written; default: the
                       scenario's.
  -h, --help           Show this message and exit.
"""


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["--help"], HELP),
        (["-h"], HELP),
        (["new", "--help"], NEW_HELP),
        (["check", "--help"], CHECK_HELP),
        (["allocate", "-h"], ALLOCATE_HELP),
        (["--version"], f"enroll, version {__version__}\n"),
    ],
)
def test_help(words: list[str], text: str) -> None:
    """Commands stand under their users; a user without a command yet is not shown."""
    assert run(*words) == Screen(0, text, "")


def test_new_names_what_it_wrote(folder: Path) -> None:
    screen = run("new", "county/autumn")
    text = """\
        county/autumn/applicants.csv
        county/autumn/schools.csv
        county/autumn/zones.geojson
        county/autumn/scenario.toml
        """
    assert screen == Screen(0, dedent(text), "")
    assert len(list((folder / "county" / "autumn").iterdir())) == 4


def test_the_starter_is_accepted_as_it_is() -> None:
    run("new", "autumn")
    assert run("check", "autumn/scenario.toml") == Screen(0, "No problem found.\n", "")


SUMMARY = """\
Sample County, primary entrance, autumn 2026 (synthetic)
Rehearsal: this lottery decides nothing, whoever made it could choose its result.

yellow 1   info 1

yellow  Ways are straight lines: rivers, railways and trunk roads in between do not count.
        [STRAIGHT_IGNORES_WATER]
        → Give a matrix of real ways under [travel], where a way is barred.
        and 1 more in warnings.csv

Applicants                      12
Placed                          12  100.0 %
  at a school of their zone     12  100.0 %
  redirected to another school   0    0.0 %
Unplaced                         0    0.0 %
Not eligible                     0    0.0 %
Classes                          3
  above the class standard       0    0.0 %
  oversized: 56 or more          0    0.0 %
Farther than 3,000 m             0    0.0 %

Way to school: half of the children within 525 m, 95 in 100 within 800 m, the farthest 800 m.

runs/scenario
"""


def test_allocate_sums_up_for_a_clerk(folder: Path) -> None:
    starter(folder / "autumn")
    assert run("allocate", "autumn/scenario.toml") == Screen(0, SUMMARY, "")
    assert (folder / "runs" / "scenario" / "allocation.csv").is_file()


CHINESE = """\
Sample County, primary entrance, autumn 2026 (synthetic)
演练：本次派位不作数，操作人可以左右其结果。

黄色 1   说明 1

黄色  路程按直线计算：未考虑其间的河流、铁路和干道。 [STRAIGHT_IGNORES_WATER]
      → 路有阻隔的，请在 [travel] 下提供实际路程矩阵。
      另有 1 条，见 warnings.csv

报名学生                 12
已安置                   12  100.0%
  在本片区学校           12  100.0%
  统筹安排到其他学校      0    0.0%
待安置                    0    0.0%
不符合条件                0    0.0%
班级                      3
  超过标准班额            0    0.0%
  大班额（56 人及以上）   0    0.0%
路程超过 3,000 米         0    0.0%

上学路程：半数学生在 525 米以内，95% 的学生在 800 米以内，最远 800 米。

autumn
"""


@pytest.mark.parametrize("by", ["option", "scenario"])
def test_chinese_is_spoken_where_asked_for(folder: Path, by: str) -> None:
    text = starter_text("scenario.toml", ('language = "en"', 'language = "zh"'))
    scenario = starter(folder / "in", **({"scenario": text} if by == "scenario" else {}))
    option = ["--lang", "zh"] if by == "option" else []
    assert run("check", scenario, *option) == Screen(0, "未发现问题。\n", "")
    assert run("allocate", scenario, "-o", "autumn", *option) == Screen(0, CHINESE, "")
    assert "路程按直线计算" in (folder / "autumn" / "warnings.csv").read_text("utf-8")


UNKNOWN = """\
blocking: 1
file         row  column  value  what is wrong, and what to do
nosuch.toml                      There is no such scenario file. [SCENARIO_MISSING]
                                 → Check the path, or run `enroll new` to start from a sample.
"""


def test_an_unknown_scenario(folder: Path) -> None:
    """`check` reports on the standard output, which it is for; `allocate` on the error output."""
    assert run("check", "nosuch.toml") == Screen(2, UNKNOWN, "")
    assert run("allocate", "nosuch.toml", "-o", "x") == Screen(2, "", UNKNOWN)
    assert list(folder.iterdir()) == []


def test_new_refuses_a_folder_in_use(folder: Path) -> None:
    starter(folder / "a")
    text = """\
        blocking: 1
        file  row  column  value  what is wrong, and what to do
        a                         The folder is not empty, and nothing in it is overwritten.
                                  [STARTER_FOLDER_IN_USE]
                                  → Name a new folder.
        """
    assert run("new", "a") == Screen(2, "", dedent(text))


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["check"],
        ["allocate"],
        ["new"],
        ["check", "a.toml", "b.toml"],
        ["check", "a.toml", "--lang", "fr"],
        ["allocate", "a.toml", "--quickly"],
        ["allocate", "a.toml", "-o"],
    ],
)
def test_a_wrong_command_line_ends_with_2(folder: Path, words: list[str]) -> None:
    """The words of the sentence are click's, which differ from version to version."""
    screen = run(*words)
    assert (screen.status, screen.out) == (2, "")
    assert "Error: " in screen.err
    assert "Traceback" not in screen.err
    assert list(folder.iterdir()) == []


def test_without_a_command_there_is_help() -> None:
    screen = run()
    assert screen.out + screen.err == HELP


REFUSED = (
    "first exists already and a run is never written over: name another folder with -o, or give"
    " --overwrite to keep the earlier run beside it as first.1.\n"
)
REFUSED_ZH = (
    "first 已存在，结果从不覆盖：请用 -o 指定其他文件夹，或加 --overwrite，"
    "将原结果在旁边保存为 first.1。\n"
)


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_an_existing_run_is_refused(folder: Path) -> None:
    scenario = starter(folder / "in")
    run("allocate", scenario, "-o", "first")
    before = content(folder / "first")
    assert run("allocate", scenario, "-o", "first") == Screen(2, "", REFUSED)
    assert run("allocate", scenario, "-o", "first", "--lang", "zh") == Screen(2, "", REFUSED_ZH)
    assert content(folder / "first") == before


def test_overwrite_keeps_every_earlier_run(folder: Path) -> None:
    scenario = starter(folder / "in")
    run("allocate", scenario, "-o", "first")
    before = content(folder / "first")
    for _ in range(2):
        assert run("allocate", scenario, "-o", "first", "--overwrite", "--lang", "zh").status == 0
    assert sorted(path.name for path in folder.iterdir()) == ["first", "first.1", "first.2", "in"]
    assert content(folder / "first.1") == before
    assert content(folder / "first.2") == content(folder / "first") != before


def test_a_folder_that_is_no_run_is_never_replaced(folder: Path) -> None:
    scenario = starter(folder / "in")
    before = content(folder / "in")
    screen = run("allocate", scenario, "-o", "in", "--overwrite")
    text = (
        "in exists and is not a run of enroll, so it is left alone: name another folder with -o.\n"
    )
    assert screen == Screen(2, "", text)
    assert content(folder / "in") == before


FAULTY = """\
blocking: 3
file            row  column     value   what is wrong, and what to do
applicants.csv    5  lon        a       The cell is not a number. [NOT_NUMBER]
                                        → Write a number in plain digits with a decimal point.
applicants.csv    3  household  abroad  The word is not one of: zone, county and outside.
                                        [WORD_UNKNOWN]
                                        → Correct it, or translate it:
                                        [values.applicants.household] "your word" = "known word".
schools.csv       4  classes    one     The cell is not a whole number. [NOT_WHOLE]
                                        → Write a whole number in plain digits.

yellow: 1
file           row  column  value  what is wrong, and what to do
zones.geojson    1                 Zones Z1 and Z2 both claim 430,702 m2; a home there goes to Z1.
                                   [ZONE_OVERLAP]
                                   → Draw one border between the two zones.
"""


def test_every_fault_of_every_file_is_on_one_screen(folder: Path) -> None:
    """A row of the applicants, a column of the schools and two zones, in one pass."""
    scenario = starter(
        folder / "in",
        applicants=starter_text(
            "applicants.csv",
            ("29.3608,zone,own", "29.3608,abroad,own"),
            ("112.3983,", "x,"),
        ),
        schools=starter_text("schools.csv", ("112.416,29.357,1", "112.416,29.357,one")),
        zones=moved_borders(Z2=(112.40, 112.398)),
    )
    screen = run("check", scenario)
    assert screen == Screen(2, FAULTY, "")
    refused = run("allocate", scenario, "-o", "run")
    assert refused == Screen(2, "", FAULTY)
    assert not (folder / "run").exists()
