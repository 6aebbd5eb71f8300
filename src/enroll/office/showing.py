"""What every command that shows a run has in common: a run that cannot be shown is said so."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from enroll.errors import EnrollError
from enroll.notices.kinds import N_
from enroll.notices.refusing import usage_error
from enroll.office import outside
from enroll.office.outside import Doubts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from enroll.notices import Language

_UNFIT = N_(
    "{folder} cannot be shown, as its files are not those of a run or do not fit together ({what}):"
    " make the run again, and report it if that does not help."
)
_NOT_VERIFIED = N_(
    "{folder} does not verify (step {step}), so nothing of it is shown: see what enroll verify"
    " says."
)
_FUTURE = N_(
    "{folder} is not of the format that this version of enroll reads: use the version that made it,"
    " or make the run again."
)


@contextmanager
def shown(folder: Path, language: Language) -> Iterator[None]:
    """Say in one sentence that a run cannot be shown, whatever is wrong with its files.

    Its seal holds: so somebody changed the files and sealed them again. The same code has shown
    the run as it was made, where an error is a bug, so that here one speaks of the files.

    Raises
    ------
    UsageError
        In place of any error that reading the files and showing what is in them brings.
    """
    try:
        yield
    except (EnrollError, MemoryError):
        raise
    except Exception as error:
        what = type(error).__name__
        raise usage_error(_UNFIT, language, folder=folder, what=what) from error


def refuse_format(files: Mapping[str, bytes], folder: Path, language: Language) -> None:
    """Refuse a run in a format that is not known: what it means is never guessed.

    Raises
    ------
    UsageError
        Where the manifest names another format than this version writes, or none.
    """
    from enroll.report.manifest import RUN_FORMAT

    with shown(folder, language):
        known = json.loads(files["manifest.json"])["format"] == RUN_FORMAT
    if not known:
        raise usage_error(_FUTURE, language, folder=folder)


def refuse_unverified(folder: Path, language: Language) -> None:
    """Refuse a run in which a rule does not hold, though its files fit together.

    Raises
    ------
    UsageError
        Where a step of the verifier fails.
    """
    outside.refuse_unverified(folder, language, Doubts(_UNFIT, _FUTURE, _NOT_VERIFIED))
