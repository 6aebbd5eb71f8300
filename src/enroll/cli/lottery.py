"""The committed draw on the command line."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from enroll.cli.screen import ending, language_option, operator_option, show, show_path, telling
from enroll.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enroll.notices import Language

draw_argument = click.argument("folder", type=click.Path(path_type=Path), metavar="DRAW")
scenario_option = click.option(
    "--scenario",
    type=click.Path(path_type=Path),
    default=None,
    help="Scenario of the draw, where it was moved since the freeze; its log goes on.",
)


def _pairs(texts: Sequence[str], language: Language) -> list[tuple[str, str]]:
    """Part each `name=value` at its first equals sign."""
    from enroll.notices import about_commands as say
    from enroll.notices.refusing import usage_error

    pairs = [text.partition("=") for text in texts]
    for name, sign, _value in pairs:
        if not sign:
            raise usage_error(say.NOT_A_PAIR, language, text=name)
    return [(name.strip(), value.strip()) for name, _sign, value in pairs]


@click.group(short_help="Hold a draw nobody can rig: freeze, commit, draw, check.")
def lottery() -> None:
    """Hold a draw that nobody can rig: freeze, commit, draw, check.

    `freeze` gives every child a random ticket, `commit` binds the draw to public sources that
    have no value yet, `draw` turns their values into one order, and anybody can `check` it.
    `[lottery] draw = "DRAW"` in a scenario allocates by it.
    """


@lottery.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DRAW",
    required=True,
    help="New folder for the draw.",
)
@click.option("--draw-id", help="Name of the draw, test-… for a rehearsal; default: YEAR-STAGE.")
@operator_option
@language_option
def freeze(
    scenario: Path, output: Path, draw_id: str | None, operator: str, language: Language | None
) -> None:
    """Freeze the applicants of SCENARIO and give each a random ticket.

    Writes the roll, the rules, and in the folder `private` the records, the tickets and one
    receipt for each family. What is frozen cannot change any more: later changes need another
    freeze, and the log shows both.
    """
    from enroll import office
    from enroll.notices import about_commands as say
    from enroll.office import draws

    spoken = office.language_of(scenario, language)
    with refusing(spoken):
        with telling(spoken) as tell:
            done = draws.freeze(scenario, output, draw_id=draw_id, operator=operator, tell=tell)
        counts = {"tickets": done.tickets, "children": done.children}
        _tell(say.FROZEN, spoken, draw=done.draw_id, **counts)
        show_path(done.folder)


@lottery.command()
@draw_argument
@click.option(
    "--sources",
    required=True,
    metavar="NAME,NAME",
    help="Public sources in the order in which they count, such as ssq-2026082,pl5-2026182.",
)
@click.option(
    "--draw-after",
    required=True,
    metavar="TIME",
    help="UTC, such as 2026-07-12T13:15:00Z: no source may have a value before.",
)
@click.option("--published", metavar="TIME", help="UTC, when it will be public; default: now.")
@scenario_option
@operator_option
@language_option
def commit(
    folder: Path,
    sources: str,
    draw_after: str,
    published: str | None,
    scenario: Path | None,
    operator: str,
    language: Language | None,
) -> None:
    """Commit DRAW to sources whose values nobody knows yet.

    Prints the line to publish, in at least two places that the office cannot rewrite. A
    commitment is made once.
    """
    from enroll.office import draws

    with refusing(draws.language_of_draw(folder, scenario, language)):
        draw_id, digest = draws.commit(
            folder,
            sources.split(","),
            draw_after,
            published=published,
            scenario=scenario,
            operator=operator,
        )
        click.echo(f"ALLOT1-COMMIT {draw_id} {digest}")


@lottery.command()
@draw_argument
@click.option(
    "--source",
    "values",
    metavar="NAME=VALUE",
    multiple=True,
    required=True,
    help="A source's value, such as ssq-2026082=01.07.12.19.22.33+08; repeat in order.",
)
@click.option(
    "--signature",
    "signatures",
    metavar="NAME=VALUE",
    multiple=True,
    help="Signature of a drand round in hexadecimal digits, which each such source needs: its "
    "SHA-256 must be the value.",
)
@scenario_option
@operator_option
@language_option
def draw(
    folder: Path,
    values: Sequence[str],
    signatures: Sequence[str],
    scenario: Path | None,
    operator: str,
    language: Language | None,
) -> None:
    """Draw the order of DRAW from the values of its sources.

    There is one draw for one commitment. A draw that was cut short is ended by giving the same
    values again; other values are refused.
    """
    from enroll.notices import about_commands as say
    from enroll.office import draws

    spoken = draws.language_of_draw(folder, scenario, language)
    with refusing(spoken):
        seed = draws.draw(
            folder,
            _pairs(values, spoken),
            signatures=dict(_pairs(signatures, spoken)),
            scenario=scenario,
            operator=operator,
        )
        _tell(say.SEED, spoken, seed=seed)
        show_path(folder / "order.csv")


@lottery.command()
@draw_argument
@language_option
def check(folder: Path, language: Language | None) -> int:
    """Check every file of DRAW against the others, as far as the draw has come.

    Ends with 1 if anything does not fit. Needs no more than the public files; where the folder
    `private` is there, records, tickets and receipts are checked too.
    """
    from enroll.notices import about_commands as say
    from enroll.office import draws
    from enroll.report import problems_view

    spoken = draws.language_of_draw(folder, None, language)
    with refusing(spoken):
        checked = draws.check_draw(folder)
        _tell(say.CHECKED[checked.stage], spoken, draw=checked.draw_id, tickets=checked.tickets)
        if checked.commit:
            click.echo(f"ALLOT1-COMMIT {checked.draw_id} {checked.commit}")
        show(problems_view(checked.problems, spoken))
    return checked.status


def _tell(sentence: str, language: Language, **params: object) -> None:
    from enroll.notices import translate
    from enroll.notices.masking import printable

    click.echo(printable(translate(sentence, language, params)))


@contextmanager
def refusing(language: Language) -> Iterator[None]:
    """Say in one sentence why a draw is refused; problems of tables are listed as usual."""
    with ending(language):
        try:
            yield
        except InputError as error:
            if len(error.problems) > 1 or not error.problems[0].code.startswith(PLAIN):
                raise
            from enroll.notices import message_of, remedy_of
            from enroll.notices.masking import printable

            (problem,) = error.problems
            place = problem.file + (f":{problem.row}" if problem.row else "")
            said = (message_of(problem, language), f"[{problem.code}]")
            remedy = remedy_of(problem, language)
            sentence = " ".join(part for part in (place and f"{place}:", *said, remedy) if part)
            click.echo(printable(sentence), err=True)
            raise click.exceptions.Exit(error.exit_status) from None


PLAIN = ("DRAW_", "LOG_", "OPERATOR_")
"""Codes of what is refused as a whole, not in a cell of a table."""
