"""The files of a run as a page reads them."""

from __future__ import annotations

import csv
import json
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any

from enroll.errors import UsageError
from enroll.notices import translate
from enroll.notices.about_defaults import own_groups, own_rounds
from enroll.notices.kinds import N_
from enroll.report.manifest import RUN_FORMAT
from enroll.tables import unguarded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from enroll.notices import Language

Record = dict[str, Any]
Columns = dict[str, list[str]]

RECORDS = "audit/records.jsonl"
_TABLES = ("allocation", "schools", "warnings", "cutoffs", "classes", "indicators")
_OTHER_FORMAT = N_(
    "The run is not of the kind that this version of enroll reads: use the version that made it, or"
    " make the run again."
)
_OTHER_FOLDER = N_(
    "The folder is not of the kind that this version of enroll reads: use the version that made"
    " it, or make it again."
)


@dataclass(frozen=True)
class RunData:
    """What a page needs of a run.

    Parameters
    ----------
    manifest, rules, summary, certificate
        The JSON files of these names.
    tables
        The CSV files by name without ending; each its columns of text.
    """

    manifest: Record
    rules: Record
    summary: Record
    certificate: Record
    tables: Mapping[str, Columns]

    @property
    def settings(self) -> Record:
        """Return the resolved scenario."""
        settings: Record = self.manifest["scenario"]["settings"]
        return settings

    @property
    def zone_names(self) -> dict[str, str]:
        """Return the names of the zones; their ids where they have no name."""
        names = {row["id"]: row["id"] for row in self.rules["zones"]}
        known = {row["zone_id"]: row.get("name") for row in self.summary["zones"]}
        return names | {zone: name for zone, name in known.items() if name and zone in names}

    def own_groups(self, language: Language) -> dict[str, str]:
        """Return what the groups are called that no policy has, by id."""
        policy = {entry["id"] for entry in self.rules["policy"]}
        found = own_groups((row["id"] for row in self.rules["groups"]), policy)
        return {name: translate(said.text, language) for name, said in found.items()}

    def own_rounds(self, language: Language) -> dict[str, str]:
        """Return what the rounds are called that are enroll's own, by id."""
        found = own_rounds(self.rules["rounds"])
        return {name: translate(said.text, language) for name, said in found.items()}


def read_data(files: Mapping[str, bytes], language: Language) -> RunData:
    """Read the files of a run.

    Parameters
    ----------
    files
        Content by name.
    language
        Of the sentence that refuses.

    Raises
    ------
    UsageError
        Where a file is missing, or has a format that is not known.
    """
    try:
        manifest = json.loads(files["manifest.json"])
        if manifest["format"] != RUN_FORMAT:
            raise ValueError(manifest["format"])
        return RunData(
            manifest,
            json.loads(files["audit/rules.json"]),
            json.loads(files["summary.json"]),
            json.loads(files["certificate.json"]),
            {name: read_columns(files[f"{name}.csv"]) for name in _TABLES},
        )
    except (KeyError, ValueError) as error:
        raise UsageError(translate(_OTHER_FORMAT, language)) from error


@contextmanager
def reading(language: Language) -> Iterator[None]:
    """Refuse in one sentence files that are missing or not what they are called.

    Raises
    ------
    UsageError
        In place of the error that says so in the words of Python.
    """
    try:
        yield
    except (KeyError, ValueError, TypeError, IndexError, AttributeError) as error:
        raise UsageError(translate(_OTHER_FOLDER, language)) from error


def read_columns(content: bytes) -> Columns:
    """Return the columns of a CSV file of a run, all cells as text, as they were when written."""
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    columns = zip(*rows[1:], strict=True) if len(rows) > 1 else ([] for _ in rows[0])
    texts = {name: list(cells) for name, cells in zip(rows[0], columns, strict=True)}
    if b"'" not in content:
        return texts
    return {name: [unguarded(cell) for cell in cells] for name, cells in texts.items()}
