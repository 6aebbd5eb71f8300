"""The command that puts several scenarios side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from enroll.cli.screen import ending, language_option, show_result, telling
from enroll.cli.sharing import scheduler_option, workers_option

if TYPE_CHECKING:
    from enroll.notices import Language


@click.command()
@click.argument(
    "scenarios",
    type=click.Path(path_type=Path),
    nargs=-1,
    required=True,
    metavar="FIRST OTHERS...",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder to write; default: comparisons/NAME, after the first scenario file.",
)
@click.option("--overwrite", is_flag=True, help="Keep an existing folder as NAME.1.")
@click.option(
    "--years",
    metavar="FROM-TO",
    help="Also carry every grade of every school forward, such as 2026-2032; needs [files] roll.",
)
@workers_option
@scheduler_option
@language_option
def compare(
    scenarios: tuple[Path, ...],
    output: Path | None,
    overwrite: bool,
    years: str | None,
    workers: int | None,
    scheduler: str | None,
    language: Language | None,
) -> int:
    """Run several scenarios and show each against the FIRST.

    Shows placed, redirected, classes, ways, spare seats and who moves, school by school, and
    writes tables and report.html, one page with small maps and marked differences. Runs are kept
    under comparisons/kept by their content, so that an unchanged scenario is not run again; they
    hold children and are for the office only.
    """
    from enroll import office
    from enroll.planning import compare_to
    from enroll.report.comparison import comparison_view

    spoken = office.language_of(scenarios[0], language)
    with ending(spoken):
        with telling(spoken) as tell:
            found, folder = compare_to(
                scenarios,
                output,
                overwrite=overwrite,
                scheduler=scheduler,
                workers=workers,
                years=years,
                asked=language,
                language=spoken,
                tell=tell,
            )
        show_result(comparison_view(found, spoken), folder)
    return 0
