"""The plan of a scenario on the command line: what goes online before registration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from enroll.cli.screen import ending, show, show_path

if TYPE_CHECKING:
    from pathlib import Path

    from enroll.notices import Language


def publish_plan(
    scenario: Path, forecast: Path | None, output: Path, language: Language | None
) -> None:
    """Write the plan of a scenario and show what it holds."""
    from enroll import office
    from enroll.office import announcing
    from enroll.report import problems_view
    from enroll.report.announcement import announcement_view

    spoken = office.language_of(scenario, language)
    with ending(spoken):
        announcing.refuse_site(output, spoken)
        made = announcing.announce(scenario, forecast, spoken)
        folder = made.write(output)
    if made.problems:
        show(problems_view(made.problems, spoken), err=True)
    show(announcement_view(made.plan, spoken))
    click.echo()
    show_path(folder)
