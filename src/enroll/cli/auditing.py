"""Commands of the auditor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from enroll.cli.audit import audit
from enroll.cli.screen import ending, language_option, show_path, working

if TYPE_CHECKING:
    from enroll.notices import Language


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--receipt", type=click.Path(), metavar="FILE", help="Check one family's receipt.")
@click.option("--log", type=click.Path(), metavar="FILE", help="Follow the chain of this log.")
@click.option(
    "--commit-hash",
    default="",
    metavar="HEX",
    help="SHA-256 of commit.txt as it was published before the draw.",
)
@click.option("--rehearsal", is_flag=True, help="Accept a draw that decides nothing.")
@language_option
def verify(
    run: Path,
    receipt: str | None,
    log: str | None,
    commit_hash: str,
    rehearsal: bool,
    language: Language | None,
) -> int:
    """Check RUN in numbered steps, by rules and proofs alone.

    Fifteen steps, each PASS or FAIL with one line why; ends with 1 if one fails. The same program
    lies in every run as verify.py and needs nothing but Python. With --receipt only a family's
    own record, draw and zone rounds are checked, and the public files of RUN are enough.
    """
    from enroll import auditing
    from enroll.notices import about_commands as say

    spoken = auditing.language_of_run(run, language)
    with ending(spoken), working(spoken, say.VERIFYING):
        steps = auditing.verify(
            run,
            receipt=receipt,
            log=log,
            commit_hash=commit_hash,
            rehearsal=rehearsal,
            language=spoken,
        )
    for step in steps:
        click.echo(step.told(spoken))
    return int(not all(step.holds for step in steps))


@click.command(short_help="Tell why APPLICANT is where it is, and what would change it.")
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
    from enroll.notices import about_commands as say

    spoken = auditing.language_of_run(run, language)
    with ending(spoken):
        if everybody and output is not None and applicant is None and not case:
            with working(spoken, say.EXPLAINING):
                place = auditing.explain_everybody(run, output, language)
            show_path(place)
        elif applicant is not None and not everybody and output is None:
            for line in auditing.explain(run, applicant, language, case=case):
                click.echo(line)
        else:
            raise auditing.wrong_call(run, language)


COMMANDS: tuple[click.Command, ...] = (verify, explain, audit)
