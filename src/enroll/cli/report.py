"""A run's page on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from enroll.cli.screen import ending, language_option, show_path

if TYPE_CHECKING:
    from enroll.notices import Language


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Page to write, never inside a run; default: RUN-report.html beside the run.",
)
@language_option
def report(run: Path, output: Path | None, language: Language | None) -> None:
    """Make the page of RUN again: figures, findings, map, classes.

    One file that opens in any browser and asks the network for nothing. It is for the office:
    it names no child and shows no home, but it is not the public edition. An earlier page in
    its place is replaced, any other file is left alone.
    """
    from enroll.auditing import language_of_run
    from enroll.office import reporting

    spoken = language_of_run(run, language)
    with ending(spoken):
        folder = run.resolve()
        target = output or folder.with_name(f"{folder.name}-report.html")
        reporting.refuse_page(target, spoken)
        reporting.write_page(reporting.report(run, spoken), target, spoken)
        show_path(target)
