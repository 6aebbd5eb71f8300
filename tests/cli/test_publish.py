"""The public edition on the command line: screens word for word, refusals, and what never shows."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

import enroll
from enroll.errors import UnlawfulError
from enroll.report.publication import edition
from tests.cli.forging import assert_refused, reseal
from tests.cli.screens import Screen, run, starter, starter_text
from tests.end_to_end.test_nothing_leaks import CANARY, disguises, everything, with_columns
from tests.report.publication.runs import drawn_run

HELP = """\
Usage: enroll publish [OPTIONS] RUN|SCENARIO

  Write what everybody may know as a static site.

  SITE is a folder for any web server, complete or absent. Of a RUN: the
  result by ticket with a look-up page, seats, cutoffs, zones, groups and the
  draw. No name, home, birth date or exact way is in it; numbers of fewer than
  five children are hidden, and it is checked that none can be worked out from
  the others. With --plan, what families need before registration: rules,
  schools, zones and days, read from a SCENARIO without any child.

  With --check it ends with 1 if a file differs, and names it.

Options:
  -o, --output SITE  New folder for the pages, never inside a run.
  --plan             Publish what SCENARIO says before registration: rules,
                     schools, days; no child is read.
  --forecast FOLDER  With --plan: folder that enroll forecast wrote, for
                     warnings of this year and the two after it.
  --check SITE       Check a finished edition instead: every file must be what
                     RUN gives.
  --lang [en|zh]     Language of what is printed and written; default: the
                     scenario's.
  -h, --help         Show this message and exit.
"""

WRITTEN = """\
Children in result.csv                                150
Small cells hidden, with those that protect them       {hidden}
Children whose way to their place is hidden with them  {without}
Files                                                  20

site
"""

CHINESE = """\
result.csv 中的学生                     150
不公布的小数字及为保护它们而不公布的数字 {hidden}
因此不公布录取途径的学生                {without}
文件                                     20

site
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a new folder that holds a run under a committed draw."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(drawn_run(), tmp_path / "run")
    return tmp_path


def test_help() -> None:
    assert run("publish", "--help") == Screen(0, HELP, "")


def figures() -> dict[str, str]:
    site = enroll.publish("run").site
    return {"hidden": str(site.hidden), "without": str(site.without_how)}


def squeezed(text: str) -> str:
    return re.sub(" +", " ", text)


def test_the_screen_says_what_was_written_and_how_much_is_hidden() -> None:
    screen = run("publish", "run", "-o", "site")
    assert (screen.status, screen.err) == (0, "")
    assert squeezed(screen.out) == squeezed(WRITTEN.format(**figures()))
    assert {path.name for path in Path("site").iterdir()} == enroll.publish("run").files.keys()


def test_in_chinese() -> None:
    screen = run("publish", "run", "-o", "site", "--lang", "zh")
    assert squeezed(screen.out) == squeezed(CHINESE.format(**figures()))
    assert "查询结果" in Path("site/lookup.html").read_text("utf-8")


def test_a_rehearsal_says_so_everywhere(folder: Path) -> None:
    scenario = starter(folder / "in")
    run("allocate", scenario, "-o", "rehearsal")
    screen = run("publish", "rehearsal", "-o", "site")
    assert screen.out.startswith("Rehearsal: this draw decides nothing, and this edition is not")
    for page in ("index.html", "lookup.html"):
        assert "Rehearsal: this lottery decides nothing" in Path("site", page).read_text("utf-8")
    assert '"rehearsal": true' in Path("site/publication.json").read_text("utf-8")


