"""Every command that the documentation shows is a command, and prints what is shown."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from enroll.cli import enroll
from enroll.report.manifest import SUMS
from tests.docs.desk import DEMO, LEFT_OUT, SAMPLE, Drawing, Office
from tests.docs.shown import FENCED, PAGES, ROOT, Shown, commands_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.screens import Screen
    from tests.docs.desk import Desk

REFUSED = 2
"""How a command ends that may write nothing; a page shows why: lines of what is blocking."""

FOLDERS = {
    "comparisons/*": "compare.md",
    "forecasts/*": "forecast.md",
    "odds/*": "odds-and-risk.md",
    "risks/*": "odds-and-risk.md",
    "openings/*": "open-classes.md",
    "runs/autumn-audit": "audit.md",
}
"""What the commands of the pages write besides runs, and where it is told."""

WRITTEN = {"output", "folder"}
"""Parameters that name what is not there yet."""


def parsed(shown: Shown) -> tuple[click.Command, dict[str, object]]:
    """Return the command and its parameters; an error where there is no such thing."""
    command, words = enroll, list(shown.words)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        assert words[0] in command.commands, str(shown)
        command = command.commands[words.pop(0)]
    if isinstance(command, click.Group) and not words:
        return command, {}
    try:
        return command, command.make_context(command.name, words, **enroll.context_settings).params
    except click.exceptions.Exit:  # after --help or --version
        return command, {}
    except click.MissingParameter:
        if shown.whole:
            raise
        return command, {}


def stopped(shown: Shown) -> bool:
    """Return whether a page says that the command ends with 2."""
    return any(line.startswith("blocking: ") for line in shown.screen)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Lay out the office's files, with the run of `make demo`."""
    office = Office(tmp_path_factory.mktemp("office"))
    office.run(Shown("Makefile", DEMO), overwrites=True)
    return office


@pytest.fixture(scope="module")
def screens(office: Office, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Shown, Screen]]:
    """Run all pages from top to bottom, one after another, each at its desk."""
    desks = {"docs/how-to/draw.md": Drawing(tmp_path_factory.mktemp("draw"))}
    ended = []
    for shown in (one for page in PAGES for one in commands_of(page)):
        desk = desks.get(shown.page, office)
        command, given = parsed(shown)
        if set(shown.words) & LEFT_OUT.keys() or not (shown.whole or _can_run(desk, given)):
            continue
        overwrites = any(option.name == "overwrite" for option in command.params)
        ended.append((shown, desk.run(shown, overwrites)))
    return ended


def _can_run(desk: Desk, given: dict[str, object]) -> bool:
    """Whether a command inside a sentence is whole, and every file that it reads is there."""
    read = [value for name, value in given.items() if name not in WRITTEN]
    paths = [one for value in read for one in (value if isinstance(value, tuple) else [value])]
    there = [(desk.folder / one).exists() for one in paths if isinstance(one, Path)]
    return bool(there) and all(there)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_command_line_takes_every_command(page: Path) -> None:
    for shown in commands_of(page):
        parsed(shown)


def test_the_pages_show_commands() -> None:
    counted = {page.name: len(commands_of(page)) for page in PAGES}
    assert sum(counted.values()) > 60
    assert counted["README.md"] > 8
    assert counted["README.zh-CN.md"] > 8


def test_a_command_or_an_option_that_is_not_there_is_found() -> None:
    with pytest.raises(AssertionError):
        parsed(Shown("page", ("alocate", SAMPLE)))
    with pytest.raises(click.NoSuchOption):
        parsed(Shown("page", ("allocate", SAMPLE, "--langs", "zh")))
    with pytest.raises(click.NoSuchOption):
        parsed(Shown("page", ("lottery", "check", "--sorces"), whole=False))


def test_commands_end_well_and_print_what_is_shown(screens: list[tuple[Shown, Screen]]) -> None:
    wrong = []
    for shown, screen in screens:
        if (screen.status == REFUSED) is not stopped(shown) or screen.status > REFUSED:
            wrong.append(f"{shown}\n{screen.err}")
        printed = iter(line.rstrip() for line in screen.out.splitlines())
        left_out = next((line for line in shown.screen if line not in printed), None)
        if left_out is not None:
            wrong.append(f"{shown}\nis not printed, or not there: {left_out}")
    assert wrong == []


def test_every_command_of_a_page_is_run_or_left_out_for_a_reason(
    screens: list[tuple[Shown, Screen]],
) -> None:
    """Those inside a sentence too, where they are whole."""
    ran = {shown for shown, _ in screens}
    shown = [one for page in PAGES for one in commands_of(page)]
    left = [one for one in shown if one.whole and one not in ran]
    assert [str(one) for one in left if not set(one.words) & LEFT_OUT.keys()] == []
    assert len(left) == 1
    assert set(_all_commands(enroll)) - {parsed(one)[0] for one in ran} == set()


def test_every_file_and_column_that_a_command_writes_is_on_its_page(
    office: Office, screens: list[tuple[Shown, Screen]]
) -> None:
    """Those of runs are held by tests/report, workbooks by tests/report/lists."""
    assert screens
    of_runs = (ROOT / "docs" / "reference" / "run.md").read_text("utf-8")
    unsaid, tables = [], Counter()
    for folder, name in FOLDERS.items():
        page = (ROOT / "docs" / "how-to" / name).read_text("utf-8")
        for path in (one for one in sorted(office.folder.glob(f"{folder}/*")) if one.is_file()):
            said = re.sub(r"-\d{4}\.", "-YEAR.", path.name)
            if f"`{said}`" not in page and path.name not in {SUMS, "manifest.json"}:
                unsaid.append(f"{name}: {path.name}")
            if path.suffix == ".csv":
                tables[folder] += 1
                header = path.read_text("utf-8").split("\n", 1)[0].split(",")
                known = words_in_code(page + of_runs)
                unsaid += [f"{name}: {said} {column}" for column in header if column not in known]
    assert sorted(set(unsaid)) == []
    assert all(tables[folder] for folder in FOLDERS)


def words_in_code(text: str) -> set[str]:
    """Return all words in code style outside of blocks."""
    spans = re.findall(r"`([^`]+)`", FENCED.sub("", text))
    return {word for span in spans for word in re.findall(r"\w+", span)}


def _all_commands(group: click.Group) -> Iterator[click.Command]:
    for command in group.commands.values():
        if isinstance(command, click.Group):
            yield from _all_commands(command)
        else:
            yield command
