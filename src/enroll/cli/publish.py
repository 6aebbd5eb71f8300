"""What goes online, on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from enroll.cli.publish_plan import publish_plan
from enroll.cli.screen import language_option

if TYPE_CHECKING:
    from enroll.notices import Language


@click.command(short_help="Write what goes online: the plan, before registration.")
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option(
    "--plan",
    is_flag=True,
    required=True,
    help="Publish what is known before registration: rules, schools, days; no child is read.",
)
@click.option(
    "--forecast",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Folder that enroll forecast wrote, for warnings of this year and the two after it.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="SITE",
    required=True,
    help="New folder for the pages, never inside a run.",
)
@language_option
def publish(
    scenario: Path, plan: bool, forecast: Path | None, output: Path, language: Language | None
) -> None:
    """Write the pages of SCENARIO that go online before registration.

    SITE is complete or absent: a page for families, tables, outlines of the zones. It opens from
    any place, asks the network for nothing, and holds no child.
    """
    del plan  # the one thing that there is to publish
    publish_plan(scenario, forecast, output, language)
