"""The command that draws many lots."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from enroll.cli.screen import ending, language_option, show_result, telling
from enroll.cli.sharing import scheduler_option, workers_option

if TYPE_CHECKING:
    from enroll.notices import Language


@click.command(short_help="Find each child's chance of each school over many draws.")
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--draws", type=int, default=1000, show_default=True, help="How many lotteries.")
@click.option(
    "--seed",
    metavar="HEX",
    default=None,
    help="64 hex digits that every draw follows from; default: [lottery] seed.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder to write; default: odds/NAME, after the scenario file.",
)
@click.option("--overwrite", is_flag=True, help="Keep an existing folder as NAME.1.")
@workers_option
@scheduler_option
@language_option
def odds(
    scenario: Path,
    draws: int,
    seed: str | None,
    output: Path | None,
    overwrite: bool,
    workers: int | None,
    scheduler: str | None,
    language: Language | None,
) -> int:
    """Find each child's and each group's chance of each school in SCENARIO.

    Runs the allocation under many lotteries. A chance is exact where every possible lottery
    ends the same; all others come with a standard error. odds.csv and odds-groups.csv are for
    the office only.
    """
    from enroll import office
    from enroll.planning import odds_to
    from enroll.report.odds_files import odds_view

    spoken = office.language_of(scenario, language)
    with ending(spoken):
        with telling(spoken) as tell:
            found, folder = odds_to(
                scenario,
                output,
                draws,
                seed=seed,
                scheduler=scheduler,
                workers=workers,
                overwrite=overwrite,
                language=spoken,
                tell=tell,
            )
        show_result(odds_view(found, spoken), folder)
    return 0
