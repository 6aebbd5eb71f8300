"""The findings that the public learns: about schools, zones and rounds, none about a child."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from enroll.notices import translate
from enroll.notices.about_publication import ALWAYS_WITHOUT, WITHOUT_FIGURES
from enroll.report.pages.counting import catchments
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
    witnesses = _witnesses(certificate)
    found = []
    for level, code, subject, value, bound in rows:
        if code not in WITHOUT_FIGURES:
            continue
        small = any(cell.isdecimal() and 0 < int(cell) < SMALL for cell in (value, bound))
        message = told.get((code, subject), "")
        if small or not message or not _derived(contents, hidden, code, subject, witnesses):
            message = _plain(contents, code, subject, language)
        found.append(Finding(level, code, subject, message))
    return list(dict.fromkeys(found))


def _messages(files: Mapping[str, bytes], language: Language) -> list[str]:
    """Return the sentences in the order of `warnings.csv`; none in a run of tables only."""
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


def _derived(
    contents: Contents, hidden: frozenset[Cell], code: str, subject: str, witnesses: set[str]
) -> bool:
    """Return whether the figures of a finding follow from what is public."""
    if code in ALWAYS_WITHOUT:
        return False
    if code == "OVERLOAD":
        return subject in witnesses
    if code == "ZONE_FULL":
        served = {zone: schools for zone, schools in contents.served.items() if schools}
        named = set(subject.split(";"))
        zones = {zone for each in catchments(served) if named & set(each) for zone in each}
        schools = {school for zone in zones for school in served[zone]}
        lines = {("zone", zone) for zone in zones} | {("school", school) for school in schools}
        return not any(cell[:2] in lines for cell in hidden)
    return True


def _plain(contents: Contents, code: str, subject: str, language: Language) -> str:
    """Return the sentence of a code without figures, with the names of what it is about."""
    names = {row["school_id"]: row["name"] for row in contents.schools} | contents.zone_names
    named = tuple(
        f"{names[each]} ({each})" if names.get(each) else each for each in subject.split(";")
    )
    return translate(WITHOUT_FIGURES[code], language, {"what": named})


def notices_csv(findings: Sequence[Finding]) -> bytes:
    """Return the public `notices.csv`."""
    columns: Sequence[Sequence[str]] = list(zip(*findings, strict=True)) or [()] * 4
    return csv_bytes(Finding._fields, columns)
