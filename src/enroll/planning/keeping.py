"""Runs kept by what they follow from, so that an unchanged scenario is not run again."""

from __future__ import annotations

import hashlib
import json
import shutil
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from enroll.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from enroll.notices import Language
    from enroll.scenario import LoadedScenario

_CODE = frozenset({".py", ".mo"})
_FORECAST_ONLY = ("roll", "births", "homes")


def key_of(scenario: LoadedScenario, language: Language | None) -> str:
    """Return a SHA-256 over everything that a run follows from, as 64 hex digits.

    The settings as they hold, the scenario's own bytes and those of its bases, the bytes of
    every file that an allocation reads, the language of its sentences, and enroll's own code.
    A file that is not there counts as such.

    Parameters
    ----------
    language
        As asked for; None for the scenario's own.
    """
    settings = scenario.settings.model_dump(mode="json")
    digest = hashlib.sha256(b"enroll-kept-1\0")
    told = [scenario.name, settings, [source.sha256 for source in scenario.sources], language or ""]
    digest.update(json.dumps(told, sort_keys=True).encode())
    digest.update(_code().encode())
    for path in sorted(set(_paths(scenario))):
        content = _content(path)
        digest.update(f"\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _paths(scenario: LoadedScenario) -> Iterator[Path]:
    """Yield every path that an allocation may read; those of forecasts are left out."""
    settings = scenario.settings
    files = settings.files.model_dump(mode="python")
    named = [files[role] for role in files if role not in _FORECAST_ONLY]
    named += [settings.travel.matrix and settings.travel.matrix.model_dump(mode="python")]
    named += [change.model_dump(mode="python").get("file") for change in settings.change]
    named += [settings.lottery.draw]
    for one in named:
        text = one["path"] if isinstance(one, dict) else one
        if text:
            yield from _with_parts(scenario.folder / text)


def _with_parts(path: Path) -> Iterator[Path]:
    """Yield a file, all files of a folder, or the parts of a Shapefile."""
    if path.is_dir():
        yield from (part for part in path.rglob("*") if part.is_file())
    elif path.suffix.lower() == ".shp":
        yield from (part for part in path.parent.glob("*") if part.stem == path.stem)
    else:
        yield path


def _content(path: Path) -> bytes:
    """Return the hash of a file, with whether it can be read at all."""
    try:
        return b"+" + hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return b"-"


@lru_cache(maxsize=1)
def _code() -> str:
    """Return a hash of enroll's own code, so that another one makes its runs anew."""
    home = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(home.rglob("*")):
        if path.suffix in _CODE:
            digest.update(path.relative_to(home).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def kept_run(store: Path, key: str) -> dict[str, bytes] | None:
    """Return a kept run, or None where there is none that is whole."""
    from enroll.report import read_run

    try:
        return read_run(store / key)
    except UsageError:
        return None


def keep_run(store: Path, key: str, files: Mapping[str, bytes], language: Language) -> None:
    """Keep a run; one that is not whole any more gives way.

    Raises
    ------
    UsageError
        If it cannot be written.
    """
    from enroll.report import write_run

    folder = store / key
    if folder.is_dir():
        shutil.rmtree(folder, ignore_errors=True)
    try:
        write_run(folder, files, language=language)
    except UsageError:
        if kept_run(store, key) is None:  # else another command kept the same run meanwhile
            raise
