"""The reference of commands, written from the commands themselves.

`docs/reference/commands.md` holds what `reference_page` returns; a test compares them.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import click

from enroll.cli import SECTIONS, enroll
from enroll.cli.screen import INTERRUPTED, UNREAD

if TYPE_CHECKING:
    from collections.abc import Sequence

_INTRODUCTION = f"""\
# Commands

`enroll` has one command for each job, ordered by who does it. Every command has `--help`, and
`python -m enroll` is the same as `enroll`.

| exit status | meaning |
| --- | --- |
| 0 | done |
| 1 | done, and something is against the rules or (`--strict`) a red notice stands |
| 2 | the input or the command line is wrong; nothing was written |
| 3 | a bug in enroll, shown with all it takes to find it |
| {INTERRUPTED} | stopped by the user (Ctrl-C) |
| {UNREAD} | nobody reads what is printed, as after `\\| head -1`; files are complete or absent |

What a command has to say goes to the standard output; what stops it, to the standard error. On a
terminal there are colours and the lines are as long as the window; into a file or a pipe goes plain
text with lines of 100 characters.
"""


def reference_page() -> str:
    """Return the page as Markdown."""
    sections = [_section(title, commands) for title, commands in SECTIONS if commands]
    return "\n".join([_INTRODUCTION, *sections])


def _section(title: str, commands: Sequence[click.Command]) -> str:
    above = click.Context(enroll, info_name="enroll", **enroll.context_settings)
    parts = [
        _command(context)
        for command in commands
        for context in _contexts(click.Context(command, parent=above, info_name=command.name))
    ]
    return "\n".join([f"## {title}\n", *parts])


def _contexts(context: click.Context) -> list[click.Context]:
    """Return a command, and behind a group the commands in it."""
    command = context.command
    if not isinstance(command, click.Group):
        return [context]
    inside = (
        click.Context(one, parent=context, info_name=name) for name, one in command.commands.items()
    )
    return [context, *(found for one in inside for found in _contexts(one))]


def _command(context: click.Context) -> str:
    command = context.command
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    options = [one for one in command.get_params(context) if isinstance(one, click.Option)]
    records = filter(None, (option.get_help_record(context) for option in options))
    rows = [f"| `{_escaped(names)}` | {_escaped(meaning)} |\n" for names, meaning in records]
    return (
        f"### `{usage}`\n\n{inspect.cleandoc(command.help or '')}\n\n"
        f"| option | meaning |\n| --- | --- |\n{''.join(rows)}"
    )


def _escaped(text: str) -> str:
    """Return text for the cell of a Markdown table."""
    return text.replace("|", r"\|")
