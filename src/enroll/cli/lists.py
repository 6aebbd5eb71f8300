"""The lists on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from enroll.cli.screen import ending, language_option, show, show_result, working

if TYPE_CHECKING:
    from enroll.notices import Language


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--identity",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Table of applicant_id, name and what the letters need; without it, codes only.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    required=True,
    help="New folder for the lists, never inside a run.",
)
@language_option
def lists(run: Path, identity: Path | None, output: Path, language: Language | None) -> None:
    """Write the lists of RUN: notice board, schools, letters.

    DIR/public may be put up. DIR/private is for the office alone: each school's list, tables
    for letters and text messages, and a workbook of everything. Every list is counted against
    allocation.csv, and all are written or none.
    """
    from enroll.auditing import language_of_run
    from enroll.notices import about_commands as say
    from enroll.office import listing
    from enroll.report import problems_view
    from enroll.report.lists import lists_view

    spoken = language_of_run(run, language)
    with ending(spoken):
        listing.refuse_lists(output, run, spoken)
        with working(spoken, say.LISTING):
            made = listing.lists(run, identity, spoken)
            folder = made.write(output)
    if made.problems:
        show(problems_view(made.problems, spoken), err=True)
    show_result(lists_view(made.listing, spoken), folder)