def test_a_finished_edition_is_checked_in_its_own_language() -> None:
    run("publish", "run", "-o", "site", "--lang", "zh")
    said = "site is, byte for byte, what this run gives: 20 files.\n"
    assert run("publish", "run", "--check", "site") == Screen(0, said, "")
    Path("site/more.html").write_bytes(b"")
    Path("site/zones.csv").unlink()
    page = Path("site/lookup.html")
    page.write_bytes(page.read_bytes().replace(b"0", b"1", 1))
    assert run("publish", "run", "--check", "site") == Screen(
        1,
        "lookup.html differs from what this run gives.\n"
        "more.html is not of this edition.\n"
        "zones.csv is missing.\n",
        "",
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "-o", "run/site"), "lies inside a run"),
        (("run", "-o", "other/deep/site"), "lies inside a run"),
        (("run", "-o", "taken"), "a public edition is never written over"),
        (("run", "-o", "file/site"), "could not be written"),
        (("nowhere", "-o", "site"), "holds no complete run"),
        (("file", "-o", "site"), "add --plan to publish what a scenario says"),
        (("run", "-o", "site", "--forecast", "ahead"), "--forecast goes with --plan alone"),
        (("run", "--check", "taken", "--plan"), "a plan has none, so leave --plan out"),
        (("run",), "Name a new folder with -o"),
        (("run", "-o", "site", "--check", "site"), "not both"),
        (("run", "--check", "taken"), "holds no public edition"),
        (("run", "--check", "nowhere"), "holds no public edition"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    folder: Path, words: tuple[str, ...], said: str
) -> None:
    assert_refused(folder, "publish", *words, said=said)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("summary.json", '"applicants": 150', '"applicants": 151'), "do not say the same"),
        (("manifest.json", '"format": 1', '"format": 9'), "format that this version does not know"),
        (("cutoffs.csv", "distance=", "distance=1"), "does not verify (step V9 zones)"),
        (("audit/rules.json", '"round_m":50', '"round_m":10'), "round_m = 10"),
    ],
)
def test_a_forged_run_or_one_too_exact_gives_nothing(
    change: tuple[str, str, str], said: str
) -> None:
    reseal(change)
    screen = run("publish", "run", "-o", "site")
    assert (screen.status, screen.out, len(screen.err.splitlines())) == (2, "", 1), screen.err
    assert said in screen.err
    assert not Path("site").exists()


def test_a_disk_that_is_full_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    screen = run("publish", "run", "-o", "site")
    assert (screen.status, screen.out) == (2, "")
    assert "No space left on device" in screen.err
    assert [path.name for path in folder.iterdir()] == ["run"]


def test_an_edition_that_gives_something_away_is_a_bug_and_is_not_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(edition, "hide", lambda _: frozenset())
    with pytest.raises(UnlawfulError, match="is small and open"):
        enroll.publish("run")
    assert run("publish", "run", "-o", "site").status == 3
    assert not Path("site").exists()


def test_one_that_says_another_place_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    made = edition.made.result_csv
    monkeypatch.setattr(
        edition.made, "result_csv", lambda *given: made(*given).replace(b",S1,", b",S2,", 1)
    )
    with pytest.raises(UnlawfulError, match="other children or schools"):
        enroll.publish("run")


RULES = """\
[[group]]
id = "A"
when = { household = "zone", secret_fact = ["asked of all", "so kept in the records"] }
[[group]]
id = "B"
when = { household = ["zone", "county", "outside"] }
"""


def private_cells() -> dict[str, object]:
    """Return what each private column holds, by row."""
    return {
        "name": lambda n: f"{CANARY}-name-{n}",
        "phone": lambda n: f"1380013{n:04}",
        "guardian": lambda n: f"{CANARY}-guardian-{n}",
        "住址": lambda n: f"{CANARY}-address-{n}",
        "secret_fact": lambda n: f"{CANARY}-fact" if n % 2 else f"{CANARY}-other",
        "birth_date": lambda n: f"2019-11-{n:02}",
        "family": lambda n: f"{CANARY}-family-{n // 2}" if n < 5 else "",
        "points": lambda n: str(7341550 + n),
        "since": lambda n: f"2017-09-{n:02}",
        "placed_school": lambda n: "S2" if n == 7 else "",
        "placed_reason": lambda n: "policy_care" if n == 7 else "",
        "placed_authority": lambda n: f"{CANARY}-authority" if n == 7 else "",
        "placed_date": lambda n: "2026-06-17" if n == 7 else "",
        "review": lambda n: "rejected" if n == 9 else "passed",
    }


