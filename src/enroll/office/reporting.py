"""The page of a run, a comparison, a forecast or an audit, made again from its files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from enroll.errors import UsageError
from enroll.notices import translate
from enroll.notices.kinds import N_
from enroll.notices.masking import printable
from enroll.notices.refusing import usage_error
from enroll.notices.system import why

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.notices import Language

_SEAL = "SHA256SUMS"
_MADE_BY_ENROLL = b'<meta name="generator" content="enroll '
_HEAD = 2000
_RUN = "allocation.csv"
"""A file that only a run has."""

_NOT_KNOWN = N_(
    "{folder} holds no run, comparison, forecast or audit: name a folder that enroll allocate,"
    " compare, forecast or audit has written."
)
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


def report(folder: str | Path, language: Language | None = None) -> bytes:
    """Return the page of a folder, as `report.html` in it, from its other files.

    Parameters
    ----------
    folder
        A run, or what `enroll compare`, `forecast` or `audit` has written; a run without its
        `map.gpkg` has no map on its page.
    language
        Of every sentence; default: the scenario's.

    Raises
    ------
    UsageError
        Where the folder is none of them or not whole, of another kind, or a run that does not
        verify.
    """
    from enroll.office.showing import refuse_unverified, shown

    folder = Path(folder)
    spoken = language_of_folder(folder, language)
    files = _files_of(folder, spoken)
    with shown(folder, spoken):
        page = _page_of(files, folder, spoken)
    if _RUN in files:
        refuse_unverified(folder, spoken)
    return page


def language_of_folder(folder: Path, asked: Language | None) -> Language:
    """Return the language to speak: the one asked for, else that of the folder, else English."""
    from enroll.auditing import language_of_run

    if asked is not None:
        return asked
    for name in ("compare.json", "audit.json"):
        try:
            return "zh" if json.loads((folder / name).read_bytes())["language"] == "zh" else "en"
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return language_of_run(folder, asked)


def _files_of(folder: Path, language: Language) -> dict[str, bytes]:
    """Return the files of a folder by name, as they were sealed."""
    from enroll.report import read_run

    if not (folder / _SEAL).exists():
        raise usage_error(_NOT_KNOWN, language, folder=folder)
    return read_run(folder, language=language)


def _page_of(files: Mapping[str, bytes], folder: Path, language: Language) -> bytes:
    """Return the page of whatever the files are; told by the file that only such a folder has."""
    from enroll.report.pages import run_page
    from enroll.report.pages.audit_page import audit_page
    from enroll.report.pages.compare_page import compare_page
    from enroll.report.pages.forecast_page import forecast_page

    makers = {
        _RUN: run_page,
        "compare.json": compare_page,
        "forecast.csv": forecast_page,
        "audit.json": audit_page,
    }
    for name, make in makers.items():
        if name in files:
            return make(files, language)
    raise usage_error(_NOT_KNOWN, language, folder=folder)


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
