"""What the office wrote as the reason of an override, found in the notice that names it.

The records of a run keep authority and date of an override; its reason in words stands in the
notice alone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from enroll.notices.about_facts import as_date
from enroll.notices.about_results import PHRASES
from enroll.notices.catalogue import KINDS
from enroll.notices.formats import with_id
from enroll.notices.language import translate
from enroll.notices.masking import mask, mask_id, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from enroll.notices.language import Language

    Record = Mapping[str, Any]

_LANGUAGES: tuple[Language, ...] = ("en", "zh")
_BROKEN = (ValueError, KeyError, TypeError, IndexError, AttributeError)


def words_of_override(message: str, child: Record, school: Record) -> str:
    """Return the reason in the office's words; "" where the message gives none.

    Parameters
    ----------
    message
        Begins with the sentence of a notice `OVERRIDE`, in any language.
    child, school
        The child's record and its school, as `audit/` has them.
    """
    said = {
        "applicant": mask_id(child["id"]),
        "school": with_id(mask(school["name"]), mask(school["id"])),
        "authority": printable(child["placed_authority"]),
        "date": as_date(child["placed_date"]),
    }
    for language in _LANGUAGES:
        told = translate(KINDS["OVERRIDE"].message, language, {**said, "reason": "\0"})
        before, after = told.split("\0")
        if message.startswith(before) and after in message:
            words = message.removeprefix(before).partition(after)[0]
            return "" if words == translate(PHRASES["no_reason"], language) else words
    return ""


def words_of_overrides(
    notices: bytes, children: Mapping[str, Record], schools: Iterable[Record]
) -> dict[str, str]:
    """Return the reasons of overrides by child; none where the notices cannot be read.

    Parameters
    ----------
    notices
        Content of `notices.json`.
    children
        Their records by id.
    """
    known = {school["id"]: school for school in schools}
    found: dict[str, str] = {}
    try:
        for notice in json.loads(notices)["notices"]:
            child = children.get(notice["subject"], {})
            school = known.get(child.get("placed_school", ""))
            if notice["code"] == "OVERRIDE" and school:
                found[child["id"]] = words_of_override(notice["en"][0], child, school)
    except _BROKEN:  # what was changed since is the verifier's to say
        return {}
    return found
