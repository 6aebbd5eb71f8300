"""Commands of the auditor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from enroll.cli.audit import audit
from enroll.cli.screen import ending, language_option, show_path

if TYPE_CHECKING:
    from enroll.notices import Language


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("applicant", required=False)
@click.option("--all", "everybody", is_flag=True, help="Every applicant, as a table into FILE.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV file that --all writes; it must not exist yet.",
)
@click.option("--case", is_flag=True, help="Add the child's whole record, for an inspector.")
@language_option
def explain(
    run: Path,
    applicant: str | None,
    everybody: bool,
    output: Path | None,
    case: bool,
    language: Language | None,
) -> None:
    """Tell why APPLICANT is where it is, from the files of RUN alone.

    Zone, group and draw; each school that was considered, with the child's key beside that of
    the last admitted; the redirect in metres; and what would have changed a refusal, each
    change computed by following the round anew.
    """
    from enroll import auditing

    with ending("en"):
        if everybody and output is not None and applicant is None and not case:
            show_path(auditing.explain_everybody(run, output, language))
        elif applicant is not None and not everybody and output is None:
            for line in auditing.explain(run, applicant, language, case=case):
                click.echo(line)
        else:
            raise auditing.wrong_call(run, language)


COMMANDS: tuple[click.Command, ...] = (explain, audit)
