"""Every command that the documentation shows is a command, and prints what is shown."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from enroll.cli import enroll
from tests.cli.screens import Screen, run
from tests.docs.shown import PAGES, ROOT, Shown, commands_of

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = "scenarios/nanxian-primary-2026.toml"
DEMO = ("allocate", SAMPLE, "-o", "runs/nanxian-primary-2026")
"""What `make demo` runs: pages go on from its run."""

REFUSED = 2
"""How a command ends that may write nothing; a page shows why: lines of what is blocking."""

WRITTEN = {"new": {"folder"}}
"""Arguments besides `-o` that name what is not there yet."""

LONG = {"odds", "--backtest", "--demand", "--scheduler", "--years"}
"""Words of commands that take more than a few seconds, or another machine."""


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
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Shown], Screen | None]:
    """Return what runs a command where the sample county is, each command once."""
    folder = tmp_path_factory.mktemp("office")
    for name in ("scenarios", "data/nanxian", "data/scanned", "data/zones"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("log.jsonl", "__pycache__")
        )
    screens: dict[tuple[str, ...], Screen] = {}

    def ran(shown: Shown) -> Screen | None:
        words = shown.words
        command, given = parsed(shown)
        if words not in screens and shown.whole and _can_run(command, given, words):
            again = any(option.name == "overwrite" for option in command.params)
            more = ["--overwrite"] if again and not given["overwrite"] else []
            with pytest.MonkeyPatch.context() as patch:
                patch.chdir(folder)
                screens[words] = run(*words, *more, columns=100)
        return screens.get(words)

    def _can_run(command: click.Command, given: dict[str, object], words: tuple[str, ...]) -> bool:
        """Whether every file that it reads is there, and it is not one that takes long."""
        written = {"output", *WRITTEN.get(command.name or "", ())}
        read = [value for name, value in given.items() if name not in written]
        paths = [one for value in read for one in (value if isinstance(value, tuple) else [value])]
        there = [(folder / one).exists() for one in paths if isinstance(one, Path)]
        return bool(given) and all(there) and not LONG & set(words)

    assert ran(Shown("Makefile", DEMO)) is not None
    return ran


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


def test_commands_end_well_and_print_what_is_shown(
    office: Callable[[Shown], Screen | None],
) -> None:
    """Those that read only the sample county, or what the commands before them wrote."""
    wrong, ended = [], set()
    for shown in [one for page in PAGES for one in commands_of(page)]:
        screen = office(shown)
        if screen is None:
            continue
        ended.add(shown.words)
        if (screen.status == REFUSED) is not stopped(shown) or screen.status > REFUSED:
            wrong.append(f"{shown}\n{screen.err}")
        printed = iter(line.rstrip() for line in screen.out.splitlines())
        left_out = next((line for line in shown.screen if line not in printed), None)
        if left_out is not None:
            wrong.append(f"{shown}\nis not printed, or not there: {left_out}")
    assert wrong == []
    assert {words[0] for words in ended} >= {"check", "allocate", "compare", "explain", "audit"}
