"""The command that says how likely large classes are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from enroll.cli.screen import ending, language_option, show_result, telling
from enroll.cli.sharing import scheduler_option, workers_option

if TYPE_CHECKING:
    from enroll.notices import Language


@click.command(short_help="Find how likely large classes are in the years ahead.")
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option(
    "--samples", type=int, default=1000, show_default=True, help="Courses of the forecast."
)
@click.option("--years", type=int, default=6, show_default=True, help="Years ahead, 1 to 15.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder to write; default: risks/NAME, after the scenario file.",
)
@click.option("--overwrite", is_flag=True, help="Keep an existing folder as NAME.1.")
@workers_option
@scheduler_option
@language_option
def risk(
    scenario: Path,
    samples: int,
    years: int,
    output: Path | None,
    overwrite: bool,
    workers: int | None,
    scheduler: str | None,
    language: Language | None,
) -> int:
    """Find how likely each school is to have a large class, year by year.

    Looks at many courses of the forecast of SCENARIO, which needs `[files] roll`. A class is
    large from 56 pupils on, or above the class limit. The margin is how many seats more in
    every grade bring the chance under 5 %.
    """
    from enroll import office
    from enroll.planning import risk_to
    from enroll.report.risk_files import risk_view

    spoken = office.language_of(scenario, language)
    with ending(spoken):
        with telling(spoken) as tell:
            found, folder = risk_to(
                scenario,
                output,
                samples,
                years,
                scheduler=scheduler,
                workers=workers,
                overwrite=overwrite,
                language=spoken,
                tell=tell,
            )
        show_result(risk_view(found, spoken), folder)
    return 0