def private_office(folder: Path) -> Path:
    """Write a scenario whose private columns are full of what nobody else may know."""
    home = starter(folder / "in").parent
    school = (home / "schools.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    cells = private_cells() | {"placed_school": lambda n: school if n == 7 else ""}
    text = re.sub(r"(?ms)^\[\[group\]\].*?(?=^\[\[round\]\])", "", starter_text("scenario.toml"))
    text = text.replace("[[round]]", RULES + "[[round]]", 1)
    (home / "applicants.csv").write_text(with_columns("applicants.csv", **cells), "utf-8")
    (home / "scenario.toml").write_text(text, "utf-8")
    return home


def homes_of(home: Path) -> set[str]:
    """Return every coordinate of a home, as it was given and as the run measures."""
    records = Path("autumn/audit/records.jsonl").read_text("utf-8")
    given = re.findall(r"(?<=,)[0-9]+\.[0-9]{4,}", (home / "applicants.csv").read_text("utf-8"))
    return {*given, *re.findall(r'"[xy]_dm":(\d+)', records)}


def test_no_private_column_reaches_public_file_log_or_screen(folder: Path) -> None:
    """Plain, turned round, in base64 or hex; what the zones' outlines hold by chance aside."""
    home = private_office(folder)
    screens = [run("allocate", home / "scenario.toml", "-o", "autumn")]
    screens += [run("publish", "autumn", "-o", tag, "--lang", tag) for tag in ("en", "zh")]
    screens.append(run("publish", "autumn", "--check", "en"))
    assert [screen.status for screen in screens] == [0, 0, 0, 0], screens
    kept = Path("autumn/audit/records.jsonl").read_bytes()
    assert all(secret.encode() in kept for secret in (CANARY, "2019-11-", "734155", "2026-06-17"))
    said = everything(Path("en")) + everything(Path("zh")) + repr(screens).encode()
    said += (home / "log.jsonl").read_bytes()
    public = Path("en/rules.json").read_text("utf-8") + Path("en/zones.geojson").read_text("utf-8")
    homes = {cell for cell in homes_of(home) if cell not in public}
    assert len(homes) > 20
    secrets = [CANARY, "1380013", "2019-11-", "734155", "2017-09-", "2026-06-17", "policy_care"]
    for secret in [*secrets, *homes]:
        assert [form for form in disguises(secret) if form in said] == [], secret


HOSTILE = [
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "阿依古丽·买买提",
    "𠮷",
    "Red\x1b[31m\u202eevil",
    "</script><!--",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_of_schools_and_zones_do_nothing(folder: Path, name: str) -> None:
    schools = with_columns("schools.csv", name=lambda _: name)
    zones = starter_text(
        "zones.geojson", ("Sample zone west", name.replace("\x1b", "").replace('"', ""))
    )
    scenario = starter(folder / "in", schools=schools, zones=zones)
    if run("allocate", scenario, "-o", "autumn").status == 2:
        return  # such a name is refused before it is anywhere
    screen = run("publish", "autumn", "-o", "site")
    assert screen.status == 0, screen
    for page in ("index.html", "lookup.html"):
        text = Path("site", page).read_text("utf-8")
        assert len(re.findall("<script", text)) == (1 if page == "index.html" else 3)
        assert len(re.findall("</script", text)) == (1 if page == "index.html" else 3)
        assert "\x1b" not in text
        assert "alert(1)</" not in text
    for table in Path("site").glob("*.csv"):
        assert not re.search(r"(?m)(^|,)[=+@]", table.read_text("utf-8")), table
