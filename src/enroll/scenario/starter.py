"""The sample with which an office starts: one commented scenario and three tiny tables."""

from __future__ import annotations

from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from enroll.errors import InputError
from enroll.notices import Problem
from enroll.notices.system import why

if TYPE_CHECKING:
    from enroll.notices import Language

NAMES = ("applicants.csv", "schools.csv", "zones.geojson", "scenario.toml")
"""Files of the sample; the scenario comes last, so that it never names a missing table."""

_IN_CHINESE = {
    "schools.csv": "schools.zh.csv",
    "zones.geojson": "zones.zh.geojson",
    "scenario.toml": "scenario.zh.toml",
}


def starter_files(language: Language = "en") -> dict[str, str]:
    """Return the text of each file of the sample by its name; everything in it is invented.

    Parameters
    ----------
    language
        Of names and remarks, and of what enroll will say of the scenario; figures are the same.
    """
    templates = files("enroll.scenario").joinpath("templates")
    other = _IN_CHINESE if language == "zh" else {}
    return {
        name: templates.joinpath(other.get(name, name)).read_text(encoding="utf-8")
        for name in NAMES
    }


def write_starter(folder: str | Path, language: Language = "en") -> tuple[Path, ...]:
    """Write the sample into a new or empty folder: all of it, or nothing.

    Parameters
    ----------
    folder
        Made where it does not exist.
    language
        As of `starter_files`.

    Returns
    -------
    paths
        The files written, the scenario last.

    Raises
    ------
    InputError
        When the folder holds anything, is a file, or cannot be written.
    """
    target = Path(folder)
    written: list[Path] = []
    missing: list[Path] = []
    try:
        _refuse_folder_in_use(target)
        missing += [place for place in (target, *target.parents) if not place.exists()]
        target.mkdir(parents=True, exist_ok=True)
        for name, text in starter_files(language).items():
            written.append(target / name)
            written[-1].write_bytes(text.encode("utf-8"))
    except OSError as error:
        _undo(written, missing)
        reason = {"reason": why(error)}
        raise InputError([Problem("STARTER_NOT_WRITTEN", str(folder), params=reason)]) from None
    return tuple(written)


def _refuse_folder_in_use(target: Path) -> None:
    if target.is_dir():
        if any(target.iterdir()):
            raise InputError([Problem("STARTER_FOLDER_IN_USE", str(target))])
    elif target.exists():
        raise InputError([Problem("STARTER_NOT_A_FOLDER", str(target))])


def _undo(written: list[Path], missing: list[Path]) -> None:
    """Take away what was written and the folders made for it, innermost first."""
    with suppress(OSError):
        for path in written:
            path.unlink(missing_ok=True)
        for place in missing:
            place.rmdir()
