"""The command line: options, help, one call each, and the exit status."""

from __future__ import annotations

import gc
import sys
from io import TextIOWrapper
from typing import Any

import click

from enroll.cli.auditing import COMMANDS as AUDITING
from enroll.cli.office import COMMANDS as OFFICE
from enroll.cli.planning import COMMANDS as PLANNING
from enroll.cli.screen import bug, interrupted, unread
from enroll.version import __version__

SECTIONS = (
    ("Admissions office", OFFICE),
    ("Planner", PLANNING),
    ("Auditor", AUDITING),
)
"""The commands by who uses them; the order in which `enroll --help` shows them."""

COLLECT_AFTER = 200_000
"""Objects made before Python looks for rings of garbage. Tables make millions of short-lived
cells and no rings; looking as often as usual costs a quarter of the reading time (measured)."""


class ByUser(click.Group):
    """A group of commands whose help is ordered by user."""

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one section of commands for each user."""
        width = max(len(command.name or "") for command in self.commands.values())
        limit = formatter.width - 6 - width
        for title, commands in SECTIONS:
            rows = [
                ((each.name or "").ljust(width), each.get_short_help_str(limit))
                for each in commands
            ]
            with formatter.section(title):
                formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for, until nobody reads what it prints."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise click.exceptions.Exit(unread()) from None


@click.group(cls=ByUser, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="enroll")
def enroll() -> None:
    """Place a county's children in schools: near home, in the open, within class limits.

    Exit status: 0 done; 1 done, and something is against the rules or (--strict) a red notice
    stands; 2 the input or the command line is wrong; 3 a bug in enroll.
    """


for _, commands in SECTIONS:
    for command in commands:
        enroll.add_command(command)


def main() -> None:
    """Run the command line and end with the exit status that the help names."""
    _show_every_letter()
    gc.set_threshold(COLLECT_AFTER)
    try:
        status = enroll.main(prog_name="enroll", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(interrupted("en"))
    except Exception:  # before a command knows its language
        sys.exit(bug("en"))
    sys.exit(status if isinstance(status, int) else 0)


def _show_every_letter() -> None:
    """Escape letters that the terminal's encoding does not have instead of failing on them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
