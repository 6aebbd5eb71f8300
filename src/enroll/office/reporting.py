"""A run's page, made again from the run's files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from enroll.errors import UsageError
from enroll.notices import translate
from enroll.notices.kinds import N_
from enroll.notices.masking import printable
from enroll.notices.system import why

if TYPE_CHECKING:
    from enroll.notices import Language

_SEAL = "SHA256SUMS"
_MADE_BY_ENROLL = b'<meta name="generator" content="enroll '
_HEAD = 2000

_INSIDE_A_RUN = N_(
    "{file} lies inside a run, which is never changed: name a file elsewhere with -o."
)
_NOT_A_PAGE = N_(
    "{file} exists and is not a page of enroll, so it is left alone: name another file with -o."
)
_NOT_WRITTEN = N_(
    "The page could not be written to {file} ({reason}): make room or get the right to write there,"
    " or name another file with -o."
)


def report(run: str | Path, language: Language | None = None) -> bytes:
    """Return the page of a run, as `report.html` in it, from its other files.

    Parameters
    ----------
    run
        Folder of a run; without its `map.gpkg` the page has no map and says so.
    language
        Of every sentence; default: the scenario's.

    Raises
    ------
    UsageError
        Where the folder holds no complete run, or one of another kind.
    """
    from enroll.auditing import language_of_run
    from enroll.office.showing import shown
    from enroll.report import read_run
    from enroll.report.pages import run_page

    spoken = language or language_of_run(Path(run), language)
    files = read_run(Path(run), language=spoken)
    with shown(Path(run), spoken):
        return run_page(files, spoken)


def write_page(page: bytes, target: Path, language: Language = "en") -> Path:
    """Write a page, complete or not at all; it takes the place of an earlier page of enroll.

    Raises
    ------
    UsageError
        Where the file lies in a run, is something else, or cannot be written.
    """
    from enroll.office.storage import replace_file

    refuse_page(target, language)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, page)
    except OSError as error:
        raise _refusal(_NOT_WRITTEN, language, target, reason=why(error)) from error
    return target


def refuse_page(target: Path, language: Language = "en") -> None:
    """Refuse a place that a page may not be written to; asked before anything is made.

    Raises
    ------
    UsageError
        Where the file lies in a run, or exists and is no page of enroll.
    """
    if any((folder / _SEAL).is_file() for folder in target.absolute().parents):
        raise _refusal(_INSIDE_A_RUN, language, target)
    try:
        with target.open("rb") as stream:
            head = stream.read(_HEAD)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _refusal(_NOT_WRITTEN, language, target, reason=why(error)) from error
    if _MADE_BY_ENROLL not in head:
        raise _refusal(_NOT_A_PAGE, language, target)


def _refusal(sentence: str, language: Language, target: Path, **params: object) -> UsageError:
    shown = printable(str(target))
    return UsageError(translate(sentence, language, {"file": shown, **params}))
