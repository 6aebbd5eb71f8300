"""`manifest.json` and `SHA256SUMS`: what made a run, and the seal over its files."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from enroll.report.json_out import json_bytes
from enroll.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from enroll.records import Change, Draw, JsonValue, Source
    from enroll.report.results import Results
    from enroll.scenario import LoadedScenario

RUN_FORMAT = 1
"""Number of the layout of a run folder; a reader refuses one that it does not know."""

SUMS = "SHA256SUMS"
"""Name of the file that seals all others."""

_SUM_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*)")


def manifest_json(results: Results) -> bytes:
    """Return what made the run: version, settings, inputs, changes and draw.

    Nothing in it tells when, where or by whom the run was made, so the same inputs and
    version give the same bytes on any machine.
    """
    manifest = {
        **origin(results.scenario, results.inputs.sources, results.inputs.changed),
        "draw": draw_json(results.ranking.draw),
        "rounds": list(results.placement.round_ids),
    }
    return json_bytes(manifest, indent=2)


def origin(
    scenario: LoadedScenario, sources: Iterable[Source], changed: Iterable[Change] = ()
) -> dict[str, JsonValue]:
    """Return what any result of a scenario was made from: version, settings and inputs.

    Parameters
    ----------
    scenario, sources
        The scenario, and the files that were read for it.
    changed
        What its `[[change]]` made of the tables.
    """
    changes = sorted((*scenario.changes, *changed), key=lambda change: change.key)
    return {
        "format": RUN_FORMAT,
        "program": {"name": "enroll", "version": __version__},
        "scenario": {
            "name": scenario.name,
            "settings": _settings(scenario),
            "changes": [_writable(change._asdict()) for change in changes],
            "sources": [asdict(source) for source in scenario.sources],
        },
        "inputs": [asdict(source) for source in _by_role(sources)],
    }


def draw_json(draw: Draw) -> JsonValue:
    """Return which draw a run used; `commit` is the hash that was made public, if there is one."""
    committed = draw.committed
    commit = "" if committed is None else hashlib.sha256(committed.files["commit.txt"]).hexdigest()
    return {"draw_id": draw.draw_id, "rehearsal": draw.rehearsal, "commit": commit}


def seal(files: Mapping[str, bytes]) -> bytes:
    """Return `SHA256SUMS` over some files, ascending by name, as `sha256sum -c` reads it."""
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    return "".join(lines).encode("ascii")


def read_seal(content: bytes) -> dict[str, str]:
    """Return the hash of each file named in `SHA256SUMS`.

    Raises
    ------
    ValueError
        Where a line is not a hash and a plain relative name, or a name comes twice.
    """
    sums: dict[str, str] = {}
    for line in content.decode("ascii").splitlines():
        match = _SUM_LINE.fullmatch(line)
        if match is None or ".." in match[2].split("/") or match[2] in sums:
            raise ValueError(line)
        sums[match[2]] = match[1]
    return sums


def _by_role(sources: Iterable[Source]) -> list[Source]:
    return sorted(sources, key=lambda source: (source.role, source.name))


def _settings(scenario: LoadedScenario) -> JsonValue:
    settings = scenario.settings.model_dump(mode="json", exclude_none=True, by_alias=True)
    return _writable(settings)


def _writable(value: JsonValue) -> JsonValue:
    """Cut absolute paths down to the file's name, and write numbers with a point as text.

    A run never holds a path of a machine, and no number in it depends on who reads it.
    """
    if isinstance(value, dict):
        return {key: _writable(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_writable(part) for part in value]
    if isinstance(value, str) and _is_absolute(value):
        return PureWindowsPath(value).name
    return repr(value) if isinstance(value, float) else value


def _is_absolute(text: str) -> bool:
    return PurePosixPath(text).is_absolute() or bool(PureWindowsPath(text).drive)
