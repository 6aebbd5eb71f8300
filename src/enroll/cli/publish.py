"""The public edition on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from enroll.cli.screen import ending, language_option, show, show_path

if TYPE_CHECKING:
    from enroll.notices import Language


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="SITE",
    help="New folder for the public edition, never inside a run.",
)
@click.option(
    "--check",
    "site",
    type=click.Path(path_type=Path),
    metavar="SITE",
    help="Check a finished edition instead: every file must be what RUN gives.",
)
@language_option
def publish(run: Path, output: Path | None, site: Path | None, language: Language | None) -> int:
    """Write what everybody may know of RUN, as a static site.

    The result by ticket with a look-up page, seats, cutoffs, zones, groups and the draw, for any
    web server or a folder. No name, home, birth date or exact way is in it; numbers of fewer than
    five children are hidden, and it is checked that none can be worked out from the others.

    With --check it ends with 1 if a file differs, and names it.
    """
    from enroll.auditing import language_of_run

    spoken = language_of_run(run, language)
    with ending(spoken):
        _need_one(output, site, spoken)
        if site is not None:
            return _check(run, site, spoken)
        if output is not None:
            _write(run, output, spoken)
    return 0


def _need_one(output: Path | None, site: Path | None, spoken: Language) -> None:
    from enroll.notices import about_publication as say
    from enroll.notices.refusing import usage_error

    if (output is None) == (site is None):
        raise usage_error(say.NEEDS_TARGET if output is None else say.BOTH_TARGETS, spoken)


def _write(run: Path, output: Path, spoken: Language) -> None:
    from enroll.office import publishing
    from enroll.report.publication import site_view

    publishing.refuse_site(output, run, spoken)
    made = publishing.publish(run, spoken)
    folder = made.write(output)
    show(site_view(made.site, spoken))
    click.echo()
    show_path(folder)


def _check(run: Path, site: Path, spoken: Language) -> int:
    from enroll.notices import about_publication as say
    from enroll.notices import translate
    from enroll.notices.masking import printable
    from enroll.office import publishing

    told = publishing.check_site(run, site, spoken)
    for sentence in told:
        click.echo(sentence)
    if not told:
        count = sum(path.is_file() for path in site.rglob("*"))
        params = {"folder": printable(str(site)), "count": count}
        click.echo(translate(say.SAME, spoken, params))
    return int(bool(told))
