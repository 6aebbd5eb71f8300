"""Commands of the admissions office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from enroll.cli.lists import lists
from enroll.cli.lottery import lottery
from enroll.cli.maps import draw, export
from enroll.cli.publish import publish
from enroll.cli.report import report
from enroll.cli.screen import (
    ending,
    language_option,
    operator_option,
    show,
    show_path,
    show_result,
    telling,
)
from enroll.cli.sharing import scheduler_option, workers_option

if TYPE_CHECKING:
    from enroll.notices import Language

SCENARIO = click.Path(path_type=Path)
scenario_argument = click.argument("scenario", type=SCENARIO)


@click.command(short_help="Write a starter scenario with tiny tables into DIR.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--lang",
    "language",
    type=click.Choice(["en", "zh"]),
    default="en",
    show_default=True,
    help="Language of the scenario and its remarks.",
)
def new(folder: Path, language: Language) -> None:
    """Write a commented starter scenario with tiny tables into DIR.

    DIR must not exist yet or be empty. `enroll check` and `enroll allocate` accept the
    scenario as it is; replace the tables by your own and follow the comments.
    """
    from enroll import office

    with ending(language):
        for path in office.new(folder, language):
            show_path(path)


@click.command()
@scenario_argument
@language_option
def check(scenario: Path, language: Language | None) -> int:
    """Check SCENARIO and every file it names.

    Prints every problem of every file in one pass, each with file, row, column, and what to
    do. Ends with 2 if any of them is blocking, else with 0.
    """
    from enroll import office
    from enroll.report import problems_view

    spoken = office.language_of(scenario, language)
    with ending(spoken):
        with telling(spoken) as tell:
            problems = office.check(scenario, tell)
        show(problems_view(problems, spoken))
    return office.status_of(problems)


@click.command()
@click.argument("scenarios", metavar="SCENARIO...", nargs=-1, required=True, type=SCENARIO)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="RUN",
    help="Run folder to write, or the folder of all runs; default: runs/NAME, after the file.",
)
@click.option("--overwrite", is_flag=True, help="Keep an existing run as NAME.1 and write anew.")
@click.option("--strict", is_flag=True, help="End with 1 if a red notice stands.")
@click.option("--tables-only", is_flag=True, help="Leave out report.html and map.gpkg.")
@operator_option
@workers_option
@scheduler_option
@language_option
def allocate(
    scenarios: tuple[Path, ...],
    output: Path | None,
    overwrite: bool,
    strict: bool,
    tables_only: bool,
    operator: str,
    workers: int | None,
    scheduler: str | None,
    language: Language | None,
) -> int:
    """Allocate the places of SCENARIO and write a run folder.

    Nothing is written if the input has a blocking problem, and an existing run is never
    touched. The same input gives the same bytes on any machine. The step is logged in
    log.jsonl beside SCENARIO, rehearsals too.

    Several scenarios are run side by side, each to a run folder of its own, and summed up in
    one table; if one of them has a blocking problem, no run is written.
    """
    asked = _Asked(output, overwrite, tables_only, strict, operator, language)
    if len(scenarios) > 1 or scheduler is not None:
        return _allocate_each(scenarios, asked, workers, scheduler)
    return _allocate_one(scenarios[0], asked)


class _Asked(NamedTuple):
    """What is asked of every run, as the options of `allocate` say it."""

    output: Path | None
    overwrite: bool
    tables_only: bool
    strict: bool
    operator: str
    language: Language | None


def _allocate_one(scenario: Path, asked: _Asked) -> int:
    from enroll import office
    from enroll.report import summary_view

    spoken = office.language_of(scenario, asked.language)
    with ending(spoken):
        with telling(spoken) as tell:
            made, folder = office.allocate_to(
                scenario,
                asked.output,
                overwrite=asked.overwrite,
                tables_only=asked.tables_only,
                language=spoken,
                tell=tell,
                operator=asked.operator,
            )
        show_result(summary_view(made.summary, made.results, spoken), folder)
    return made.status(strict=asked.strict)


def _allocate_each(
    scenarios: tuple[Path, ...], asked: _Asked, workers: int | None, scheduler: str | None
) -> int:
    from enroll import office, planning
    from enroll.report.province import province_view, refused_view

    spoken = office.language_of(scenarios[0], asked.language)
    with ending(spoken):
        with telling(spoken) as tell:
            counties = planning.allocate_each(
                scenarios,
                asked.output,
                overwrite=asked.overwrite,
                tables_only=asked.tables_only,
                asked=asked.language,
                language=spoken,
                operator=asked.operator,
                scheduler=scheduler,
                workers=workers,
                tell=tell,
            )
        if any(county.refused for county in counties):
            show(refused_view(counties, spoken), err=True)
            return 2
        show(province_view(counties, spoken))
    return int(asked.strict and any(county.red for county in counties))


COMMANDS: tuple[click.Command, ...] = (
    new,
    check,
    allocate,
    lottery,
    lists,
    publish,
    report,
    draw,
    export,
)
