"""The lists of a run: what is read, what must hold before any list is made, where they go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from enroll.notices import about_lists as say
from enroll.office.outside import (
    Doubts,
    Refusals,
    fit_contents,
    refuse_place,
    refuse_unverified,
    write_outside,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.notices import Language, Problem
    from enroll.report.lists import Identity, Listing
    from enroll.report.lists.contents import Contents

_REFUSALS = Refusals(say.INSIDE, say.TAKEN, say.NOT_WRITTEN)
_DOUBTS = Doubts(say.UNFIT, say.FUTURE, say.NOT_VERIFIED)


@dataclass(frozen=True)
class Lists:
    """The lists of a run, ready to be written.

    Parameters
    ----------
    run
        Folder of the run.
    listing
        The workbooks and their figures.
    problems
        What was found in the identity file and did not keep it from being used.
    language
        Of the lists.
    """

    run: Path
    listing: Listing
    problems: Sequence[Problem]
    language: Language

    @property
    def files(self) -> Mapping[str, bytes]:
        """Return the workbooks by name; those under `private/` hold personal data."""
        return self.listing.files

    def write(self, folder: str | Path) -> Path:
        """Write the lists into a new folder outside every run, complete or not at all.

        Raises
        ------
        UsageError
            Where the folder exists, lies inside a run or cannot be written.
        """
        return write_outside(folder, self.files, self.run, self.language, _REFUSALS)


def lists(
    run: str | Path, identity: str | Path | None = None, language: Language | None = None
) -> Lists:
    """Return the lists of a run: public notice, schools, letters, text messages, the office's.

    Parameters
    ----------
    run
        Folder of a run that verifies.
    identity
        Table of `applicant_id`, `name` and what the letters need; without it, codes only.
    language
        Of the lists; default: the run's.

    Raises
    ------
    InputError
        With everything that is wrong with the identity file.
    UsageError
        Where there is no run that verifies, or its tables do not agree.
    UnlawfulError
        If a list does not hold whom it should: a bug in enroll.
    """
    from enroll.auditing import language_of_run
    from enroll.report.lists import assert_counted, make_lists, read_identity

    folder = Path(run)
    spoken = language_of_run(folder, language)
    contents = _contents(folder, spoken)
    who: Identity | None = None
    problems: list[Problem] = []
    if identity is not None:
        codes = [child.code for child in contents.children]
        who, problems = read_identity(Path(identity), codes)
    listing = make_lists(contents, who, spoken)
    assert_counted(contents, listing.files)
    return Lists(folder, listing, problems, spoken)


def refuse_lists(folder: Path, run: Path, language: Language) -> None:
    """Refuse a folder that lists cannot be written to.

    Raises
    ------
    UsageError
        Where it exists, or lies inside this run or any other.
    """
    refuse_place(folder, run, language, _REFUSALS)


def _contents(folder: Path, language: Language) -> Contents:
    """Return a run's tables, once every file is as written, every rule holds and all agree."""
    from enroll.report import read_run

    contents = fit_contents(read_run(folder, language=language), folder, language, _DOUBTS)
    refuse_unverified(folder, language, _DOUBTS)
    return contents
