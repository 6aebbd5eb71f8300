"""The auditor's jobs, one function per command."""

from __future__ import annotations

import gc
import json
from argparse import Namespace
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

from enroll.errors import UsageError
from enroll.explain import (
    RunFiles,
    UnreadableRun,
    explain_all,
    explain_child,
    read_files,
    show_case,
)
from enroll.notices import about_reasons as say
from enroll.notices import about_verify as steps
from enroll.notices import translate
from enroll.notices.about_verify_words import in_words, step_in_words
from enroll.notices.masking import printable
from enroll.notices.refusing import usage_error
from enroll.notices.system import why
from enroll.report.run_folder import read_run
from enroll.tables import csv_bytes
from enroll.verify.program import verify as program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.notices import Language


class Step(NamedTuple):
    """One numbered step of a check.

    Parameters
    ----------
    name
        Number and name, such as `V1 files`.
    holds
        Whether the step holds.
    why
        What was found, in one line.
    """

    name: str
    holds: bool
    why: str

    def __str__(self) -> str:
        """Return the step as it is printed; names from the run may hold letters that steer."""
        return f"{self.name:<15} {'PASS' if self.holds else 'FAIL'}  {printable(self.why)}"

    def told(self, language: Language) -> str:
        """Return the step as it is printed in a language; what nobody put into words is English."""
        if language == "en":
            return str(self)
        name = _padded(step_in_words(self.name, language, 3), 15)
        holds = _padded(translate(steps.HOLDS[self.holds], language), 6)
        return f"{name} {holds}  {printable(in_words(self.why, language))}"


def _padded(text: str, cells: int) -> str:
    """Return a text filled up to some cells of a terminal; a Chinese character takes two."""
    wide = sum(east_asian_width(letter) in "WF" for letter in text)
    return text.ljust(cells - wide)


def verify(
    folder: str | Path,
    *,
    receipt: str | Path | None = None,
    log: str | Path | None = None,
    commit_hash: str = "",
    rehearsal: bool = False,
    language: Language = "en",
) -> list[Step]:
    """Check a run by the program that every run folder carries.

    Parameters
    ----------
    folder
        The run; with a receipt, its public files are enough.
    receipt
        A family's receipt: only what concerns it is checked.
    log
        The log beside the scenario, whose chain is followed.
    commit_hash
        SHA-256 of `commit.txt` in hex, as it was published.
    rehearsal
        Whether a draw that decides nothing may pass.
    language
        Of the sentence that a refusal is; steps say themselves in any by `told`.

    Raises
    ------
    UsageError
        Where there is no whole run, or one of a format that this version does not know.
    """
    options = Namespace(
        receipt="" if receipt is None else str(receipt),
        log="" if log is None else str(log),
        commit_hash=commit_hash.lower(),
        rehearsal=rehearsal,
    )
    collecting = gc.isenabled()
    gc.disable()  # nothing is freed before the end, and to look for it takes half of the time
    try:
        return [Step(*step) for step in program.check(Path(folder), options)]
    except FileNotFoundError as error:
        raise UsageError(printable(in_words(str(error), language))) from error
    finally:
        if collecting:
            gc.enable()


def explain(
    folder: str | Path, applicant: str, language: Language | None = None, *, case: bool = False
) -> list[str]:
    """Return why a child is where it is, one sentence a line.

    Parameters
    ----------
    folder, applicant
        The run, and the applicant_id.
    language
        Of the sentences; None for that of the run's scenario.
    case
        Whether the child's record follows, for an inspector.

    Raises
    ------
    UsageError
        Where there is no run that can be read, or no such applicant in it.
    """
    folder = Path(folder)
    run, spoken = _open(folder, language)
    child = run.by_id.get(applicant)
    if child is None:
        raise usage_error(say.NOT_THERE, spoken, child=applicant)
    with _readable(folder, spoken):
        case_lines = show_case(run, child, spoken) if case else []
        return explain_child(run, child, spoken) + case_lines


def explain_everybody(folder: Path, output: Path, language: Language | None) -> Path:
    """Write why every child is where it is: a table of `applicant_id` and `text`.

    Raises
    ------
    UsageError
        Where there is no run that can be read, or the new file cannot be written.
    """
    run, spoken = _open(folder, language)
    with _readable(folder, spoken):
        reasons = explain_all(run, spoken)
    content = csv_bytes(["applicant_id", "text"], [list(reasons), list(reasons.values())])
    try:
        with output.open("xb") as stream:
            stream.write(content)
    except OSError as error:
        raise usage_error(say.NOT_WRITTEN, spoken, file=output, reason=why(error)) from error
    return output


def wrong_call(folder: Path, language: Language | None) -> UsageError:
    """Return what a call says that names neither one child nor a file for all."""
    return usage_error(say.ONE_OR_ALL, language_of_run(folder, language))


def language_of_run(folder: Path, asked: Language | None) -> Language:
    """Return the language to speak: the one asked for, else that of the run, else English."""
    if asked is not None:
        return asked
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        return "zh" if manifest["scenario"]["settings"]["language"] == "zh" else "en"
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return "en"


def _open(folder: Path, language: Language | None) -> tuple[RunFiles, Language]:
    """Return what a run's files say, after checking them against SHA256SUMS."""
    spoken = language_of_run(folder, language)
    files = read_run(folder, language=spoken)
    with _readable(folder, spoken):
        return read_files(files), spoken


@contextmanager
def _readable(folder: Path, spoken: Language) -> Iterator[None]:
    """Refuse in one sentence what is no run."""
    try:
        yield
    except UnreadableRun as error:
        sentence = say.FUTURE if error.future else say.NO_AUDIT
        raise usage_error(sentence, spoken, folder=folder) from error
