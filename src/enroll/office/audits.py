"""The audit of a run: what is read, what is asked of it, and where the answers go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from enroll.errors import InputError
from enroll.notices.about_commands import VERIFYING
from enroll.notices.about_verify_words import in_words
from enroll.notices.kinds import N_
from enroll.notices.refusing import usage_error
from enroll.notices.system import why
from enroll.notices.telling import silent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.fairness import Audit, RunCopy
    from enroll.fairness.auditing import Step
    from enroll.fairness.effects import Rerun
    from enroll.fairness.findings import Finding
    from enroll.fairness.goals import GoalCost
    from enroll.fairness.other_tables import Listing
    from enroll.fairness.register import Register
    from enroll.fairness.rolls import Row
    from enroll.notices import Language, Phrase, Problem
    from enroll.notices.telling import Tell
    from enroll.office.reruns import Reruns

_NOT_READ = N_("{path} cannot be read ({reason}): name a run folder as enroll allocate writes it.")
_NO_REGISTER = N_("{path} holds no register: name a run folder, its audit folder, or a draw.")
_FUTURE = N_(
    "{path} holds a register of a format that this version of enroll does not read: audit with the"
    " version that made it."
)
_NO_FIELD = N_("There is no field {name} in the run; it can be parted by {known}.")
_INSIDE = N_("{folder} lies inside the run, which is never changed: name another folder with -o.")
_TAKEN = N_("{folder} exists and holds something else: name another folder with -o.")
_NOT_WRITTEN = N_("The audit could not be written to {folder} ({reason}): name another with -o.")

_NEEDED = (
    "allocation.csv", "classes.csv", "manifest.json", "audit/records.jsonl", "audit/rules.json",
)  # fmt: skip
_WHERE_THERE = ("audit/ways.csv", "notices.json")
"""Ways of a matrix, and what the office wrote of its overrides."""
_REGISTERS = (
    ("audit/records.jsonl", "audit/rules.json"),
    ("private/records.jsonl", "rules.json"),
    ("records.jsonl", "rules.json"),
)
"""Records and rules in a run, in a draw, and in an audit folder alone."""

READING = N_("Reading the run")
SOLVING = N_("Solving the redirect rounds with another goal")

_BROKEN = (ValueError, KeyError, TypeError, IndexError, AttributeError)
"""What a file raises that is not what the documentation describes."""


def audit(
    folder: str | Path,
    by: Sequence[str] = ("group", "zone"),
    *,
    against: Path | None = None,
    inputs: Path | None = None,
    rolls: Path | None = None,
    register: Path | None = None,
    language: Language = "en",
    tell: Tell = silent,
) -> Audit:
    """Return a fairness and integrity audit of a run.

    Parameters
    ----------
    folder
        The run.
    by
        Fields to part the children by.
    against
        Another run whose results are held against this one's.
    inputs
        An earlier copy of the register: a run, its `audit` folder or a draw's folder.
    rolls
        September's rolls: a table with `school_id`, `grade`, `class_no`, `applicant_id`.
    register
        The applicants' table as the office has it now.
    tell
        Told what is being done.

    Raises
    ------
    InputError
        With everything that is wrong with the two tables.
    UsageError
        Where something else given cannot be read, is not as it was written or of another
        format, or there is no such field.
    """
    from enroll import fairness
    from enroll.fairness.effects import no_rerun
    from enroll.fairness.rolls import entry_rows

    folder = Path(folder)
    tell(READING)
    run = _run_copy(folder, language)
    listing, rows = _tables(register, rolls, by)
    _refuse_unknown(by, run, listing, language)
    other = None if against is None else _other_run(against, language)
    earlier = None if inputs is None else _register(inputs, language)
    tell(VERIFYING)
    steps = _steps(folder, language)
    reruns = _reruns(run, folder, tell)
    rerun = reruns or no_rerun
    more = [
        *_differences(run, other),
        *_changes(run, earlier, rerun),
        *_on_rolls(run, folder, rows),
    ]
    seated = None if rows is None else entry_rows(run, rows)
    tell(SOLVING)
    goals = _goal_costs(reruns)
    return fairness.audit(run, steps, by, rerun, more, listing, goals, seated)


def write_audit(folder: Path, files: Mapping[str, bytes], run: Path, language: Language) -> None:
    """Write the files of an audit; an earlier audit in the folder is replaced.

    Raises
    ------
    UsageError
        Where the folder lies inside the run, holds something else, or cannot be written.
    """
    from enroll.office.storage import replace_file, write_folder

    if folder.resolve().is_relative_to(run.resolve()):
        raise usage_error(_INSIDE, language, folder=folder)
    try:
        if not folder.exists():
            write_folder(folder, files)
            return
        if not {path.name for path in folder.iterdir()} <= files.keys():
            raise usage_error(_TAKEN, language, folder=folder)
        for name in files:  # the sums come last: until then, they do not agree with the rest
            replace_file(folder / name, files[name])
    except OSError as error:
        raise usage_error(_NOT_WRITTEN, language, folder=folder, reason=_why(error)) from error


def _run_copy(folder: Path, language: Language) -> RunCopy:
    """Return a run, changed since or not: what does not fit is the verifier's to say."""
    from enroll.fairness import read_copy

    names = (*_NEEDED, *(name for name in _WHERE_THERE if (folder / name).is_file()))
    try:
        files = {name: (folder / name).read_bytes() for name in names}
        return read_copy(files, (folder / "SHA256SUMS").read_bytes())
    except (OSError, *_BROKEN) as error:
        raise usage_error(_NOT_READ, language, path=folder, reason=_why(error)) from error


