"""What commands share: how they tell progress, print problems and end."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from enroll.errors import EnrollError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

    from rich.console import Console, RenderableType

    from enroll.notices import Language

language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(["en", "zh"]),
    default=None,
    help="Language of what is printed and written; default: the scenario's.",
)


def console(stream: IO[str]) -> Console:
    """Return a console that never fails for lack of a letter in the terminal's encoding."""
    from enroll.report import open_console

    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
    return open_console(stream)


def show(view: RenderableType) -> None:
    """Print a view on the standard output."""
    console(sys.stdout).print(view)


@contextmanager
def telling(language: Language) -> Iterator[Callable[[str], None]]:
    """Show what is being done while a command runs, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from enroll.notices import translate

    with console(sys.stderr).status("") as status:
        yield lambda sentence: status.update(translate(sentence, language) + " …")


@contextmanager
def ending(language: Language) -> Iterator[None]:
    """Turn what stops a command into its words and its exit status."""
    try:
        yield
    except InputError as error:
        from enroll.report import problems_view

        console(sys.stderr).print(problems_view(error.problems, language))
        raise click.exceptions.Exit(error.exit_status) from None
    except EnrollError as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(error.exit_status) from None
