"""The findings that the public learns: about schools, zones and rounds, none about a child."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from enroll.notices import translate
from enroll.notices.about_publication import ALWAYS_WITHOUT, WITHOUT_FIGURES
from enroll.notices.formats import with_id
from enroll.report.pages.sentences import NOTICES
from enroll.report.publication.suppression import SMALL
from enroll.tables.csv_out import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.notices import Language
    from enroll.records import JsonValue
    from enroll.report.publication.contents import Contents
    from enroll.report.publication.suppression import Cell


class Finding(NamedTuple):
    """A line of the public `notices.csv`."""

    level: str
    code: str
    subject: str
    message: str


def public_notices(
    contents: Contents,
    hidden: frozenset[Cell],
    certificate: Mapping[str, JsonValue],
    language: Language,
) -> list[Finding]:
    """Return the findings of the codes that may be public, worst first.

    A finding keeps its figures where they follow from what is public anyway and are not those of
    fewer than five children; else it is said without any.
    """
    table = contents.data.tables["warnings"]
    columns = ("level", "code", "subject", "value", "bound")
    rows = list(zip(*(table[name] for name in columns), strict=True))
    messages = _messages(contents.files, language)
    told = dict(zip(((row[1], row[2]) for row in rows), messages, strict=True)) if messages else {}
    witnesses, closed = _witnesses(certificate), _closed_zones(contents, hidden)
    found = []
    for level, code, subject, value, bound in rows:
        if code not in WITHOUT_FIGURES:
            continue
        small = any(cell.isdecimal() and 0 < int(cell) < SMALL for cell in (value, bound))
        message = told.get((code, subject), "")
        if small or not message or not _derived(code, subject, witnesses, closed):
            message = _plain(contents, code, subject, language)
        found.append(Finding(level, code, subject, message))
    return list(dict.fromkeys(found))


def _messages(files: Mapping[str, bytes], language: Language) -> list[str]:
    """Return the sentences in the order of `warnings.csv`; none where the run has no such file."""
    if NOTICES not in files:
        return []
    return [row[language][0] for row in json.loads(files[NOTICES])["notices"]]


def _witnesses(certificate: Mapping[str, JsonValue]) -> set[str]:
    """Return the overloads whose figures are public, by their schools."""
    rounds: list[dict[str, list[dict[str, list[str]]]]] = certificate["rounds"]
    return {
        ";".join(each["schools"])
        for one in rounds
        for each in one["overloads"]
        if each["seats"] is not None
    }


def _closed_zones(contents: Contents, hidden: frozenset[Cell]) -> set[str]:
    """Return zones of which, or of whose schools or sharers of these, a cell is hidden."""
    lines = {cell[:2] for cell in hidden}
    found: set[str] = set()
    for zones, schools in contents.catchments:
        together = [("zone", zone) for zone in zones] + [("school", school) for school in schools]
        if not lines.isdisjoint(together):
            found.update(zones)
    return found


def _derived(code: str, subject: str, witnesses: set[str], closed: set[str]) -> bool:
    """Return whether the figures of a finding follow from what is public."""
    if code in ALWAYS_WITHOUT:
        return False
    if code == "OVERLOAD":
        return subject in witnesses
    if code == "ZONE_FULL":
        return not closed.intersection(subject.split(";"))
    return True


def _plain(contents: Contents, code: str, subject: str, language: Language) -> str:
    """Return the sentence of a code without figures, with the names of what it is about."""
    names = {row["school_id"]: row["name"] for row in contents.schools} | contents.zone_names
    named = tuple(with_id(names.get(each, ""), each) for each in subject.split(";"))
    return translate(WITHOUT_FIGURES[code], language, {"what": named})


def notices_csv(findings: Sequence[Finding]) -> bytes:
    """Return the public `notices.csv`."""
    columns: Sequence[Sequence[str]] = list(zip(*findings, strict=True)) or [()] * 4
    return csv_bytes(Finding._fields, columns)