def _other_run(folder: Path, language: Language) -> RunCopy:
    """Return a run that the audited one is held against: it has to be as enroll wrote it."""
    from enroll.fairness import read_copy

    files = _kept_files(folder, language)
    try:
        copy = read_copy(files, files["SHA256SUMS"])
        _refuse_rules(copy.register, folder, language)
    except _BROKEN as error:
        raise usage_error(_NOT_READ, language, path=folder, reason=_why(error)) from error
    return copy


def _kept_files(folder: Path, language: Language) -> Mapping[str, bytes]:
    """Return the files of another run, unless it was changed or is of another format."""
    from enroll.office.showing import refuse_format
    from enroll.report import read_run

    files = read_run(folder, language=language)
    refuse_format(files, folder, language)
    return files


def _refuse_rules(register: Register, path: Path, language: Language) -> None:
    """Refuse a register whose rules state another format; a register without rules has none."""
    from enroll.report.rules_file import RULES_FORMAT

    if register.rules and register.rules.get("format") != RULES_FORMAT:
        raise usage_error(_FUTURE, language, path=path)


def _refuse_unknown(
    by: Sequence[str], run: RunCopy, listing: Listing | None, language: Language
) -> None:
    """Refuse to part the children by what neither the run nor the register holds."""
    from enroll.fairness.other_tables import Listing
    from enroll.fairness.outcomes import fields_of

    known, found = fields_of(run), listing or Listing({})
    for name in by:
        if name not in known and name not in found.values:
            offered = ", ".join(dict.fromkeys([*known, *found.columns]))
            raise usage_error(_NO_FIELD, language, name=name, known=offered)


def _steps(folder: Path, language: Language) -> Sequence[Step]:
    from enroll.verify.program import verify
    from enroll.verify.rerun import OPTIONS

    try:
        steps: list[Step] = verify.check(folder, OPTIONS)
    except FileNotFoundError as error:
        reason = in_words(str(error), language)
        raise usage_error(_NOT_READ, language, path=folder, reason=reason) from error
    return steps


def _reruns(run: RunCopy, folder: Path, tell: Tell) -> Reruns | None:
    """Return what runs the rounds again; nothing, where the run does not fit together."""
    from enroll.office.reruns import Reruns

    try:
        reruns = Reruns(run, folder, tell)
        return reruns if reruns.rebuilt.holds else None
    except (OSError, RuntimeError, *_BROKEN):  # forged files may ask the solver for nonsense
        return None


def _goal_costs(reruns: Reruns | None) -> list[GoalCost]:
    """Return what another goal would have cost; nothing, where the run does not fit together."""
    from enroll.office.goal_costs import goal_costs

    return goal_costs(reruns.rebuilt) if reruns else []


def _differences(run: RunCopy, other: RunCopy | None) -> list[Finding]:
    from enroll.fairness.differences import result_differences

    return [] if other is None else list(result_differences(run, other))


def _changes(run: RunCopy, earlier: Register | None, rerun: Rerun) -> list[Finding]:
    from enroll.fairness.changes import register_changes

    return [] if earlier is None else list(register_changes(run, earlier, rerun))


def _register(path: Path, language: Language) -> Register:
    """Return the register of a run, of its `audit` folder or of a draw."""
    from enroll.fairness import read_register

    for records, rules in _REGISTERS:
        if (path / records).is_file():
            try:
                register = read_register(*_register_files(path, records, rules, language))
                _refuse_rules(register, path, language)
            except (OSError, *_BROKEN) as error:
                raise usage_error(_NO_REGISTER, language, path=path) from error
            return register
    raise usage_error(_NO_REGISTER, language, path=path)


def _register_files(
    path: Path, records: str, rules: str, language: Language
) -> tuple[bytes, bytes]:
    """Return records and rules; only a run has sums that they are held against."""
    if (records, rules) == _REGISTERS[0]:
        files = _kept_files(path, language)
        return files[records], files.get(rules, b"")
    kept = (path / rules).read_bytes() if (path / rules).is_file() else b""
    return (path / records).read_bytes(), kept


def _tables(
    register: Path | None, rolls: Path | None, by: Sequence[str]
) -> tuple[Listing | None, list[Row] | None]:
    """Return the register and the rolls, each None where it was not given."""
    from enroll.fairness.other_tables import read_listing, read_rolls

    listing, rows = None, None
    problems: list[Problem] = []
    try:
        listing = read_listing(register, by) if register else None
    except InputError as error:
        problems += error.problems
    try:
        rows = read_rolls(rolls) if rolls else None
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(problems)
    return listing, rows


def _on_rolls(run: RunCopy, folder: Path, rows: Sequence[Row] | None) -> list[Finding]:
    from enroll.fairness.register import read_table
    from enroll.fairness.rolls import roll_findings

    if rows is None:
        return []
    planned: dict[str, list[int]] = {}
    for row in read_table((folder / "classes.csv").read_bytes(), ("school_id", "size")):
        planned.setdefault(row["school_id"], []).append(int(row["size"]))
    return list(roll_findings(run, rows, planned))


def _why(error: Exception) -> Phrase | str:
    """Return in a few words what is wrong with a file."""
    if isinstance(error, OSError):
        return why(error)
    return str(error) or type(error).__name__
