"""The findings of a run as its page shows them, in the language that is asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enroll.notices import level_of, message_of, remedy_of
from enroll.report.json_out import json_bytes
from enroll.report.ordering import sort_notices

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from enroll.notices import Language, Notice
    from enroll.records import JsonValue
    from enroll.report.pages.reading import Columns

NOTICES = "notices.json"
"""Name of the file that holds the findings in both languages, so that a page can be made again."""

ABOUT_A_CHILD = frozenset(
    {"BUNDLE_PASSED_OVER", "FAMILY_SPLIT", "OVERRIDE", "OVERRIDE_WITHOUT_EFFECT"}
)
"""Codes whose sentence or subject names a child: a page counts them and leaves them out."""

_FORMAT = 1


@dataclass(frozen=True)
class Finding:
    """A notice in words.

    Parameters
    ----------
    level, code, subject
        As in `warnings.csv`.
    message, remedy
        What was found, and what would remove it; "" where both are in the message.
    """

    level: str
    code: str
    subject: str
    message: str
    remedy: str


def notices_json(notices: Iterable[Notice]) -> bytes:
    """Return `notices.json`: every notice in both languages, in the order of `warnings.csv`."""
    rows: list[JsonValue] = [
        {
            "level": level_of(notice),
            "code": notice.code,
            "subject": notice.subject,
            "en": [message_of(notice, "en"), remedy_of(notice, "en")],
            "zh": [message_of(notice, "zh"), remedy_of(notice, "zh")],
        }
        for notice in sort_notices(notices)
    ]
    return json_bytes({"format": _FORMAT, "notices": rows})


def findings_of(
    files: Mapping[str, bytes], warnings: Columns, language: Language
) -> Sequence[Finding]:
    """Return the findings of a run, worst first.

    Without `notices.json` they are in one language, and message and remedy in one cell.
    """
    if NOTICES in files:
        found = json.loads(files[NOTICES])["notices"]
        return [Finding(row["level"], row["code"], row["subject"], *row[language]) for row in found]
    rows = zip(*(warnings[name] for name in ("level", "code", "subject", "message")), strict=True)
    return [Finding(level, code, subject, message, "") for level, code, subject, message in rows]
