"""The reference of commands: complete, and the page in the documentation is this one."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from enroll.cli import SECTIONS, enroll
from enroll.cli.reference import reference_page

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"
COMMANDS = [command for _, commands in SECTIONS for command in commands]
OPTIONS = [
    (command, option)
    for command in [enroll, *COMMANDS]
    for option in command.params
    if isinstance(option, click.Option)
]


def name_of(part: click.Command | click.Option) -> str:
    return part.name or ""


def test_every_command_belongs_to_a_user() -> None:
    assert set(enroll.commands.values()) == set(COMMANDS)
    assert len(COMMANDS) == len(enroll.commands)


@pytest.mark.parametrize("command", COMMANDS, ids=name_of)
def test_every_command_has_help(command: click.Command) -> None:
    """A first line that fits the list of commands, and what the list does not say below it."""
    first, *rest = (command.help or "").split("\n\n")
    assert first.endswith(".")
    assert len(first) < 70
    assert rest


@pytest.mark.parametrize(("command", "option"), OPTIONS, ids=name_of)
def test_every_option_has_help(command: click.Command, option: click.Option) -> None:
    assert (option.help or "").endswith("."), (command.name, option.name)


def test_the_page_lists_every_command() -> None:
    listed = re.findall(r"^### `enroll (\w[\w-]*) ", reference_page(), flags=re.MULTILINE)
    assert list(dict.fromkeys(listed)) == [command.name for command in COMMANDS]


@pytest.mark.parametrize("group", [one for one in COMMANDS if isinstance(one, click.Group)])
def test_the_page_lists_every_command_of_a_group(group: click.Group) -> None:
    for name in group.commands:
        assert f"### `enroll {group.name} {name} " in reference_page()


def test_the_committed_page_is_up_to_date() -> None:
    """Write `reference_page()` to the file anew where a command or an option changed."""
    assert PAGE.read_text(encoding="utf-8") == reference_page()
