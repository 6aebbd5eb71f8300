"""The command that looks ahead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from enroll.cli.screen import ending, language_option, show_result, telling

if TYPE_CHECKING:
    from enroll.notices import Language


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--years", type=int, default=6, show_default=True, help="Years ahead, 1 to 15.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder to write; default: forecasts/NAME, after the scenario file.",
)
@click.option("--overwrite", is_flag=True, help="Keep an existing folder as NAME.1.")
@click.option(
    "--demand",
    type=int,
    metavar="YEAR",
    help="Also write demand-YEAR.csv, blocks of children that [files] demand reads.",
)
@click.option(
    "--backtest", is_flag=True, help="Forecast every past year again and print the errors."
)
@language_option
def forecast(
    scenario: Path,
    years: int,
    output: Path | None,
    overwrite: bool,
    demand: int | None,
    backtest: bool,
    language: Language | None,
) -> int:
    """Forecast the pupils of every school, year by year.

    Needs `[files] roll`: pupils by year, school and grade. `births` give the entrants of the
    years to come, `homes` the pupils of new estates. Every number comes with a low and a high:
    8 in 10 courses lie between them. Schools and zones add up to the county. Writes tables and
    report.html, one page with a fan for each school and a calendar of warnings.
    """
    from enroll import office, planning
    from enroll.report.forecast_terminal import outlook_view

    spoken = office.language_of(scenario, language)
    with ending(spoken):
        with telling(spoken) as tell:
            made, folder = planning.forecast_to(
                scenario,
                output,
                years,
                demand=demand,
                backtest=backtest,
                overwrite=overwrite,
                language=spoken,
                tell=tell,
            )
        show_result(outlook_view(made.outlook, made.problems, spoken), folder)
    return 0
