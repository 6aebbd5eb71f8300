"""Overrides as the page of a run shows them: what was decided and why, and no child."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from enroll.notices import translate
from enroll.notices.about_facts import as_date
from enroll.notices.own_words import words_of_override
from enroll.report.pages.reading import RECORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.notices import Language
    from enroll.report.pages.reading import Record, RunData


class Override(NamedTuple):
    """Children whom one decision placed at one school.

    Parameters
    ----------
    school_id
        The school.
    reason
        In the words of the office; "" where it gave none.
    authority
        As the office wrote it.
    date
        As it is written in the language of the page.
    children
        How many.
    """

    school_id: str
    reason: str
    authority: str
    date: str
    children: int


def overrides_of(files: Mapping[str, bytes], data: RunData, language: Language) -> list[Override]:
    """Return the overrides that placed a child, those of one decision together.

    Other places by decision tell of a disability or of a family's standing: no line shows them.
    """
    table = data.tables["warnings"]
    rows = zip(table["code"], table["subject"], table["message"], strict=True)
    told = {subject: message for code, subject, message in rows if code == "OVERRIDE"}
    if not told:
        return []
    children = _records(files.get(RECORDS, b""), told.keys() & _fixed(data))
    schools = {school["id"]: school for school in data.rules["schools"]}
    count = Counter(
        (
            child["placed_school"],
            words_of_override(told[name], child, schools[child["placed_school"]]),
            child["placed_authority"],
            child["placed_date"],
        )
        for name, child in children.items()
    )
    return [
        Override(school, why, authority, translate("{day}", language, {"day": as_date(day)}), many)
        for (school, why, authority, day), many in sorted(count.items())
    ]


def _fixed(data: RunData) -> set[str]:
    """Return who has a place by decision."""
    table = data.tables["allocation"]
    reasons = zip(table["applicant_id"], table["reason"], strict=True)
    return {name for name, reason in reasons if reason == "FIXED"}


def _records(content: bytes, names: set[str]) -> dict[str, Record]:
    """Return the records of some children by id."""
    found: dict[str, Record] = {}
    for line in content.splitlines():
        for child in json.loads(line)["record"]["children"]:
            if child["id"] in names:
                found[child["id"]] = child
    return found
