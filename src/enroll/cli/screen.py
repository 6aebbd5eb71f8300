"""What commands share: how they tell progress, print problems and end."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from enroll.errors import EnrollError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rich.console import RenderableType

    from enroll.notices import Language

language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(["en", "zh"]),
    default=None,
    help="Language of what is printed and written; default: the scenario's.",
)

operator_option = click.option(
    "--operator", default="", metavar="NAME", help="Who does it, for the log; at most 100 letters."
)


def show(view: RenderableType, *, err: bool = False) -> None:
    """Print a view: in colours on a terminal, as plain text into a file or a pipe.

    Parameters
    ----------
    err
        Print on the standard error instead of the standard output.
    """
    from enroll.report import as_text, open_console

    stream = sys.stderr if err else sys.stdout
    if stream.isatty():
        open_console(stream).print(view)
    else:
        click.echo(as_text(view), nl=False, err=err)


def show_result(view: RenderableType, folder: Path) -> None:
    """Print what came of a command, and below it where its files are."""
    show(view)
    click.echo()
    show_path(folder)


def show_path(path: Path) -> None:
    """Print where a file or folder is; a name may hold letters that steer a terminal."""
    from enroll.notices.masking import printable

    click.echo(printable(str(path)))


@contextmanager
def telling(language: Language) -> Iterator[Callable[[str], None]]:
    """Show what is being done while a command runs, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from enroll.notices import translate
    from enroll.report import open_console

    with open_console(sys.stderr).status("") as status:
        yield lambda sentence: status.update(translate(sentence, language) + " …")


@contextmanager
def working(language: Language, sentence: str) -> Iterator[None]:
    """Show one sentence while a command does one long thing, on a terminal only."""
    with telling(language) as tell:
        tell(sentence)
        yield


INTERRUPTED = 130
UNREAD = 141
BUG = 3


@contextmanager
def ending(language: Language) -> Iterator[None]:
    """Turn what stops a command into its words and its exit status."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, BrokenPipeError):
        raise
    except (click.Abort, KeyboardInterrupt):
        raise click.exceptions.Exit(interrupted(language)) from None
    except InputError as error:
        from enroll.report import problems_view

        show(problems_view(error.problems, language), err=True)
        raise click.exceptions.Exit(error.exit_status) from None
    except EnrollError as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(error.exit_status) from None
    except Exception:  # whatever is left is a bug
        raise click.exceptions.Exit(bug(language)) from None


def interrupted(language: Language) -> int:
    """Say that the user stopped the command; return the exit status."""
    from enroll.notices import about_commands as say
    from enroll.notices import translate

    click.echo(translate(say.INTERRUPTED, language), err=True)
    return INTERRUPTED


def unread() -> int:
    """Print no more, as nobody reads it: `head` has seen enough; return the exit status."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    return UNREAD


def bug(language: Language) -> int:
    """Show all of what went wrong and say that it is a bug; return the exit status."""
    from enroll.notices import about_commands as say
    from enroll.notices import translate

    traceback.print_exc()
    click.echo(translate(say.BUG, language), err=True)
    return BUG
