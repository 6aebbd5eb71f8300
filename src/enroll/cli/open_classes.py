"""The command that finds how many entry classes each school should open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from enroll.cli.screen import ending, language_option, show_result, telling

if TYPE_CHECKING:
    from enroll.notices import Language
    from enroll.records import SeatLevel


@click.command(
    name="open-classes", short_help="Find how many entry classes each school should open."
)
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option(
    "--goal",
    default="classes,metres",
    show_default=True,
    help="What counts more: classes,metres or metres,classes.",
)
@click.option("--frontier", is_flag=True, help="Also print what each class more would save.")
@click.option(
    "--seats",
    type=click.Choice(["standard", "limit"]),
    default="standard",
    show_default=True,
    help="Fill classes to their standard or to their limit.",
)
@click.option(
    "--years", type=int, default=1, show_default=True, help="2 keeps every limit next year too."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder to write; default: openings/NAME, after the scenario file.",
)
@click.option("--overwrite", is_flag=True, help="Keep an existing folder as NAME.1.")
@click.option("--strict", is_flag=True, help="End with 1 if a red notice stands.")
@language_option
def open_classes(
    scenario: Path,
    goal: str,
    frontier: bool,
    seats: SeatLevel,
    years: int,
    output: Path | None,
    overwrite: bool,
    strict: bool,
    language: Language | None,
) -> int:
    """Find how many entry classes each school of SCENARIO should open.

    Most children come first, then the goals in their order, within rooms, teachers and budget
    (`[planning]`). Every child may go to each school within `max_m` that a redirect round names
    or its zone has, else to the nearest of them. The answer is exact and carries its proof.
    """
    from enroll import office, planning
    from enroll.notices import level_of
    from enroll.report.opening_terminal import opening_view

    spoken = office.language_of(scenario, language)
    with ending(spoken):
        with telling(spoken) as tell:
            opened, folder = planning.open_classes_to(
                scenario,
                output,
                goals=goal.split(","),
                seats=seats,
                years=years,
                frontier=frontier,
                overwrite=overwrite,
                language=spoken,
                tell=tell,
            )
        show_result(opening_view(opened.result, spoken), folder)
    return int(strict and any(level_of(each) == "red" for each in opened.result.notices))
