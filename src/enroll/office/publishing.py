"""The public edition of a run: what must hold first, where it goes, and a check afterwards."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from enroll.notices import about_publication as say
from enroll.notices import translate
from enroll.notices.masking import printable
from enroll.notices.refusing import usage_error
from enroll.office.outside import (
    Doubts,
    Refusals,
    fit_contents,
    refuse_place,
    refuse_unverified,
    write_outside,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.notices import Language
    from enroll.report.publication import Site

_REFUSALS = Refusals(say.INSIDE, say.TAKEN, say.NOT_WRITTEN)
_DOUBTS = Doubts(say.UNFIT, say.FUTURE, say.NOT_VERIFIED)

LEAST_ROUND_M = 50
"""Metres to which ways must be rounded at least in a run that is published."""


@dataclass(frozen=True)
class Publication:
    """The public edition of a run, ready to be written.

    Parameters
    ----------
    run
        Folder of the run.
    site
        Its files and figures.
    language
        Of the edition.
    """

    run: Path
    site: Site
    language: Language

    @property
    def files(self) -> Mapping[str, bytes]:
        """Return the files by name."""
        return self.site.files

    def write(self, folder: str | Path) -> Path:
        """Write the edition into a new folder outside every run, complete or not at all.

        Raises
        ------
        UsageError
            Where the folder exists, lies inside a run or cannot be written.
        """
        return write_outside(folder, self.files, self.run, self.language, _REFUSALS)


def publish(run: str | Path, language: Language | None = None) -> Publication:
    """Return the public edition of a run: the result by ticket, and nothing that tells of a child.

    Parameters
    ----------
    run
        Folder of a run that verifies, its ways rounded to 50 m or more.
    language
        Of every sentence; default: the run's.

    Raises
    ------
    UsageError
        Where there is no run that verifies, or its ways are too exact.
    UnlawfulError
        If a hidden number could be worked out, or a place is told other than the run has it: a
        bug in enroll.
    """
    from enroll.auditing import language_of_run
    from enroll.report.publication import make_site
    from enroll.verify.receipts import turns

    folder = Path(run)
    spoken = language_of_run(folder, language)
    files = _verified(folder, spoken)
    return Publication(folder, make_site(files, turns(folder), spoken), spoken)


def check_site(run: str | Path, folder: str | Path, language: Language | None = None) -> list[str]:
    """Return one sentence for each file of a finished edition that is not what a run gives.

    Parameters
    ----------
    run
        Folder of the run.
    folder
        The edition, whose language is that in which it is made again.
    language
        Of the sentences; default: the run's.

    Raises
    ------
    UsageError
        Where there is no such run, or no public edition.
    """
    from enroll.auditing import language_of_run

    site = Path(folder)
    spoken = language_of_run(Path(run), language)
    due = publish(run, _language_of_site(site, spoken)).files
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    told = []
    for name in sorted(names | due.keys()):
        if name not in due:
            sentence = say.TOO_MANY
        elif name not in names:
            sentence = say.MISSING
        elif not _is(site / name, due[name]):
            sentence = say.DIFFERS
        else:
            continue
        told.append(translate(sentence, spoken, {"name": printable(name)}))
    return told


def _is(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:  # it may not be read, so nobody could say that it is the same
        return False


def _language_of_site(site: Path, spoken: Language) -> Language:
    from enroll.report.publication import PUBLICATION

    try:
        language = json.loads((site / PUBLICATION).read_bytes())["language"]
    except (OSError, LookupError, TypeError, ValueError) as error:
        raise usage_error(say.NO_SITE, spoken, folder=site) from error
    return "zh" if language == "zh" else "en"


def refuse_site(folder: Path, run: Path, language: Language) -> None:
    """Refuse a folder that a public edition cannot be written to.

    Raises
    ------
    UsageError
        Where it exists, or lies inside this run or any other.
    """
    refuse_place(folder, run, language, _REFUSALS)


def _verified(folder: Path, language: Language) -> dict[str, bytes]:
    """Return a run's files, once each is as written, every rule holds and all agree."""
    from enroll.report import read_run

    files = read_run(folder, language=language)
    fit_contents(files, folder, language, _DOUBTS)
    metres = json.loads(files["audit/rules.json"])["round_m"]
    if metres < LEAST_ROUND_M:
        raise usage_error(say.TOO_EXACT, language, folder=folder, metres=metres)
    refuse_unverified(folder, language, _DOUBTS)
    return files
