"""Pages on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from enroll.cli.screen import ending, language_option, show_path, working

if TYPE_CHECKING:
    from enroll.notices import Language


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Page to write, never inside a run; default: FOLDER-report.html beside the folder.",
)
@language_option
def report(folder: Path, output: Path | None, language: Language | None) -> None:
    """Make the page of a run, comparison, forecast or audit again.

    One file that opens in any browser and asks the network for nothing. It is for the office:
    it names no child and shows no home, but it is not the public edition; the page of an audit
    names children by their codes and is for the auditor. An earlier page in its place is
    replaced, any other file is left alone.
    """
    from enroll.notices import about_commands as say
    from enroll.office import reporting

    spoken = reporting.language_of_folder(folder, language)
    with ending(spoken):
        whole = folder.resolve()
        target = output or whole.with_name(f"{whole.name}-report.html")
        reporting.refuse_page(target, spoken)
        with working(spoken, say.SHOWING):
            reporting.write_page(reporting.report(folder, spoken), target, spoken)
        show_path(target)
