"""The audit on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from enroll.cli.screen import ending, language_option, show_result, telling

if TYPE_CHECKING:
    from enroll.notices import Language


@click.command(short_help="Look for favours, unfairness and breaches in RUN.")
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    metavar="RUN2",
    help="Another run: list every result that differs, and why.",
)
@click.option(
    "--by",
    default="group,zone",
    show_default=True,
    metavar="NAME,NAME",
    help="Part the outcomes by these: group, zone, facts of the groups, columns of --register.",
)
@click.option(
    "--inputs",
    type=click.Path(path_type=Path),
    metavar="EARLIER",
    help="An earlier run, its audit folder, or a draw: list every value and row that changed.",
)
@click.option(
    "--rolls",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Table of who sits where: school_id, grade, class_no, applicant_id.",
)
@click.option(
    "--register",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The applicants' table as it is now: for its columns, the order of its rows and names.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the tables and report.html; default: RUN-audit beside the run.",
)
@language_option
def audit(
    run: Path,
    against: Path | None,
    by: str,
    inputs: Path | None,
    rolls: Path | None,
    register: Path | None,
    output: Path | None,
    language: Language | None,
) -> int:
    """Audit RUN: favours, fairness, and what does not fit the rules.

    Works from the files of RUN and from what else it is given. Ends with 1 if anything red or
    orange was found, with 2 if something cannot be read.
    """
    from enroll.auditing import language_of_run
    from enroll.office import audits
    from enroll.report.audit_tables import audit_tables
    from enroll.report.audit_view import audit_view

    spoken = language_of_run(run, language)
    names = [name.strip() for name in by.split(",") if name.strip()]
    with ending(spoken):
        with telling(spoken) as tell:
            made = audits.audit(
                run,
                names,
                against=against,
                inputs=inputs,
                rolls=rolls,
                register=register,
                language=spoken,
                tell=tell,
            )
        folder = output or run.resolve().with_name(f"{run.resolve().name}-audit")
        audits.write_audit(folder, audit_tables(made, spoken), run, spoken)
        show_result(audit_view(made, spoken), folder)
    return made.status
