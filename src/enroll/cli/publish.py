"""What goes online, on the command line: the plan before registration, the result after it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from enroll.cli.screen import ending, language_option, show, show_result, working

if TYPE_CHECKING:
    from enroll.notices import Language


@click.command(short_help="Write what goes online: the plan, or the result by ticket.")
@click.argument("source", type=click.Path(path_type=Path), metavar="RUN|SCENARIO")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="SITE",
    help="New folder for the pages, never inside a run.",
)
@click.option(
    "--plan",
    is_flag=True,
    help="Publish what SCENARIO says before registration: rules, schools, days; no child is read.",
)
@click.option(
    "--forecast",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="With --plan: folder that enroll forecast wrote, for warnings of this year and the two "
    "after it.",
)
@click.option(
    "--check",
    "site",
    type=click.Path(path_type=Path),
    metavar="SITE",
    help="Check a finished edition instead: every file must be what RUN gives.",
)
@language_option
def publish(
    source: Path,
    output: Path | None,
    plan: bool,
    forecast: Path | None,
    site: Path | None,
    language: Language | None,
) -> int:
    """Write what everybody may know as a static site.

    SITE is a folder for any web server, complete or absent. Of a RUN: the result by ticket with
    a look-up page, seats, cutoffs, zones, groups and the draw. No name, home, birth date or
    exact way is in it; numbers of fewer than five children are hidden, and it is checked that
    none can be worked out from the others. With --plan, what families need before registration:
    rules, schools, zones and days, read from a SCENARIO without any child.

    With --check it ends with 1 if a file differs, and names it.
    """
    from enroll import office
    from enroll.auditing import language_of_run

    tongue = office.language_of if plan else language_of_run
    spoken = tongue(source, language)
    with ending(spoken):
        _need_one(output, site, spoken)
        _need_plan(source, plan, forecast, site, spoken)
        if site is not None:
            return _check(source, site, spoken)
        if output is not None and plan:
            _write_plan(source, forecast, output, spoken)
        elif output is not None:
            _write(source, output, spoken)
    return 0


def _need_one(output: Path | None, site: Path | None, spoken: Language) -> None:
    from enroll.notices import about_publication as say
    from enroll.notices.refusing import usage_error

    if (output is None) == (site is None):
        raise usage_error(say.NEEDS_TARGET if output is None else say.BOTH_TARGETS, spoken)


def _need_plan(
    source: Path, plan: bool, forecast: Path | None, site: Path | None, spoken: Language
) -> None:
    from enroll.notices import about_publication as say
    from enroll.notices.refusing import usage_error

    if forecast is not None and not plan:
        raise usage_error(say.FORECAST_OF_A_PLAN, spoken)
    if site is not None and plan:
        raise usage_error(say.CHECK_OF_A_RUN, spoken)
    if source.is_file() and not plan:
        raise usage_error(say.PLAN_OF_A_SCENARIO, spoken, file=source)


def _write_plan(scenario: Path, forecast: Path | None, output: Path, spoken: Language) -> None:
    from enroll.notices import about_commands as doing
    from enroll.office import announcing
    from enroll.report import problems_view
    from enroll.report.announcement import announcement_view

    announcing.refuse_site(output, spoken)
    with working(spoken, doing.PLANNING):
        made = announcing.announce(scenario, forecast, spoken)
        folder = made.write(output)
    if made.problems:
        show(problems_view(made.problems, spoken), err=True)
    show_result(announcement_view(made.plan, spoken), folder)


def _write(run: Path, output: Path, spoken: Language) -> None:
    from enroll.notices import about_commands as doing
    from enroll.office import publishing
    from enroll.report.publication import site_view

    publishing.refuse_site(output, run, spoken)
    with working(spoken, doing.PUBLISHING):
        made = publishing.publish(run, spoken)
        folder = made.write(output)
    show_result(site_view(made.site, spoken), folder)


def _check(run: Path, site: Path, spoken: Language) -> int:
    from enroll.notices import about_commands as doing
    from enroll.notices import about_publication as say
    from enroll.notices import translate
    from enroll.notices.masking import printable
    from enroll.office import publishing

    with working(spoken, doing.COMPARING):
        told = publishing.check_site(run, site, spoken)
    for sentence in told:
        click.echo(sentence)
    if not told:
        count = sum(path.is_file() for path in site.rglob("*"))
        params = {"folder": printable(str(site)), "count": count}
        click.echo(translate(say.SAME, spoken, params))
    return int(bool(told))
